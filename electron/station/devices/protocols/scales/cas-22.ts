import { byteAt, CR, LF } from '../bytes.ts'
import { bytesNumber, columnSaid } from '../columns.ts'
import { latin1, MORE, NOTHING, type Grammar } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { OVERLOAD, UNDERLOAD, type Said } from '../said.ts'

/**
 * CAS CI, NT, PDS and Caston: `ST,GS,`, the device's number, a byte of lamps, a comma, eight columns of digits, three of
 * the unit, CR LF. The lamps have their high bit set, so the line is bytes and not text. Without status, the ten-byte form
 * is eight columns of digits and CR LF.
 */
const LONG = 22
const SHORT = 10
const NET = 3
const DEVICE = 6
const LAMPS = 7
const DIGITS = 9
const UNIT = 17

const HEAD = /^(?:ST|US|OL),(?:GS|NT),$/
const COLUMN = /^[ +\-\d.]{8}$/
const UNIT_COLUMN = /^[ a-zA-Z]{3}$/

const S = 0x53
const U = 0x55
const O = 0x4f
const N = 0x4e
const COMMA = 0x2c
/** Of the byte of lamps, which tells it from a digit or a letter. */
const ALWAYS_ONE = 0x80
const ALWAYS_ZERO = 0x20
const HOLD_LAMP = 0x10
const ZERO_LAMP = 0x01

const grammar: Grammar = {
  longest: LONG,
  read(bytes, at, to) {
    const length = lengthOf(byteAt(bytes, at))
    if (length === 0) return NOTHING
    if (to - at < length) return MORE
    if (byteAt(bytes, at + length - 1) !== LF || byteAt(bytes, at + length - 2) !== CR) return NOTHING
    const said = length === LONG ? longSaid(bytes, at) : shortSaid(bytes, at)
    return said === null ? NOTHING : { length, said }
  },
}

/** The long form begins with a letter, the short one with a digit, a sign or a blank. */
function lengthOf(first: number): number {
  if (first === S || first === U || first === O) return LONG
  return first === 0x20 || (first >= 0x2b && first <= 0x39) ? SHORT : 0
}

function longSaid(bytes: Uint8Array, at: number): Said | null {
  const lamps = byteAt(bytes, at + LAMPS)
  if ((lamps & ALWAYS_ONE) === 0 || (lamps & ALWAYS_ZERO) !== 0) return null
  if (byteAt(bytes, at + LAMPS + 1) !== COMMA || !HEAD.test(latin1(bytes, at, at + DEVICE))) return null
  const status = byteAt(bytes, at)
  const hold = (lamps & HOLD_LAMP) !== 0
  const more = {
    // A held display shows what lay there once.
    stable: status === S && !hold,
    net: byteAt(bytes, at + NET) === N,
    details: { deviceId: deviceIdOf(byteAt(bytes, at + DEVICE)), zero: (lamps & ZERO_LAMP) !== 0, hold },
  }
  const number = status === O ? null : bytesNumber(bytes, at + DIGITS, at + UNIT)
  // What nearly every line is.
  if (number !== null && isKilograms(bytes, at + UNIT))
    return { kind: 'weight', ...number, unit: 'kg', ...more }
  const column = latin1(bytes, at + DIGITS, at + UNIT)
  const unit = latin1(bytes, at + UNIT, at + LONG - 2)
  if (!COLUMN.test(column) || !UNIT_COLUMN.test(unit)) return null
  if (status === O) return column.includes('-') ? UNDERLOAD : OVERLOAD
  return columnSaid(column, unit, more)
}

const isKilograms = (bytes: Uint8Array, at: number): boolean =>
  byteAt(bytes, at) === 0x20 && byteAt(bytes, at + 1) === 0x6b && byteAt(bytes, at + 2) === 0x67

/** The digit that it is, or the byte itself. */
const deviceIdOf = (byte: number): number => (byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : byte)

function shortSaid(bytes: Uint8Array, at: number): Said | null {
  const number = bytesNumber(bytes, at, at + SHORT - 2)
  return number === null ? null : { kind: 'weight', ...number, unit: null }
}

export const cas22: ScaleProtocol = {
  title: 'CAS CI, NT, PDS, Caston: 22-byte lines, or 10-byte without status',
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  usualUnit: 'kg',
  staleAfterMs: 800,
  stability: { readings: 2, forMs: 0 },
  grammar,
}
