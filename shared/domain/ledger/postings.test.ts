import fc from 'fast-check'
import { expect, test } from 'vitest'
import { saleDraft } from '../../../tests/fixtures/books.ts'
import type { JournalEvent, KnownEntry, TopUpSource } from '../journal/entry.ts'
import { HYBRID_TIME_ZERO } from '../journal/hybrid-clock.ts'
import { reversalOf, type SaleDraft } from '../sale.ts'
import { fen } from '../units.ts'
import { postingsOf, UnbalancedError } from './postings.ts'
import { saleFault } from './sale-sums.ts'

const entryOf = (event: JournalEvent): KnownEntry => ({
  id: 'e',
  origin: 'kiosk-1',
  seq: 1,
  version: 1,
  hlc: HYBRID_TIME_ZERO,
  at: '',
  actor: '',
  prevHash: '',
  hash: '',
  ...event,
  businessDate: '2026-11-03',
})

const saleEntry = (sale: SaleDraft): KnownEntry =>
  entryOf({ kind: 'sale.settled', body: { sale, balanceAfterFen: null } })

/** Any sale that adds up: random shares, a discount, a payment to the provider, a tender in two parts. */
const anySale = fc
  .record({
    fundersFen: fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 4 }),
    discountFen: fc.integer({ min: 0, max: 500 }),
    walletFen: fc.integer({ min: 0, max: 5000 }),
    cashFen: fc.integer({ min: 0, max: 5000 }),
    providerFen: fc.integer({ min: 0, max: 400 }),
  })
  .map(({ fundersFen, discountFen, walletFen, cashFen, providerFen }): SaleDraft => {
    const subsidyFen = fundersFen.reduce((sum, amount) => sum + amount, 0)
    const selfPayFen = walletFen + cashFen
    const draft = saleDraft({ priceFen: discountFen + subsidyFen + selfPayFen })
    const funders = fundersFen.map((amountFen, index) => ({
      funderId: `f-${index % 3}`,
      amountFen: fen(amountFen),
    }))
    return {
      ...draft,
      tender: { walletFen: fen(walletFen), cashFen: fen(cashFen) },
      quote: {
        ...draft.quote,
        discountFen: fen(discountFen),
        subsidyFen: fen(subsidyFen),
        selfPayFen: fen(selfPayFen),
        benefits: [{ benefitId: 'b', amountFen: fen(subsidyFen), funders }],
        providerPayments: [{ paymentId: 'p', funderId: 'f-0', amountFen: fen(providerFen) }],
      },
    }
  })

test('LG-3 the debits and credits of any sale that adds up are equal, and no posting is empty', () => {
  fc.assert(
    fc.property(anySale, (sale) => {
      expect(saleFault(sale)).toBeNull()
      const postings = postingsOf(saleEntry(sale))
      expect(postings.reduce((sum, each) => sum + each.debitFen - each.creditFen, 0)).toBe(0)
      for (const { debitFen, creditFen } of postings) expect(debitFen > 0).not.toBe(creditFen > 0)
      expect(new Set(postings.map(({ account, debitFen }) => `${account} ${debitFen > 0}`)).size).toBe(
        postings.length,
      )
    }),
    { seed: 3, numRuns: 500 },
  )
})

test('LG-3 a subsidised meal debits wallet and funders and credits sales with the price', () => {
  expect(postingsOf(saleEntry(saleDraft({ priceFen: 1280, subsidised: true })))).toEqual([
    { account: 'member:m-1:cash', debitFen: 980, creditFen: 0 },
    { account: 'funder:city:receivable', debitFen: 200, creditFen: 0 },
    { account: 'funder:town:receivable', debitFen: 100, creditFen: 0 },
    { account: 'canteen:sales', debitFen: 0, creditFen: 1280 },
  ])
})

test('LG-3 the canteen’s own discount is no revenue, and a provider payment no part of the price', () => {
  const draft = saleDraft({ memberId: null, priceFen: 2000 })
  const sale: SaleDraft = {
    ...draft,
    tender: { walletFen: fen(0), cashFen: fen(1800) },
    quote: {
      ...draft.quote,
      discountFen: fen(200),
      selfPayFen: fen(1800),
      providerPayments: [{ paymentId: 'visit', funderId: 'city', amountFen: fen(200) }],
    },
  }
  expect(postingsOf(saleEntry(sale))).toEqual([
    { account: 'canteen:drawer:kiosk-1', debitFen: 1800, creditFen: 0 },
    { account: 'funder:city:receivable', debitFen: 200, creditFen: 0 },
    { account: 'canteen:sales', debitFen: 0, creditFen: 1800 },
    { account: 'provider:payable', debitFen: 0, creditFen: 200 },
  ])
})

test.each<[TopUpSource, string]>([
  ['cash', 'canteen:drawer:kiosk-1'],
  ['transfer', 'canteen:deposits'],
  ['opening', 'canteen:deposits'],
])('LG-3 a top-up by %s debits %s and credits the wallet', (source, account) => {
  const body = { topUpId: 't', memberId: 'm-1', amountFen: fen(5000), source }
  expect(postingsOf(entryOf({ kind: 'wallet.topped-up', body }))).toEqual([
    { account, debitFen: 5000, creditFen: 0 },
    { account: 'member:m-1:cash', debitFen: 0, creditFen: 5000 },
  ])
})

/** What the postings of these entries leave on each account. */
function left(...entries: readonly KnownEntry[]): Readonly<Record<string, number>> {
  const net = new Map<string, number>()
  for (const { account, debitFen, creditFen } of entries.flatMap(postingsOf))
    net.set(account, (net.get(account) ?? 0) + debitFen - creditFen)
  return Object.fromEntries([...net].filter(([, amountFen]) => amountFen !== 0))
}

