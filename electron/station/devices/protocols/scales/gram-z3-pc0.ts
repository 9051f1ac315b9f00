import { byteAt, CR, ETX, STX } from '../bytes.ts'
import { MORE, NOTHING, type Grammar } from '../grammar.ts'
import { EMPTY_FIELD, numberField, unitField } from '../number-field.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { OVERLOAD } from '../said.ts'

/** Gram Z3, format PC0: STX, status + 20h, sign, seven digits with their point, two letters of unit, CR, ETX. */
const FRAME_BYTES = 14
const STATUS = 1
const SIGN = 2
const UNIT = 10
const LAST_BUT_ONE = 12
const LAST = 13
const STATUS_OFFSET = 0x20

const GROSS = 1 << 0
const TARE = 1 << 1
const ZERO = 1 << 3
const STABLE = 1 << 6

const isSign = (byte: number): boolean => byte === 0x20 || byte === 0x2b || byte === 0x2d

const grammar: Grammar = {
  longest: FRAME_BYTES,
  read(bytes, at, to) {
    if (byteAt(bytes, at) !== STX) return NOTHING
    if (to - at < FRAME_BYTES) return MORE
    if (byteAt(bytes, at + LAST_BUT_ONE) !== CR || byteAt(bytes, at + LAST) !== ETX) return NOTHING
    const status = byteAt(bytes, at + STATUS) - STATUS_OFFSET
    if (status < 0 || status > 0x7f || !isSign(byteAt(bytes, at + SIGN))) return NOTHING
    const number = numberField(bytes, at + SIGN, at + UNIT)
    if (number === null) return NOTHING
    if (number === EMPTY_FIELD) return { length: FRAME_BYTES, said: OVERLOAD }
    return {
      length: FRAME_BYTES,
      said: {
        kind: 'weight',
        digits: number.digits,
        decimals: number.decimals,
        unit: unitField(bytes, at + UNIT),
        stable: (status & STABLE) !== 0,
        net: (status & TARE) !== 0 && (status & GROSS) === 0,
        details: { zero: (status & ZERO) !== 0 },
      },
    }
  },
}

export const gramZ3Pc0: ScaleProtocol = {
  title: 'Gram Z3, format PC0',
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  usualUnit: 'kg',
  staleAfterMs: 800,
  // Every frame carries its own flag, and no checksum.
  stability: { readings: 2, forMs: 0 },
  grammar,
}
