import { byteAt } from '../bytes.ts'
import { MORE, NOTHING, type Grammar } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, OVERLOAD, UNDERLOAD, type Said } from '../said.ts'
import { crc16 } from './crc16.ts'
import type { ModbusSlave, RegisterMap, RegisterWrite, StatusMeaning } from './register-map.ts'
import { int16Of, int32Of, wordAt } from './words.ts'

const EXCEPTION = 0x80
const EXCEPTION_BYTES = 5
const CONFIRMATION_BYTES = 8
const REPLY_OVERHEAD_BYTES = 5
const REGISTERS_FROM = 3
const WRITE_ONE = 6
const WRITE_SEVERAL = 16

function withCrc(bytes: readonly number[]): Uint8Array {
  const crc = crc16(Uint8Array.from(bytes), 0, bytes.length)
  return Uint8Array.of(...bytes, crc & 0xff, crc >> 8)
}

const wordBytes = (word: number): readonly [number, number] => [(word >> 8) & 0xff, word & 0xff]

/** Asks a transmitter for everything its map needs. */
export const readRequest = ({ slave, map }: ModbusSlave): Uint8Array =>
  withCrc([slave, map.fc, ...wordBytes(map.address), ...wordBytes(map.count)])

export function writeRequest(slave: number, { fc, address, values }: RegisterWrite): Uint8Array {
  const words = values.flatMap(wordBytes)
  if (fc === WRITE_ONE) return withCrc([slave, fc, ...wordBytes(address), ...words])
  return withCrc([slave, fc, ...wordBytes(address), ...wordBytes(values.length), words.length, ...words])
}

/** What a map's registers say; the first of them is at `from`. */
function saidBy(map: RegisterMap, bytes: Uint8Array, from: number): Said {
  const { weight, decimals, sentinels, status } = map
  const register = (at: number): number => wordAt(bytes, from + 2 * at)
  const [first, second] = [register(weight.at), register(weight.at + 1)]
  const wide = weight.order === 'high-first' ? int32Of(first, second) : int32Of(second, first)
  const signed = weight.words === 2 ? wide : int16Of(first)
  const value = weight.signed ? signed : weight.words === 2 ? wide >>> 0 : first
  const error = sentinels?.get(value)
  if (error !== undefined) return error === 'overload' ? OVERLOAD : { kind: 'error', error }
  const flags = status === undefined ? 0 : register(status.at)
  const says = (meaning: StatusMeaning): boolean =>
    status?.bits.some(({ bit, when, means }) => means === meaning && ((flags >> bit) & 1) === when) ?? false
  if (says('overload')) return OVERLOAD
  if (says('underload')) return UNDERLOAD
  if (says('device_fault')) return { kind: 'error', error: 'device_fault' }
  const tellsStability = status?.bits.some(({ means }) => means === 'stable' || means === 'unstable') ?? false
  const tellsStable = status?.bits.some(({ means }) => means === 'stable') ?? false
  return {
    kind: 'weight',
    digits: says('negative') && value > 0 ? -value : value,
    decimals: typeof decimals === 'number' ? decimals : register(decimals.at),
    unit: null,
    ...(tellsStability ? { stable: tellsStable ? says('stable') : !says('unstable') } : {}),
    net: says('net'),
    details: { zero: says('zero') },
  }
}

/** Answers of this one slave to these requests; whatever else is on the line, late or foreign or an echo, is no frame. */
function repliesOf({ slave, map }: ModbusSlave): Grammar {
  const dataBytes = 2 * map.count
  const readBytes = REPLY_OVERHEAD_BYTES + dataBytes
  /** By their second and third byte; 0 for no answer to us. */
  const lengthOf = (code: number, third: number): number => {
    if (code === map.fc) return third === dataBytes ? readBytes : 0
    if (code === WRITE_ONE || code === WRITE_SEVERAL) return CONFIRMATION_BYTES
    return code >= EXCEPTION ? EXCEPTION_BYTES : 0
  }
  return {
    longest: Math.max(readBytes, CONFIRMATION_BYTES),
    read(bytes, at, to) {
      if (byteAt(bytes, at) !== slave) return NOTHING
      if (to - at < REGISTERS_FROM) return MORE
      const code = byteAt(bytes, at + 1)
      const length = lengthOf(code, byteAt(bytes, at + 2))
      if (length === 0) return NOTHING
      if (to - at < length) return MORE
      const end = at + length - 2
      if (crc16(bytes, at, end) !== (byteAt(bytes, end) | (byteAt(bytes, end + 1) << 8)))
        return { length: 1, said: BAD_CHECKSUM }
      if (code === map.fc) return { length, said: saidBy(map, bytes, at + REGISTERS_FROM) }
      if (code < EXCEPTION) return { length, said: { kind: 'response', details: { fc: code } } }
      const details = { code: byteAt(bytes, at + 2) }
      return { length, said: { kind: 'error', error: 'modbus_exception', details } }
    },
  }
}

/** A transmitter as a scale: its answers alone; who asks it is the bus. */
export const transmitter = (
  slave: ModbusSlave,
): Pick<ScaleProtocol, 'staleAfterMs' | 'stability' | 'grammar'> => ({
  grammar: repliesOf(slave),
  // Twelve slaves and a dead one take seven tenths of a second a round.
  staleAfterMs: 900,
  stability:
    slave.map.status?.bits.some(({ means }) => means === 'stable' || means === 'unstable') === true
      ? { readings: 1, forMs: 0 }
      : { readings: 5, forMs: 600 },
})
