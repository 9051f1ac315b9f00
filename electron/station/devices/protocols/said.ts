import type { IdCard } from '../../../../shared/domain/id-card.ts'

/**
 * What one frame of a device says, in the terms of every protocol: the names are those under which `canteen decode` prints
 * it. A frame says exactly one thing.
 */
export type Said = WeightSaid | TareSaid | ErrorSaid | CardSaid | IdCardSaid | OtherSaid

/** More that a frame says; printed by `canteen decode` and kept for support, and nothing is sold by it. */
export type Details = Readonly<Record<string, unknown>>

interface Mass {
  /** The digits as they stand, signed, without their point: −002.7255 is −27255 with four decimals. */
  readonly digits: number
  /** Digits behind the point; negative when the frame leaves zeros out. */
  readonly decimals: number
  /** `kg`, `g`, `lb` … in lower case; null where the frame names none, and the configuration's holds. */
  readonly unit: string | null
  /** The frame has a place for the unit and left it blank: the configuration's holds, and `canteen decode` tells none. */
  readonly unitLeftBlank?: true
  /** Absent where the protocol does not say. */
  readonly stable?: boolean
  readonly net?: boolean
  readonly details?: Details
}

export interface WeightSaid extends Mass {
  readonly kind: 'weight'
}

/** What was tared away: told, and never taken for what lies on the scale. */
export interface TareSaid extends Mass {
  readonly kind: 'tare'
}

/** A frame that has no weight, nor a card: `overload`, `underload`, `checksum`, or the device's own complaint. */
export interface ErrorSaid {
  readonly kind: 'error'
  readonly error: string
  readonly details?: Details
}

export interface CardSaid {
  readonly kind: 'card'
  /** Upper-case hexadecimal, in the order in which the card sends it. */
  readonly uid: string
  /** Cards that were read in the same breath: two cards are never chosen between (SPEC DV-7). */
  readonly others?: readonly string[]
  readonly details?: Details
}

/** What a second-generation ID card says about its holder; the photo is never kept. */
export interface IdCardSaid {
  readonly kind: 'idcard'
  readonly card: IdCard
  readonly details?: Details
}

/** An acknowledgement, a state without a weight, a count, a command of the host, … */
export interface OtherSaid {
  readonly kind:
    | 'ack'
    | 'command'
    | 'count'
    | 'display'
    | 'echo'
    | 'idcard_selected'
    | 'info'
    | 'modbus'
    | 'nack'
    | 'print'
    | 'response'
    | 'status'
  /** Why a status has no weight, under the names of an error. */
  readonly error?: string
  readonly details?: Details
}

/** Well-formed but for its check digits: said once, and the search goes on one byte later (SPEC DV-8). */
export const BAD_CHECKSUM: ErrorSaid = { kind: 'error', error: 'checksum' }
export const OVERLOAD: ErrorSaid = { kind: 'error', error: 'overload', details: { overload: true } }
export const UNDERLOAD: ErrorSaid = { kind: 'error', error: 'underload', details: { underload: true } }
