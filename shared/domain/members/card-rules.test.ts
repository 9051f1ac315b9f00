import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fen, ZERO_FEN } from '../units.ts'
import { isAboveDailyLimit, paidByCard, USUAL_CARDS, type CardTerms } from './card-rules.ts'

const RUNS = 10_000

interface Meal {
  readonly walletFen: number
  readonly subsidyFen: number
}

/** A meal paid by one card; what is paid in cash beside it counts for no limit. */
const byCard = ({ walletFen, subsidyFen }: Meal) => ({
  cardUid: '0000000001',
  quote: { subsidyFen: fen(subsidyFen) },
  tender: { walletFen: fen(walletFen) },
})

const amount = fc.integer({ min: 0, max: 3_000 })
const limits = fc.record({
  dailyLimitFen: amount.map(fen),
  staleLimitFen: amount.map(fen),
  ownLimitFen: fc.option(amount.map(fen)),
  listIsOld: fc.boolean(),
})
type Limits = typeof limits extends fc.Arbitrary<infer Each> ? Each : never

/** What a card may pay on a day: by her own limit or else the canteen's, and no more than the one of an old list. */
function mostOf({ dailyLimitFen, staleLimitFen, ownLimitFen, listIsOld }: Limits): number {
  const usual = ownLimitFen ?? dailyLimitFen
  const chosen = usual === 0 ? Number.POSITIVE_INFINITY : usual
  return listIsOld ? Math.min(chosen, staleLimitFen) : chosen
}

test('CK-21 CK-22 scenario 52: a clone at N stations costs at most N times the limit, in any order, also after voids', () => {
  fc.assert(
    fc.property(
      limits,
      fc.integer({ min: 1, max: 12 }),
      fc.array(
        fc.record({ at: fc.nat(11), walletFen: amount, subsidyFen: amount, voidsLast: fc.boolean() }),
        {
          maxLength: 40,
        },
      ),
      (limit, count, meals) => {
        const { ownLimitFen, listIsOld, ...chosen } = limit
        const terms: CardTerms = { rules: { ...USUAL_CARDS, ...chosen }, listIsOld }
        const mostFen = mostOf(limit)
        const spent = Array.from({ length: count }, () => [] as number[])
        for (const { at, voidsLast, ...meal } of meals) {
          const here = spent[at % count] ?? []
          if (voidsLast) here.pop()
          const spentFen = fen(here.reduce((sum, each) => sum + each, 0))
          const paid = byCard(meal)
          const askedFen = paidByCard(paid)
          const refused = isAboveDailyLimit(paid, { spentFen, ownLimitFen }, terms)
          // Neither more than the limit, nor less than it allows; what is all cash is nobody's limit.
          expect(refused).toBe(askedFen > 0 && spentFen + askedFen > mostFen)
          if (!refused) here.push(askedFen)
        }
        const costs = spent.map((here) => here.reduce((sum, each) => sum + each, 0))
        for (const cost of costs) expect(cost).toBeLessThanOrEqual(mostFen)
        expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeLessThanOrEqual(count * mostFen)
      },
    ),
    { numRuns: RUNS, seed: 52 },
  )
})

test('CK-21 who pays without a card has no limit', () => {
  const paid = { ...byCard({ walletFen: 0, subsidyFen: 0 }), cardUid: null }
  const terms: CardTerms = { rules: { ...USUAL_CARDS, dailyLimitFen: fen(1) }, listIsOld: true }
  expect(paidByCard(paid)).toBe(0)
  expect(isAboveDailyLimit(paid, { spentFen: ZERO_FEN, ownLimitFen: null }, terms)).toBe(false)
})
