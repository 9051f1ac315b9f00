import { MORE, NOTHING, type Grammar } from './grammar.ts'
import type { Said } from './said.ts'

/** Counted for support and shown by `canteen devices`; the numbers only rise. */
export interface FrameCounters {
  /** Complete, well-formed frames, whatever they say. */
  frames: number
  /** Frames of the right form whose check digits do not fit (SPEC DV-8). */
  badChecksums: number
  /** Frames that say something we must not take at face value: a foreign unit, a blank card (SPEC DV-7, DV-9). */
  refused: number
  /** Bytes that belong to no frame. */
  droppedBytes: number
}

/** Told of each frame in the order of the stream; the frame is `raw[from, to)` during this call only. */
export type Tell = (said: Said, raw: Uint8Array, from: number, to: number) => void

/** Room for several frames, so that bytes are moved to the front now and then and not for each frame. */
const LEAST_ROOM = 1024
const FRAMES_OF_ROOM = 4

/**
 * Cuts a byte stream into the frames of a grammar. What it finds depends on the bytes alone, never on how they were split
 * (SPEC DV-2); its memory is one fixed buffer, and after a failure it drops one byte, never the buffer (SPEC DV-3).
 */
export class Framer {
  readonly counters: FrameCounters = { frames: 0, badChecksums: 0, refused: 0, droppedBytes: 0 }
  readonly #grammar: Grammar
  readonly #tell: Tell
  readonly #buffer: Uint8Array
  #length = 0

  constructor(grammar: Grammar, tell: Tell) {
    this.#grammar = grammar
    this.#tell = tell
    this.#buffer = new Uint8Array(Math.max(LEAST_ROOM, grammar.longest * FRAMES_OF_ROOM))
  }

  push(bytes: Uint8Array): void {
    for (let taken = 0; taken < bytes.length;) {
      const part = bytes.subarray(taken, taken + this.#buffer.length - this.#length)
      this.#buffer.set(part, this.#length)
      this.#length += part.length
      taken += part.length
      this.#keepFrom(this.#scan(false))
    }
  }

  /** No more bytes come: what might have become a frame is given up, and what stands behind its beginning is read. */
  end(): void {
    this.#keepFrom(this.#scan(true))
  }

  /** Forgets a frame that has only begun, and wipes what was read: it may have been a person's. */
  reset(): void {
    this.counters.droppedBytes += this.#length
    this.#length = 0
    this.#buffer.fill(0)
  }

  /** @returns the first byte that is not decided on. */
  #scan(ended: boolean): number {
    const bytes = this.#buffer
    const end = this.#length
    const { longest } = this.#grammar
    let at = 0
    while (at < end) {
      const found = this.#grammar.read(bytes, at, end, ended)
      if (found === MORE && !ended && end - at < longest) return at
      if (found === MORE || found === NOTHING) {
        this.counters.droppedBytes += 1
        at += 1
        continue
      }
      const { length, said } = found
      if (said.kind === 'error' && said.error === 'checksum') {
        this.counters.badChecksums += 1
        this.counters.droppedBytes += length
      } else this.counters.frames += 1
      this.#tell(said, bytes, at, at + length)
      at += length
    }
    return at
  }

  #keepFrom(at: number): void {
    if (at === 0) return
    this.#buffer.copyWithin(0, at, this.#length)
    this.#length -= at
  }
}
