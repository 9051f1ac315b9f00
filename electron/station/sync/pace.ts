import type { Book } from '../book/book.ts'
import type { Timers } from '../deps.ts'
import { SyncStopped } from './trouble.ts'

/** Of the time in which the counter sells, a run works one part in this many, and leaves the machine alone for the rest. */
const ONE_PART_IN = 5
const LONGEST_REST_MS = 2_000

export interface Turn {
  readonly timers: Timers
  readonly signal: AbortSignal
  /** Told as a rest begins, and as it ends. */
  readonly onRest: (resting: boolean) => void
}

/** Waits at least this long. @throws SyncStopped when the station stops. */
async function pause({ timers, signal }: Pick<Turn, 'timers' | 'signal'>, delayMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const goOn = (): void => {
      cancel()
      signal.removeEventListener('abort', goOn)
      resolve()
    }
    const cancel = timers.after(delayMs, goOn)
    signal.addEventListener('abort', goOn)
    if (signal.aborted) goOn()
  })
  if (signal.aborted) throw new SyncStopped('unreachable', 'stopped')
}

/** Lets whatever waits for the station's thread go first. @throws SyncStopped when the station stops. */
export const yieldTurn = (turn: Pick<Turn, 'timers' | 'signal'>): Promise<void> => pause(turn, 0)

/**
 * How fast a run goes from one request to the next: at once while nothing is written in the book, and with rests while the
 * counter sells. A small machine has few processors and one disk for both (SPEC SY-10).
 */
export class Pace {
  readonly #turn: Turn
  readonly #book: Book
  #since: number
  #head: number

  constructor({ book, ...turn }: Turn & { readonly book: Book }) {
    this.#turn = turn
    this.#book = book
    this.#since = turn.timers.monotonicMs()
    this.#head = this.#headNow()
  }

  /** To be called after each request. @throws SyncStopped when the station stops. */
  async rest(): Promise<void> {
    const workedMs = this.#turn.timers.monotonicMs() - this.#since
    const sells = this.#headNow() > this.#head
    const restMs = sells ? Math.min(LONGEST_REST_MS, workedMs * (ONE_PART_IN - 1)) : 0
    this.#turn.onRest(restMs > 0)
    await pause(this.#turn, restMs).finally(() => this.#turn.onRest(false))
    this.#since = this.#turn.timers.monotonicMs()
    this.#head = this.#headNow()
  }

  #headNow(): number {
    return this.#book.read((file) => file.head.seq)
  }
}
