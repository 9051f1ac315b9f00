import { V7Generator } from 'uuidv7'
import type { Clock, Ids } from '../../electron/station/deps.ts'
import type { Random } from '../fixtures/random.ts'
import type { Scheduler } from './scheduler.ts'

/** The true time of the simulated world, and the clock of the device, which may be wrong. */
export class DeviceClock implements Clock {
  readonly #scheduler: Scheduler
  #skippedMs: number
  /** How far the device is from the truth. */
  wrongByMs = 0

  constructor(scheduler: Scheduler, startMs: number) {
    this.#scheduler = scheduler
    this.#skippedMs = startMs - scheduler.nowMs
  }

  get trueMs(): number {
    return this.#scheduler.nowMs + this.#skippedMs
  }

  nowMs(): number {
    return Math.max(0, this.trueMs + this.wrongByMs)
  }

  /** Nobody is there and nothing happens: the day goes on at once, as for a machine that slept. */
  skip(byMs: number): void {
    this.#skippedMs += byMs
  }

  skipTo(trueMs: number): void {
    if (trueMs > this.trueMs) this.skip(trueMs - this.trueMs)
  }
}

const WORD = 2 ** 32

/**
 * Ids as one process of the station makes them, by the same generator: ascending, until the clock is set back by more
 * than a few seconds.
 */
export function processIds(random: Random, clock: Clock): Ids {
  const generator = new V7Generator({ nextUint32: () => random.integer(0, WORD - 1) })
  return { next: () => generator.generateOrResetWithTs(clock.nowMs()).toString() }
}
