import { asciiBytes, byteAt, CR, STX } from '../bytes.ts'
import { MORE, NOTHING, type Grammar } from '../grammar.ts'
import { numberField } from '../number-field.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { noWeight } from './toledo-status.ts'

/**
 * CAS PD-II as ECR type 2: STX, five digits of grams without a point, CR; or, as the Toledo 8217 does it, STX, `?`, one byte
 * of state, CR when there is no weight. On a port opened with eight data bits the parity stands in the eighth.
 */
const SEVEN_BITS = 0x7f
const DIGITS = 5
const WEIGHT_BYTES = 1 + DIGITS + 1
const STATE_BYTES = 4
const QUESTION = 0x3f
/** Grams, in the kilograms of its display. */
const DECIMALS = 3

const grammar: Grammar = {
  longest: WEIGHT_BYTES,
  read(bytes, at, to) {
    if ((byteAt(bytes, at) & SEVEN_BITS) !== STX) return NOTHING
    if (to - at < 2) return MORE
    if ((byteAt(bytes, at + 1) & SEVEN_BITS) === QUESTION) {
      if (to - at < STATE_BYTES) return MORE
      if ((byteAt(bytes, at + STATE_BYTES - 1) & SEVEN_BITS) !== CR) return NOTHING
      return { length: STATE_BYTES, said: noWeight(byteAt(bytes, at + 2) & SEVEN_BITS) }
    }
    if (to - at < WEIGHT_BYTES) return MORE
    if ((byteAt(bytes, at + WEIGHT_BYTES - 1) & SEVEN_BITS) !== CR) return NOTHING
    const number = numberField(bytes, at + 1, at + 1 + DIGITS, SEVEN_BITS)
    if (number === null || typeof number === 'string' || number.decimals > 0 || number.digits < 0)
      return NOTHING
    const parity = byteAt(bytes, at) === STX ? {} : { details: { parityBit: true } }
    return {
      length: WEIGHT_BYTES,
      said: {
        kind: 'weight',
        digits: number.digits,
        decimals: DECIMALS,
        unit: null,
        stable: true,
        ...parity,
      },
    }
  },
}

export const casEcr2: ScaleProtocol = {
  title: 'CAS PD-II set to ECR type 2, polled with W',
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 7, parity: 'even', stopBits: 1 },
  poll: { ask: asciiBytes('W'), periodMs: 150, replyTimeoutMs: 300 },
  usualUnit: 'kg',
  staleAfterMs: 800,
  // Only a stable weight is sent, and without a checksum: it counts when it was said twice.
  stability: { readings: 2, forMs: 0 },
  grammar,
}