const sumOf = (entry: KnownEntry): number =>
  postingsOf(entry).reduce((sum, { debitFen, creditFen }) => sum + debitFen - creditFen, 0)

test('LG-24 LG-3 a void leaves nothing of any sale on any account, and is balanced by itself', () => {
  fc.assert(
    fc.property(anySale, (sale) => {
      const taken = { voidId: 'v', saleId: sale.saleId, reversed: reversalOf(sale), balanceAfterFen: null }
      const body = { ...taken, reason: 'other', note: '', approvedBy: 's' } as const
      const voided = entryOf({ kind: 'sale.voided', body })
      expect(sumOf(voided)).toBe(0)
      expect(left(saleEntry(sale), voided)).toEqual({})
    }),
    { seed: 24, numRuns: 500 },
  )
})

test('LG-24 what a void takes back names each dish and each funder of the sale', () => {
  expect(reversalOf(saleDraft({ subsidised: true, cashFen: 80 }))).toEqual({
    soldOn: '2026-11-03',
    mealPeriod: 'lunch',
    memberId: 'm-1',
    priceFen: 1280,
    discountFen: 0,
    subsidyFen: 300,
    walletFen: 900,
    cashFen: 80,
    funders: [
      { funderId: 'city', amountFen: 200 },
      { funderId: 'town', amountFen: 100 },
    ],
    providerPayments: [],
    dishes: [{ dishId: 'buffet', quantity: 1, netMg: 340_000, amountFen: 1280 }],
  })
})

test('LG-25 LG-3 a reversed top-up leaves nothing of it on any account', () => {
  const anyTopUp = fc.record({
    topUpId: fc.constant('t'),
    memberId: fc.constantFrom('m-1', 'm-2'),
    amountFen: fc.integer({ min: 1, max: 500_000 }).map(fen),
    source: fc.constantFrom<TopUpSource[]>('cash', 'transfer', 'opening'),
  })
  fc.assert(
    fc.property(anyTopUp, (topUp) => {
      const body = { reversalId: 'r', ...topUp, note: '', approvedBy: 's' }
      const reversed = entryOf({ kind: 'top-up.reversed', body })
      expect(sumOf(reversed)).toBe(0)
      expect(left(entryOf({ kind: 'wallet.topped-up', body: topUp }), reversed)).toEqual({})
    }),
    { seed: 25, numRuns: 200 },
  )
})

test('LG-26 LG-3 a close leaves the float in a drawer that held what the book said; the rest is safe or explained', () => {
  const amounts = fc.record({
    expectedFen: fc.integer({ min: 0, max: 900_000 }),
    countedFen: fc.integer({ min: 0, max: 900_000 }),
    floatPart: fc.integer({ min: 0, max: 100 }),
  })
  fc.assert(
    fc.property(amounts, ({ expectedFen, countedFen, floatPart }) => {
      const floatFen = Math.floor((countedFen * floatPart) / 100)
      const signed = { closedDate: '2026-11-03', closedBy: 's', explanation: '', headSeq: 1, headHash: '' }
      const counted = { expectedFen: fen(expectedFen), countedFen: fen(countedFen), floatFen: fen(floatFen) }
      const close = entryOf({ kind: 'day.closed', body: { ...signed, ...counted } })
      expect(sumOf(close)).toBe(0)
      const filled = { moveId: 'm', amountFen: fen(expectedFen), note: '', approvedBy: 's' }
      const {
        'canteen:drawer:kiosk-1': drawerFen = 0,
        'canteen:safe': safeFen = 0,
        'canteen:cash-difference': differenceFen = 0,
      } = left(entryOf({ kind: 'drawer.moved', body: filled }), close)
      expect(drawerFen).toBe(floatFen)
      expect(safeFen).toBe(countedFen - floatFen - expectedFen)
      expect(differenceFen).toBe(expectedFen - countedFen)
    }),
    { seed: 26, numRuns: 300 },
  )
})

test('LG-3 money into the drawer comes from the safe, and money out of it goes there', () => {
  const moved = (amountFen: number) =>
    left(
      entryOf({
        kind: 'drawer.moved',
        body: { moveId: 'm', amountFen: fen(amountFen), note: '', approvedBy: 's' },
      }),
    )
  expect(moved(500)).toEqual({ 'canteen:drawer:kiosk-1': 500, 'canteen:safe': -500 })
  expect(moved(-500)).toEqual({ 'canteen:drawer:kiosk-1': -500, 'canteen:safe': 500 })
  expect(moved(0)).toEqual({})
})

test('LG-3 a card moves no money', () => {
  expect(postingsOf(entryOf({ kind: 'card.issued', body: { uid: '1', memberId: 'm-1' } }))).toEqual([])
})

test('LG-3 what does not add up is never turned into postings', () => {
  const draft = saleDraft({ priceFen: 1280 })
  const short = { ...draft, tender: { walletFen: fen(1279), cashFen: fen(0) } }
  expect(() => postingsOf(saleEntry(short))).toThrow(UnbalancedError)
  const negative = { ...draft, tender: { walletFen: fen(1380), cashFen: fen(-100) } }
  expect(() => postingsOf(saleEntry(negative))).toThrow(UnbalancedError)
})

test('LG-3 a guest has no wallet to debit', () => {
  const draft = { ...saleDraft({ memberId: 'm-1' }), memberId: null }
  expect(() => postingsOf(saleEntry(draft))).toThrow(UnbalancedError)
})
