import { byteAt, CR, hexOf } from '../bytes.ts'
import { MORE, NOTHING, xorOf, type Grammar } from '../grammar.ts'
import type { ReaderProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, type Said } from '../said.ts'

/**
 * Host: 09, length of command and data, command, data, check, 0D. Reader: 09, state (0 ok), length of the data, data, check,
 * 0D. The check is the exclusive or of command and data, of the data alone in answers. No command of it gives a UID.
 */
const COMMANDS: ReadonlyMap<number, string> = new Map([
  [0x50, 'reset'],
  [0x51, 'apdu'],
])
const STATES: ReadonlyMap<number, string> = new Map([[0x02, 'reset_failed']])

const HEAD = 0x09
const MOST_DATA = 0xff
/** Head, state, length, check, end. */
const AROUND_ANSWER = 5

const grammar: Grammar = {
  longest: AROUND_ANSWER + MOST_DATA,
  read(bytes, at, to) {
    if (bytes[at] !== HEAD) return NOTHING
    if (to - at < AROUND_ANSWER) return MORE
    const [second, third] = [byteAt(bytes, at + 1), byteAt(bytes, at + 2)]
    // No command is 00, and none has a length of 0: those are answers.
    const isAnswer = second === 0 || third === 0
    const dataAt = at + (isAnswer ? 3 : 2)
    const dataEnd = dataAt + (isAnswer ? third : second)
    if (dataEnd + 2 > to) return MORE
    if (bytes[dataEnd + 1] !== CR) return NOTHING
    if (xorOf(bytes, dataAt, dataEnd + 1) !== 0) return { length: 1, said: BAD_CHECKSUM }
    const data = bytes.slice(dataAt, dataEnd)
    return { length: dataEnd + 2 - at, said: isAnswer ? answer(second, data) : command(data) }
  },
}

function command(data: Uint8Array): Said {
  const code = byteAt(data, 0)
  const name = COMMANDS.get(code) ?? `0x${hexOf(data, 0, 1)}`
  const rest = data.length > 1 ? { data: hexOf(data, 1) } : {}
  return { kind: 'command', details: { command: name, direction: 'host', ...rest } }
}

function answer(state: number, data: Uint8Array): Said {
  if (state !== 0) return { kind: 'error', error: STATES.get(state) ?? 'failed', details: { state } }
  return data.length === 0 ? { kind: 'ack' } : { kind: 'response', details: { ok: true, data: hexOf(data) } }
}

export const stx09: ReaderProtocol = {
  title: '09 … 0D readers for CPU cards: which answer has the UID is not known',
  confidence: 'capture-needed',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  readings: 1,
  grammar,
}
