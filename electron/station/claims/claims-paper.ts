import type { Claims } from '../../../shared/contract/claims.ts'

/** Everything that a file of claims is made from. */
export interface ClaimsPaper {
  readonly claims: Claims
  readonly timeZone: string
  readonly madeAtMs: number
  /** A trial's figures are no claim, and its files say so. */
  readonly trial: boolean
}
