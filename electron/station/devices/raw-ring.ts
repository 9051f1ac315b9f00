import { hexOf } from './protocols/bytes.ts'

/** The last bytes of a line, for the question of every support call: what does it really send? */
export class RawRing {
  readonly #bytes: Uint8Array
  #next = 0
  #filled = 0

  constructor(capacity = 2048) {
    this.#bytes = new Uint8Array(capacity)
  }

  push(bytes: Uint8Array): void {
    const capacity = this.#bytes.length
    const kept = bytes.subarray(Math.max(0, bytes.length - capacity))
    const untilEnd = Math.min(kept.length, capacity - this.#next)
    this.#bytes.set(kept.subarray(0, untilEnd), this.#next)
    this.#bytes.set(kept.subarray(untilEnd), 0)
    this.#next = (this.#next + kept.length) % capacity
    this.#filled = Math.min(capacity, this.#filled + kept.length)
  }

  /** Upper-case hexadecimal, oldest byte first. */
  tail(): string {
    if (this.#filled < this.#bytes.length) return hexOf(this.#bytes, 0, this.#filled)
    return hexOf(this.#bytes, this.#next) + hexOf(this.#bytes, 0, this.#next)
  }
}
