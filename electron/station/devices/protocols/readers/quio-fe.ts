import { byteAt, hexOf } from '../bytes.ts'
import { contactless } from '../card-frames.ts'
import { MORE, NOTHING, xorOf, type Grammar } from '../grammar.ts'
import type { ReaderProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, type Said } from '../said.ts'

/**
 * Reader: FE, length, data, check; the length counts data and check, the check is the exclusive or from the length on. The
 * host's frames begin with 00 00 instead of FE.
 */
const SEEK_CARD = 0x03
const ERROR_CODES = 0xe0
const ERRORS: ReadonlyMap<number, string> = new Map([[0xe2, 'no_card']])
const COMMANDS: ReadonlyMap<number, string> = new Map([[SEEK_CARD, 'seek_card']])
const TECHNOLOGIES: ReadonlyMap<number, string> = new Map([[0x01, 'IC']])

const HEAD = 0xfe
const LEAST_LENGTH = 2
const MOST_LENGTH = 64
/** Two zeros before each command of the host, whose length is at least that of a command, its argument and the check. */
const HOST_HEAD = 2
const LEAST_HOST_LENGTH = 3

const grammar: Grammar = {
  longest: HOST_HEAD + 1 + MOST_LENGTH,
  read(bytes, at, to) {
    if (bytes[at] === 0x00) return hostCommand(bytes, at, to)
    if (bytes[at] !== HEAD) return NOTHING
    if (to - at < 2) return MORE
    const length = byteAt(bytes, at + 1)
    if (length < LEAST_LENGTH || length > MOST_LENGTH) return NOTHING
    const end = at + 2 + length - 1
    if (end >= to) return MORE
    if (xorOf(bytes, at + 1, end + 1) !== 0) return { length: 1, said: BAD_CHECKSUM }
    return { length: end + 1 - at, said: said(bytes.slice(at + 2, end)) }
  },
}

/** Zeros are everywhere in noise: a command is one only when everything fits. */
function hostCommand(bytes: Uint8Array, at: number, to: number): ReturnType<Grammar['read']> {
  if (to - at < HOST_HEAD) return MORE
  if (bytes[at + 1] !== 0x00) return NOTHING
  if (to - at < HOST_HEAD + 2) return MORE
  const length = byteAt(bytes, at + HOST_HEAD)
  const name = COMMANDS.get(byteAt(bytes, at + HOST_HEAD + 1))
  if (name === undefined || length < LEAST_HOST_LENGTH || length > MOST_LENGTH) return NOTHING
  const end = at + HOST_HEAD + length
  if (end >= to) return MORE
  if (xorOf(bytes, at + HOST_HEAD, end + 1) !== 0) return NOTHING
  return { length: end + 1 - at, said: { kind: 'command', details: { command: name, direction: 'host' } } }
}

const UID_LENGTHS = new Set([4, 7, 10])

/** @param data what was asked, then for a card its technology and UID; or one error code */
function said(data: Uint8Array): Said {
  const code = byteAt(data, 0)
  if (data.length === 1)
    return code >= ERROR_CODES
      ? { kind: 'error', error: ERRORS.get(code) ?? 'failed', details: { code: hexOf(data) } }
      : { kind: 'ack' }
  if (code !== SEEK_CARD || !UID_LENGTHS.has(data.length - 2))
    return { kind: 'response', details: { data: hexOf(data) } }
  return contactless(hexOf(data, 2), { tech: TECHNOLOGIES.get(byteAt(data, 1)) ?? hexOf(data, 1, 2) })
}

export const quioFe: ReaderProtocol = {
  title: 'Quio QU-CD-720M and other FE readers, 13.56 MHz',
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: {
    ask: Uint8Array.of(0x00, 0x00, 0x03, SEEK_CARD, 0x00, 0x00),
    periodMs: 150,
    replyTimeoutMs: 300,
    goOn: ({ kind }) => (kind === 'command' ? 'wait' : 'over'),
  },
  readings: 1,
  grammar,
}
