import iconv from 'iconv-lite'
import { byteAt, hexOf } from './bytes.ts'

/** The commands of receipt printers (ESC/POS): made here, and read back by `decodeEscPos`. No state. */

const DLE = 0x10
const ESC = 0x1b
const FS = 0x1c
const GS = 0x1d

/** Puts the printer into its first state: whatever a receipt before left switched on is off. */
export const INIT = Uint8Array.of(ESC, 0x40)
/** Bytes from 0x81 on are Chinese characters in GB18030. */
export const CHINESE_ON = Uint8Array.of(FS, 0x26)
export const CHINESE_OFF = Uint8Array.of(FS, 0x2e)
/**
 * Opens the drawer: connector pin 2, 50 ms on, 500 ms off. Always with both times: without them the drawer waits for the
 * next two bytes, and with FF FF some printers kick again and again (SPEC PT-2).
 */
export const DRAWER_KICK = Uint8Array.of(ESC, 0x70, 0x00, 0x19, 0xfa)
/** Asks at once, past whatever waits to be printed: is there paper? */
export const ASK_PAPER = Uint8Array.of(DLE, 0x04, 0x04)

/** Feeds to the cutter and `lines` dots further, and cuts all but a bridge. */
export const cut = (dots: number): Uint8Array => Uint8Array.of(GS, 0x56, 0x42, dots)
export const bold = (on: boolean): Uint8Array => Uint8Array.of(ESC, 0x45, on ? 1 : 0)
/** Characters this many times as wide and as high, 1 to 8. */
export const size = (width: number, height: number): Uint8Array =>
  Uint8Array.of(GS, 0x21, ((width - 1) << 4) | (height - 1))

/** Text as the printer reads it. GB18030 holds every character there is: none is lost (SPEC PT-1). */
export const textBytes = (text: string): Uint8Array => iconv.encode(text, 'gb18030')

/** A Chinese character is drawn in a square of this many dots. */
const GLYPH_DOTS = 24
/** Column by column from the left, three bytes each from the top. */
export const GLYPH_BYTES = (GLYPH_DOTS * GLYPH_DOTS) / 8

/**
 * A character drawn in the middle of a line, where the printer's own font has none.
 *
 * @param glyph GLYPH_BYTES bytes
 */
export const drawn = (glyph: Uint8Array): Uint8Array => Uint8Array.of(ESC, 0x2a, 33, GLYPH_DOTS, 0, ...glyph)

/** What a printer answers to ASK_PAPER; null for any other byte, such as a handshake's. */
export function paperAnswer(byte: number): 'paper' | 'no-paper' | null {
  if ((byte & 0b1001_0011) !== 0b0001_0010) return null
  return (byte & 0b0110_0000) === 0 ? 'paper' : 'no-paper'
}

/** One thing that a printer would do or print. */
export type EscPosThing =
  | { readonly kind: 'command'; readonly command: string; readonly direction: 'host' }
  | { readonly kind: 'print'; readonly text: string }
  | {
      readonly kind: 'error'
      readonly error: 'unknown_command' | 'incomplete' | 'encoding'
      readonly hex: string
    }

interface Command {
  readonly name: string
  /** Of the whole command, in bytes; may need its first bytes to tell. −1 while they are not there. */
  readonly length: (bytes: Uint8Array, at: number) => number
}

const fixed = (name: string, length: number): Command => ({ name, length: () => length })
const word = (bytes: Uint8Array, at: number): number =>
  at + 1 < bytes.length ? byteAt(bytes, at) + 256 * byteAt(bytes, at + 1) : Number.POSITIVE_INFINITY

