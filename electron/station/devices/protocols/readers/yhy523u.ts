import { byteAt, hexOf } from '../bytes.ts'
import { contactless } from '../card-frames.ts'
import { MORE, NOTHING, type Grammar } from '../grammar.ts'
import type { ReaderProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, type Details, type Said } from '../said.ts'

/**
 * AA BB, length (2, low byte first), node (2), command (2, low byte first), status in answers, data, check: the exclusive or
 * from node on. An AA behind the length is followed by a 00 that neither counts nor changes the check.
 */
const REQUEST = 0x0201
const ANTICOLLISION = 0x0202
const ULTRALIGHT_SELECT = 0x0212
const READ_BLOCK = 0x0208
const READ_PURSE = 0x020b

interface Command {
  readonly name: string
  /** Bytes of data that the host sends with it. */
  readonly hostBytes: number
}
const COMMANDS: ReadonlyMap<number, Command> = new Map([
  [0x0101, { name: 'init_port', hostBytes: 1 }],
  [0x0102, { name: 'set_node', hostBytes: 2 }],
  [0x0103, { name: 'get_node', hostBytes: 0 }],
  [0x0104, { name: 'firmware', hostBytes: 0 }],
  [0x0106, { name: 'beep', hostBytes: 1 }],
  [0x0107, { name: 'led', hostBytes: 1 }],
  [0x0108, { name: 'mode', hostBytes: 1 }],
  [0x010c, { name: 'antenna', hostBytes: 1 }],
  [REQUEST, { name: 'request', hostBytes: 1 }],
  [ANTICOLLISION, { name: 'anticollision', hostBytes: 1 }],
  [0x0203, { name: 'select', hostBytes: 4 }],
  [0x0204, { name: 'halt', hostBytes: 0 }],
  [0x0207, { name: 'authenticate', hostBytes: 8 }],
  [READ_BLOCK, { name: 'read', hostBytes: 1 }],
  [0x0209, { name: 'write', hostBytes: 17 }],
  [0x020a, { name: 'init_purse', hostBytes: 5 }],
  [READ_PURSE, { name: 'read_purse', hostBytes: 1 }],
  [0x020c, { name: 'decrease', hostBytes: 5 }],
  [0x020d, { name: 'increase', hostBytes: 5 }],
  [ULTRALIGHT_SELECT, { name: 'select_ultralight', hostBytes: 0 }],
])

const STATUS: ReadonlyMap<number, string> = new Map([
  [10, 'general'],
  [11, 'undefined_command'],
  [12, 'parameter'],
  [13, 'no_card'],
  [20, 'request_failed'],
  [21, 'reset_failed'],
  [22, 'authentication_failed'],
  [23, 'read_failed'],
  [24, 'write_failed'],
])

const HEAD = [0xaa, 0xbb]
const STUFFED = 0xaa
const STUFFING = 0x00
const HEAD_BYTES = 4
/** Node, command and check. */
const LEAST_BODY = 5
/** A block of sixteen bytes is the most that travels; some readers name their firmware at length. */
const MOST_BODY = 64
const EVERY_NODE = 0xffff

const grammar: Grammar = {
  longest: HEAD_BYTES + 2 * MOST_BODY,
  read(bytes, at, to) {
    for (const [index, mark] of HEAD.entries()) {
      if (at + index >= to) return MORE
      if (bytes[at + index] !== mark) return NOTHING
    }
    if (to - at < HEAD_BYTES) return MORE
    const size = byteAt(bytes, at + 2) + byteAt(bytes, at + 3) * 0x100
    if (size < LEAST_BODY || size > MOST_BODY) return NOTHING
    const unstuffed = unstuff(bytes, at + HEAD_BYTES, to, size)
    if (typeof unstuffed === 'number') return unstuffed
    const { body, end } = unstuffed
    if (body.reduce((check, byte) => check ^ byte, 0) !== 0) return { length: 1, said: BAD_CHECKSUM }
    return { length: end - at, said: said(body) }
  },
}

