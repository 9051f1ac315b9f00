import { expect, test } from 'vitest'
import { saleDraft } from '../../../tests/fixtures/books.ts'
import type { Quote } from '../policy/types.ts'
import type { SaleDraft } from '../sale.ts'
import { fen } from '../units.ts'
import { saleFault } from './sale-sums.ts'

const draft = saleDraft({ priceFen: 1280, subsidised: true })
const quoted = (change: Partial<Quote>): SaleDraft => ({ ...draft, quote: { ...draft.quote, ...change } })

test('LG-4 a sale that adds up has no fault', () => {
  expect(saleFault(draft)).toBeNull()
})

const paid = (walletFen: number, cashFen: number): SaleDraft => ({
  ...draft,
  tender: { walletFen: fen(walletFen), cashFen: fen(cashFen) },
})

test.each<[string, SaleDraft, RegExp]>([
  ['a tender below the self-pay', paid(979, 0), /self-pay/],
  ['a tender above the self-pay', paid(980, 1), /self-pay/],
  ['a negative part of the tender', paid(1080, -100), /negative/],
])('LG-4 %s is a fault', (_what, sale, words) => {
  expect(saleFault(sale)).toMatch(words)
})

test.each<[string, SaleDraft, RegExp]>([
  ['a price that is not what its parts add up to', quoted({ priceFen: fen(1281) }), /price/],
  ['a subsidy that nobody pays', quoted({ benefits: [] }), /funders pay 0/],
  ['a negative discount', quoted({ discountFen: fen(-1) }), /negative/],
  [
    'shares that are not the benefit',
    quoted({
      benefits: [
        { benefitId: 'b', amountFen: fen(300), funders: [{ funderId: 'city', amountFen: fen(299) }] },
      ],
    }),
    /shares of benefit b/,
  ],
  [
    'a negative share',
    quoted({
      benefits: [{ benefitId: 'b', amountFen: fen(-1), funders: [{ funderId: 'city', amountFen: fen(-1) }] }],
    }),
    /funder city/,
  ],
  [
    'a negative provider payment',
    quoted({ providerPayments: [{ paymentId: 'p', funderId: 'city', amountFen: fen(-1) }] }),
    /payment p/,
  ],
  ['lines that are not the price', { ...draft, lines: [] }, /lines add up to 0/],
  [
    'a guest with a subsidy',
    { ...draft, memberId: null, tender: { walletFen: fen(0), cashFen: fen(980) } },
    /guest/,
  ],
])('PO-1 %s is a fault', (_what, sale, words) => {
  expect(saleFault(sale)).toMatch(words)
})
