import type { BackupTrouble } from '../../../shared/contract/backups.ts'
import type { StationHealth } from '../../../shared/contract/station.ts'
import type { SyncTrouble } from '../../../shared/contract/sync.ts'
import type { ScaleAdvice, WeighingLock } from '../../../shared/domain/metrology/standing.ts'
import type { ScaleState } from '../../../shared/domain/scale.ts'
import type { BookState } from '../book/book.ts'
import type { CheckResult } from '../../../shared/domain/book-checks.ts'
import type { Finding } from '../book/verifier.ts'
import type { ClockState } from '../counter/clock-guard.ts'

/** All that the health page speaks of, gathered at one moment. Times are milliseconds since 1970. */
export interface HealthFacts {
  readonly nowMs: number
  readonly stationId: string
  readonly version: string
  readonly trial: boolean
  /** What is sold now is sold on this date. */
  readonly businessDate: string
  /** Null where none is configured. */
  readonly scale: {
    readonly state: ScaleState
    readonly verifiedUntil: string
    readonly lock: WeighingLock | null
    readonly advice: readonly ScaleAdvice[]
  } | null
  readonly reader: { readonly connected: boolean } | null
  /** Null where none is configured: nothing is said of it then. */
  readonly idReader: { readonly connected: boolean } | null
  readonly bays: StationHealth['bays']
  readonly printer: StationHealth['printer']
  /** On the disk of the data folder; null when it does not say. */
  readonly freeBytes: number | null
  readonly backup: {
    readonly newestMs: number | null
    readonly sameDisk: boolean
    readonly trouble: BackupTrouble | null
  }
  readonly sync: {
    readonly enrolled: boolean
    readonly lastSuccessMs: number | null
    /** Entries that the server has not acknowledged yet. */
    readonly waiting: number
    readonly trouble: SyncTrouble | null
    /** What the book had lost and got back from the server. */
    readonly fetched: { readonly entries: number; readonly atMs: number } | null
  }
  readonly clock: { readonly state: ClockState; readonly newestEntryMs: number }
  readonly book: {
    readonly state: BookState
    readonly entries: number
    /** Entries that wait for a newer program. */
    readonly waiting: number
    /** Of the last look at the whole book; null before the first one. */
    readonly audit: {
      readonly count: number
      readonly first: Finding | null
      readonly checks: readonly Pick<CheckResult, 'id' | 'count'>[]
    } | null
  }
  /** Whether this year's public notice of holidays is known. */
  readonly calendarKnown: boolean
  /** Cards that can still pay and were seen at two places lately. */
  readonly cardsSeenTwice: number
  /** An earlier date that was sold on and not closed, or null. */
  readonly unclosedDate: string | null
}
