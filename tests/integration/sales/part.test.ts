import { expect, onTestFinished, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { openBook, type Book } from '../../../electron/station/book/book.ts'
import { importEntries } from '../../../electron/station/book/import-entries.ts'
import { verifyDatabase } from '../../../electron/station/book/verify-book.ts'
import { dayReport } from '../../../electron/station/reports/day-report.ts'
import {
  reversePartInside,
  type ReversePartOutcome,
  type ReversePartRequest,
} from '../../../electron/station/sales/reverse-part.ts'
import type { SaleDraft } from '../../../shared/domain/sale.ts'
import { fen } from '../../../shared/domain/units.ts'
import { bookOptions, furnishedBook, saleDraft, testClock, TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { seededRandom } from '../../fixtures/random.ts'
import { PIN_OF, signedIn } from '../../fixtures/signed-in.ts'

function ownBook(...[change]: Parameters<typeof furnishedBook>): Book {
  const book = furnishedBook(change)
  onTestFinished(() => book.close())
  return book
}

/** Fish by weight and two bowls of rice for 14.80, with three yuan from city and town, the rest from the wallet. */
function twoDishes(change: Parameters<typeof saleDraft>[0] = {}): SaleDraft {
  const rice = {
    kind: 'portion',
    dishId: 'rice',
    name: { zh: '米饭', en: 'Rice' },
    tags: [],
    priceVersion: 1,
  } as const
  return {
    ...saleDraft({ subsidised: true, ...change, priceFen: 1480 }),
    lines: [...saleDraft().lines, { ...rice, quantity: 2, priceFen: fen(100), amountFen: fen(200) }],
  }
}

const FISH = { lineNo: 0, quantity: 1 }
const BOWL = { lineNo: 1, quantity: 1 }

const requestFor = (saleId: string, change: Partial<ReversePartRequest> = {}): ReversePartRequest => ({
  voidId: uuidv7(),
  saleId,
  reason: 'wrong-dish',
  note: '',
  approvedBy: 'manager-1',
  lines: [BOWL],
  ...change,
})

const takeBack = (book: Book, request: ReversePartRequest): ReversePartOutcome =>
  book.write((file, append) => reversePartInside(file, append, request, 'staff:manager-1'))

const accounts = (book: Book): readonly unknown[] =>
  book.read((file) =>
    file
      .statement(
        'SELECT account, debit_fen - credit_fen AS net FROM balances WHERE debit_fen <> credit_fen ORDER BY account',
      )
      .all(),
  )

const findings = (book: Book): readonly unknown[] => book.read((file) => verifyDatabase(file.db)).findings

test('LG-32 a line goes back to whoever paid for it, in proportion; the rest goes back as a void, to the fen', () => {
  for (const shape of [{}, { cashFen: 200 }, { subsidised: false }, { memberId: null, subsidised: false }]) {
    const book = ownBook()
    const before = accounts(book)
    const sale = twoDishes(shape)
    expect(book.settle(sale).kind).toBe('settled')
    const part = takeBack(book, requestFor(sale.saleId))
    expect(part.kind).toBe('part-reversed')
    expect(accounts(book)).not.toEqual(before)
    expect(takeBack(book, requestFor(sale.saleId, { lines: [BOWL, FISH] })).kind).toBe('voided')
    expect(accounts(book)).toEqual(before)
    expect(findings(book)).toEqual([])
  }
})

test('LG-32 100 of 1480 fen: the wallet gets 80, the city 13 and the town 7; a day report shows a part and no meal less', () => {
  const book = ownBook()
  const sale = twoDishes()
  book.settle(sale)
  expect(takeBack(book, requestFor(sale.saleId))).toEqual({
    kind: 'part-reversed',
    balanceAfterFen: 5000 - 1180 + 80,
    cashBackFen: 0,
  })
  const { total, byFunder, byDish, voids } = book.read((file) => dayReport(file, TODAY, 'x'))
  expect(total.net).toMatchObject({ meals: 1, priceFen: 1380, subsidyFen: 280, walletFen: 1100 })
  expect(byFunder.map(({ funderId, voidedFen }) => [funderId, voidedFen])).toEqual([
    ['city', 13],
    ['town', 7],
  ])
  expect(byDish.find(({ dishId }) => dishId === 'rice')).toMatchObject({
    count: 2,
    voidedCount: 1,
    voidedFen: 100,
  })
  expect(voids).toMatchObject([{ saleId: sale.saleId, whole: false, priceFen: 100, subsidyFen: 20 }])
})

test('LG-32 the same request again answers the same and changes nothing; more than is left is refused', () => {
  const book = ownBook()
  const sale = twoDishes()
  book.settle(sale)
  const request = requestFor(sale.saleId)
  const first = takeBack(book, request)
  const entries = book.health().entries
  expect(takeBack(book, { ...request, approvedBy: 'manager-2' })).toEqual(first)
  expect(() => takeBack(book, { ...request, lines: [FISH] })).toThrow(
    expect.objectContaining({ code: 'broken-invariant' }),
  )
  expect(takeBack(book, requestFor(sale.saleId, { lines: [{ ...BOWL, quantity: 2 }] })).kind).toBe('not-left')
  expect(takeBack(book, requestFor(uuidv7())).kind).toBe('not-found')
  expect(book.health().entries).toBe(entries)
  const last = requestFor(sale.saleId, { lines: [FISH, BOWL] })
  const voided = takeBack(book, last)
  expect(voided.kind).toBe('voided')
  expect(takeBack(book, last)).toEqual(voided)
  expect(takeBack(book, requestFor(sale.saleId)).kind).toBe('already-voided')
})

test('LG-32 LG-18 what a part gave back of a benefit no longer counts against its limits; its count comes back with the whole', () => {
  const book = ownBook()
  const sale = twoDishes()
  book.settle(sale)
  const usedFen = (): readonly number[] => {
    const found = book.lookUpCard('0000000001', TODAY)
    return found.kind === 'known' ? found.member.uses.map(({ amountFen }) => amountFen) : []
  }
  expect(usedFen()).toEqual([300])
  takeBack(book, requestFor(sale.saleId))
  expect(usedFen()).toEqual([280])
  expect(book.settle(twoDishes())).toEqual({ kind: 'refused', reason: 'subsidy-used' })
  takeBack(book, requestFor(sale.saleId, { lines: [FISH, BOWL] }))
  expect(usedFen()).toEqual([])
  expect(book.settle(twoDishes()).kind).toBe('settled')
})

test('LG-32 LG-8 a replica that hears of parts and voids holds the same tables', () => {
  const [one, other] = [ownBook(), openBook(bookOptions({ originId: 'kiosk-2', clock: testClock() }))]
  onTestFinished(() => other.close())
  const random = seededRandom('parts-replica')
  for (let sales = 0; sales < 12; sales++) {
    const memberId = sales === 0 ? 'm-1' : random.pick(['m-1', 'm-2', null])
    const sale = twoDishes({ memberId, subsidised: sales === 0 })
    if (one.settle(sale).kind !== 'settled') continue
    for (const lines of random.shuffled([[BOWL], [FISH], [BOWL]]).slice(0, random.integer(0, 3)))
      takeBack(one, requestFor(sale.saleId, { lines }))
  }
  const entries = one.read((file) => file.journal.range('kiosk-1', 1, 1000))
  expect(importEntries(other, 'kiosk-1', entries).kind).toBe('imported')
  expect(findings(one)).toEqual([])
  expect(findings(other)).toEqual([])
  const rows = (book: Book) =>
    book.read((file) => file.statement('SELECT * FROM part_reversals ORDER BY 1').all())
  expect(rows(other)).toEqual(rows(one))
  expect(rows(one).length).toBeGreaterThan(5)
})

test('LG-32 a cashier takes a line back with a manager’s word; list, receipt and the sale’s own receipt say so', async () => {
  const till = new CounterStation()
  onTestFinished(() => till.stop())
  const manager = await signedIn(till.station, 'manager')
  const cashier = await signedIn(till.station, 'cashier')
  onTestFinished(() => {
    manager.close()
    cashier.close()
  })
  const sale = twoDishes()
  till.book.settle(sale)
  const { saleId } = sale
  const { client } = cashier
  const asked = { reversalId: uuidv7(), saleId, lines: [BOWL], reason: 'wrong-dish', note: '' } as const
  await expect(client.sales.reversePart({ ...asked, lines: [BOWL] })).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
  })
  const approval = { staffId: manager.staffId, pin: PIN_OF.manager }
  const answer = await client.sales.reversePart({ ...asked, lines: [BOWL], approval })
  expect(answer).toMatchObject({ whole: false, cashBackFen: 0, receipt: { title: '退菜凭条' } })
  expect(answer.receipt.markup).toContain('米饭 1 份')
  expect((await client.sales.explain({ saleId })).left).toEqual([1, 1])
  const [listed] = (
    await client.sales.list({ businessDate: sale.businessDate, limit: 10, beforeSaleId: null })
  ).sales
  expect(listed).toMatchObject({ voided: false, partsBackFen: 100 })
  expect((await client.receipts.read({ of: { kind: 'sale', saleId } })).markup).toContain('已退 米饭')
  const tooMuch = { ...asked, reversalId: uuidv7(), lines: [{ ...BOWL, quantity: 2 }], approval }
  await expect(client.sales.reversePart(tooMuch)).rejects.toMatchObject({ code: 'NOT_LEFT' })
  const rest = await client.sales.reversePart({ ...tooMuch, reversalId: uuidv7(), lines: [FISH, BOWL] })
  expect(rest).toMatchObject({ whole: true, balanceAfterFen: 5000, receipt: { title: '作废凭条' } })
  expect((await client.sales.explain({ saleId })).left).toEqual([0, 0])
})
