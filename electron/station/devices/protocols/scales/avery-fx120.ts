import { ACK, byteAt, ETX, NAK, STX } from '../bytes.ts'
import { enquiryPoll } from '../enquiry.ts'
import { MORE, NOTHING, type Grammar } from '../grammar.ts'
import { EMPTY_FIELD, numberField } from '../number-field.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { OVERLOAD } from '../said.ts'

/** Avery Berkel FX120: STX, status, five digits of grams, 1F, ETX, on seven data bits. */
const SEVEN_BITS = 0x7f
const FRAME_BYTES = 9
const STATUS = 1
const DIGITS = 2
const SEPARATOR = 7
const LAST = 8
const UNIT_SEPARATOR = 0x1f
const STABLE = 1 << 5

const grammar: Grammar = {
  longest: FRAME_BYTES,
  read(bytes, at, to) {
    const first = byteAt(bytes, at) & SEVEN_BITS
    if (first === ACK) return { length: 1, said: { kind: 'ack' } }
    if (first === NAK) return { length: 1, said: { kind: 'nack' } }
    if (first !== STX) return NOTHING
    if (to - at < FRAME_BYTES) return MORE
    const separator = byteAt(bytes, at + SEPARATOR) & SEVEN_BITS
    if (separator !== UNIT_SEPARATOR || (byteAt(bytes, at + LAST) & SEVEN_BITS) !== ETX) return NOTHING
    const number = numberField(bytes, at + DIGITS, at + SEPARATOR, SEVEN_BITS)
    if (number === EMPTY_FIELD) return { length: FRAME_BYTES, said: OVERLOAD }
    if (number === null || number.decimals > 0) return NOTHING
    const stable = (byteAt(bytes, at + STATUS) & STABLE) !== 0
    return {
      length: FRAME_BYTES,
      said: { kind: 'weight', digits: number.digits, decimals: 3, unit: 'kg', stable },
    }
  },
}

export const averyFx120: ScaleProtocol = {
  title: 'Avery Berkel FX120, asked with ENQ and DC1',
  confidence: 'likely',
  line: { baudRate: 2400, dataBits: 7, parity: 'none', stopBits: 1 },
  poll: enquiryPoll,
  usualUnit: 'kg',
  staleAfterMs: 800,
  // Every frame carries its own flag, and no checksum.
  stability: { readings: 2, forMs: 0 },
  grammar,
}
