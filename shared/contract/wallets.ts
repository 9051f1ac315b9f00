import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import { CORRECTION_REASONS, type RefundMethod } from '../domain/journal/entry.ts'
import { fen, type Fen } from '../domain/units.ts'
import type { Movement } from './members.ts'
import {
  approval,
  approvedErrors,
  businessDate,
  memberId,
  note,
  plainText,
  requestId,
  staffErrors,
} from './refusals.ts'
import type { Receipt } from './receipts.ts'

const REFUND_METHODS = ['cash', 'transfer'] as const satisfies readonly RefundMethod[]

/** More than any senior will ever have on her card. */
const MOST_FEN = 100_000_000

const STATEMENT_LANGUAGES = ['zh-CN', 'en'] as const
export type StatementLanguage = (typeof STATEMENT_LANGUAGES)[number]

/** A member's account over a span of business dates, oldest first; all money in fen. */
export interface Statement {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly openingFen: number
  readonly inFen: number
  readonly outFen: number
  /** What grants paid of her meals in that time, less what voids gave back; no part of the balances. */
  readonly grantsUsedFen: number
  readonly closingFen: number
  readonly lines: readonly Pick<
    Movement,
    'atMs' | 'businessDate' | 'kind' | 'source' | 'paidBy' | 'amountFen' | 'grantsFen' | 'balanceAfterFen'
  >[]
}

/** What the canteen owes one member, in fen. Grants are the funds' and are told beside it. */
export interface BalanceRow {
  readonly memberId: string
  readonly name: string
  readonly cashFen: number
  /** On her cards, which are handed in one by one. */
  readonly depositFen: number
  readonly grantsFen: number
}

/** All that is owed, and whom the most; the file lists everybody. */
export interface Balances {
  readonly members: number
  /** Of them, who have money of their own: these are paid out. */
  readonly toPay: number
  readonly cashFen: number
  readonly depositFen: number
  readonly grantsFen: number
  readonly rows: readonly BalanceRow[]
}

/** How far the paying out of all balances is; `done` of `of` members. */
export interface PayOutView {
  readonly done: number
  readonly of: number
  readonly amountFen: number
}

/** A workbook to reckon with, or pages to have signed. */
const BALANCES_FORMATS = ['xlsx', 'pdf'] as const
export type BalancesFormat = (typeof BALANCES_FORMATS)[number]

/** How far the writing of the list is: `done` of `of` names looked up, then files written. */
export interface ListingView {
  readonly what: 'names' | 'files'
  readonly done: number
  readonly of: number
}

/** The longest statement. */
const MOST_DAYS = 400
const DAY_MS = 86_400_000

const span = z
  .strictObject({ memberId, from: businessDate, to: businessDate })
  .refine(
    ({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) < MOST_DAYS * DAY_MS,
    'no span of days',
  )

const noSuchMember = { NO_SUCH_MEMBER: { status: 404 } } as const
const balanceErrors = {
  ...approvedErrors,
  ...noSuchMember,
  /** Her wallet does not hold as much. */
  TOO_MUCH: { status: 409, data: z.object({ balanceFen: z.int() }) },
} as const

/** Seniors' own money beyond meals and top-ups: given back, put right, accounted for. */
export const walletsContract = {
  /** Pays her own money out of the drawer, or a part of it, by a manager's word. Asked again with the same id it answers the same. */
  refund: oc
    .input(
      z.strictObject({
        refundId: requestId,
        memberId,
        amountFen: z.int().min(1).max(MOST_FEN).transform(fen),
        note,
        approval,
      }),
    )
    .output(type<{ readonly balanceAfterFen: Fen; readonly receipt: Receipt }>())
    .errors({
      ...balanceErrors,
      /** The drawer does not hold the cash to give back. */
      NOT_ENOUGH_CASH: { status: 409, data: z.object({ cashFen: z.int() }) },
    }),
  /** Puts a balance right, by a manager's word: added to it, or taken from it when negative. */
  correct: oc
    .input(
      z.strictObject({
        correctionId: requestId,
        memberId,
        amountFen: z
          .int()
          .min(-MOST_FEN)
          .max(MOST_FEN)
          .refine((amount) => amount !== 0, 'nothing is corrected')
          .transform(fen),
        reason: z.enum(CORRECTION_REASONS).exclude(['undone']),
        /** The meal, top-up, refund or correction of hers that was wrong; null where it is none of them. */
        corrects: plainText.min(1).max(80).nullable(),
        note: note.min(1),
        approval,
      }),
    )
    .output(type<{ readonly balanceAfterFen: Fen }>())
    .errors({
      ...balanceErrors,
      /** What it corrects moved no wallet, or another member's. */
      NO_SUCH_ENTRY: { status: 404 },
    }),
  /** Takes a correction back, once, by a manager's word. */
  undoCorrection: oc
    .input(z.strictObject({ correctionId: requestId, undoes: z.string().min(1).max(80), note, approval }))
    .output(type<{ readonly balanceAfterFen: Fen }>())
    .errors({
      ...balanceErrors,
      NO_SUCH_CORRECTION: { status: 404 },
      ALREADY_UNDONE: { status: 409 },
      /** A correction is taken back where it was made. */
      MADE_ELSEWHERE: { status: 409 },
    }),
  /** Everybody who has money here, the largest sums first; a few hundred of them. */
  balances: oc.output(type<Balances>()).errors(staffErrors),
  /**
   * All of them as a file with a column to sign in, or as several where a file would be too long: answers where the first one
   * lies. The audit notes each.
   */
  exportBalances: oc
    .input(z.strictObject({ format: z.enum(BALANCES_FORMATS) }))
    .output(z.object({ path: z.string(), files: z.int() }))
    .errors({
      ...staffErrors,
      /** Another one is being written. */
      BUSY: { status: 409 },
      NO_PRINTER: { status: 503 },
      CANNOT_WRITE: { status: 507 },
    }),
  /** Follows the writing of the list; null while there is none. */
  watchListing: oc.output(eventIterator(type<ListingView | null>())).errors(staffErrors),
  /**
   * The canteen closes: every wallet is paid out whole, one entry each, a few at a time beside the selling. Asked again with the
   * same id it goes on where it was cut off, and pays nobody twice.
   */
  payOutAll: oc
    .input(
      z.strictObject({ closureId: requestId, method: z.enum(REFUND_METHODS), note: note.min(1), approval }),
    )
    .output(type<{ readonly members: number; readonly amountFen: Fen }>())
    .errors({
      ...approvedErrors,
      /** Another one is under way. */
      BUSY: { status: 409 },
      /** The drawer does not hold all of it: it is paid by transfer, or more cash is brought. */
      NOT_ENOUGH_CASH: { status: 409, data: z.object({ cashFen: z.int(), owedFen: z.int() }) },
    }),
  /** Follows the paying out; null while there is none. */
  watchPayOut: oc.output(eventIterator(type<PayOutView | null>())).errors(staffErrors),
  /** Her account from one business date to another. */
  statement: oc
    .input(span)
    .output(type<Statement>())
    .errors({ ...staffErrors, ...noSuchMember }),
  /** The same as a PDF in large type, into the folder of statements; answers where it lies. The audit notes it. */
  printStatement: oc
    .input(span.safeExtend({ language: z.enum(STATEMENT_LANGUAGES) }))
    .output(z.object({ path: z.string() }))
    .errors({ ...staffErrors, ...noSuchMember, NO_PRINTER: { status: 503 }, CANNOT_WRITE: { status: 507 } }),
}
