import { byteAt, hexOf } from '../bytes.ts'
import { contactless } from '../card-frames.ts'
import { MORE, NOTHING, xorOf, type Grammar } from '../grammar.ts'
import type { ReaderProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, type Said } from '../said.ts'

/**
 * StrongLink SL025M: BA (host) or BD (reader), length from the command to the check, command, in answers a status, data,
 * check: the exclusive or of everything before it.
 */
const HOST = 0xba
const READER = 0xbd
const SELECT_CARD = 0x01
const MOST_LENGTH = 64
const COMMANDS: ReadonlyMap<number, string> = new Map([
  [SELECT_CARD, 'select_card'],
  [0x02, 'login'],
  [0x03, 'read'],
  [0x04, 'write'],
  [0xf0, 'version'],
])
const STATUS: ReadonlyMap<number, string> = new Map([
  [0x01, 'no_card'],
  [0x03, 'authentication_failed'],
  [0x04, 'read_failed'],
  [0x05, 'write_failed'],
  [0x0d, 'not_authenticated'],
  [0xf0, 'command_checksum'],
  [0xf1, 'undefined_command'],
])
const LOGGED_IN = 0x02
const UID_LENGTHS = new Set([4, 7, 10])

const grammar: Grammar = {
  longest: 2 + MOST_LENGTH,
  read(bytes, at, to) {
    const head = byteAt(bytes, at)
    if (head !== HOST && head !== READER) return NOTHING
    if (to - at < 2) return MORE
    const length = byteAt(bytes, at + 1)
    if (length < (head === HOST ? 2 : 3) || length > MOST_LENGTH) return NOTHING
    const end = at + 2 + length
    if (end > to) return MORE
    if (xorOf(bytes, at, end) !== 0) return { length: 1, said: BAD_CHECKSUM }
    const code = byteAt(bytes, at + 2)
    const command = COMMANDS.get(code) ?? `0x${hexOf(bytes, at + 2, at + 3)}`
    if (head === HOST)
      return { length: end - at, said: { kind: 'command', details: { command, direction: 'host' } } }
    return { length: end - at, said: answer(code, command, bytes.slice(at + 3, end - 1)) }
  },
}

/** @param data status, and for a card its UID and its type */
function answer(code: number, command: string, data: Uint8Array): Said {
  const status = byteAt(data, 0)
  if (status !== 0 && status !== LOGGED_IN)
    return { kind: 'error', error: STATUS.get(status) ?? 'failed', details: { command, status } }
  if (code === SELECT_CARD && UID_LENGTHS.has(data.length - 2))
    return contactless(hexOf(data, 1, data.length - 1), { type: hexOf(data, data.length - 1) })
  return data.length === 1
    ? { kind: 'ack', details: { command } }
    : { kind: 'response', details: { command, ok: true, data: hexOf(data, 1) } }
}

export const sl025m: ReaderProtocol = {
  title: 'StrongLink SL025M, 13.56 MHz',
  confidence: 'likely',
  line: { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: {
    ask: Uint8Array.of(HOST, 0x02, SELECT_CARD, HOST ^ 0x02 ^ SELECT_CARD),
    periodMs: 150,
    replyTimeoutMs: 300,
    goOn: ({ kind }) => (kind === 'command' ? 'wait' : 'over'),
  },
  readings: 1,
  grammar,
}
