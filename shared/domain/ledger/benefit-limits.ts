import type { AppliedBenefit, Benefit, BenefitUse, Limit, PolicyPack } from '../policy/types.ts'
import type { SaleDraft } from '../sale.ts'

/**
 * The id of the first benefit of the sale whose limits would be broken by it, given the member's earlier uses in the
 * month of the sale; null when all hold (SPEC LG-18). This is the book's own count, made at the moment of writing: it
 * does not trust the uses that the quote was made with.
 */
export function brokenLimit(sale: SaleDraft, pack: PolicyPack, uses: readonly BenefitUse[]): string | null {
  for (const applied of sale.quote.benefits) {
    const benefit = benefitOf(pack, applied.benefitId)
    if (benefit === null) return applied.benefitId
    for (const limit of benefit.limits) if (!holds(limit, applied, sale, uses)) return applied.benefitId
  }
  return null
}

/** The benefit of a pack by its id, or null. */
export function benefitOf(pack: PolicyPack, benefitId: string): Benefit | null {
  for (const step of pack.steps) {
    if (step.kind !== 'benefits') continue
    for (const benefit of step.benefits) if (benefit.id === benefitId) return benefit
  }
  return null
}

function holds(limit: Limit, applied: AppliedBenefit, sale: SaleDraft, uses: readonly BenefitUse[]): boolean {
  let count = 1
  let amountFen: number = applied.amountFen
  for (const use of uses) {
    if (use.benefitId !== applied.benefitId || !counts(limit, use, sale)) continue
    count += 1
    amountFen += use.amountFen
  }
  return (
    (limit.count === undefined || count <= limit.count) &&
    (limit.amountFen === undefined || amountFen <= limit.amountFen)
  )
}

function counts(limit: Limit, use: BenefitUse, sale: SaleDraft): boolean {
  if (limit.scope === 'here' && !use.here) return false
  switch (limit.per) {
    case 'meal':
      return false
    case 'meal-period':
      return use.businessDate === sale.businessDate && use.mealPeriod === sale.mealPeriod
    case 'day':
      return use.businessDate === sale.businessDate
    case 'month':
      return use.businessDate.slice(0, 7) === sale.businessDate.slice(0, 7)
  }
}
