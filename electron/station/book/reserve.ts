import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const CHUNK = new Uint8Array(65_536)

/**
 * Room on the disk that is kept for a bad day: a file of zeros, given back when the disk is full, so that what is pending —
 * finding out an unknown outcome, reporting a lost card — still finds room. Selling does not: it stops while the reserve
 * is gone, and goes on when it could be laid by again.
 */
export class Reserve {
  readonly #path: string
  readonly #bytes: number
  #held: boolean

  constructor(folder: string, bytes: number) {
    this.#path = join(folder, 'book.reserve')
    this.#bytes = bytes
    this.#held = (statSync(this.#path, { throwIfNoEntry: false })?.size ?? -1) >= bytes
  }

  get held(): boolean {
    return this.#held
  }

  /** Lays the reserve by when it is not there. @returns whether it is there now. */
  ensure(): boolean {
    if (this.#held) return true
    try {
      this.#fill()
      this.#held = true
    } catch (error) {
      // No room, or a disk that refuses: both mean that there is no reserve. What is not from the disk is a defect.
      if (!(error instanceof Error && 'code' in error)) throw error
    }
    return this.#held
  }

  /** Gives the room back. @returns whether there was any to give. */
  release(): boolean {
    const held = this.#held
    rmSync(this.#path, { force: true })
    this.#held = false
    return held
  }

  #fill(): void {
    const file = openSync(this.#path, 'w', 0o600)
    let written = 0
    try {
      while (written < this.#bytes)
        written += writeSync(file, CHUNK, 0, Math.min(CHUNK.length, this.#bytes - written))
      fsyncSync(file)
    } finally {
      closeSync(file)
      if (written < this.#bytes) rmSync(this.#path)
    }
  }
}
