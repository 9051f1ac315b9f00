import type { Claims } from '../../../shared/contract/claims.ts'
import type { ClaimPeriodKind } from '../../../shared/domain/policy/claims.ts'

/** The words of the files. They are read by the office that pays, so they are Chinese whatever the screens say. */

export const PERIOD_WORDS: { readonly [Period in ClaimPeriodKind]: string } = {
  month: '按月',
  quarter: '按季度',
  'half-year': '按半年',
  year: '按年',
}

/** 2026-10-01 至 2026-12-31（按季度） */
export const periodWords = ({ from, to, period }: Pick<Claims, 'from' | 'to' | 'period'>): string =>
  `${from} 至 ${to}（${PERIOD_WORDS[period]}）`
