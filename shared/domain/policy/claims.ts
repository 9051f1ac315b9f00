import { addDays } from '../calendar.ts'
import { fen, ZERO_FEN, type Fen } from '../units.ts'
import type { ClaimRule } from './types.ts'

/** One stretch of days for which a canteen claims what it advanced. Dates are YYYY-MM-DD, both ends inclusive. */
export interface ClaimPeriod {
  readonly from: string
  readonly to: string
  /** The last day on which the claim is handed in. */
  readonly dueOn: string
}

export type ClaimPeriodKind = ClaimRule['period']
export const CLAIM_PERIODS = [
  'month',
  'quarter',
  'half-year',
  'year',
] as const satisfies readonly ClaimPeriodKind[]

const MONTHS: Record<ClaimPeriodKind, number> = { month: 1, quarter: 3, 'half-year': 6, year: 12 }

/** The period that a business date belongs to (SPEC PO-17). @throws DateError unless `date` is YYYY-MM-DD */
export function claimPeriodOf({ period, dueDays }: Omit<ClaimRule, 'funderId'>, date: string): ClaimPeriod {
  const months = MONTHS[period]
  const month = Number(date.slice(5, 7)) - 1
  const first = Number(date.slice(0, 4)) * 12 + month - (month % months)
  const to = addDays(monthStart(first + months), -1)
  return { from: monthStart(first), to, dueOn: addDays(to, dueDays) }
}

/** What is claimed of a funder for a period, or owed back to it, once its advance is counted. */
export function claimOf(
  { advanceFen = ZERO_FEN }: Pick<ClaimRule, 'advanceFen'>,
  spentFen: Fen,
): { readonly claimFen: Fen; readonly owedBackFen: Fen } {
  return {
    claimFen: fen(Math.max(0, spentFen - advanceFen)),
    owedBackFen: fen(Math.max(0, advanceFen - spentFen)),
  }
}

const monthStart = (months: number): string =>
  `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`
