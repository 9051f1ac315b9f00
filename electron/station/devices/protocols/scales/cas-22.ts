import { byteAt, CR, LF } from '../bytes.ts'
import { columnNumber, columnSaid } from '../columns.ts'
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
const DEVICE = 6
const LAMPS = 7
const DIGITS = 9
const UNIT = 17

const HEAD = /^(ST|US|OL),(GS|NT),[\s\S][\x80-\x9f\xc0-\xdf],[ +\-\d.]{8}[ a-zA-Z]{3}\r\n$/
const SHORT_DIGITS = /^ *[+-]? *\d[\d.]*$/

const HOLD_LAMP = 0x10
const ZERO_LAMP = 0x01

const grammar: Grammar = {
  longest: LONG,
  read(bytes, at, to) {
    const length = lengthOf(byteAt(bytes, at))
    if (length === 0) return NOTHING
    if (to - at < length) return MORE
    if (byteAt(bytes, at + length - 1) !== LF || byteAt(bytes, at + length - 2) !== CR) return NOTHING
    const text = latin1(bytes, at, at + length)
    const said = length === LONG ? longSaid(text) : shortSaid(text.slice(0, -2))
    return said === null ? NOTHING : { length, said }
  },
}

/** The long form begins with a letter, the short one with a digit, a sign or a blank. */
function lengthOf(first: number): number {
  if (first === 0x53 || first === 0x55 || first === 0x4f) return LONG
  return first === 0x20 || (first >= 0x2b && first <= 0x39) ? SHORT : 0
}

function longSaid(text: string): Said | null {
  const head = HEAD.exec(text)
  if (head === null) return null
  const column = text.slice(DIGITS, UNIT)
  if (head[1] === 'OL') return column.includes('-') ? UNDERLOAD : OVERLOAD
  const lamps = text.charCodeAt(LAMPS)
  const hold = (lamps & HOLD_LAMP) !== 0
  return columnSaid(column, text.slice(UNIT, -2), {
    // A held display shows what lay there once.
    stable: head[1] === 'ST' && !hold,
    net: head[2] === 'NT',
    details: { deviceId: deviceIdOf(text.charCodeAt(DEVICE)), zero: (lamps & ZERO_LAMP) !== 0, hold },
  })
}

/** The digit that it is, or the byte itself. */
const deviceIdOf = (byte: number): number => (byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : byte)

const shortSaid = (column: string): Said | null => (SHORT_DIGITS.test(column) ? shortWeight(column) : null)

function shortWeight(column: string): Said | null {
  const number = columnNumber(column)
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