const COMMANDS: ReadonlyMap<number, ReadonlyMap<number, Command>> = new Map([
  [
    DLE,
    new Map([
      [0x04, fixed('status', 3)],
      [0x05, fixed('recover', 3)],
      [0x14, fixed('pulse', 5)],
    ]),
  ],
  [
    ESC,
    new Map([
      [0x20, fixed('spacing', 3)],
      [0x21, fixed('mode', 3)],
      [0x24, fixed('position', 4)],
      [
        0x2a,
        {
          name: 'image',
          length: (bytes, at) => 5 + word(bytes, at + 3) * (byteAt(bytes, at + 2) < 32 ? 1 : 3),
        },
      ],
      [0x2d, fixed('underline', 3)],
      [0x32, fixed('line-spacing', 2)],
      [0x33, fixed('line-spacing', 3)],
      [0x40, fixed('init', 2)],
      [0x45, fixed('bold', 3)],
      [0x4a, fixed('feed', 3)],
      [0x4d, fixed('font', 3)],
      [0x52, fixed('country', 3)],
      [0x5c, fixed('position', 4)],
      [0x61, fixed('align', 3)],
      [0x64, fixed('feed', 3)],
      [0x70, fixed('drawer', 5)],
      [0x74, fixed('codepage', 3)],
      [0x7b, fixed('upside-down', 3)],
    ]),
  ],
  [
    FS,
    new Map([
      [0x21, fixed('mode', 3)],
      [0x26, fixed('chinese_on', 2)],
      [0x2d, fixed('underline', 3)],
      [0x2e, fixed('chinese_off', 2)],
      [0x32, fixed('character', 4 + GLYPH_BYTES)],
      [0x53, fixed('spacing', 4)],
      [0x57, fixed('size', 3)],
    ]),
  ],
  [
    GS,
    new Map([
      [0x21, fixed('size', 3)],
      [0x28, { name: 'function', length: (bytes, at) => 5 + word(bytes, at + 3) }],
      [0x42, fixed('invert', 3)],
      [0x48, fixed('barcode', 3)],
      [0x4c, fixed('margin', 4)],
      [0x56, { name: 'cut', length: (bytes, at) => (byteAt(bytes, at + 2) >= 0x41 ? 4 : 3) }],
      [0x57, fixed('width', 4)],
      [0x61, fixed('answers', 3)],
      [0x68, fixed('barcode', 3)],
      [0x72, fixed('status', 3)],
      [0x76, { name: 'image', length: (bytes, at) => 8 + word(bytes, at + 4) * word(bytes, at + 6) }],
      [0x77, fixed('barcode', 3)],
    ]),
  ],
])

/**
 * Reads what was sent to a printer: its commands, and between them the text that comes out on paper. Bytes that are neither
 * are told and passed by, one at a time.
 *
 * @param bytes the whole of it; a command that the end cuts off is `incomplete`
 */
export function decodeEscPos(bytes: Uint8Array): readonly EscPosThing[] {
  const things: EscPosThing[] = []
  let at = 0
  while (at < bytes.length) {
    const known = COMMANDS.get(byteAt(bytes, at))
    if (known !== undefined) at += takeCommand(bytes, at, known, things)
    else {
      const textEnds = endOfText(bytes, at)
      if (textEnds > at)
        things.push({
          kind: 'print',
          text: iconv.decode(Buffer.from(bytes.subarray(at, textEnds)), 'gb18030'),
        })
      else things.push({ kind: 'error', error: 'encoding', hex: hexOf(bytes, at, at + 1) })
      at = Math.max(textEnds, at + 1)
    }
  }
  return things
}

/** @returns how many bytes were dealt with. */
function takeCommand(
  bytes: Uint8Array,
  at: number,
  known: ReadonlyMap<number, Command>,
  things: EscPosThing[],
): number {
  const command = known.get(byteAt(bytes, at + 1))
  const left = bytes.length - at
  if (command === undefined) {
    const error = left < 2 ? 'incomplete' : 'unknown_command'
    things.push({ kind: 'error', error, hex: hexOf(bytes, at, at + 1) })
    return 1
  }
  const length = command.length(bytes, at)
  if (length > left) {
    things.push({ kind: 'error', error: 'incomplete', hex: hexOf(bytes, at) })
    return left
  }
  things.push({ kind: 'command', command: command.name, direction: 'host' })
  return length
}

function endOfText(bytes: Uint8Array, from: number): number {
  let at = from
  for (;;) {
    const length = characterLength(bytes, at)
    if (length === 0) return at
    at += length
  }
}

const isIn = (byte: number, from: number, to: number): boolean => byte >= from && byte <= to

/** How many bytes the character takes that begins here: 1, 2 or 4; 0 where none does. */
function characterLength(bytes: Uint8Array, at: number): number {
  const [first, second] = [byteAt(bytes, at), byteAt(bytes, at + 1)]
  if (isIn(first, 0x20, 0x7e) || first === 0x0a || first === 0x0d || first === 0x09) return 1
  if (!isIn(first, 0x81, 0xfe)) return 0
  if (isIn(second, 0x40, 0xfe) && second !== 0x7f) return 2
  const [third, fourth] = [byteAt(bytes, at + 2), byteAt(bytes, at + 3)]
  return isIn(second, 0x30, 0x39) && isIn(third, 0x81, 0xfe) && isIn(fourth, 0x30, 0x39) ? 4 : 0
}
