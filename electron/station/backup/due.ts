import { lastNightlyMs, nextNightlyMs, type Nightly } from '../../../shared/domain/nightly.ts'
import type { LastTry } from './last-try.ts'

/** A machine that was just switched on has other things to do first. */
const AFTER_START_MS = 5 * 60_000
const RETRY_MS = 30 * 60_000
/** A book that does not verify will not do so half an hour later. */
const RETRY_UNVERIFIED_MS = 6 * 3_600_000

export interface BackupState {
  readonly nowMs: number
  /** How long the station has been running. */
  readonly upMs: number
  /** When the newest backup was taken; null when there is none. */
  readonly newestMs: number | null
  readonly last: Pick<LastTry, 'atMs' | 'trouble'> | null
}

/**
 * When the next backup begins by itself: tonight; soon, when the last night's is missing because the machine was off; and a
 * while after a try that failed. Milliseconds since 1970; a moment that has passed means now.
 */
export function backupDueMs({ nowMs, upMs, newestMs, last }: BackupState, nightly: Nightly): number {
  const nightMs = lastNightlyMs(nowMs, nightly)
  // A backup of the future was taken under a wrong clock and says nothing of this night.
  if (newestMs !== null && newestMs >= nightMs && newestMs <= nowMs) return nextNightlyMs(nowMs, nightly)
  const wasUpThen = upMs >= nowMs - nightMs
  const soonMs = wasUpThen ? nightMs : Math.max(nightMs, nowMs - upMs + AFTER_START_MS)
  if (last === null || last.trouble === null || last.atMs > nowMs) return soonMs
  return Math.max(soonMs, last.atMs + (last.trouble === 'not-verified' ? RETRY_UNVERIFIED_MS : RETRY_MS))
}
