import { uuidv7 } from 'uuidv7'
import type { Clock, Ids, Timers } from './deps.ts'

/** The real clock, timers and ids: the only place that asks the machine for them. */
export const systemClock: Clock = { nowMs: () => Date.now() }

export const systemTimers: Timers = {
  monotonicMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
  every(periodMs, run) {
    const timer = setInterval(run, periodMs)
    return () => clearInterval(timer)
  },
}

export const systemIds: Ids = { next: () => uuidv7() }

/** In [0, 1): for jitter, never for ids or keys. */
export const systemRandom = (): number => Math.random()
