import { byteAt, ETX, hexDigit, STX } from '../bytes.ts'
import { MORE, NOTHING, xorOf, type Grammar } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { BAD_CHECKSUM } from '../said.ts'

/**
 * Yaohua XK3190 continuous output (tF = 0) and its look-alikes: STX, sign, six digits, number of decimals, two check
 * digits (exclusive or of the eight bytes before them), ETX. No unit, no stability, no overload in the frame.
 */
const FRAME_BYTES = 12
const SIGN = 1
const FIRST_DIGIT = 2
const DECIMALS = 8
const CHECK_HIGH = 9
const CHECK_LOW = 10
const LAST = 11
const MOST_DECIMALS = 4

const PLUS = 0x2b
const MINUS = 0x2d
const ZERO = 0x30

const grammar: Grammar = {
  longest: FRAME_BYTES,
  read(bytes, at, to) {
    if (byteAt(bytes, at) !== STX) return NOTHING
    if (to - at < FRAME_BYTES) return MORE
    const sign = byteAt(bytes, at + SIGN)
    if (byteAt(bytes, at + LAST) !== ETX || (sign !== PLUS && sign !== MINUS)) return NOTHING
    let digits = 0
    for (let index = at + FIRST_DIGIT; index < at + DECIMALS; index += 1) {
      const byte = byteAt(bytes, index)
      if (byte < ZERO || byte > ZERO + 9) return NOTHING
      digits = digits * 10 + byte - ZERO
    }
    const decimals = byteAt(bytes, at + DECIMALS) - ZERO
    if (decimals < 0 || decimals > MOST_DECIMALS) return NOTHING
    const high = hexDigit(byteAt(bytes, at + CHECK_HIGH))
    const low = hexDigit(byteAt(bytes, at + CHECK_LOW))
    if (high < 0 || low < 0) return NOTHING
    if (((high << 4) | low) !== xorOf(bytes, at + SIGN, at + CHECK_HIGH))
      return { length: 1, said: BAD_CHECKSUM }
    const signed = sign === MINUS && digits !== 0 ? -digits : digits
    return { length: FRAME_BYTES, said: { kind: 'weight', digits: signed, decimals, unit: null } }
  },
}

export const yaohuaStx12: ScaleProtocol = {
  title: 'Yaohua XK3190 continuous (tF 0), 12-byte frames',
  confidence: 'certain',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  usualUnit: 'kg',
  // At 1200 baud a frame takes 100 ms: eight frames may be missed.
  staleAfterMs: 800,
  stability: { readings: 5, forMs: 600 },
  grammar,
}
