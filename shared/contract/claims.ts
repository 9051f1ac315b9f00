import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { Words } from '../domain/menu.ts'
import { CLAIM_PERIODS, type ClaimPeriodKind } from '../domain/policy/claims.ts'
import { bookErrors, businessDate, staffErrors } from './refusals.ts'
import { REPORT_FORMATS } from './reports.ts'

/** What a funder owes: all in fen, less what was taken back in the same days. */
export interface ClaimSums {
  /** Its shares of the meals' subsidies. */
  readonly subsidyFen: number
  /** What it pays the canteen itself for meals. */
  readonly providerFen: number
  /** Grants given to members, less what of them expired. */
  readonly grantsFen: number
  readonly totalFen: number
}

/** How the claim of a period is settled, by the pack in force. */
export interface ClaimSettlement {
  /** The last day on which it is handed in, YYYY-MM-DD. */
  readonly dueOn: string
  readonly advanceFen: number
  readonly claimFen: number
  readonly owedBackFen: number
}

export interface FunderClaim extends ClaimSums {
  readonly funderId: string
  readonly name: Words
  /** The period that its pack names, null where none does. */
  readonly claimedBy: ClaimPeriodKind | null
  /** Null unless the period that was asked for is the one its pack names. */
  readonly settlement: ClaimSettlement | null
  /** What is to be claimed now; null where its pack names another period. */
  readonly toClaimFen: number | null
}

/**
 * What the canteen has advanced in a period and claims of each funder. Every figure follows from the journal's entries of
 * these business dates.
 */
export interface Claims {
  readonly canteenName: string
  readonly stationId: string
  readonly period: ClaimPeriodKind
  /** First and last business date, YYYY-MM-DD. */
  readonly from: string
  readonly to: string
  /** Days with figures that nobody has closed: they may still change. */
  readonly openDates: readonly string[]
  readonly funders: readonly FunderClaim[]
  readonly total: ClaimSums
  /** Of all funders that are claimed of by this period. */
  readonly toClaimFen: number
  readonly days: readonly (ClaimSums & { readonly businessDate: string; readonly funderId: string })[]
}

/** The period and the day on which its claim is due are days of the calendar too, which ends with the year 9999. */
const dateInPeriod = businessDate.refine((date) => date < '9998-01-01')

/** The period of this kind that holds `date`; without a kind the one that the pack names, or else the month. */
const asked = z.strictObject({ period: z.enum(CLAIM_PERIODS).optional(), date: dateInPeriod })

export const claimsContract = {
  get: oc.input(asked).output(type<Claims>()).errors(staffErrors),
  /** Writes the file into the folder of reports; answers where it lies. The audit notes it. */
  export: oc
    .input(asked.extend({ format: z.enum(REPORT_FORMATS) }))
    .output(z.object({ path: z.string(), bytes: z.int() }))
    .errors({ ...staffErrors, ...bookErrors, NO_PRINTER: { status: 503 }, CANNOT_WRITE: { status: 507 } }),
}
