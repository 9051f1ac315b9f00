import { byteAt, hexOf } from '../bytes.ts'
import { contactless } from '../card-frames.ts'
import { MORE, NOTHING, xorOf, type Grammar } from '../grammar.ts'
import type { ReaderProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, type Said } from '../said.ts'

/**
 * AA, station, length, command or status, data, check, BB; the check is the exclusive or from the station on. How a card's
 * answer is laid out (flag, UID) is known from one document only: a capture from the device decides.
 */
const COMMANDS: ReadonlyMap<number, string> = new Map([
  [0x20, 'read'],
  [0x21, 'write'],
  [0x25, 'get_snr'],
  [0x26, 'select'],
  [0x81, 'set_baud_rate'],
  [0x82, 'set_serial'],
  [0x83, 'get_serial'],
  [0x86, 'get_version'],
  [0x88, 'led'],
  [0x89, 'buzzer'],
])
const REASONS: ReadonlyMap<number, string> = new Map([
  [0x82, 'timeout'],
  [0x83, 'no_card'],
  [0x84, 'card_data'],
  [0x85, 'parameter'],
  [0x87, 'unknown'],
  [0x8f, 'undefined_command'],
])

const HEAD = 0xaa
const TAIL = 0xbb
/** Head, station, length. */
const HEAD_BYTES = 3
const MOST_LENGTH = 64
const OK = 0x00
const FAILED = 0x01
const SEVERAL_CARDS = 0x01
/** A flag and a UID of four or seven bytes. */
const CARD_LENGTHS = new Set([1 + 4, 1 + 7])
/** A flag and eight bytes. */
const SERIAL_LENGTH = 1 + 8

const grammar: Grammar = {
  longest: HEAD_BYTES + MOST_LENGTH + 2,
  read(bytes, at, to) {
    if (bytes[at] !== HEAD) return NOTHING
    if (to - at < HEAD_BYTES) return MORE
    const length = byteAt(bytes, at + 2)
    if (length < 1 || length > MOST_LENGTH) return NOTHING
    const end = at + HEAD_BYTES + length
    if (end + 2 > to) return MORE
    if (bytes[end + 1] !== TAIL) return NOTHING
    if (xorOf(bytes, at + 1, end + 1) !== 0) return { length: 1, said: BAD_CHECKSUM }
    const said = saidBy(byteAt(bytes, at + HEAD_BYTES), bytes.slice(at + HEAD_BYTES + 1, end))
    return { length: end + 2 - at, said }
  },
}

function saidBy(code: number, data: Uint8Array): Said {
  if (code === OK) return answer(data)
  if (code === FAILED) return { kind: 'error', error: REASONS.get(byteAt(data, 0)) ?? 'failed' }
  const command = COMMANDS.get(code) ?? `0x${hexOf(Uint8Array.of(code))}`
  return { kind: 'command', details: { command, direction: 'host' } }
}

function answer(data: Uint8Array): Said {
  if (CARD_LENGTHS.has(data.length)) {
    if (data[0] === SEVERAL_CARDS) return { kind: 'error', error: 'several_cards' }
    return contactless(hexOf(data, 1))
  }
  if (data.length === SERIAL_LENGTH) return { kind: 'info', details: { serial: hexOf(data, 1) } }
  return data.length <= 1 ? { kind: 'ack' } : { kind: 'response', details: { ok: true, data: hexOf(data) } }
}

export const aaBbStation: ReaderProtocol = {
  title: 'AA … BB readers with station numbers (SL500-like, IDT527E)',
  confidence: 'capture-needed',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: {
    ask: Uint8Array.of(0xaa, 0x00, 0x03, 0x25, 0x26, 0x00, 0x00, 0xbb),
    periodMs: 150,
    replyTimeoutMs: 300,
    goOn: ({ kind }) => (kind === 'command' ? 'wait' : 'over'),
  },
  readings: 1,
  grammar,
}
