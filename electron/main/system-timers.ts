import type { SupervisorTimers } from './supervisor.ts'

/** The real timers and a clock that never jumps. */
export const systemTimers: SupervisorTimers = {
  monotonicMs: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
  every: (periodMs, run) => {
    const timer = setInterval(run, periodMs)
    return () => clearInterval(timer)
  },
}
