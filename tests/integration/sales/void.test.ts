import { expect, onTestFinished, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { importEntries } from '../../../electron/station/book/import-entries.ts'
import type { Book } from '../../../electron/station/book/book.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { voidInside, type VoidOutcome, type VoidRequest } from '../../../electron/station/sales/voids.ts'
import type { SaleDraft } from '../../../shared/domain/sale.ts'
import { fen } from '../../../shared/domain/units.ts'
import { furnishedBook, saleDraft, testClock, TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { PIN_OF, signedIn, type SignedInWindow } from '../../fixtures/signed-in.ts'

function ownBook(...[change]: Parameters<typeof furnishedBook>): Book {
  const book = furnishedBook(change)
  onTestFinished(() => book.close())
  return book
}

const requestFor = (saleId: string, change: Partial<VoidRequest> = {}): VoidRequest => ({
  voidId: uuidv7(),
  saleId,
  reason: 'wrong-dish',
  note: '',
  approvedBy: 'manager-1',
  ...change,
})

const takeBack = (book: Book, request: VoidRequest): VoidOutcome =>
  book.write((file, append) => voidInside(file, append, request, 'staff:manager-1'))

const sold = (book: Book, draft: SaleDraft): SaleDraft => {
  expect(book.settle(draft).kind).toBe('settled')
  return draft
}

/** What each account holds: debits less credits. */
const accounts = (book: Book): Readonly<Record<string, number>> =>
  book.read((file) =>
    Object.fromEntries(
      file
        .statement<[], { account: string; net: number }>(
          'SELECT account, debit_fen - credit_fen AS net FROM balances WHERE debit_fen <> credit_fen ORDER BY account',
        )
        .all()
        .map(({ account, net }) => [account, net]),
    ),
  )

test('LG-24 a void puts wallet, funders, sales and drawer back to where they were before the sale', () => {
  for (const shape of [
    { subsidised: true },
    { cashFen: 500 },
    { memberId: null },
    { subsidised: true, cashFen: 980 },
  ]) {
    const book = ownBook()
    const before = accounts(book)
    const { saleId, memberId, tender } = sold(book, saleDraft(shape))
    expect(accounts(book)).not.toEqual(before)
    expect(takeBack(book, requestFor(saleId))).toEqual({
      kind: 'voided',
      balanceAfterFen: memberId === null ? null : 5000,
      cashBackFen: tender.cashFen,
    })
    expect(accounts(book)).toEqual(before)
  }
})

test('LG-24 the same request again answers the same and changes nothing; another one finds the sale taken back', () => {
  const book = ownBook()
  const { saleId } = sold(book, saleDraft({ subsidised: true }))
  const request = requestFor(saleId)
  const first = takeBack(book, request)
  sold(book, saleDraft({ priceFen: 500 }))
  const before = [book.health().entries, accounts(book)]
  expect(takeBack(book, request)).toEqual(first)
  expect(takeBack(book, { ...request, approvedBy: 'manager-2' })).toEqual(first)
  expect(takeBack(book, requestFor(saleId))).toEqual({ kind: 'already-voided' })
  expect(takeBack(book, requestFor(uuidv7()))).toEqual({ kind: 'not-found' })
  for (const change of [{ saleId: uuidv7() }, { reason: 'other' }, { note: 'another' }] as const)
    expect(() => takeBack(book, { ...request, ...change })).toThrow(
      expect.objectContaining({ code: 'broken-invariant' }),
    )
  expect([book.health().entries, accounts(book)]).toEqual(before)
})

test('LG-24 after a void the subsidy can be used again, once', () => {
  const book = ownBook()
  const { saleId } = sold(book, saleDraft({ subsidised: true }))
  const second = saleDraft({ subsidised: true })
  expect(book.settle(second)).toEqual({ kind: 'refused', reason: 'subsidy-used' })
  takeBack(book, requestFor(saleId))
  sold(book, second)
  expect(book.settle(saleDraft({ subsidised: true }))).toEqual({ kind: 'refused', reason: 'subsidy-used' })
  // The sale that was taken back stays in the book and is not settled a second time.
  expect(book.outcomeOf(saleId)?.kind).toBe('exists')
})

test('LG-24 a void of a closed day stands on the open one, and what was written of the sale stays as it was', () => {
  const clock = testClock()
  const book = ownBook({ clock })
  const { saleId } = sold(book, saleDraft({ cashFen: 300 }))
  const { headSeq, headHash } = book.health()
  const body = {
    closedDate: TODAY,
    closedBy: 'manager-1',
    expectedFen: fen(15_300),
    countedFen: fen(15_300),
    explanation: '',
    floatFen: fen(10_000),
    headSeq,
    headHash,
  }
  book.append({ kind: 'day.closed', body, businessDate: TODAY }, 'staff:manager-1')
  const entryOfSale = () => book.read((file) => file.journal.bySeq('kiosk-1', headSeq))
  const before = entryOfSale()
  expect(takeBack(book, requestFor(saleId)).kind).toBe('voided')
  const newest = book.read((file) => file.journal.newest('kiosk-1', 1))[0]
  expect(newest).toMatchObject({ kind: 'sale.voided', businessDate: '2026-11-04' })
  expect(entryOfSale()).toEqual(before)
  expect(book.dayTotals(TODAY)).toMatchObject({ meals: 1, priceFen: 1280 })
  const reversed = book.read((file) =>
    file.statement('SELECT business_date, meals, price_fen, cash_fen FROM reversed_periods').all(),
  )
  expect(reversed).toEqual([{ business_date: '2026-11-04', meals: 1, price_fen: 1280, cash_fen: 300 }])
  expect(accounts(book)['canteen:drawer:kiosk-1']).toBe(10_000 - 300)
})

test('LG-24 a sale is voided where it was sold, also after that book was put back from a backup', () => {
  const other = ownBook({ originId: 'kiosk-2' })
  const elsewhere = sold(other, saleDraft({ subsidised: true }))
  const restored = ownBook({ originId: 'kiosk-1.2' })
  const before = ownBook()
  const here = sold(before, saleDraft())
  for (const [origin, book] of [
    ['kiosk-2', other],
    ['kiosk-1', before],
  ] as const) {
    const page = book.read((file) => file.journal.newest(origin, 100)).toReversed()
    expect(importEntries(restored, origin, page).kind).toBe('imported')
  }
  expect(takeBack(restored, requestFor(elsewhere.saleId))).toEqual({ kind: 'sold-elsewhere' })
  expect(takeBack(restored, requestFor(here.saleId)).kind).toBe('voided')
  // And a void that another station wrote gives the limit back here too.
  expect(restored.settle(saleDraft({ subsidised: true })).kind).toBe('refused')
  takeBack(other, requestFor(elsewhere.saleId))
  const page = other.read((file) => file.journal.newest('kiosk-2', 1))
  expect(importEntries(restored, 'kiosk-2', page).kind).toBe('imported')
  expect(restored.settle(saleDraft({ subsidised: true })).kind).toBe('settled')
})

test('LG-24 a drawer that does not hold the cash gives none back, and the sale stands', () => {
  const book = ownBook()
  const { saleId } = sold(book, saleDraft({ memberId: null, priceFen: 2000 }))
  book.append(
    { kind: 'drawer.moved', body: { moveId: 'm', amountFen: fen(-15_001), note: '', approvedBy: 's' } },
    'test',
  )
  const { entries } = book.health()
  expect(takeBack(book, requestFor(saleId))).toEqual({ kind: 'not-enough-cash', cashFen: 1999 })
  expect(book.health().entries).toBe(entries)
  book.append(
    { kind: 'drawer.moved', body: { moveId: 'n', amountFen: fen(1), note: '', approvedBy: 's' } },
    'test',
  )
  expect(takeBack(book, requestFor(saleId))).toMatchObject({ kind: 'voided', cashBackFen: 2000 })
})

interface Counter {
  readonly till: CounterStation
  readonly cashier: SignedInWindow
  readonly manager: SignedInWindow
}

async function counter(till = new CounterStation()): Promise<Counter> {
  onTestFinished(() => till.stop())
  const manager = await signedIn(till.station, 'manager')
  const cashier = await signedIn(till.station, 'cashier')
  onTestFinished(() => {
    manager.close()
    cashier.close()
  })
  await till.empty()
  return { till, cashier, manager }
}

async function soldTo(till: CounterStation, memberId: string): Promise<string> {
  await till.plate(320)
  await till.tap(memberId)
  expect(till.view.phase).toBe('paid')
  return till.view.saleId ?? ''
}

test('LG-24 a cashier needs a manager’s word for a void; with it the senior has her money and a receipt', async () => {
  const { till, cashier, manager } = await counter()
  const saleId = await soldTo(till, 'm-1')
  const asked = { voidId: uuidv7(), saleId, reason: 'wrong-weight', note: '盘子没放稳' } as const
  const { client } = cashier
  await expect(client.sales.void(asked)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  const wrong = { staffId: manager.staffId, pin: '000000' }
  await expect(client.sales.void({ ...asked, approval: wrong })).rejects.toMatchObject({ code: 'WRONG_PIN' })
  expect(till.book.balanceOf('m-1')).toBe(4097)
  const approval = { staffId: manager.staffId, pin: PIN_OF.manager }
  const answer = await client.sales.void({ ...asked, approval })
  expect(answer).toMatchObject({ balanceAfterFen: 5000, cashBackFen: 0, receipt: { title: '作废凭条' } })
  expect(await client.sales.void({ ...asked, approval })).toEqual(answer)
  expect(till.book.balanceOf('m-1')).toBe(5000)
  const again = { ...asked, voidId: uuidv7(), approval }
  await expect(client.sales.void(again)).rejects.toMatchObject({ code: 'ALREADY_VOIDED' })
  const nothing = { ...again, voidId: uuidv7(), saleId: uuidv7() }
  await expect(client.sales.void(nothing)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const entry = till.book
    .read((file) => file.journal.newest('kiosk-1', 50))
    .find(({ kind }) => kind === 'sale.voided')
  expect(entry?.actor).toBe(`staff:${cashier.staffId}`)
  expect(JSON.parse(entry?.bodyText ?? '{}')).toMatchObject({
    approvedBy: manager.staffId,
    note: '盘子没放稳',
  })
})

test('LG-24 CK-12 a sale taken back is no longer shown as paid, neither at once nor after a restart', async () => {
  const { till, manager } = await counter()
  const saleId = await soldTo(till, 'm-1')
  await manager.client.sales.void({ voidId: uuidv7(), saleId, reason: 'wrong-dish', note: '' })
  expect(till.view).toMatchObject({ phase: 'trouble', trouble: 'take-plate-away', payment: null })
  await till.station.stop()
  const after = new CounterStation({ folder: till.folder, clock: till.clock })
  onTestFinished(() => after.stop())
  expect(after.view.phase).not.toBe('paid')
  await after.plate(320)
  await after.tap('m-1')
  expect(after.view.trouble).toBe('take-plate-away')
  await after.empty()
  // The same dinner again, weighed and paid anew: with the subsidy, which the void gave back.
  await after.plate(320)
  await after.tap('m-1')
  expect(after.view).toMatchObject({ phase: 'paid', payment: { walletFen: 903 } })
})

test('LG-24 LG-21 a void at the counter leaves a book without findings', async () => {
  const { till, manager } = await counter()
  const saleId = await soldTo(till, 'm-2')
  await manager.client.sales.void({ voidId: uuidv7(), saleId, reason: 'not-taken', note: '' })
  expect(verifyBook(till.folder).findings).toEqual([])
})
