import { crc16 } from '../../../station/devices/protocols/modbus/crc16.ts'
import { digitsOf, isNegative, type ScaleVoice, type Shown } from './voice.ts'

const REQUEST_BYTES = 8
const READ_HOLDING = 3
const OVERFLOW_TEXT = 0x7f4f_464c
const STATUS = { stable: 0x01, overflow: 0x02, zero: 0x04, negative: 0x08 }

function withCrc(bytes: readonly number[]): Uint8Array {
  const crc = crc16(Uint8Array.from(bytes), 0, bytes.length)
  return Uint8Array.of(...bytes, crc & 0xff, crc >> 8)
}

/** Weight in grams in two registers, the status in the third, as General Measure has them. */
function registersOf({ weightMg, stable, range }: Shown): readonly number[] {
  const negative = isNegative(weightMg)
  const grams = (negative ? -1 : 1) * digitsOf(weightMg)
  const value = range === 'over' ? OVERFLOW_TEXT : grams
  const status =
    (stable ? STATUS.stable : 0) |
    (range === 'over' ? STATUS.overflow : 0) |
    (grams === 0 ? STATUS.zero : 0) |
    (negative ? STATUS.negative : 0)
  return [(value >>> 16) & 0xffff, value & 0xffff, status]
}

/** A transmitter at this address; requests for other slaves it does not answer. */
export const modbusVoice = (slave: number): Extract<ScaleVoice, { kind: 'answers' }> => ({
  kind: 'answers',
  requestLength: (received) => (received.length < REQUEST_BYTES ? 0 : REQUEST_BYTES),
  answer(request, shown) {
    if (crc16(request, 0, REQUEST_BYTES) !== 0 || request[0] !== slave || request[1] !== READ_HOLDING)
      return null
    const words = registersOf(shown).slice(0, request[5])
    return withCrc([
      slave,
      READ_HOLDING,
      2 * words.length,
      ...words.flatMap((word) => [word >> 8, word & 0xff]),
    ])
  },
})
