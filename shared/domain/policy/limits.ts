import type { BenefitUse, Limit, MealFacts } from './types.ts'

/** The part of the facts that limits look at. */
type Meal = Pick<MealFacts, 'businessDate' | 'mealPeriod' | 'uses'>

/** What a limit leaves for this meal. */
export interface Allowance {
  /** Fen that may still be given; Infinity when no limit names an amount. */
  readonly leftFen: number
  /** The limit that leaves least; null when there is none. */
  readonly tightest: Limit | null
}

const UNLIMITED: Allowance = { leftFen: Number.POSITIVE_INFINITY, tightest: null }

function counts(limit: Limit, use: BenefitUse, facts: Meal): boolean {
  if (limit.scope === 'here' && !use.here) return false
  switch (limit.per) {
    case 'meal':
      return false
    case 'meal-period':
      return use.businessDate === facts.businessDate && use.mealPeriod === facts.mealPeriod
    case 'day':
      return use.businessDate === facts.businessDate
    case 'month':
      return use.businessDate.slice(0, 7) === facts.businessDate.slice(0, 7)
  }
}

function leftUnder(limit: Limit, benefitIds: readonly string[], facts: Meal): number {
  let times = 0
  let amountFen = 0
  const sales = new Set<string>()
  for (const use of facts.uses) {
    if (use.amountFen <= 0 || !benefitIds.includes(use.benefitId) || !counts(limit, use, facts)) continue
    amountFen += use.amountFen
    if (use.saleId === undefined) times += 1
    else sales.add(use.saleId)
  }
  if (limit.count !== undefined && times + sales.size >= limit.count) return 0
  return limit.amountFen === undefined ? Number.POSITIVE_INFINITY : Math.max(0, limit.amountFen - amountFen)
}

/**
 * What these limits leave for one more use of any of `benefitIds` together (SPEC PO-4). A use that gave nothing, or was
 * taken back, counts for nothing; several uses of one sale count once.
 */
export function allowance(limits: readonly Limit[], benefitIds: readonly string[], facts: Meal): Allowance {
  let result = UNLIMITED
  for (const limit of limits) {
    const leftFen = leftUnder(limit, benefitIds, facts)
    if (leftFen < result.leftFen) result = { leftFen, tightest: limit }
  }
  return result
}
