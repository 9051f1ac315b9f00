import { byteAt } from '../bytes.ts'
import { MORE, NOTHING } from '../grammar.ts'

/**
 * The frames of a PN532 on its serial line: 00 00 FF, length and its check, contents and their check, 00; an acknowledgement
 * and its refusal are frames of six bytes without contents.
 */
export const HOST = 0xd4
export const CHIP = 0xd5
export const CHIP_ERROR = 0x7f

const START = [0x00, 0x00, 0xff]
const SHORT_FRAME = 6
const SHORT_HEAD = 5
const EXTENDED_HEAD = 8
const MOST_CONTENTS = 265
/** The longest frame, in bytes. */
export const LONGEST = EXTENDED_HEAD + MOST_CONTENTS + 2

type Cut =
  | { readonly kind: 'ack' | 'nack' }
  | { readonly kind: 'checksum' }
  /** Contents in `[from, until)`, first the TFI. */
  | { readonly kind: 'contents'; readonly from: number; readonly until: number }

/** The frame that begins here, with its length in bytes. */
export function cut(bytes: Uint8Array, at: number, to: number): (Cut & { length: number }) | 0 | -1 {
  for (const [index, mark] of START.entries()) {
    if (at + index >= to) return MORE
    if (bytes[at + index] !== mark) return NOTHING
  }
  if (to - at < SHORT_HEAD) return MORE
  const [first, second] = [byteAt(bytes, at + 3), byteAt(bytes, at + 4)]
  if (first === 0x00 && second === 0xff) return short('ack', bytes, at, to)
  if (first === 0xff && second === 0x00) return short('nack', bytes, at, to)
  if (first === 0xff && second === 0xff) return extended(bytes, at, to)
  if (((first + second) & 0xff) !== 0) return { kind: 'checksum', length: 1 }
  return first === 0 ? NOTHING : contents(bytes, at, at + SHORT_HEAD, first, to)
}

function short(kind: 'ack' | 'nack', bytes: Uint8Array, at: number, to: number): ReturnType<typeof cut> {
  if (to - at < SHORT_FRAME) return MORE
  return bytes[at + SHORT_FRAME - 1] === 0 ? { kind, length: SHORT_FRAME } : NOTHING
}

function extended(bytes: Uint8Array, at: number, to: number): ReturnType<typeof cut> {
  if (to - at < EXTENDED_HEAD) return MORE
  const [high, low, check] = [byteAt(bytes, at + 5), byteAt(bytes, at + 6), byteAt(bytes, at + 7)]
  if (((high + low + check) & 0xff) !== 0) return { kind: 'checksum', length: 1 }
  const size = high * 0x100 + low
  return size === 0 || size > MOST_CONTENTS ? NOTHING : contents(bytes, at, at + EXTENDED_HEAD, size, to)
}

function contents(
  bytes: Uint8Array,
  at: number,
  from: number,
  size: number,
  to: number,
): ReturnType<typeof cut> {
  const until = from + size
  if (to < until + 2) return MORE
  if (bytes[until + 1] !== 0) return NOTHING
  let sum = 0
  for (let index = from; index <= until; index += 1) sum += byteAt(bytes, index)
  if ((sum & 0xff) !== 0) return { kind: 'checksum', length: 1 }
  return { kind: 'contents', from, until, length: until + 2 - at }
}

/** A command in its frame. */
export function hostFrame(...command: readonly number[]): Uint8Array {
  const body = [HOST, ...command]
  const sum = body.reduce((total, byte) => total + byte, 0)
  return Uint8Array.of(...START, body.length, -body.length & 0xff, ...body, -sum & 0xff, 0x00)
}
