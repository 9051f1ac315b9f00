import { asciiBytes, byteAt, CR, LF } from '../bytes.ts'
import { latin1, MORE, NOTHING, xorOf, type Frame, type Grammar } from '../grammar.ts'
import { decimalNumber } from '../exact-weight.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, type Said } from '../said.ts'

/**
 * Dibal 98/99: the host sends `98`, five digits of price, a check byte, CR LF; the scale answers `99`, `0`, five digits of
 * grams, a digit that nobody explains, six of the total, a check byte, CR LF. The check is the exclusive or of all before it,
 * as it is: it may be a CR or a LF itself, so a frame goes by its length.
 */
const NINE = 0x39
const EIGHT = 0x38
const REQUEST_CHECK = 7
/** Some leave the unexplained digit out. */
const REPLY_CHECKS = [14, 15] as const
const LINE_END_BYTES = 2
const LONGEST = 15 + 1 + LINE_END_BYTES

const REQUEST = /^98(\d{5})$/
const REPLY = /^99\d(-\d{4}|\d{5})(\d?)(\d{6})$/
/** Unstable, zero or overload: which of them is not said. */
const FILLED = /^99\d[X ]{5}[\dX ]{6,7}$/

function requestSaid(text: string): Said | null {
  const price = REQUEST.exec(text)?.[1]
  if (price === undefined) return null
  const details = { command: 'weight_with_price', price: Number(price), direction: 'host' }
  return { kind: 'command', details }
}

function replySaid(text: string): Said | null {
  if (FILLED.test(text)) return { kind: 'status', details: { stable: false } }
  const [, weight = '', price = '', total = ''] = REPLY.exec(text) ?? []
  const number = decimalNumber(weight)
  if (number === null) return null
  const details = { price: Number(price), total: Number(total) }
  return { kind: 'weight', digits: number.digits, decimals: 3, unit: 'kg', stable: true, details }
}

/** @returns null when this many bytes before the check make no frame. */
function frameOf(
  bytes: Uint8Array,
  at: number,
  check: number,
  parse: (text: string) => Said | null,
): Frame | null {
  const end = at + check + 1
  if (byteAt(bytes, end) !== CR || byteAt(bytes, end + 1) !== LF) return null
  const said = parse(latin1(bytes, at, at + check))
  if (said === null) return null
  if (xorOf(bytes, at, at + check) !== byteAt(bytes, at + check)) return { length: 1, said: BAD_CHECKSUM }
  return { length: check + 1 + LINE_END_BYTES, said }
}

const grammar: Grammar = {
  longest: LONGEST,
  read(bytes, at, to) {
    if (byteAt(bytes, at) !== NINE) return NOTHING
    if (to - at < 2) return MORE
    const second = byteAt(bytes, at + 1)
    if (second === EIGHT) {
      if (to - at < REQUEST_CHECK + 1 + LINE_END_BYTES) return MORE
      return frameOf(bytes, at, REQUEST_CHECK, requestSaid) ?? NOTHING
    }
    if (second !== NINE) return NOTHING
    for (const check of REPLY_CHECKS) {
      if (to - at < check + 1 + LINE_END_BYTES) return MORE
      const frame = frameOf(bytes, at, check, replySaid)
      if (frame !== null) return frame
    }
    return NOTHING
  },
}

export const dibal98: ScaleProtocol = {
  title: 'Dibal 98/99, asked with a price of 0',
  confidence: 'certain',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: {
    ask: asciiBytes('98000001\r\n'),
    periodMs: 150,
    replyTimeoutMs: 400,
    goOn: ({ kind }) => (kind === 'command' ? 'wait' : 'over'),
  },
  usualUnit: 'kg',
  staleAfterMs: 800,
  stability: { readings: 2, forMs: 0 },
  grammar,
}
