import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import type {
  CheckVerdict,
  MetrologyPolicy,
  ScaleAdvice,
  WeighingLock,
} from '../domain/metrology/standing.ts'
import { milligrams, type Milligrams } from '../domain/units.ts'
import { approval, approvedErrors, plainText, requestId, staffErrors } from './refusals.ts'

/** A check of the scale with a known weight, as the book has it. */
export interface ScaleCheck {
  readonly checkId: string
  readonly atMs: number
  readonly businessDate: string
  readonly byName: string
  readonly nominalMg: Milligrams
  readonly measuredMg: Milligrams
  /** Measured less nominal: positive when the scale shows too much. */
  readonly errorMg: Milligrams
  readonly permissibleMg: Milligrams
  readonly verdict: CheckVerdict
  /** The newest decision to sell from it all the same; null when there was none. */
  readonly released: {
    readonly businessDate: string
    readonly byName: string
    readonly note: string
  } | null
}

/** A scale: what it is, whether it may sell, and how its checks went. */
export interface ScaleView {
  /** The bay it stands at; null is the counter. */
  readonly bayId: string | null
  readonly scaleId: string
  readonly maxMg: Milligrams
  readonly minMg: Milligrams
  readonly divisionMg: Milligrams
  readonly verifiedUntil: string
  /** Of the certificate; its last day is 0. */
  readonly daysLeft: number
  readonly businessDate: string
  readonly policy: MetrologyPolicy
  /** Why nothing is sold from it by weight; null when it may sell. */
  readonly lock: WeighingLock | null
  readonly advice: readonly ScaleAdvice[]
  readonly underWay: {
    readonly checkId: string
    readonly nominalMg: Milligrams
    /** The pan has to be empty first, then the weight is put on. */
    readonly step: 'empty' | 'weigh'
  } | null
  /** The newest ones, newest first. */
  readonly checks: readonly ScaleCheck[]
}

/** What speaks against a check now. */
export type CheckHindrance = 'sale-in-progress' | 'check-under-way' | 'scale-away'

/** Larger than any counter scale's Max, in milligrams. */
const HEAVIEST_MG = 1_000_000_000

const bayId = z.string().min(1).max(32)
const checkId = z.strictObject({ checkId: plainText.min(1).max(64) })

export const metrologyContract = {
  /** The counter's scale, or that of a bay, where `bayId` is not null. Null where none is configured. */
  watch: oc
    .input(z.strictObject({ bayId: bayId.nullable() }))
    .output(eventIterator(type<ScaleView | null>()))
    .errors(staffErrors),
  /** From now on what lies on the scale is no plate, and no food of a bay; ends by itself when nobody goes on. */
  beginCheck: oc
    .input(
      z.strictObject({
        nominalMg: z.int().min(1).max(HEAVIEST_MG).transform(milligrams),
        bayId: bayId.optional(),
      }),
    )
    .output(type<{ readonly checkId: string }>())
    .errors({
      ...staffErrors,
      NO_SCALE: { status: 404 },
      NOT_NOW: { status: 409, data: z.object({ hindrance: z.string() }) },
      /** The weight is lighter than Min or heavier than Max. */
      NOT_A_CHECK_WEIGHT: { status: 422 },
    }),
  /** Takes what the scale shows, at rest, for the weight that lies on it, and writes it down. */
  finishCheck: oc
    .input(checkId)
    .output(type<ScaleCheck>())
    .errors({
      ...staffErrors,
      NOT_UNDER_WAY: { status: 409 },
      NOT_YET: { status: 409, data: z.object({ because: z.string() }) },
    }),
  cancelCheck: oc.input(checkId).output(type<object>()).errors(staffErrors),
  /** A manager lets the scale sell today although it failed its newest check, and says why. */
  release: oc
    .input(
      z.strictObject({
        releaseId: requestId,
        checkId: plainText.min(1).max(64),
        note: plainText.trim().min(1).max(200),
        approval,
      }),
    )
    .output(type<object>())
    .errors({ ...approvedErrors, NOT_TO_RELEASE: { status: 409 } }),
}
