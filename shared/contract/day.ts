import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import { fen, type Fen } from '../domain/units.ts'
import { approval, approvedErrors, businessDate, note, requestId, staffErrors } from './refusals.ts'

/** What the drawer should hold, and how that came about since it was last counted. */
export interface DrawerReckoning {
  readonly floatFen: number
  readonly salesFen: number
  readonly topUpsFen: number
  /** Deposits taken for cards, less those that were paid back. */
  readonly depositsFen: number
  /** Change money put in (positive) or money taken to the safe. */
  readonly movedFen: number
  /** Cash given back: for voids, for reversed top-ups, and of seniors' own money. */
  readonly givenBackFen: number
  readonly expectedFen: number
}

/**
 * `closed-already`: today is locked, and what was sold since belongs to tomorrow and is locked with it; a date before its
 * own day would push every later one along.
 */
export type CloseHindrance = 'sale-in-progress' | 'clock-to-confirm' | 'nothing-sold' | 'closed-already'

export interface DayState {
  /** What is sold now is sold on this date. */
  readonly businessDate: string
  readonly mealsToday: number
  /** The date that a close would lock: the open one, or an earlier one that nobody has closed. */
  readonly toClose: string
  readonly closedThrough: string | null
  /** Since the drawer was counted last, whichever dates that spans. */
  readonly drawer: DrawerReckoning
  /** At the bays and not paid yet: what is paid after the close is sold on the next date. */
  readonly openTrays: { readonly trays: number; readonly totalFen: Fen }
  /** Why the day cannot be closed now; null when it can. */
  readonly hindrance: CloseHindrance | null
  /** The newest ones, newest first. */
  readonly closes: readonly DayClose[]
}

export interface DayClose {
  readonly closedDate: string
  readonly atMs: number
  readonly closedByName: string
  readonly expectedFen: Fen
  readonly countedFen: Fen
  readonly differenceFen: number
  readonly explanation: string
  readonly floatFen: Fen
  readonly headSeq: number
  readonly headHash: string
}

const amountFen = z.int().min(0).max(100_000_000).transform(fen)

export const dayContract = {
  state: oc.output(type<DayState>()).errors(staffErrors),
  /** Locks the date. Asked again for a date that is closed it answers that close and changes nothing. */
  close: oc
    .input(
      z.strictObject({
        businessDate,
        countedFen: amountFen,
        floatFen: amountFen,
        explanation: note,
        approval,
      }),
    )
    .output(type<DayClose>())
    .errors({
      ...approvedErrors,
      NOT_NOW: { status: 409, data: z.object({ hindrance: z.string() }) },
      /** The count differs from the book: it takes a word why. */
      EXPLANATION_MISSING: { status: 422, data: z.object({ differenceFen: z.int() }) },
      FLOAT_TOO_LARGE: { status: 422 },
      NOT_THE_OPEN_DAY: { status: 409, data: z.object({ toClose: z.string() }) },
    }),
  moveDrawer: oc
    .input(
      z.strictObject({
        moveId: requestId,
        /** Into the drawer positive, out of it negative. */
        amountFen: z
          .int()
          .min(-100_000_000)
          .max(100_000_000)
          .refine((amount) => amount !== 0, 'nothing is moved')
          .transform(fen),
        note,
        approval,
      }),
    )
    .output(z.object({ expectedFen: z.int() }))
    .errors({ ...approvedErrors, NOT_THAT_MUCH: { status: 409, data: z.object({ expectedFen: z.int() }) } }),
}
