import { byteAt, hexOf } from '../bytes.ts'
import { MORE, NOTHING, xorOf, type Grammar } from '../grammar.ts'
import type { IdReaderProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, type Details, type Said } from '../said.ts'
import { readIdText, TEXT_BYTES } from './sdt-text.ts'

/**
 * Second-generation ID cards: AA AA AA 96 69, length (2, high byte first), command and parameter or three bytes of state,
 * data, check: the exclusive or from the length on, which counts the check too. The text of a card is read, its photo and
 * fingerprints are passed over.
 */
const HEAD = [0xaa, 0xaa, 0xaa, 0x96, 0x69]
const LENGTH_BYTES = 2
const HEAD_BYTES = HEAD.length + LENGTH_BYTES
/** Command, parameter, check. */
const LEAST_LENGTH = 3
/** The longest answer has text, photo and fingerprints and 2321 bytes. */
const MOST_LENGTH = 4096 - HEAD_BYTES
const STATE_BYTES = 3
const SELECTED_BYTES = 8
const SAM_ID_BYTES = 16

const COMMANDS: ReadonlyMap<number, string> = new Map([
  [0x10ff, 'reset'],
  [0x11ff, 'status'],
  [0x12ff, 'sam_id'],
  [0x2001, 'find'],
  [0x2002, 'select'],
  [0x3001, 'read_base'],
  [0x3003, 'read_new_address'],
  [0x3010, 'read_base_fp'],
])
const SET_BAUD_RATE = 0x60

const DONE = 0x90
const FOUND = 0x9f
const ERRORS: ReadonlyMap<number, string> = new Map([
  [0x10, 'command_checksum'],
  [0x11, 'command_length'],
  [0x21, 'undefined_command'],
  [0x24, 'no_permission'],
  [0x31, 'card_authentication'],
  [0x32, 'sam_authentication'],
  [0x33, 'info_check'],
  [0x40, 'wrong_card_type'],
  [0x41, 'read_failed'],
  [0x47, 'random_number'],
  [0x60, 'self_test'],
  [0x66, 'sam_not_authorised'],
  [0x80, 'no_card'],
  [0x81, 'select_failed'],
  [0x91, 'no_such_content'],
])

const grammar: Grammar = {
  longest: HEAD_BYTES + MOST_LENGTH,
  read(bytes, at, to) {
    for (const [index, mark] of HEAD.entries()) {
      if (at + index >= to) return MORE
      if (bytes[at + index] !== mark) return NOTHING
    }
    if (to - at < HEAD_BYTES) return MORE
    const length = byteAt(bytes, at + HEAD.length) * 0x100 + byteAt(bytes, at + HEAD.length + 1)
    if (length < LEAST_LENGTH || length > MOST_LENGTH) return NOTHING
    const end = at + HEAD_BYTES + length
    if (end > to) return MORE
    if (xorOf(bytes, at + HEAD.length, end) !== 0) return { length: 1, said: BAD_CHECKSUM }
    return { length: end - at, said: said(bytes.subarray(at + HEAD_BYTES, end - 1)) }
  },
}

/** @param body what stands between length and check */
function said(body: Uint8Array): Said {
  // Every state begins with 00, and no command does.
  if (body[0] === 0x00) return body.length < STATE_BYTES ? UNKNOWN : answer(body)
  const code = byteAt(body, 0) * 0x100 + byteAt(body, 1)
  const name = COMMANDS.get(code) ?? (body[0] === SET_BAUD_RATE ? 'set_baud_rate' : `0x${hexOf(body, 0, 2)}`)
  return { kind: 'command', details: { command: name, direction: 'host' } }
}

const UNKNOWN: Said = { kind: 'error', error: 'unknown_frame' }

function answer(body: Uint8Array): Said {
  const sw = hexOf(body, 0, STATE_BYTES)
  const state = byteAt(body, 2)
  const data = body.subarray(STATE_BYTES)
  if (state === FOUND) return { kind: 'status', details: { status: 'found', sw } }
  if (state !== DONE || body[1] !== 0x00)
    return { kind: 'error', error: ERRORS.get(state) ?? 'unknown_state', details: { sw } }
  if (data.length === 0) return { kind: 'ack', details: { sw } }
  if (data.length === SELECTED_BYTES) return { kind: 'idcard_selected', details: { sw } }
  if (data.length === SAM_ID_BYTES) return { kind: 'info', details: { samId: hexOf(data), sw } }
  return contents(data, { sw })
}

/** Two lengths, of text and photo, or three with the fingerprints; then the parts themselves. */
function contents(data: Uint8Array, details: Details): Said {
  const part = (index: number): number => byteAt(data, 2 * index) * 0x100 + byteAt(data, 2 * index + 1)
  const [text, photo, prints] = [part(0), part(1), part(2)]
  const headBytes = [
    { bytes: 4, all: 4 + text + photo },
    { bytes: 6, all: 6 + text + photo + prints },
  ].find(({ all }) => all === data.length)?.bytes
  if (headBytes === undefined) return { kind: 'response', details: { ...details, bytes: data.length } }
  if (text !== TEXT_BYTES) return UNKNOWN
  const card = readIdText(data.subarray(headBytes, headBytes + TEXT_BYTES))
  return typeof card === 'string'
    ? { kind: 'error', error: card, details }
    : { kind: 'idcard', card, details }
}

function hostFrame(command: number, parameter: number): Uint8Array {
  const body = [0x00, LEAST_LENGTH, command, parameter]
  return Uint8Array.of(
    ...HEAD,
    ...body,
    body.reduce((check, byte) => check ^ byte, 0),
  )
}

const SAM_ID = hostFrame(0x12, 0xff)
const FIND = hostFrame(0x20, 0x01)
const SELECT = hostFrame(0x20, 0x02)
const READ = hostFrame(0x30, 0x01)

/** Reading takes one to two seconds, and the line's time on top where it is slow. */
const READ_WITHIN_MS = 5000
const SELECT_WITHIN_MS = 1000
const FIND_WITHIN_MS = 500

export const sdtIdcard: IdReaderProtocol = {
  title: 'second-generation ID cards by SDT readers (CVR-100, DKQ-A16 …) on a serial line',
  confidence: 'certain',
  line: { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: {
    ask: FIND,
    periodMs: 400,
    replyTimeoutMs: FIND_WITHIN_MS,
    patienceMs: (request) =>
      request === READ ? READ_WITHIN_MS : request === SELECT ? SELECT_WITHIN_MS : FIND_WITHIN_MS,
    goOn(what) {
      if (what.kind === 'command') return 'wait'
      if (what.kind === 'status') return SELECT
      return what.kind === 'idcard_selected' ? READ : 'over'
    },
  },
  recognise: SAM_ID,
  grammar,
}
