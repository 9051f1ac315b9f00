import { asciiBytes, byteAt, ETX, STX } from '../bytes.ts'
import { decimalValue } from '../exact-weight.ts'
import { latin1, MORE, NOTHING, type Frame, type Grammar } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { BAD_CHECKSUM, type Said } from '../said.ts'
import { checkAt } from './yaohua-check.ts'

/**
 * Yaohua XK3190 command mode (tF = 1): STX, address A–Z, command A–F, in an answer sign, six digits and the number of
 * decimals, two check digits (exclusive or of what is before them, without STX), ETX.
 */
const REQUEST_BYTES = 6
const ANSWER_BYTES = 14
const ADDRESS = 1
const COMMAND = 2
const SIGN = 3
const CHECK_DIGITS = 2

const NUMBER = /^([+-])(\d{6})([0-4])$/

const grammar: Grammar = {
  longest: ANSWER_BYTES,
  read(bytes, at, to) {
    if (byteAt(bytes, at) !== STX) return NOTHING
    if (to - at < REQUEST_BYTES) return MORE
    if (
      !isBetween(byteAt(bytes, at + ADDRESS), 'A', 'Z') ||
      !isBetween(byteAt(bytes, at + COMMAND), 'A', 'F')
    )
      return NOTHING
    if (byteAt(bytes, at + REQUEST_BYTES - 1) === ETX) return checked(bytes, at, REQUEST_BYTES)
    if (to - at < ANSWER_BYTES) return MORE
    return byteAt(bytes, at + ANSWER_BYTES - 1) === ETX ? checked(bytes, at, ANSWER_BYTES) : NOTHING
  },
}

const isBetween = (byte: number, lowest: string, highest: string): boolean =>
  byte >= lowest.charCodeAt(0) && byte <= highest.charCodeAt(0)

function checked(bytes: Uint8Array, at: number, length: number): Frame | typeof NOTHING {
  const end = at + length - 1 - CHECK_DIGITS
  const check = checkAt(bytes, at + ADDRESS, end)
  if (check === 'none') return NOTHING
  if (check === 'differs') return { length: 1, said: BAD_CHECKSUM }
  const text = latin1(bytes, at + ADDRESS, end)
  const said = length === REQUEST_BYTES ? request(text) : answer(text)
  return said === null ? NOTHING : { length, said }
}

/** The bytes of a handshake are the same in both directions: the scale's answer to A reads as the host's A. */
const request = ([address, command]: string): Said => ({
  kind: 'command',
  details: { direction: 'host', address, command },
})

function answer(text: string): Said | null {
  const match = NUMBER.exec(text.slice(SIGN - ADDRESS))
  if (match === null) return null
  const [, sign, magnitude, places] = match
  const digits = Number(magnitude)
  const number = {
    digits: sign === '-' && digits !== 0 ? -digits : digits,
    decimals: Number(places),
    unit: null,
  }
  const [address, command = ''] = text
  const details = { address, command }
  switch (command) {
    case 'B':
    case 'D':
      return { kind: 'weight', ...number, net: command === 'D', details }
    case 'C':
      return { kind: 'tare', ...number, details }
    default:
      // A unit price or the number of a truck, by the model.
      return { kind: 'info', details: { ...details, value: decimalValue(number.digits, number.decimals) } }
  }
}

export const yaohuaCmd: ScaleProtocol = {
  title: 'Yaohua XK3190 command mode (tF 1), address A asked for gross',
  confidence: 'certain',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: {
    ask: asciiBytes('\x02AB03\x03'),
    periodMs: 100,
    replyTimeoutMs: 300,
    // What stands on an RS-485 line besides the answer is an echo of the request, or another scale's.
    goOn: (said) => (said.kind === 'weight' ? 'over' : 'wait'),
  },
  usualUnit: 'kg',
  staleAfterMs: 800,
  stability: { readings: 5, forMs: 600 },
  grammar,
}
