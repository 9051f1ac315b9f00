import { expect, test } from 'vitest'
import { openBook } from '../../../electron/station/book/book.ts'
import { reversalOf, type SaleDraft } from '../../../shared/domain/sale.ts'
import { fen } from '../../../shared/domain/units.ts'
import { bookOptions, furnish, furnishedBook, MENU, PACK, saleDraft, TODAY } from '../../fixtures/books.ts'
import { seededRandom } from '../../fixtures/random.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

test('LG-8 a day’s totals are what its sales add up to', () => {
  const book = furnishedBook()
  const random = seededRandom('totals')
  const settled: SaleDraft[] = []
  for (let count = 0; count < 60; count++) {
    const memberId = random.pick(['m-1', 'm-2', 'm-3', null])
    const draft = saleDraft({
      memberId,
      priceFen: random.integer(400, 900),
      subsidised: memberId !== null && random.chance(0.5),
      businessDate: random.pick([TODAY, '2026-11-04']),
    })
    const sale: SaleDraft = { ...draft, mealPeriod: random.pick(['lunch', 'dinner']) }
    if (book.settle(sale).kind === 'settled') settled.push(sale)
  }
  for (const businessDate of [TODAY, '2026-11-04']) {
    const sales = settled.filter((sale) => sale.businessDate === businessDate)
    expect(sales.length).toBeGreaterThan(10)
    const totals = book.dayTotals(businessDate)
    expect(totals).toMatchObject({
      businessDate,
      meals: sales.length,
      priceFen: sum(sales.map(({ quote }) => quote.priceFen)),
      subsidyFen: sum(sales.map(({ quote }) => quote.subsidyFen)),
      walletFen: sum(sales.map(({ tender }) => tender.walletFen)),
      cashFen: sum(sales.map(({ tender }) => tender.cashFen)),
    })
    expect(sum(totals.byFunder.map(({ amountFen }) => amountFen))).toBe(totals.subsidyFen)
    expect(sum(totals.byPeriod.map(({ meals }) => meals))).toBe(totals.meals)
    expect(totals.byDish).toEqual([
      { dishId: 'buffet', count: sales.length, netMg: 340_000 * sales.length, amountFen: totals.priceFen },
    ])
  }
  book.close()
})

test('LG-24 what was voided is taken off the totals, and marked in the list of sales', () => {
  const book = furnishedBook()
  const kept = saleDraft({ memberId: 'm-1', priceFen: 800, subsidised: true })
  const back = saleDraft({ memberId: 'm-2', priceFen: 700, subsidised: true })
  for (const draft of [kept, back]) expect(book.settle(draft).kind).toBe('settled')
  const before = book.dayTotals(TODAY)
  const body = {
    voidId: 'v-1',
    saleId: back.saleId,
    reversed: reversalOf(back),
    reason: 'wrong-dish',
    note: '',
    approvedBy: 'boss',
    balanceAfterFen: null,
  } as const
  book.write((_file, append) => append({ kind: 'sale.voided', body, businessDate: TODAY }, 'staff:boss'))
  const after = book.dayTotals(TODAY)
  expect(after.meals).toBe(before.meals - 1)
  expect(after.priceFen).toBe(before.priceFen - 700)
  expect(after.subsidyFen).toBe(kept.quote.subsidyFen)
  expect(sum(after.byFunder.map(({ amountFen }) => amountFen))).toBe(kept.quote.subsidyFen)
  expect(sum(after.byDish.map(({ amountFen }) => amountFen))).toBe(800)
  const marks = book.recentSales(2).map(({ saleId, voided }) => [saleId, voided])
  expect(marks).toEqual([
    [back.saleId, true],
    [kept.saleId, false],
  ])
  expect(book.dayTotals('2026-12-01')).toMatchObject({ meals: 0, priceFen: 0 })
  book.close()
})

test('LG-8 a day without a sale has totals of zero', () => {
  const book = furnishedBook()
  expect(book.dayTotals('2026-01-01')).toEqual({
    businessDate: '2026-01-01',
    meals: 0,
    priceFen: 0,
    discountFen: 0,
    subsidyFen: 0,
    walletFen: 0,
    cashFen: 0,
    byPeriod: [],
    byFunder: [],
    byDish: [],
  })
  book.close()
})

test('PO-5 a sale is explained by what was written: lines with their evidence, each step, the tender, the hash', () => {
  const book = furnishedBook()
  const draft = saleDraft({ subsidised: true })
  const outcome = book.settle(draft)
  expect(outcome.kind).toBe('settled')
  expect(book.explainSale(draft.saleId)).toMatchObject({
    saleId: draft.saleId,
    displayName: '林依姆',
    lines: draft.lines,
    steps: draft.quote.steps,
    tender: draft.tender,
    packId: draft.quote.packId,
    packVersion: draft.quote.packVersion,
    entryHash: outcome.kind === 'settled' ? outcome.entryHash : '',
  })
  expect(book.explainSale('019a4b00-0000-7000-8000-0000000000ff')).toBeNull()
  book.close()
})

test('LG-1 the newest sales come first, as many as were asked for', () => {
  const book = furnishedBook()
  const ids = Array.from({ length: 5 }, () => {
    const draft = saleDraft({ memberId: null })
    book.settle(draft)
    return draft.saleId
  })
  expect(book.recentSales(3).map(({ saleId }) => saleId)).toEqual(ids.toReversed().slice(0, 3))
  book.close()
})

test('PR-5 the newest menu and every version of a pack are there after a restart', () => {
  const options = bookOptions()
  const book = openBook(options)
  expect(book.menu()).toBeNull()
  expect(book.policyPacks()).toEqual([])
  furnish(book)
  book.append({ kind: 'menu.published', body: { menu: { ...MENU, version: 2 } } }, 'office')
  book.append({ kind: 'policy.published', body: { pack: { ...PACK, version: 2 } } }, 'office')
  book.close()
  const again = openBook(options)
  expect(again.menu()).toEqual({ ...MENU, version: 2 })
  expect(again.policyPacks()).toEqual([PACK, { ...PACK, version: 2 }])
  expect(again.balanceOf('m-1')).toBe(fen(5000))
  again.close()
})
