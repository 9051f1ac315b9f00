import type { SerialEvents, Timers } from '../../deps.ts'

/** Enough for many frames of any device; what is older is forgotten. */
const MOST_KEPT_BYTES = 4096

/** Keeps what a line says while somebody looks for what speaks there. */
export class Ear implements SerialEvents {
  readonly #timers: Timers
  #kept = new Uint8Array(0)
  #wake: () => void = () => undefined
  /** Everything heard, in bytes; the number only rises. */
  heardBytes = 0
  /** Why nothing more will come; null while the line holds. */
  lost: string | null = null

  constructor(timers: Timers) {
    this.#timers = timers
  }

  /** The newest bytes. */
  get bytes(): Uint8Array {
    return this.#kept
  }

  onData(bytes: Uint8Array): void {
    this.heardBytes += bytes.length
    const all = new Uint8Array(this.#kept.length + bytes.length)
    all.set(this.#kept)
    all.set(bytes, this.#kept.length)
    this.#kept = all.slice(Math.max(0, all.length - MOST_KEPT_BYTES))
    this.#wake()
  }

  onLost(reason: string): void {
    this.lost = reason
    this.#wake()
  }

  /** Waits for more, or for this long. */
  more(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#timers.after(withinMs, resolve)
      this.#wake = () => {
        cancel()
        resolve()
      }
    })
  }

  /** Waits this long whatever comes. */
  pause(forMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#timers.after(forMs, resolve)
    })
  }
}
