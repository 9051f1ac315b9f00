import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  arbitraryFacts,
  arbitraryPack,
  arbitrarySingleBenefitPack,
} from '../../../tests/fixtures/policy/arbitrary.ts'
import { tenThousand } from '../../../tests/fixtures/policy/ten-thousand.ts'
import { sumFen, type Fen } from '../units.ts'
import { quote } from './engine.ts'
import type { Benefit, BenefitUse, Limit, MealFacts, PolicyPack } from './types.ts'

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}

describe('every quote of every valid pack', () => {
  test('PO-2 the same facts give the same quote, and neither pack nor facts are changed', () => {
    tenThousand(arbitraryPack, arbitraryFacts, (pack, facts) => {
      const copy: [PolicyPack, MealFacts] = structuredClone([pack, facts])
      expect(quote(frozen(pack), frozen(facts))).toEqual(quote(...copy))
    })
  })

  test('PO-3 no benefit is more than what was left to pay when its turn came', () => {
    tenThousand(arbitraryPack, arbitraryFacts, (pack, facts) => {
      let leftFen = 0
      for (const { changeFen, afterFen } of quote(pack, facts).steps) {
        expect(afterFen).toBe(leftFen + changeFen)
        expect(afterFen).toBeGreaterThanOrEqual(0)
        leftFen = afterFen
      }
    })
  })

  test('PO-5 the steps begin with the price, end with the self-pay, and tell every benefit and discount in words', () => {
    tenThousand(arbitraryPack, arbitraryFacts, (pack, facts) => {
      const quoted = quote(pack, facts)
      const { steps, benefits } = quoted
      expect(steps[0]).toMatchObject({ kind: 'price', changeFen: quoted.priceFen })
      expect(steps.at(-1)).toMatchObject({ kind: 'self-pay', changeFen: 0, afterFen: quoted.selfPayFen })
      const told = steps.filter(({ kind }) => kind === 'benefit')
      expect(told.map(({ ruleId, changeFen }) => [ruleId, 0 - changeFen])).toEqual(
        benefits.map(({ benefitId, amountFen }) => [benefitId, amountFen]),
      )
      const discounts = steps.filter(({ kind }) => kind === 'discount')
      expect(discounts.reduce((sum, { changeFen }) => sum - changeFen, 0)).toBe(quoted.discountFen)
      expect(steps.every(({ words }) => /\p{Script=Han}/u.test(words.zh) && words.en.length > 0)).toBe(true)
      expect(steps.some(({ words }) => /NaN|undefined|null|Infinity/.test(words.zh + words.en))).toBe(false)
    })
  })

  test('PO-8 the funders of a benefit add up to it, each pays something, and each is one of the pack', () => {
    tenThousand(arbitraryPack, arbitraryFacts, (pack, facts) => {
      for (const { benefitId, amountFen, funders } of quote(pack, facts).benefits) {
        const known = new Set(benefitOf(pack, benefitId).funders.map(({ funderId }) => funderId))
        expect(sumFen(funders.map((funder) => funder.amountFen))).toBe(amountFen)
        expect(funders.every((funder) => funder.amountFen > 0 && known.has(funder.funderId))).toBe(true)
      }
    })
  })
})

