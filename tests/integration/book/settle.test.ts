import { afterEach, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { openBook, type Book } from '../../../electron/station/book/book.ts'
import { fen } from '../../../shared/domain/units.ts'
import { bookOptions, cardOf, furnish, PACK, saleDraft, testClock, TODAY } from '../../fixtures/books.ts'
import { rowsOf, tamper } from './rows.ts'

const open: Book[] = []
function furnished(change: Parameters<typeof bookOptions>[0] = {}): { book: Book; folder: string } {
  const options = bookOptions(change)
  const book = openBook(options)
  furnish(book)
  open.push(book)
  return { book, folder: options.folder }
}
afterEach(() => {
  for (const book of open.splice(0)) book.close()
})

test('LG-1 settling a sale again answers exists with the same hash and balance, and changes nothing', () => {
  const { book, folder } = furnished()
  const draft = saleDraft({ priceFen: 1280 })
  const settled = book.settle(draft)
  expect(settled).toMatchObject({ kind: 'settled', balanceAfterFen: 3720 })
  const before = rowsOf(folder)
  book.topUp({ topUpId: uuidv7(), memberId: 'm-2', amountFen: fen(1), source: 'cash' }, 'test')
  expect(book.settle(structuredClone(draft))).toEqual({ ...settled, kind: 'exists' })
  expect(book.outcomeOf(draft.saleId)).toEqual({ ...settled, kind: 'exists' })
  expect(rowsOf(folder)['sales']).toEqual(before['sales'])
  expect(book.balanceOf('m-1')).toBe(3720)
})

test('LG-1 a sale that was never settled has no outcome', () => {
  expect(furnished().book.outcomeOf(uuidv7())).toBeNull()
})

test('LG-2 the same id with another body is a broken invariant and changes nothing', () => {
  const { book, folder } = furnished()
  const draft = saleDraft({ priceFen: 1280 })
  book.settle(draft)
  const before = rowsOf(folder)
  const other = saleDraft({ saleId: draft.saleId, priceFen: 1290 })
  expect(() => book.settle(other)).toThrow(expect.objectContaining({ code: 'broken-invariant' }))
  expect(() => book.settle({ ...draft, memberAge: 77 })).toThrow(
    expect.objectContaining({ code: 'broken-invariant' }),
  )
  expect(rowsOf(folder)).toEqual(before)
  expect(book.settle(saleDraft()).kind).toBe('settled')
})

test('LG-4 a draft that does not add up is a broken invariant and changes nothing', () => {
  const { book, folder } = furnished()
  const before = rowsOf(folder)
  const draft = saleDraft()
  const short = { ...draft, tender: { walletFen: fen(1), cashFen: fen(0) } }
  expect(() => book.settle(short)).toThrow(expect.objectContaining({ code: 'broken-invariant' }))
  expect(rowsOf(folder)).toEqual(before)
})

test('LG-5 a wallet may go down to zero and not below', () => {
  const { book, folder } = furnished()
  const before = rowsOf(folder)
  expect(book.settle(saleDraft({ priceFen: 5001 }))).toEqual({
    kind: 'refused',
    reason: 'insufficient-balance',
  })
  expect(rowsOf(folder)).toEqual(before)
  expect(book.settle(saleDraft({ priceFen: 5000 }))).toMatchObject({ kind: 'settled', balanceAfterFen: 0 })
  expect(book.settle(saleDraft({ priceFen: 1 }))).toEqual({ kind: 'refused', reason: 'insufficient-balance' })
  expect(book.settle(saleDraft({ priceFen: 900, cashFen: 900 }))).toMatchObject({
    kind: 'settled',
    balanceAfterFen: 0,
  })
})

test('LG-5 the table itself refuses what the checks of the counter would let through', () => {
  const { book, folder } = furnished()
  const before = rowsOf(folder)
  const body = { sale: saleDraft({ priceFen: 5001 }), balanceAfterFen: fen(-1) }
  expect(() => book.appendMany([{ kind: 'sale.settled', body }], 'test')).toThrow(
    expect.objectContaining({ code: 'broken-invariant' }),
  )
  expect(rowsOf(folder)).toEqual(before)
})

test('LG-5 a wallet that other stations overdrew pays nothing, and cash still does', () => {
  const { book, folder } = furnished()
  tamper(
    folder,
    "UPDATE balances SET debit_fen = 5600, overdraft_fen = 600 WHERE account = 'member:m-1:cash'",
  )
  expect(book.settle(saleDraft({ priceFen: 1 }))).toEqual({ kind: 'refused', reason: 'insufficient-balance' })
  expect(book.settle(saleDraft({ priceFen: 900, cashFen: 900 }))).toMatchObject({
    kind: 'settled',
    balanceAfterFen: -600,
  })
})

test('LG-5 a member without a top-up has nothing to spend', () => {
  const { book } = furnished()
  const facts = {
    memberId: 'm-9',
    bornOn: '1950-01-01',
    categories: [],
    householdArea: '',
    residenceArea: '',
  }
  book.registerMember({ fullName: '陈一', formOfAddress: '陈伯' }, facts, 'test')
  book.issueCard(cardOf('m-9'), 'm-9', 'test')
  expect(book.settle(saleDraft({ memberId: 'm-9' }))).toEqual({
    kind: 'refused',
    reason: 'insufficient-balance',
  })
})

test('CK-6 the book refuses a card that was lost since the tap, is unknown, or is another member’s', () => {
  const { book, folder } = furnished()
  book.reportCardLost(cardOf('m-1'), 'test')
  const before = rowsOf(folder)
  const refused = { kind: 'refused', reason: 'card-not-valid' }
  expect(book.settle(saleDraft())).toEqual(refused)
  expect(book.settle({ ...saleDraft({ memberId: 'm-2' }), cardUid: cardOf('m-3') })).toEqual(refused)
  expect(book.settle({ ...saleDraft({ memberId: 'm-2' }), cardUid: 'FFFFFFFFF0' })).toEqual(refused)
  expect(book.settle({ ...saleDraft({ memberId: 'm-2' }), memberId: 'nobody', cardUid: null })).toEqual(
    refused,
  )
  expect(rowsOf(folder)).toEqual(before)
  expect(book.reportCardLost('FFFFFFFFF0', 'test')).toBeNull()
})

test('LG-18 a subsidy used since the quote is refused at the settlement', () => {
  const { book, folder } = furnished()
  expect(book.settle(saleDraft({ subsidised: true })).kind).toBe('settled')
  const before = rowsOf(folder)
  expect(book.settle(saleDraft({ subsidised: true }))).toEqual({ kind: 'refused', reason: 'subsidy-used' })
  expect(rowsOf(folder)).toEqual(before)
  expect(book.settle(saleDraft({ subsidised: true, businessDate: '2026-11-04' })).kind).toBe('settled')
  expect(book.settle(saleDraft({ subsidised: true, memberId: 'm-2' })).kind).toBe('settled')
})

test('LG-18 a pack published again takes the place of the one that was read before', () => {
  const { book } = furnished()
  book.settle(saleDraft({ subsidised: true }))
  const steps = PACK.steps.map((step) =>
    step.kind === 'benefits'
      ? { ...step, benefits: step.benefits.map((benefit) => ({ ...benefit, limits: [] })) }
      : step,
  )
  book.append({ kind: 'policy.published', body: { pack: { ...PACK, steps } } }, 'test')
  expect(book.settle(saleDraft({ subsidised: true })).kind).toBe('settled')
})

test('LG-18 a quote by a pack that the book never saw is a broken invariant', () => {
  const { book } = furnished()
  const draft = saleDraft({ subsidised: true })
  const foreign = { ...draft, quote: { ...draft.quote, packVersion: 99 } }
  expect(() => book.settle(foreign)).toThrow(expect.objectContaining({ code: 'broken-invariant' }))
})

test('LG-10 LG-11 a clock set back neither breaks the numbering nor the order, and the device time is kept', () => {
  const clock = testClock()
  const { book } = furnished({ clock })
  const noon = clock.ms
  const ids = [0, -3 * 3_600_000, -20 * 365 * 86_400_000, 60_000].map((change) => {
    clock.ms = noon + change
    const draft = saleDraft({ priceFen: 100 })
    const { lastHlc, headSeq } = book.health()
    book.settle(draft)
    expect(book.health().headSeq).toBe(headSeq + 1)
    expect(book.health().lastHlc > lastHlc).toBe(true)
    expect(book.explainSale(draft.saleId)?.atMs).toBe(clock.ms)
    return draft.saleId
  })
  expect(ids).toHaveLength(4)
  expect(book.newestPhysicalMs()).toBe(noon + 60_000)
})

test('LG-6 a sale cannot be appended past the settlement', () => {
  const { book } = furnished()
  const body = { sale: saleDraft(), balanceAfterFen: null }
  expect(() => book.append({ kind: 'sale.settled', body }, 'test')).toThrow(
    expect.objectContaining({ code: 'broken-invariant' }),
  )
})

test('LG-1 a top-up counts once, however often it is sent; with another amount it is a broken invariant', () => {
  const { book } = furnished()
  const topUp = { topUpId: uuidv7(), memberId: 'm-1', amountFen: fen(700), source: 'cash' } as const
  const entry = book.topUp(topUp, 'test')
  expect(book.topUp(topUp, 'test')).toEqual(entry)
  expect(book.balanceOf('m-1')).toBe(5700)
  for (const wrong of [
    { ...topUp, amountFen: fen(701) },
    { ...topUp, topUpId: uuidv7(), memberId: 'nobody' },
    { ...topUp, topUpId: uuidv7(), amountFen: fen(0) },
    { ...topUp, topUpId: uuidv7(), amountFen: fen(-5) },
  ])
    expect(() => book.topUp(wrong, 'test')).toThrow(expect.objectContaining({ code: 'broken-invariant' }))
  expect(book.balanceOf('m-1')).toBe(5700)
})

test('CK-14 a sale keeps the business date of its quote; other entries take today’s', () => {
  const { book } = furnished()
  const draft = saleDraft({ businessDate: '2026-11-02' })
  book.settle(draft)
  expect(book.explainSale(draft.saleId)?.businessDate).toBe('2026-11-02')
  expect(book.issueCard('00000000AA', 'm-1', 'test').businessDate).toBe(TODAY)
})
