import type { Cancel, Timers } from '../../electron/station/deps.ts'

/** What set an event off: the auditor asks, because a price may change with the scale or a key, and with nothing else. */
export type Cause = 'scale' | 'card' | 'timer' | 'key' | 'payment' | 'world'

/** Timers that belong together and end together: those of one station's process. */
export interface TimerScope {
  readonly timers: Timers
  /** Timers that only let others go first: whoever set them goes on at once, and waits for nothing else. */
  turns(): number
  /** The process is gone, and so is everything it waited for. */
  drop(): void
}

interface Due {
  atMs: number
  order: number
  readonly everyMs: number | null
  readonly cause: Cause
  /** The scope it ends with; null for the world's own. */
  readonly scope: object | null
  readonly run: () => void
  live: boolean
}

const before = (one: Due, other: Due): boolean =>
  one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order)

/**
 * Time that passes from event to event. Nothing else moves the monotonic clock, so a day takes as long as its events do,
 * and the same events come in the same order each time.
 */
export class Scheduler {
  readonly #heap: Due[] = []
  #order = 0
  #nowMs = 0
  /** True after a timer that a promise may hang on. */
  stirred = false

  get nowMs(): number {
    return this.#nowMs
  }

  /** When the next event is due; infinity when none is. */
  get nextMs(): number {
    this.#dropCancelled()
    return this.#heap[0]?.atMs ?? Number.POSITIVE_INFINITY
  }

  after(delayMs: number, cause: Cause, run: () => void): Cancel {
    return this.#add({ delayMs, everyMs: null, cause, scope: null, run })
  }

  every(periodMs: number, cause: Cause, run: () => void): Cancel {
    return this.#add({ delayMs: periodMs, everyMs: periodMs, cause, scope: null, run })
  }

  /** @returns timers whose events all end with `drop`, also those that what is left of the process still asks for. */
  scope(cause: Cause): TimerScope {
    const scope = {}
    let dropped = false
    let turns = 0
    const turn = (run: () => void): Cancel => {
      let open = true
      const over = (): void => {
        if (open) turns -= 1
        open = false
      }
      turns += 1
      const cancel = add(0, null, () => {
        over()
        run()
      })
      return () => {
        over()
        cancel()
      }
    }
    const add = (delayMs: number, everyMs: number | null, run: () => void): Cancel =>
      dropped ? () => undefined : this.#add({ delayMs, everyMs, cause, scope, run })
    return {
      timers: {
        monotonicMs: () => this.#nowMs,
        after: (delayMs, run) => (delayMs <= 0 ? turn(run) : add(delayMs, null, run)),
        every: (periodMs, run) => add(periodMs, periodMs, run),
      },
      turns: () => turns,
      drop: () => {
        dropped = true
        turns = 0
        for (const due of this.#heap) if (due.scope === scope) due.live = false
      },
    }
  }

  /** Runs the next event and says what kind it was. @throws whatever the event throws. */
  runNext(): Cause {
    this.#dropCancelled()
    const due = this.#heap[0]
    if (due === undefined) throw new Error('nothing is due')
    this.#nowMs = Math.max(this.#nowMs, due.atMs)
    if (due.everyMs === null) {
      this.#pop()
      this.stirred ||= due.scope !== null
    } else {
      // A timer that came too late does not come twice for it.
      this.#order += 1
      due.atMs = Math.max(due.atMs + due.everyMs, this.#nowMs)
      due.order = this.#order
      this.#sink(0)
    }
    due.run()
    return due.cause
  }

  /** The processor was busy, or waited for a disk: time that passes inside an event. */
  lose(lostMs: number): void {
    this.#nowMs += lostMs
  }

  advanceTo(atMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, atMs)
  }

  #add({ delayMs, ...event }: Omit<Due, 'atMs' | 'order' | 'live'> & { delayMs: number }): Cancel {
    this.#order += 1
    const due: Due = { ...event, atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order, live: true }
    this.#heap.push(due)
    this.#rise(this.#heap.length - 1)
    return () => {
      due.live = false
    }
  }

  #dropCancelled(): void {
    while (this.#heap[0]?.live === false) this.#pop()
  }

  #pop(): void {
    const last = this.#heap.pop()
    if (last === undefined || this.#heap.length === 0) return
    this.#heap[0] = last
    this.#sink(0)
  }

  #rise(from: number): void {
    let at = from
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!this.#swapIfBefore(at, above)) return
      at = above
    }
  }

  #sink(from: number): void {
    let at = from
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      const leftDue = this.#heap[left]
      if (leftDue === undefined) return
      const rightDue = this.#heap[right]
      const least = rightDue !== undefined && before(rightDue, leftDue) ? right : left
      if (!this.#swapIfBefore(least, at)) return
      at = least
    }
  }

  /** Swaps two places when the first one's event comes sooner. */
  #swapIfBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]]
    if (a === undefined || b === undefined || !before(a, b)) return false
    this.#heap[one] = b
    this.#heap[other] = a
    return true
  }
}
