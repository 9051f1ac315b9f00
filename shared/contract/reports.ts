import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { MealPeriod, Words } from '../domain/menu.ts'
import type { VoidReason } from '../domain/sale.ts'
import type { DayClose, DrawerReckoning } from './day.ts'
import { bookErrors, businessDate, staffErrors } from './refusals.ts'

/** Sums of sales, or of what was taken back; in fen. */
export interface MoneySums {
  readonly meals: number
  readonly priceFen: number
  readonly discountFen: number
  readonly subsidyFen: number
  readonly walletFen: number
  readonly cashFen: number
}

/** One figure three ways: sold, taken back by voids of this day, and what is left. */
export interface SoldAndVoided {
  readonly sold: MoneySums
  readonly voided: MoneySums
  readonly net: MoneySums
}

/**
 * A business day as the subsidy is claimed with. Every figure follows from the journal's entries of that date; nothing in
 * it is an estimate, all money in fen and all weight in milligrams.
 */
export interface DayReport {
  readonly businessDate: string
  readonly canteenName: string
  readonly stationId: string
  /**
   * The close that locked this date, or null while it is open. A date on which the drawer was not counted is locked by the
   * next close; that one's `closedDate` is later then.
   */
  readonly close: DayClose | null
  /** The newest entry that this report has seen: of a locked day the one that was signed off. */
  readonly head: { readonly seq: number; readonly hash: string }
  readonly total: SoldAndVoided
  readonly byPeriod: readonly (SoldAndVoided & { readonly mealPeriod: MealPeriod })[]
  readonly byDish: readonly {
    readonly dishId: string
    readonly name: Words
    readonly count: number
    readonly netMg: number
    readonly amountFen: number
    readonly voidedCount: number
    readonly voidedMg: number
    readonly voidedFen: number
  }[]
  /**
   * What left the pans of the bays and was charged to nobody, by why: nobody was bound, too little to be priced, a take that
   * staff did not count, a line that was cancelled. Less than nothing where more came back than left. Empty where there is none.
   */
  readonly notSold: readonly {
    readonly bayId: string
    readonly dishId: string
    readonly name: Words
    readonly unattributedMg: number
    readonly belowMinimumMg: number
    readonly takeRefusedMg: number
    readonly lineCancelledMg: number
    readonly totalMg: number
  }[]
  readonly byFunder: readonly {
    readonly funderId: string
    readonly name: Words
    readonly claimedFen: number
    readonly voidedFen: number
    readonly netFen: number
    /** What it pays the canteen itself for meals, less what was taken back; no part of the subsidy. */
    readonly providerFen: number
  }[]
  readonly topUps: readonly {
    readonly source: 'cash' | 'transfer' | 'opening'
    readonly count: number
    readonly amountFen: number
    readonly reversedCount: number
    readonly reversedFen: number
  }[]
  /** Seniors' own money that was given back to them. */
  readonly refunds: readonly {
    readonly method: 'cash' | 'transfer'
    readonly count: number
    readonly amountFen: number
  }[]
  /** What wallets were put right by. */
  readonly corrections: { readonly count: number; readonly addedFen: number; readonly takenFen: number }
  /** Of each fund that gave members money for meals; empty where none does. */
  readonly grants: readonly {
    readonly funderId: string
    readonly name: Words
    readonly givenFen: number
    readonly spentFen: number
    readonly returnedFen: number
    readonly expiredFen: number
    /** What members still hold of it at the end of the day. */
    readonly leftFen: number
  }[]
  /** What the canteen owes its members at the end of the day, of their own money: the sum of all wallets. */
  readonly walletLiability: { readonly beforeFen: number; readonly afterFen: number }
  /** Deposits on cards: what the canteen owes for them at the end of the day, and what came and went on it. */
  readonly deposits: {
    readonly beforeFen: number
    readonly takenCount: number
    readonly takenFen: number
    readonly returnedCount: number
    readonly returnedFen: number
    readonly afterFen: number
  }
  /** Of the count that covers this date, or, before there is one, of the drawer as it stands. */
  readonly drawer: DrawerReckoning
  readonly voids: readonly {
    readonly voidId: string
    /** False where a part of the sale was taken back. */
    readonly whole: boolean
    readonly saleId: string
    readonly soldOn: string
    readonly atMs: number
    readonly priceFen: number
    readonly subsidyFen: number
    readonly walletFen: number
    readonly cashFen: number
    readonly reason: VoidReason
    readonly note: string
    readonly approvedByName: string
  }[]
}

/** One day in a chart of many. */
export interface DayInBrief {
  readonly businessDate: string
  readonly net: MoneySums
  readonly closed: boolean
}

export const REPORT_FORMATS = ['xlsx', 'csv', 'pdf'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

export const reportsContract = {
  day: oc.input(z.strictObject({ businessDate })).output(type<DayReport>()).errors(staffErrors),
  /** At most 400 days, oldest first; days on which nothing happened are left out. */
  days: oc
    .input(z.strictObject({ from: businessDate, to: businessDate }))
    .output(type<readonly DayInBrief[]>())
    .errors(staffErrors),
  /** Writes the file into the folder of reports; answers where it lies. For managers; the audit notes it. */
  export: oc
    .input(z.strictObject({ businessDate, format: z.enum(REPORT_FORMATS) }))
    .output(z.object({ path: z.string(), bytes: z.int() }))
    .errors({ ...staffErrors, ...bookErrors, NO_PRINTER: { status: 503 }, CANNOT_WRITE: { status: 507 } }),
}
