import { byteAt, hexOf } from '../bytes.ts'
import { contactless } from '../card-frames.ts'
import { MORE, NOTHING, xorOf, type Grammar } from '../grammar.ts'
import type { ReaderProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, type Said } from '../said.ts'

/**
 * AA BB, length, command, data, check: the exclusive or from the length on. A command that failed comes back inverted. Set
 * to read by itself, the reader sends block 0 of each card: four bytes of UID and their exclusive or.
 */
const AUTO_READ = 0x51
const COMMANDS: ReadonlyMap<number, string> = new Map([
  [0x04, 'auto_mode'],
  [0x0c, 'power_down'],
  [AUTO_READ, 'auto_read'],
])

const HEAD = [0xaa, 0xbb]
/** Command and check. */
const LEAST_LENGTH = 2
const MOST_LENGTH = 64
const BLOCK_BYTES = 16
const UID_BYTES = 4
const FAILED = 0x80

const grammar: Grammar = {
  longest: HEAD.length + 1 + MOST_LENGTH,
  read(bytes, at, to) {
    for (const [index, mark] of HEAD.entries()) {
      if (at + index >= to) return MORE
      if (bytes[at + index] !== mark) return NOTHING
    }
    const start = at + HEAD.length
    if (start >= to) return MORE
    const length = byteAt(bytes, start)
    if (length < LEAST_LENGTH || length > MOST_LENGTH) return NOTHING
    const end = start + 1 + length
    if (end > to) return MORE
    if (xorOf(bytes, start, end) !== 0) return { length: 1, said: BAD_CHECKSUM }
    return { length: end - at, said: said(byteAt(bytes, start + 1), bytes.slice(start + 2, end - 1)) }
  },
}

const nameOf = (code: number): string => COMMANDS.get(code) ?? `command_${hexOf(Uint8Array.of(code))}`

function said(code: number, data: Uint8Array): Said {
  if (code >= FAILED) return { kind: 'error', error: nameOf(~code & 0xff) }
  if (code === AUTO_READ && data.length === BLOCK_BYTES) return blockZero(data)
  if (data.length === 0) return { kind: 'ack', details: { command: nameOf(code) } }
  return { kind: 'response', details: { command: nameOf(code), data: hexOf(data) } }
}

/** Cards with a longer UID have no check in block 0: without it nothing here can be trusted to be a UID. */
function blockZero(data: Uint8Array): Said {
  return xorOf(data, 0, UID_BYTES + 1) === 0
    ? contactless(hexOf(data, 0, UID_BYTES), { block0: true })
    : { kind: 'error', error: 'uid_check' }
}

export const yhy521x: ReaderProtocol = {
  title: 'YHY521X, YHY522R and YHY502 (Ehuoyan) set to read by themselves, 13.56 MHz',
  confidence: 'certain',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  readings: 1,
  grammar,
}
