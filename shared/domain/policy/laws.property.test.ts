import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryFacts, arbitraryPack } from '../../../tests/fixtures/policy/arbitrary.ts'
import { tenThousand } from '../../../tests/fixtures/policy/ten-thousand.ts'
import { canonicalJson } from '../journal/canonical.ts'
import { quote } from './engine.ts'
import { replayMonth, type PastEvent, type PastSale } from './replay.ts'
import { fen } from '../units.ts'
import type { BenefitUse, Limit, MealFacts, PolicyPack, Quote } from './types.ts'

/** What breaks a law that holds for every pack and every meal, with its seed; null when none of ten thousand does. */
function lawOf<Case>(
  cases: fc.Arbitrary<Case>,
  holds: (pack: PolicyPack, each: Case) => boolean,
): string | null {
  try {
    tenThousand(arbitraryPack, cases, (pack, each) => {
      if (!holds(pack, each)) throw new Error('the law is broken')
    })
    return null
  } catch (error) {
    return String(error)
  }
}

const law = (holds: (pack: PolicyPack, facts: MealFacts) => boolean): string | null =>
  lawOf(arbitraryFacts, holds)

const fundersFen = ({ benefits }: Quote): number =>
  benefits.reduce((sum, { funders }) => funders.reduce((rest, { amountFen }) => rest + amountFen, sum), 0)

test('PO-15 PO-1 what she pays, what the funders pay and the discount are the price, and none is negative', () => {
  const broken = law((pack, facts) => {
    const quoted = quote(pack, facts)
    const { priceFen, discountFen, subsidyFen, selfPayFen } = quoted
    return (
      discountFen + fundersFen(quoted) + selfPayFen === priceFen &&
      subsidyFen === fundersFen(quoted) &&
      Math.min(priceFen, discountFen, subsidyFen, selfPayFen) >= 0
    )
  })
  expect(broken).toBeNull()
})

test('PO-15 PO-3 nobody is given more than she spends', () => {
  const broken = law((pack, facts) => {
    const quoted = quote(pack, facts)
    return quoted.subsidyFen <= facts.foodFen + facts.deliveryFen && quoted.subsidyFen <= quoted.priceFen
  })
  expect(broken).toBeNull()
})

test('PO-15 PO-2 the same facts are the same quote, whoever reads them and in whatever order they were written', () => {
  const broken = law((pack, facts) => {
    const quoted = quote(pack, facts)
    const again = quote(structuredClone(pack), { ...structuredClone(facts), uses: facts.uses.toReversed() })
    return canonicalJson(quoted) === canonicalJson(again)
  })
  expect(broken).toBeNull()
})

/** A month of meals as the book hears of it: each sale of one member, some of them taken back later. */
const visits = fc.array(
  fc.record({ facts: arbitraryFacts, takenBack: fc.boolean(), station: fc.constantFrom('a', 'b') }),
  { minLength: 1, maxLength: 5 },
)
type Visit = { readonly facts: MealFacts; readonly takenBack: boolean; readonly station: string }

function soldBy(memberId: string, { facts, takenBack, station }: Visit, index: number): PastEvent[] {
  const { uses: _, ...meal } = facts
  const member = meal.member === null ? null : { ...meal.member, memberId }
  const saleId = `${memberId}-${index}`
  const none = { discountFen: fen(0), selfPayFen: fen(0), benefits: [], providerPayments: [] }
  const sale: PastSale = {
    saleId,
    stationId: station,
    facts: { ...meal, member },
    quote: { ...none, priceFen: fen(meal.foodFen + meal.deliveryFen) },
    voided: takenBack,
  }
  const sold: PastEvent = { kind: 'sold', sale }
  return takenBack ? [sold, { kind: 'voided', saleId, memberId: member?.memberId ?? null }] : [sold]
}

const totalsOf = (pack: PolicyPack, events: readonly PastEvent[]): string => {
  const { meals, selfPay, funders, providerPayments, members, largest } = replayMonth(pack, events)
  return canonicalJson({ meals, selfPay, funders, providerPayments, members, largest })
}

test('PO-15 LG-24 a sale that was taken back leaves the limits as if it had not been', () => {
  const broken = lawOf(visits, (pack, made) => {
    const all = made.flatMap((visit, index) => soldBy('m', visit, index))
    const kept = made.flatMap((visit, index) => (visit.takenBack ? [] : soldBy('m', visit, index)))
    return totalsOf(pack, all) === totalsOf(pack, kept)
  })
  expect(broken).toBeNull()
})

test('PO-15 what other members eat changes nothing for her', () => {
  const broken = lawOf(fc.tuple(visits, visits), (pack, [hers, theirs]) => {
    const own = hers.map((visit, index) => soldBy('m', visit, index))
    const others = theirs.map((visit, index) => soldBy('other', visit, index))
    const among = own.flatMap((events, index) => [...events, ...(others[index] ?? [])])
    const shareOf = (events: readonly PastEvent[]): string => {
      const { more, less } = replayMonth(pack, events).largest
      return canonicalJson([...more, ...less].filter(({ memberId }) => memberId === 'm'))
    }
    return shareOf(own.flat()) === shareOf(among)
  })
  expect(broken).toBeNull()
})

test('PO-15 PO-4 a cap of a day or a month holds over any order of meals and over the end of a month', () => {
  const capped = fc.constantFrom('day' as const, 'month' as const)
  const broken = lawOf(
    fc.tuple(visits, capped, fc.integer({ min: 1, max: 900 })),
    (pack, [made, per, most]) => {
      const limits: readonly Limit[] = [{ per, amountFen: fen(most), scope: 'everywhere' }]
      const steps = pack.steps.map((step) => (step.kind === 'benefits' ? { ...step, limits } : step))
      const groups = steps.flatMap((step) =>
        step.kind === 'benefits' ? [step.benefits.map(({ id }) => id)] : [],
      )
      const uses: BenefitUse[] = []
      for (const [index, { facts }] of made.entries()) {
        const { businessDate, mealPeriod } = facts
        for (const { benefitId, amountFen } of quote({ ...pack, steps }, { ...facts, uses }).benefits)
          uses.push({ benefitId, amountFen, businessDate, mealPeriod, here: true, saleId: `sale-${index}` })
      }
      const windows = Map.groupBy(uses, ({ businessDate }) => businessDate.slice(0, per === 'day' ? 10 : 7))
      return groups.every((ids) =>
        [...windows.values()].every((inWindow) => {
          const given = inWindow.filter(({ benefitId }) => ids.includes(benefitId))
          return given.reduce((sum, { amountFen }) => sum + amountFen, 0) <= most
        }),
      )
    },
  )
  expect(broken).toBeNull()
})
