/** How often a dying station is started again (SPEC ST-3). */
export interface RestartLimits {
  /** With so many crashes within the window the shell gives up. */
  readonly crashes: number
  readonly windowMs: number
  /** Wait before the first restart; each further one in the window doubles it. */
  readonly firstDelayMs: number
}

export const RESTART_LIMITS: RestartLimits = { crashes: 5, windowMs: 60_000, firstDelayMs: 200 }

export type RestartDecision = { readonly restartAfterMs: number } | { readonly giveUp: true }

/**
 * Decides what follows a crash.
 *
 * @param crashTimesMs when the station crashed, the crash in question included, in milliseconds of one monotonic clock
 * @param nowMs the same clock now
 */
export function supervise(
  crashTimesMs: readonly number[],
  nowMs: number,
  limits: RestartLimits = RESTART_LIMITS,
): RestartDecision {
  const recent = crashTimesMs.filter((atMs) => nowMs - atMs < limits.windowMs).length
  if (recent >= limits.crashes) return { giveUp: true }
  return { restartAfterMs: limits.firstDelayMs * 2 ** Math.max(0, recent - 1) }
}
