import { byteAt, CR, LF } from './bytes.ts'
import type { Said } from './said.ts'

/** No frame begins here: this one byte is dropped, and the search goes on behind it. */
export const NOTHING = 0
/** A frame may have begun, and the bytes that decide are not there yet. */
export const MORE = -1

export interface Frame {
  /** Bytes that it takes; 1 for a frame whose check digits are wrong, so that a good one inside it is found. */
  readonly length: number
  readonly said: Said
}

/**
 * A device's language as one pure function. What `read` answers about the bytes in `[from, to)` may depend on these bytes
 * alone, and once it is not `MORE` it must stay the same however many bytes follow: then the readings of a stream do not
 * depend on how it was cut (SPEC DV-2).
 */
export interface Grammar {
  /** No frame is longer, in bytes: what has not become a frame by then never does (SPEC DV-3). */
  readonly longest: number
  /**
   * @param ended nothing follows: a frame that may or may not have one more byte is whole without it. `MORE` then means
   * `NOTHING`.
   */
  read(bytes: Uint8Array, from: number, to: number, ended: boolean): Frame | typeof NOTHING | typeof MORE
}

/**
 * A language of lines of latin1 text that end in CR LF, or in LF alone.
 *
 * @param mayBegin whether a line can begin with this byte: garbage is then passed over without being read as a line.
 * @param parse one line without its end; null when it is none of this language.
 */
export function lines(
  longest: number,
  mayBegin: (byte: number) => boolean,
  parse: (line: string) => Said | null,
): Grammar {
  return {
    longest,
    read(bytes, from, to) {
      if (!mayBegin(byteAt(bytes, from))) return NOTHING
      const end = bytes.indexOf(LF, from)
      if (end < 0 || end >= Math.min(to, from + longest)) return to - from >= longest ? NOTHING : MORE
      const textEnd = end > from && bytes[end - 1] === CR ? end - 1 : end
      const said = parse(latin1(bytes, from, textEnd))
      return said === null ? NOTHING : { length: end + 1 - from, said }
    },
  }
}

/** The framer's bytes are asked for text frame after frame: the view that can write it is made once. */
let viewed: Uint8Array = new Uint8Array()
let view: Buffer = Buffer.from(viewed.buffer)

export function latin1(bytes: Uint8Array, from: number, to: number): string {
  if (bytes !== viewed) {
    viewed = bytes
    view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  return view.toString('latin1', from, to)
}

/** The exclusive or of `bytes[from, to)`. */
export function xorOf(bytes: Uint8Array, from: number, to: number): number {
  let check = 0
  for (let index = from; index < to; index += 1) check ^= byteAt(bytes, index)
  return check
}
