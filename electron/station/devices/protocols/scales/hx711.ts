import { decimalNumber } from '../exact-weight.ts'
import { lines } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, OVERLOAD, UNDERLOAD, type Said } from '../said.ts'

/**
 * Our own line for load cells behind an HX711 and a small board: `W,<seq>,<raw>,<grams>,<flags>*<crc8>\n`, ten a second.
 * docs/devices.md says what the firmware has to do.
 */
const LINE = /^(W,(\d{1,3}),(-?\d{1,8}),(-?\d{1,6}(?:\.\d{1,3})?)?,([SZTNOUE]{1,7}|-))\*([0-9A-F]{2})$/
const LONGEST_LINE = 48
const LETTER_W = 0x57

/** What the chip gives at the ends of its 24 bits, and when it is not there at all. */
const SATURATED_HIGH = 0x7f_ffff
const SATURATED_LOW = -0x80_0000
const NO_CHIP = -1

/** CRC-8, polynomial x⁸ + x² + x + 1, beginning with 0, of the ASCII characters before the `*`. */
export function crc8(text: string): number {
  let crc = 0
  for (let index = 0; index < text.length; index += 1) {
    crc ^= text.charCodeAt(index)
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x80) === 0 ? crc << 1 : ((crc << 1) ^ 0x07) & 0xff
  }
  return crc
}

function parseHx711(line: string): Said | null {
  const [whole, covered = '', sequence, raw, grams = '', flags = '', check = ''] = LINE.exec(line) ?? []
  if (whole === undefined) return null
  if (crc8(covered) !== Number.parseInt(check, 16)) return BAD_CHECKSUM
  const reading = Number(raw)
  if (flags.includes('E') || reading === NO_CHIP) return { kind: 'error', error: 'no_sensor' }
  if (flags.includes('O') || reading >= SATURATED_HIGH) return OVERLOAD
  if (flags.includes('U') || reading <= SATURATED_LOW) return UNDERLOAD
  if (flags.includes('N')) return { kind: 'error', error: 'not_zeroed' }
  const number = decimalNumber(grams)
  if (number === null) return null
  return {
    kind: 'weight',
    ...number,
    unit: 'g',
    stable: flags.includes('S'),
    net: flags.includes('T'),
    details: { seq: Number(sequence), raw: reading, zero: flags.includes('Z') },
  }
}

export const hx711: ScaleProtocol = {
  title: 'Load cell behind an HX711, our own line over USB',
  confidence: 'certain',
  // Boards with an Arduino's loader begin anew when DTR rises.
  line: {
    baudRate: 115_200,
    dataBits: 8,
    parity: 'none',
    stopBits: 1,
    signals: { dtr: false, rts: false },
  },
  poll: null,
  usualUnit: 'g',
  staleAfterMs: 500,
  stability: { readings: 1, forMs: 0 },
  grammar: lines(LONGEST_LINE, (byte) => byte === LETTER_W, parseHx711),
}
