import { byteAt } from '../bytes.ts'
import { MORE, NOTHING, type Frame, type Grammar } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import type { Said } from '../said.ts'

/**
 * Yaohua's text output: `=` and eight characters, sign first or (reversed) last, with no end and no checksum. Which of the
 * two it is cannot be told from the bytes: `=000.3000` is 0.3 forward and 3 kg reversed.
 *
 * Only a whole frame is read: a reversed one that lost its end has lost its high digits, and would read as less.
 */
const LONG = 9
const SHORT = 8

const EQUALS = 0x3d
const POINT = 0x2e
const MINUS = 0x2d
const PLUS = 0x2b
const ZERO = 0x30

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= ZERO + 9

/**
 * Reads digits with at most one point between them.
 *
 * @param first where the highest digit stands, `last` the lowest: reversed frames are read from behind
 */
function weight(bytes: Uint8Array, first: number, last: number, negative: boolean): Said | null {
  const step = first <= last ? 1 : -1
  let digits = 0
  let decimals = -1
  for (let index = first; index !== last + step; index += step) {
    const byte = byteAt(bytes, index)
    if (byte === POINT && decimals < 0 && index !== first && index !== last) decimals = 0
    else if (!isDigit(byte)) return null
    else {
      digits = digits * 10 + byte - ZERO
      if (decimals >= 0) decimals += 1
    }
  }
  return {
    kind: 'weight',
    digits: negative && digits !== 0 ? -digits : digits,
    decimals: Math.max(0, decimals),
    unit: null,
  }
}

const framed = (length: number, said: Said | null): Frame | typeof NOTHING =>
  said === null ? NOTHING : { length, said }

const forward: Grammar = {
  longest: LONG,
  read(bytes, at, to) {
    if (byteAt(bytes, at) !== EQUALS) return NOTHING
    if (to - at < LONG) return MORE
    const sign = byteAt(bytes, at + 1)
    const first = sign === MINUS || sign === PLUS ? at + 2 : at + 1
    return framed(LONG, weight(bytes, first, at + LONG - 1, sign === MINUS))
  },
}

const reversed: Grammar = {
  longest: 2 * SHORT + 1,
  read(bytes, at, to, ended) {
    if (byteAt(bytes, at) !== EQUALS) return NOTHING
    if (to - at < LONG) return MORE
    const sign = byteAt(bytes, at + LONG - 1)
    if (sign === EQUALS) {
      if (to - at > 2 * SHORT) return short(bytes, at, at + 2 * SHORT)
      return ended && to - at === 2 * SHORT ? short(bytes, at, -1) : MORE
    }
    if (sign !== ZERO && sign !== MINUS) return NOTHING
    return framed(LONG, weight(bytes, at + LONG - 2, at + 1, sign === MINUS))
  },
}

/**
 * The older eight-byte form. A nine-byte frame that lost its end, and its sign with it, looks the same: it is read only
 * when it is said twice, and what follows is another frame or nothing at all.
 *
 * @param behind where the third frame has to begin; −1 at the end of a capture
 */
function short(bytes: Uint8Array, at: number, behind: number): Frame | typeof NOTHING {
  for (let index = at; index < at + SHORT; index += 1)
    if (byteAt(bytes, index) !== byteAt(bytes, index + SHORT)) return NOTHING
  if (behind >= 0 && byteAt(bytes, behind) !== EQUALS) return NOTHING
  const negative = byteAt(bytes, at + SHORT - 1) === MINUS
  return framed(SHORT, weight(bytes, at + (negative ? SHORT - 2 : SHORT - 1), at + 1, negative))
}

const text = {
  confidence: 'certain',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  usualUnit: 'kg',
  staleAfterMs: 800,
  stability: { readings: 5, forMs: 600 },
} as const

export const yaohuaEqForward: ScaleProtocol = {
  ...text,
  title: "Yaohua '=' text, high digit first (A26 format 2, A23p format 3)",
  grammar: forward,
}

export const yaohuaEqReversed: ScaleProtocol = {
  ...text,
  title: "Yaohua '=' text, low digit first (A26 format 1, A23p format 2; 8-byte A12)",
  grammar: reversed,
}
