import { byteAt } from '../bytes.ts'
import { MORE, NOTHING, type Frame, type Grammar } from '../grammar.ts'
import { crc16 } from '../modbus/crc16.ts'
import { GENERAL_MEASURE_SENTINELS, int16Of, int32Of, wordAt } from '../modbus/words.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, type Details, type Said } from '../said.ts'

/**
 * Modbus-RTU as a listener on the line hears it: requests of the master and answers of the slaves. Nothing marks where a
 * frame begins: it is what its length and its CRC make it. The station itself knows what it asked for: see modbus/.
 */
const READ_HOLDING = 3
const READ_INPUT = 4
const WRITE_ONE = 6
const WRITE_SEVERAL = 16
const EXCEPTION = 0x80
const HIGHEST_SLAVE = 247

const EXCEPTION_BYTES = 5
const REQUEST_BYTES = 8
const REPLY_OVERHEAD_BYTES = 5
const WRITE_OVERHEAD_BYTES = 9
/** A scale has a handful of registers: a longer answer is noise that looks like one. */
const MOST_DATA_BYTES = 64
const MOST_REGISTERS = 125

type Found = Frame | typeof NOTHING | typeof MORE
type SaidBy = (bytes: Uint8Array, at: number) => Said

/** A frame of this length, if its CRC fits. */
function attempt(bytes: Uint8Array, at: number, to: number, length: number, saidBy: SaidBy): Found {
  if (to - at < length) return MORE
  const end = at + length - 2
  const crc = byteAt(bytes, end) | (byteAt(bytes, end + 1) << 8)
  return crc16(bytes, at, end) === crc ? { length, said: saidBy(bytes, at) } : NOTHING
}

const orBadChecksum = (found: Found): Found => (found === NOTHING ? { length: 1, said: BAD_CHECKSUM } : found)

function hostSaid(bytes: Uint8Array, at: number, more: Details): Said {
  const details = { direction: 'host', slave: byteAt(bytes, at), fc: byteAt(bytes, at + 1), ...more }
  return { kind: 'command', details }
}

const readRequest: SaidBy = (bytes, at) =>
  hostSaid(bytes, at, { address: wordAt(bytes, at + 2), count: wordAt(bytes, at + 4) })

/** The slave confirms with the same bytes. */
const writeOne: SaidBy = (bytes, at) =>
  hostSaid(bytes, at, { address: wordAt(bytes, at + 2), value: wordAt(bytes, at + 4) })

const writeSeveral: SaidBy = (bytes, at) =>
  hostSaid(bytes, at, {
    address: wordAt(bytes, at + 2),
    values: Array.from({ length: wordAt(bytes, at + 4) }, (_, index) => wordAt(bytes, at + 7 + 2 * index)),
  })

const writeConfirmed: SaidBy = (bytes, at) => ({
  kind: 'response',
  details: {
    slave: byteAt(bytes, at),
    fc: byteAt(bytes, at + 1),
    address: wordAt(bytes, at + 2),
    count: wordAt(bytes, at + 4),
  },
})

const exceptionSaid: SaidBy = (bytes, at) => ({
  kind: 'error',
  error: 'modbus_exception',
  details: { slave: byteAt(bytes, at), fc: byteAt(bytes, at + 1) & ~EXCEPTION, code: byteAt(bytes, at + 2) },
})

const replySaid: SaidBy = (bytes, at) => {
  const slave = byteAt(bytes, at)
  const registers: number[] = []
  const end = at + 3 + byteAt(bytes, at + 2)
  for (let from = at + 3; from < end; from += 2) registers.push(wordAt(bytes, from))
  const [first = 0, second] = registers
  const fc = byteAt(bytes, at + 1)
  if (second === undefined)
    return { kind: 'modbus', details: { slave, fc, registers, int16: int16Of(first) } }
  const int32 = int32Of(first, second)
  const swapped = int32Of(second, first)
  const error = GENERAL_MEASURE_SENTINELS.get(int32) ?? GENERAL_MEASURE_SENTINELS.get(swapped)
  if (error !== undefined)
    return {
      kind: 'error',
      error,
      details: { ...(error === 'overload' ? { overload: true } : {}), slave, fc, registers },
    }
  return { kind: 'modbus', details: { slave, fc, registers, int32, int32_wordswapped: swapped } }
}

/** A request and an answer may begin alike: the shorter one is tried first, so more bytes change nothing. */
function readRegisters(bytes: Uint8Array, at: number, to: number): Found {
  const dataBytes = byteAt(bytes, at + 2)
  const isReply = dataBytes >= 2 && dataBytes <= MOST_DATA_BYTES && dataBytes % 2 === 0
  const count = wordAt(bytes, at + 4)
  const isRequest = count >= 1 && count <= MOST_REGISTERS
  const replyBytes = REPLY_OVERHEAD_BYTES + dataBytes
  const reply =
    isReply && replyBytes < REQUEST_BYTES ? attempt(bytes, at, to, replyBytes, replySaid) : NOTHING
  if (reply !== NOTHING) return reply
  const request = isRequest ? attempt(bytes, at, to, REQUEST_BYTES, readRequest) : NOTHING
  if (request !== NOTHING) return request
  const longReply =
    isReply && replyBytes > REQUEST_BYTES ? attempt(bytes, at, to, replyBytes, replySaid) : NOTHING
  if (longReply !== NOTHING) return longReply
  return isReply || isRequest ? { length: 1, said: BAD_CHECKSUM } : NOTHING
}

function writeRegisters(bytes: Uint8Array, at: number, to: number): Found {
  const count = wordAt(bytes, at + 4)
  if (count < 1 || count > MOST_DATA_BYTES / 2) return NOTHING
  const confirmed = attempt(bytes, at, to, REQUEST_BYTES, writeConfirmed)
  if (confirmed !== NOTHING) return confirmed
  if (byteAt(bytes, at + 6) !== 2 * count) return NOTHING
  return orBadChecksum(attempt(bytes, at, to, WRITE_OVERHEAD_BYTES + 2 * count, writeSeveral))
}

const grammar: Grammar = {
  longest: WRITE_OVERHEAD_BYTES + MOST_DATA_BYTES,
  read(bytes, at, to) {
    const slave = byteAt(bytes, at)
    if (slave === 0 || slave > HIGHEST_SLAVE) return NOTHING
    if (to - at < 2) return MORE
    const code = byteAt(bytes, at + 1)
    switch (code & ~EXCEPTION) {
      case READ_HOLDING:
      case READ_INPUT:
      case WRITE_ONE:
      case WRITE_SEVERAL:
        break
      default:
        return NOTHING
    }
    if (code >= EXCEPTION) return orBadChecksum(attempt(bytes, at, to, EXCEPTION_BYTES, exceptionSaid))
    // How long it is stands in the first seven bytes; nothing but an exception is shorter.
    if (to - at < REPLY_OVERHEAD_BYTES + 2) return MORE
    if (code === WRITE_ONE) return orBadChecksum(attempt(bytes, at, to, REQUEST_BYTES, writeOne))
    return code === WRITE_SEVERAL ? writeRegisters(bytes, at, to) : readRegisters(bytes, at, to)
  },
}

export const modbusRtu: ScaleProtocol = {
  title: 'Modbus-RTU weight transmitters, several on one line',
  confidence: 'certain',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  usualUnit: 'kg',
  staleAfterMs: 900,
  stability: { readings: 5, forMs: 600 },
  grammar,
}