describe('limits over many meals', () => {
  const meals = fc.array(
    fc.record({ facts: arbitraryFacts, canteen: fc.constantFrom('a', 'b'), named: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 12,
    },
  )

  test('PO-4 every limit holds over any order of meals in two canteens, for one benefit and for a group', () => {
    tenThousand(arbitraryPack, meals, (pack, served) => {
      const book: Served[] = []
      for (const [index, { facts, canteen, named }] of served.entries()) {
        const uses = book.map(({ canteen: where, ...use }): BenefitUse => ({
          ...use,
          here: where === canteen,
        }))
        const { businessDate, mealPeriod } = facts
        for (const { benefitId, amountFen } of quote(pack, { ...facts, uses }).benefits) {
          const use = { benefitId, amountFen, businessDate, mealPeriod, canteen }
          book.push(named ? { ...use, saleId: `sale-${index}` } : use)
        }
      }
      expect(brokenLimits(pack, book)).toEqual([])
    })
  })

  test('PO-4 one more earlier use never gives more', () => {
    tenThousand(arbitrarySingleBenefitPack, fc.tuple(arbitraryFacts, fc.nat()), (pack, [facts, seed]) => {
      const { uses } = facts
      if (uses.length === 0 || JSON.stringify(pack).includes('mealOfDay')) return
      const fewer = uses.toSpliced(seed % uses.length, 1)
      expect(quote(pack, facts).subsidyFen).toBeLessThanOrEqual(
        quote(pack, { ...facts, uses: fewer }).subsidyFen,
      )
    })
  })

  test('PO-4 a wider limit never gives less, and no limit gives most', () => {
    tenThousand(
      arbitrarySingleBenefitPack,
      fc.tuple(arbitraryFacts, fc.integer({ min: 1, max: 500 })),
      (pack, [facts, more]) => {
        const wider = quote(
          withLimits(pack, (limit) => [widened(limit, more)]),
          facts,
        ).subsidyFen
        expect(quote(pack, facts).subsidyFen).toBeLessThanOrEqual(wider)
        expect(wider).toBeLessThanOrEqual(
          quote(
            withLimits(pack, () => []),
            facts,
          ).subsidyFen,
        )
      },
    )
  })
})

type Served = Omit<BenefitUse, 'here'> & { readonly canteen: string }

function benefitOf(pack: PolicyPack, id: string): Benefit {
  for (const step of pack.steps)
    if (step.kind === 'benefits') for (const benefit of step.benefits) if (benefit.id === id) return benefit
  throw new Error(`no benefit ${id}`)
}

/** The book's own count of every limit, written apart from the engine's. */
function brokenLimits(pack: PolicyPack, book: readonly Served[]): readonly string[] {
  return pack.steps.flatMap((step) => {
    if (step.kind !== 'benefits') return []
    const group = { ids: step.benefits.map(({ id }) => id), limits: step.limits ?? [] }
    const each = step.benefits.map(({ id, limits }) => ({ ids: [id], limits }))
    return [group, ...each].flatMap(({ ids, limits }) =>
      limits
        .filter((limit) =>
          isBroken(
            limit,
            book.filter(({ benefitId }) => ids.includes(benefitId)),
          ),
        )
        .map((limit) => `${ids.join('+')} ${JSON.stringify(limit)}`),
    )
  })
}

function isBroken(limit: Limit, uses: readonly Served[]): boolean {
  // A limit per meal is told by single uses, or by all uses of one sale.
  const windows = Map.groupBy(uses, (use) => {
    const where = limit.scope === 'here' ? use.canteen : 'everywhere'
    if (limit.per === 'meal') return `${where} ${use.saleId ?? `${use.benefitId} ${uses.indexOf(use)}`}`
    if (limit.per === 'month') return `${where} ${use.businessDate.slice(0, 7)}`
    return `${where} ${use.businessDate} ${limit.per === 'day' ? '' : use.mealPeriod}`
  })
  return [...windows.values()].some((inWindow) => {
    const amountFen = inWindow.reduce((sum, use) => sum + use.amountFen, 0)
    const sales = new Set(inWindow.flatMap(({ saleId }) => saleId ?? []))
    const perBenefit = Map.groupBy(
      inWindow.filter(({ saleId }) => saleId === undefined),
      ({ benefitId }) => benefitId,
    )
    // Uses without a sale may be several of one meal, so only those of one benefit are surely several meals.
    const meals = sales.size + Math.max(0, ...[...perBenefit.values()].map((alike) => alike.length))
    return amountFen > (limit.amountFen ?? Infinity) || meals > (limit.count ?? Infinity)
  })
}

function withLimits(pack: PolicyPack, change: (limit: Limit) => readonly Limit[]): PolicyPack {
  const steps = pack.steps.map((step) =>
    step.kind === 'benefits'
      ? { ...step, benefits: step.benefits.map((each) => ({ ...each, limits: each.limits.flatMap(change) })) }
      : step,
  )
  return { ...pack, steps }
}

function widened(limit: Limit, more: number): Limit {
  return {
    ...limit,
    ...(limit.count === undefined ? {} : { count: limit.count + more }),
    ...(limit.amountFen === undefined ? {} : { amountFen: sumFen([limit.amountFen, more as Fen]) }),
  }
}
