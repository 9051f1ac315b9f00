import fc from 'fast-check'
import { expect, test } from 'vitest'
import { saleDraft } from '../../../tests/fixtures/books.ts'
import type { JournalEvent, KnownEntry, TopUpSource } from '../journal/entry.ts'
import { HYBRID_TIME_ZERO } from '../journal/hybrid-clock.ts'
import type { SaleDraft } from '../sale.ts'
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
