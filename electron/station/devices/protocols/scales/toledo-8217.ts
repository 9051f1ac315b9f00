import { asciiBytes, byteAt, CR, STX } from '../bytes.ts'
import { latin1, MORE, NOTHING, type Frame, type Grammar } from '../grammar.ts'
import { numberField } from '../number-field.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { noWeight } from './toledo-status.ts'

/**
 * Toledo 8217: STX, digits with their point, `N` when they are net, CR; or STX, `?`, one status byte, CR when there is no
 * weight. Seven data bits: on a port opened with eight, the parity stands in the eighth, and is passed over.
 */
const SEVEN_BITS = 0x7f
const LONGEST_WEIGHT = 10
const STATUS_BYTES = 4
const ECHO_HEAD_BYTES = 3
/** A probe of ours is five bytes long; other bytes behind it are no longer its echo. */
const LONGEST_ECHO = 16

const QUESTION = 0x3f
const NET = 0x4e
const ECHO_ON = 0x45
const ECHO_OFF = 0x46

const digitOrPoint = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || byte === 0x2e || byte === 0x20

/** A pound scale has two decimals, a kilogram scale three, and one more at tenfold resolution. */
function weightFrame(bytes: Uint8Array, at: number, end: number): Frame | typeof NOTHING {
  const net = (byteAt(bytes, end - 1) & SEVEN_BITS) === NET
  const number = numberField(bytes, at + 1, net ? end - 1 : end, SEVEN_BITS)
  if (number === null || typeof number === 'string' || number.decimals < 2 || number.decimals > 4)
    return NOTHING
  const unit = number.decimals === 2 ? 'lb' : null
  const { digits, decimals } = number
  const said = { kind: 'weight', digits, decimals, unit, stable: true, net } as const
  const length = end + 1 - at
  return byteAt(bytes, at) === STX
    ? { length, said }
    : { length, said: { ...said, details: { parityBit: true } } }
}

function readWeight(bytes: Uint8Array, at: number, to: number): Frame | typeof NOTHING | typeof MORE {
  const last = Math.min(to, at + LONGEST_WEIGHT)
  for (let index = at + 1; index < last; index += 1) {
    const byte = byteAt(bytes, index) & SEVEN_BITS
    if (byte === CR) return weightFrame(bytes, at, index)
    if (!digitOrPoint(byte) && byte !== NET) return NOTHING
  }
  return to - at < LONGEST_WEIGHT ? MORE : NOTHING
}

/** `E` is answered so, and from then on the scale sends back whatever it hears. */
function readEcho(bytes: Uint8Array, at: number, to: number, ended: boolean): Frame | typeof MORE {
  const from = at + ECHO_HEAD_BYTES
  let end = from
  while (end < to && byteAt(bytes, end) >= 0x20 && byteAt(bytes, end) < 0x7f && end - from < LONGEST_ECHO)
    end += 1
  if (end === to && end - from < LONGEST_ECHO && !ended) return MORE
  return { length: end - at, said: { kind: 'echo', details: { data: latin1(bytes, from, end) } } }
}

const grammar: Grammar = {
  longest: ECHO_HEAD_BYTES + LONGEST_ECHO,
  read(bytes, at, to, ended) {
    if ((byteAt(bytes, at) & SEVEN_BITS) !== STX) return NOTHING
    if (to - at < ECHO_HEAD_BYTES) return MORE
    const first = byteAt(bytes, at + 1) & SEVEN_BITS
    if (first === QUESTION) {
      if (to - at < STATUS_BYTES) return MORE
      if ((byteAt(bytes, at + 3) & SEVEN_BITS) !== CR) return NOTHING
      return { length: STATUS_BYTES, said: noWeight(byteAt(bytes, at + 2) & SEVEN_BITS) }
    }
    const shortAnswer = (byteAt(bytes, at + 2) & SEVEN_BITS) === CR
    if (shortAnswer && first === ECHO_ON) return readEcho(bytes, at, to, ended)
    if (shortAnswer && first === ECHO_OFF)
      return { length: ECHO_HEAD_BYTES, said: { kind: 'ack', details: { command: 'echo_off' } } }
    return readWeight(bytes, at, to)
  },
}

export const toledo8217: ScaleProtocol = {
  title: 'Toledo 8217, polled with W',
  confidence: 'certain',
  line: { baudRate: 9600, dataBits: 7, parity: 'even', stopBits: 1 },
  // A scale that was left in echo mode would answer W with W.
  poll: { hello: [asciiBytes('F')], ask: asciiBytes('W'), periodMs: 125, replyTimeoutMs: 300 },
  usualUnit: 'kg',
  staleAfterMs: 800,
  // Only a stable weight is sent, and without a checksum: it counts when it was said twice.
  stability: { readings: 2, forMs: 0 },
  grammar,
}
