import { asciiBytes, byteAt, CR, hexOf, STX } from './bytes.ts'

/** The eight-digit price display that stands towards the customer (客显), and its lamps. No state. */

const ESC = 0x1b
const FF = 0x0c
const DIGITS = 8

export const DISPLAY_INIT = Uint8Array.of(ESC, 0x40)
export const DISPLAY_CLEAR = Uint8Array.of(FF)

/** What the number is, by the lamp beside it. */
export type Lamp = 'off' | 'price' | 'total' | 'paid' | 'change'
const LAMPS: readonly Lamp[] = ['off', 'price', 'total', 'paid', 'change']

export const led8Lamp = (lamp: Lamp): Uint8Array => Uint8Array.of(ESC, 0x73, 0x30 + LAMPS.indexOf(lamp))

/**
 * Shows a number. It ends with a carriage return, without which nothing shows (SPEC PT-2); one of more than eight digits is
 * eight dashes and never a part of itself.
 *
 * @param text digits, a point, a minus
 */
export function led8Text(text: string): Uint8Array {
  const digits = text.replaceAll('.', '').length
  return Uint8Array.of(ESC, 0x51, 0x41, ...asciiBytes(digits > DIGITS ? '-'.repeat(DIGITS) : text), CR)
}

/** One thing that a customer display would do or show. */
export type DisplayThing =
  | { readonly kind: 'command'; readonly command: string; readonly direction: 'host' }
  /** `line` is there for the second line of a display that has two. */
  | { readonly kind: 'display'; readonly text: string; readonly line?: 2 }
  | { readonly kind: 'error'; readonly error: 'unknown_command' | 'incomplete'; readonly hex: string }

/** Longer than any line that a display has. */
const MOST_TEXT_BYTES = 40

/**
 * Reads what was sent to a customer display, eight digits or two lines of text. Bytes that are no command are told and
 * passed by, one at a time.
 *
 * @param bytes the whole of it; what the end cuts off is `incomplete`
 */
export function decodeLed8(bytes: Uint8Array): readonly DisplayThing[] {
  const things: DisplayThing[] = []
  let at = 0
  while (at < bytes.length) {
    const { thing, length } = thingAt(bytes, at)
    things.push(thing)
    at += length
  }
  return things
}

interface Taken {
  readonly thing: DisplayThing
  readonly length: number
}

function thingAt(bytes: Uint8Array, at: number): Taken {
  const [first, second, third] = [byteAt(bytes, at), byteAt(bytes, at + 1), byteAt(bytes, at + 2)]
  if (first === FF) return command('clear', 1)
  if (first === ESC && second === 0x40) return command('init', 2)
  if (first === ESC && second === 0x73 && LAMPS[third - 0x30] !== undefined)
    return command(`lamp_${LAMPS[third - 0x30]}`, 3)
  if (first === ESC && second === 0x51 && (third === 0x41 || third === 0x42)) return shown(bytes, at)
  if (first === STX && second === 0x4d) return command('drawer', 2)
  if (first === STX && second === 0x42 && third >= 0) return command('baud', 3)
  return fault(
    bytes,
    at,
    bytes.length - at < 3 && (first === ESC || first === STX) ? 'incomplete' : 'unknown_command',
  )
}

const command = (name: string, length: number): Taken => ({
  thing: { kind: 'command', command: name, direction: 'host' },
  length,
})

const fault = (
  bytes: Uint8Array,
  at: number,
  error: 'unknown_command' | 'incomplete',
  length = 1,
): Taken => ({
  thing: { kind: 'error', error, hex: hexOf(bytes, at, at + length) },
  length,
})

/** A text that another command begins in was never ended: it is not shown, and the command counts. */
function shown(bytes: Uint8Array, at: number): Taken {
  const from = at + 3
  let to = from
  while (to - from < MOST_TEXT_BYTES && byteAt(bytes, to) >= 0x20) to += 1
  if (byteAt(bytes, to) !== CR) return fault(bytes, at, 'incomplete', to - at)
  const text = Buffer.from(bytes.subarray(from, to)).toString('latin1')
  const second = byteAt(bytes, at + 2) === 0x42
  return { thing: { kind: 'display', text, ...(second ? { line: 2 as const } : {}) }, length: to + 1 - at }
}
