import type { Cancel, Timers } from '../deps.ts'

/** A timer later than this was held up by a busy process, and so were the bytes that would have stopped it. */
const LATE_BY_MS = 20
/** What has arrived meanwhile is read in this time. */
const GRACE_MS = 50

/** One timer, armed for a moment on the monotonic clock. Held up, it lets what has arrived be read before it rings. */
export class Alarm {
  readonly #timers: Timers
  #cancel: Cancel | null = null

  constructor(timers: Timers) {
    this.#timers = timers
  }

  get armed(): boolean {
    return this.#cancel !== null
  }

  set(atMs: number, ring: () => void): void {
    this.#arm(atMs - this.#timers.monotonicMs(), () => {
      if (this.#timers.monotonicMs() - atMs > LATE_BY_MS) this.#arm(GRACE_MS, ring)
      else ring()
    })
  }

  clear(): void {
    this.#cancel?.()
    this.#cancel = null
  }

  #arm(delayMs: number, run: () => void): void {
    this.clear()
    this.#cancel = this.#timers.after(Math.max(0, delayMs), () => {
      this.#cancel = null
      run()
    })
  }
}
