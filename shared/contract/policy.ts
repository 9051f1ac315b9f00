import type { Words } from '../domain/menu.ts'
import type { ComparedFunder, ReplayTotals } from '../domain/policy/replay-sums.ts'

export interface ReplayedFunder extends ComparedFunder {
  readonly name: Words
}

/** A past month of the book under a draft pack (SPEC PO-12). */
export interface PolicyReplay extends Omit<ReplayTotals, 'funders' | 'providerPayments'> {
  /** YYYY-MM. */
  readonly month: string
  readonly draft: { readonly id: string; readonly version: number; readonly title: Words }
  readonly funders: readonly ReplayedFunder[]
  readonly providerPayments: readonly ReplayedFunder[]
}