/** `size` bytes from `from` on without their stuffing; the check, which comes last, may or may not be followed by one. */
function unstuff(
  bytes: Uint8Array,
  from: number,
  to: number,
  size: number,
): { readonly body: Uint8Array; readonly end: number } | typeof MORE | typeof NOTHING {
  const body = new Uint8Array(size)
  let at = from
  for (let index = 0; index < size; index += 1) {
    if (at >= to) return MORE
    const byte = byteAt(bytes, at)
    body[index] = byte
    at += 1
    if (byte !== STUFFED || index === size - 1) continue
    if (at >= to) return MORE
    if (bytes[at] !== STUFFING) return NOTHING
    at += 1
  }
  return { body, end: at }
}

/** @param body node, command, data, check */
function said(body: Uint8Array): Said {
  const node = byteAt(body, 0) + byteAt(body, 1) * 0x100
  const code = byteAt(body, 2) + byteAt(body, 3) * 0x100
  const data = body.subarray(4, -1)
  const known = COMMANDS.get(code)
  const command = known?.name ?? `0x${code.toString(16).toUpperCase().padStart(4, '0')}`
  return isCommand(node, code, data, known)
    ? { kind: 'command', details: { command, direction: 'host', ...withData(data) } }
    : answer(code, command, data)
}

const withData = (data: Uint8Array): Details => (data.length === 0 ? {} : { data: hexOf(data) })
const isStatus = (byte: number): boolean => byte === 0 || STATUS.has(byte)

/** Commands and answers look alike but for the answer's status; the length of what a command carries tells them apart. */
function isCommand(node: number, code: number, data: Uint8Array, known: Command | undefined): boolean {
  if (data.length === 0) return true
  if (known !== undefined && data.length === known.hostBytes) {
    if (data.length > 1) return true
    // A block's number may look like a status; only the host speaks to every node.
    if (code === READ_BLOCK || code === READ_PURSE) return node === EVERY_NODE
  }
  return !isStatus(byteAt(data, 0))
}

const UID_LENGTHS = new Set([4, 7, 10])

function answer(code: number, command: string, data: Uint8Array): Said {
  const status = byteAt(data, 0)
  const rest = data.subarray(1)
  if (status !== 0)
    return { kind: 'error', error: STATUS.get(status) ?? 'unknown_status', details: { command, status } }
  if ((code === ANTICOLLISION || code === ULTRALIGHT_SELECT) && UID_LENGTHS.has(rest.length))
    return contactless(hexOf(rest))
  return { kind: 'response', details: { command, ok: true, ...withData(rest) } }
}

/** A command to every node. */
function hostFrame(code: number, ...data: readonly number[]): Uint8Array {
  const body = [0xff, 0xff, code & 0xff, code >> 8, ...data]
  const check = body.reduce((sum, byte) => sum ^ byte, 0)
  const stuffed = body.flatMap((byte) => (byte === STUFFED ? [byte, STUFFING] : [byte]))
  return Uint8Array.of(...HEAD, body.length + 1, 0, ...stuffed, check)
}

/** Cards that were put to rest answer as well. */
const ALL_CARDS = 0x52
const ANTICOLLISION_ROUND = hostFrame(ANTICOLLISION, 0x04)

export const yhy523u: ReaderProtocol = {
  title: 'YHY523U and ER302 (Ehuoyan), 13.56 MHz',
  confidence: 'certain',
  line: { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: {
    ask: hostFrame(REQUEST, ALL_CARDS),
    periodMs: 120,
    replyTimeoutMs: 300,
    goOn(what) {
      if (what.kind === 'command') return 'wait'
      return what.kind === 'response' && what.details?.['command'] === 'request'
        ? ANTICOLLISION_ROUND
        : 'over'
    },
  },
  readings: 1,
  grammar,
}
