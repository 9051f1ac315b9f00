import { byteAt, CR, LF } from '../bytes.ts'
import { bytesNumber, columnSaid } from '../columns.ts'
import { latin1, MORE, NOTHING, type Grammar } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, OVERLOAD, UNDERLOAD, type Said } from '../said.ts'
import { checkAt } from './yaohua-check.ts'

/**
 * Yaohua XK3190-A12(E): `WG` gross or `WN` net, seven columns of digits, two of the unit, two check digits (exclusive or
 * of the eleven before them), CR LF. Out of range: nine blanks and `OL` or `LO` in their place.
 */
const FRAME_BYTES = 15
const CHECK = 11

const DIGITS = 2
const UNIT = 9
const BLANK = 0x20
const W = 0x57
const G = 0x47
const N = 0x4e
const SMALL_K = 0x6b
const SMALL_G = 0x67

const LIMIT = /^ {9}(OL|LO)$/
const WEIGHT = /^W([GN])([ \d.-]{7})([ a-zA-Z]{2})$/

const grammar: Grammar = {
  longest: FRAME_BYTES,
  read(bytes, at, to) {
    const first = byteAt(bytes, at)
    if (first !== W && first !== BLANK) return NOTHING
    if (to - at < FRAME_BYTES) return MORE
    if (byteAt(bytes, at + FRAME_BYTES - 2) !== CR || byteAt(bytes, at + FRAME_BYTES - 1) !== LF)
      return NOTHING
    const check = isMarked(byteAt(bytes, at), byteAt(bytes, at + 1)) ? checkAt(bytes, at, at + CHECK) : 'none'
    if (check === 'none') return NOTHING
    if (check === 'differs') return { length: 1, said: BAD_CHECKSUM }
    const said = kilograms(bytes, at) ?? saidBy(latin1(bytes, at, at + CHECK))
    return said === null ? NOTHING : { length: FRAME_BYTES, said }
  },
}

const isMarked = (first: number, second: number): boolean =>
  first === W ? second === G || second === N : second === BLANK

/** What nearly every frame is, read from its bytes: a weight in kg. */
function kilograms(bytes: Uint8Array, at: number): Said | null {
  if (byteAt(bytes, at) !== W) return null
  if (byteAt(bytes, at + UNIT) !== SMALL_K || byteAt(bytes, at + UNIT + 1) !== SMALL_G) return null
  const number = bytesNumber(bytes, at + DIGITS, at + UNIT)
  if (number === null) return null
  return { kind: 'weight', ...number, unit: 'kg', net: byteAt(bytes, at + 1) === N }
}

function saidBy(text: string): Said | null {
  const limit = LIMIT.exec(text)?.[1]
  if (limit !== undefined) return limit === 'OL' ? OVERLOAD : UNDERLOAD
  const match = WEIGHT.exec(text)
  if (match === null) return null
  return columnSaid(match[2] ?? '', match[3] ?? '', { net: match[1] === 'N' })
}

export const yaohuaA12e15: ScaleProtocol = {
  title: 'Yaohua XK3190-A12(E), 15-byte lines with check digits',
  confidence: 'certain',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  usualUnit: 'kg',
  staleAfterMs: 800,
  stability: { readings: 5, forMs: 600 },
  grammar,
}
