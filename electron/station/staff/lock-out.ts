import { lockOutMs } from '../../../shared/domain/staff.ts'
import type { Clock, Timers } from '../deps.ts'

/** What the table of PINs keeps of somebody's wrong tries. */
export interface Failures {
  readonly failures: number
  /** By the wall clock of then; 0 when never locked. */
  readonly lockedUntilMs: number
}

/**
 * How long somebody is still locked out (SPEC SE-6). While the station runs, the monotonic clock decides, so setting the
 * wall clock changes nothing. After a restart there is only the wall clock: what is left by it counts, but never more than
 * the whole lock-out anew, so a clock that was set back does not lock anybody out for years.
 */
export class LockOut {
  readonly #clock: Clock
  readonly #timers: Timers
  readonly #ends = new Map<string, { readonly lockedUntilMs: number; readonly monotonicMs: number }>()

  constructor(clock: Clock, timers: Timers) {
    this.#clock = clock
    this.#timers = timers
  }

  /** Milliseconds; zero when not locked out. */
  remainingMs(staffId: string, { failures, lockedUntilMs }: Failures): number {
    if (lockedUntilMs === 0) return 0
    const known = this.#ends.get(staffId)
    const nowMs = this.#timers.monotonicMs()
    if (known !== undefined && known.lockedUntilMs === lockedUntilMs)
      return Math.ceil(Math.max(0, known.monotonicMs - nowMs))
    const left = Math.min(Math.max(0, lockedUntilMs - this.#clock.nowMs()), lockOutMs(failures))
    this.#ends.set(staffId, { lockedUntilMs, monotonicMs: nowMs + left })
    return left
  }

  /** What to keep after one more wrong PIN; its lock-out begins now. */
  afterFailure({ failures }: Failures): Failures {
    const lockMs = lockOutMs(failures + 1)
    return { failures: failures + 1, lockedUntilMs: lockMs === 0 ? 0 : this.#clock.nowMs() + lockMs }
  }

  /** When it ends, as the wall clock stands now; null when not locked out. */
  untilMs(staffId: string, failures: Failures): number | null {
    const left = this.remainingMs(staffId, failures)
    return left === 0 ? null : this.#clock.nowMs() + left
  }
}
