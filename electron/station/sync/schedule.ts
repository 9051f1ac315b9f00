import { nextNightlyMs, type Nightly } from '../../../shared/domain/nightly.ts'

const MINUTE_MS = 60_000
/** The backup begins when the night does, and takes seconds. */
const AFTER_BACKUP_MS = MINUTE_MS
const NIGHTLY_JITTER_MS = 19 * MINUTE_MS

/**
 * Soon, before much is written: a book that lost its newest entries can take them back only until the first one of its own.
 */
const AFTER_START_MS = 2_000
const START_JITTER_MS = 8_000

const FIRST_RETRY_MS = 10_000
const LONGEST_RETRY_MS = 60 * MINUTE_MS
/** No server may silence a station for longer than this. */
const LONGEST_WAIT_MS = 6 * 60 * MINUTE_MS

/**
 * When the book is sent by itself, after `nowMs`: within twenty minutes of the night's beginning, so that a city's stations do
 * not call at once. Milliseconds since 1970.
 *
 * @param chance in [0, 1)
 */
export const nightlySyncMs = (nowMs: number, nightly: Nightly, chance: number): number =>
  nextNightlyMs(nowMs, nightly) + AFTER_BACKUP_MS + Math.floor(chance * NIGHTLY_JITTER_MS)

/** Milliseconds from the start of the station to its first try. */
export const firstTryDelayMs = (chance: number): number =>
  AFTER_START_MS + Math.floor(chance * START_JITTER_MS)

/**
 * Milliseconds until the next try after `failures` in a row without progress, the first being 1: doubled each time up to an
 * hour, of that between half and all, and never before the server asked for (SPEC SY-4).
 */
export function retryDelayMs(failures: number, retryAfterMs: number | null, chance: number): number {
  const whole = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(30, Math.max(0, failures - 1)))
  const jittered = Math.floor(whole / 2 + (chance * whole) / 2)
  const asked = Math.min(LONGEST_WAIT_MS, retryAfterMs ?? 0)
  // A server that names a moment to everybody would otherwise be called by everybody in it.
  return asked > jittered ? Math.floor(asked * (1 + chance / 4)) : jittered
}
