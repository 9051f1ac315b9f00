import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { MealPeriod, Words } from '../domain/menu.ts'
import type { QuoteStep } from '../domain/policy/types.ts'
import { VOID_REASONS, type SaleLine, type Tender, type VoidReason } from '../domain/sale.ts'
import type { Fen, Milligrams } from '../domain/units.ts'
import type { Receipt } from './receipts.ts'
import {
  approval,
  approvedErrors,
  bookErrors,
  businessDate,
  note,
  requestId,
  staffErrors,
} from './refusals.ts'

export interface SaleSummary {
  readonly saleId: string
  readonly atMs: number
  readonly businessDate: string
  readonly mealPeriod: MealPeriod
  readonly displayName: string | null
  readonly priceFen: Fen
  readonly subsidyFen: Fen
  readonly selfPayFen: Fen
  readonly cashFen: Fen
  readonly lineCount: number
  readonly voided: boolean
}

/** "Why this price": the sale with each step of its quote, as it stands in the book. */
export interface SaleExplained extends SaleSummary {
  readonly lines: readonly SaleLine[]
  readonly steps: readonly QuoteStep[]
  /** The same steps for an auditor, one for one. */
  readonly auditSteps: readonly Words[]
  /** What was paid to the provider beside the price, for an auditor. */
  readonly providerPayments: readonly Words[]
  readonly tender: Tender
  readonly packId: string
  readonly packVersion: number
  readonly entryHash: string
  /** How many of each line have not been taken back, by line. */
  readonly left: readonly number[]
}

export interface DayTotals {
  readonly businessDate: string
  readonly meals: number
  readonly priceFen: Fen
  readonly discountFen: Fen
  readonly subsidyFen: Fen
  readonly walletFen: Fen
  readonly cashFen: Fen
  readonly byPeriod: readonly {
    readonly mealPeriod: MealPeriod
    readonly meals: number
    readonly priceFen: Fen
    readonly subsidyFen: Fen
  }[]
  readonly byFunder: readonly { readonly funderId: string; readonly amountFen: Fen }[]
  readonly byDish: readonly {
    readonly dishId: string
    readonly count: number
    readonly netMg: Milligrams
    readonly amountFen: Fen
  }[]
}

/** One line of the office's list of sales. */
export interface SaleListed extends SaleSummary {
  readonly memberId: string | null
  readonly walletFen: Fen
  /** Price of the parts that were taken back before, or without, a void. */
  readonly partsBackFen: Fen
  readonly voidedAs: { readonly atMs: number; readonly reason: VoidReason; readonly note: string } | null
}

const salesErrors = bookErrors

const voidErrors = {
  ...approvedErrors,
  NOT_FOUND: { status: 404, data: z.object({ saleId: z.string() }) },
  ALREADY_VOIDED: { status: 409 },
  /** A sale is voided where it was sold. */
  SOLD_ELSEWHERE: { status: 409 },
  /** The drawer does not hold the cash to give back. */
  NOT_ENOUGH_CASH: { status: 409, data: z.object({ cashFen: z.int() }) },
} as const

export const salesContract = {
  recent: oc
    .input(z.strictObject({ limit: z.int().min(1).max(100) }))
    .output(type<readonly SaleSummary[]>())
    .errors(salesErrors),
  explain: oc
    .input(z.strictObject({ saleId: z.uuid() }))
    .output(type<SaleExplained>())
    .errors({ ...salesErrors, NOT_FOUND: { status: 404, data: z.object({ saleId: z.string() }) } }),
  /** A day's sales, newest first; `before` is the last sale of the page before. */
  list: oc
    .input(
      z.strictObject({
        businessDate,
        limit: z.int().min(1).max(500),
        beforeSaleId: z.uuid().nullable(),
      }),
    )
    .output(type<{ readonly sales: readonly SaleListed[]; readonly more: boolean }>())
    .errors(staffErrors),
  /**
   * Takes a sale back, whole: wallet, funders, limits and drawer as before it. Books on the open day, also when the sale's
   * own day is closed or synced. Asked again with the same id it answers the same and changes nothing.
   */
  void: oc
    .input(
      z.strictObject({ voidId: requestId, saleId: z.uuid(), reason: z.enum(VOID_REASONS), note, approval }),
    )
    .output(
      type<{ readonly balanceAfterFen: Fen | null; readonly cashBackFen: Fen; readonly receipt: Receipt }>(),
    )
    .errors(voidErrors),
  /**
   * Takes chosen lines of a sale back: wallet, funders, limits and drawer in proportion, to the fen. When all that is left is
   * chosen it is voided, which `whole` says.
   */
  reversePart: oc
    .input(
      z.strictObject({
        reversalId: requestId,
        saleId: z.uuid(),
        lines: z
          .array(z.strictObject({ lineNo: z.int().min(0).max(999), quantity: z.int().min(1).max(99) }))
          .min(1)
          .max(100),
        reason: z.enum(VOID_REASONS),
        note,
        approval,
      }),
    )
    .output(
      type<{
        readonly whole: boolean
        readonly balanceAfterFen: Fen | null
        readonly cashBackFen: Fen
        readonly receipt: Receipt
      }>(),
    )
    .errors({ ...voidErrors, NOT_LEFT: { status: 409 } }),
  dayTotals: oc.input(z.strictObject({ businessDate })).output(type<DayTotals>()).errors(salesErrors),
}
