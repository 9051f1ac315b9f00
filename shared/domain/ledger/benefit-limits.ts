import { allowance } from '../policy/limits.ts'
import type { Benefit, BenefitUse, Limit, PolicyPack } from '../policy/types.ts'
import type { SaleDraft } from '../sale.ts'

/**
 * The id of a benefit of the sale whose limits the sale would break, given the member's earlier uses in the month of the
 * sale; null when all hold (SPEC LG-18). This is the book's own count, made at the moment of writing: it does not trust
 * the uses that the quote was made with. A benefit that the pack does not know breaks its limits.
 */
export function brokenLimit(sale: SaleDraft, pack: PolicyPack, uses: readonly BenefitUse[]): string | null {
  const given = new Map<string, number>()
  for (const { benefitId, amountFen } of sale.quote.benefits)
    given.set(benefitId, (given.get(benefitId) ?? 0) + amountFen)
  const { businessDate, mealPeriod } = sale
  const holds = (limits: readonly Limit[], ids: readonly string[]): boolean => {
    const amountFen = ids.reduce((sum, id) => sum + (given.get(id) ?? 0), 0)
    return amountFen === 0 || amountFen <= allowance(limits, ids, { businessDate, mealPeriod, uses }).leftFen
  }

  for (const step of pack.steps) {
    if (step.kind !== 'benefits') continue
    const applied = step.benefits.filter(({ id }) => given.has(id))
    const broken = applied.find(({ id, limits }) => !holds(limits, [id]))
    if (broken !== undefined) return broken.id
    if (!holds(step.limits ?? [], idsOf(step.benefits))) return applied[0]?.id ?? null
    for (const { id } of applied) given.delete(id)
  }
  return [...given.keys()][0] ?? null
}

const idsOf = (benefits: readonly Benefit[]): readonly string[] => benefits.map(({ id }) => id)
