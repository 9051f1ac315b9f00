import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryFacts, arbitraryPack } from '../../../tests/fixtures/policy/arbitrary.ts'
import { fullPriceQuote, quote } from './engine.ts'
import { replayMonth, type PastEvent, type PastSale } from './replay.ts'
import type { Compared } from './replay-sums.ts'
import type { BenefitUse, MealFacts, PolicyPack, Quote } from './types.ts'

const runs = { numRuns: 1_000 }

/** A visit to one of two stations of a canteen; `voids` takes back the sale that many visits ago, if there is one. */
const visit = fc.record({
  facts: arbitraryFacts,
  who: fc.constantFrom('m-1', 'm-2', 'm-3'),
  stationId: fc.constantFrom('kiosk-1', 'kiosk-1', 'kiosk-2'),
  voids: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null, freq: 3 }),
})
type Visit = typeof visit extends fc.Arbitrary<infer Value> ? Value : never
const visits = fc.array(visit, { minLength: 1, maxLength: 14 }).map((made) =>
  // One month, in the order of its days.
  made
    .map((each) => ({ ...each, facts: { ...each.facts, businessDate: laterThan(each.facts.businessDate) } }))
    .toSorted((one, other) => (one.facts.businessDate < other.facts.businessDate ? -1 : 1)),
)
const laterThan = (date: string): string => (date < '2026-11' ? '2026-11-02' : date)

interface Sold {
  readonly saleId: string
  readonly stationId: string
  readonly facts: MealFacts
  readonly quote: Quote
  voided: boolean
}

/** A counter of its own, that keeps every sale and looks its limits up among them: what a book would hold. */
function sellUnder(pack: PolicyPack, made: readonly Visit[]): { events: PastEvent[]; sold: readonly Sold[] } {
  const sold: Sold[] = []
  const happened: ({ sale: Sold } | { voided: Sold })[] = []
  for (const [index, { facts, who, stationId, voids }] of made.entries()) {
    const member = facts.member && { ...facts.member, memberId: who }
    const uses = sold.flatMap((earlier): BenefitUse[] =>
      earlier.voided || earlier.facts.member?.memberId !== who
        ? []
        : earlier.quote.benefits.map(({ benefitId, amountFen }) => ({
            benefitId,
            amountFen,
            businessDate: earlier.facts.businessDate,
            mealPeriod: earlier.facts.mealPeriod,
            here: earlier.stationId === stationId,
            saleId: earlier.saleId,
          })),
    )
    const earlierMeals = sold.filter(
      (earlier) =>
        !earlier.voided &&
        earlier.facts.member?.memberId === who &&
        earlier.facts.businessDate === facts.businessDate,
    ).length
    const own = { ...facts, member, uses, earlierMeals }
    const quoted = member === null ? fullPriceQuote(own.foodFen, own.deliveryFen) : quote(pack, own)
    const sale = { saleId: `sale-${index}`, stationId, facts: own, quote: quoted, voided: false }
    sold.push(sale)
    happened.push({ sale })
    const back = voids === null ? undefined : sold[index - voids]
    if (back === undefined || back.voided) continue
    back.voided = true
    happened.push({ voided: back })
  }
  return {
    sold,
    events: happened.map((each) => ('sale' in each ? soldEvent(each.sale) : voidEvent(each.voided))),
  }
}

function soldEvent({
  saleId,
  stationId,
  facts: { uses: _, earlierMeals: __, ...facts },
  quote: quoted,
  voided,
}: Sold): PastEvent {
  const sale: PastSale = { saleId, stationId, facts, quote: quoted, voided }
  return { kind: 'sold', sale }
}

const voidEvent = ({ saleId, facts }: Sold): PastEvent => ({
  kind: 'voided',
  saleId,
  memberId: facts.member?.memberId ?? null,
})

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0)

describe('a month replayed', () => {
  test('PO-12 under the pack that was in force, every sum is the one that was', () => {
    fc.assert(
      fc.property(arbitraryPack, visits, (pack, made) => {
        const { events, sold } = sellUnder(pack, made)
        const kept = sold.filter(({ voided }) => !voided)
        const totals = replayMonth(pack, events)
        const compared: readonly Compared[] = [
          totals.discount,
          totals.subsidy,
          totals.selfPay,
          ...totals.funders,
          ...totals.providerPayments,
        ]
        for (const { beforeFen, afterFen, differenceFen } of compared)
          expect([afterFen, differenceFen]).toEqual([beforeFen, 0])
        expect(totals.meals).toBe(kept.length)
        expect(totals.selfPay.beforeFen).toBe(sumOf(kept.map((sale) => sale.quote.selfPayFen)))
        expect(totals.subsidy.beforeFen).toBe(sumOf(kept.map((sale) => sale.quote.subsidyFen)))
        expect(totals.members).toMatchObject({ more: 0, less: 0 })
        expect(totals.largest).toEqual({ more: [], less: [] })
      }),
      runs,
    )
  })

  test('PO-12 under any other pack, each side adds up to the price and the limits of the draft hold', () => {
    fc.assert(
      fc.property(arbitraryPack, arbitraryPack, visits, (past, draft, made) => {
        const { events } = sellUnder(past, made)
        const totals = replayMonth(draft, events)
        for (const side of ['beforeFen', 'afterFen'] as const) {
          const fundersFen = sumOf(totals.funders.map((funder) => funder[side]))
          expect(totals.subsidy[side]).toBe(fundersFen)
          expect(totals.discount[side] + fundersFen + totals.selfPay[side]).toBe(totals.priceFen)
        }
        // The same month, sold under the draft from the beginning, is what the replay foretells.
        const { sold } = sellUnder(draft, made)
        const kept = sold.filter(({ voided }) => !voided)
        expect(totals.selfPay.afterFen).toBe(sumOf(kept.map((sale) => sale.quote.selfPayFen)))
      }),
      runs,
    )
  })
})
