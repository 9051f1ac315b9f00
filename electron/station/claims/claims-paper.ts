import type { Claims, FunderClaim } from '../../../shared/contract/claims.ts'

/** Everything that a file of claims is made from. */
export interface ClaimsPaper {
  readonly claims: Claims
  readonly timeZone: string
  readonly madeAtMs: number
  /** A trial's figures are no claim, and its files say so. */
  readonly trial: boolean
}

/** What is to be claimed of a funder: all that it owes, unless its pack settles the period with an advance. */
export const toClaimFen = ({ settlement, totalFen }: FunderClaim): number => settlement?.claimFen ?? totalFen
