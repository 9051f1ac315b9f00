import { asciiBytes, byteAt, ETX, STX } from '../bytes.ts'
import type { Digits } from '../columns.ts'
import { decimalValue } from '../exact-weight.ts'
import { MORE, NOTHING, type Frame, type Grammar } from '../grammar.ts'
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
const DECIMALS = 10
const CHECK_DIGITS = 2

const PLUS = 0x2b
const MINUS = 0x2d
const ZERO = 0x30
const MOST_DECIMALS = 4

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
  const address = String.fromCharCode(byteAt(bytes, at + ADDRESS))
  const command = String.fromCharCode(byteAt(bytes, at + COMMAND))
  if (length === REQUEST_BYTES) return { length, said: request(address, command) }
  const number = numberAt(bytes, at)
  return number === null ? NOTHING : { length, said: answer(address, command, number) }
}

/** The bytes of a handshake are the same in both directions: the scale's answer to A reads as the host's A. */
const request = (address: string, command: string): Said => ({
  kind: 'command',
  details: { direction: 'host', address, command },
})

/** Sign, six digits, the number of decimals. */
function numberAt(bytes: Uint8Array, at: number): Digits | null {
  const sign = byteAt(bytes, at + SIGN)
  const decimals = byteAt(bytes, at + DECIMALS) - ZERO
  if ((sign !== PLUS && sign !== MINUS) || decimals < 0 || decimals > MOST_DECIMALS) return null
  let digits = 0
  for (let index = at + SIGN + 1; index < at + DECIMALS; index += 1) {
    const digit = byteAt(bytes, index) - ZERO
    if (digit < 0 || digit > 9) return null
    digits = digits * 10 + digit
  }
  return { digits: sign === MINUS && digits !== 0 ? -digits : digits, decimals }
}

function answer(address: string, command: string, number: Digits): Said {
  const details = { address, command }
  switch (command) {
    case 'B':
    case 'D':
      return { kind: 'weight', ...number, unit: null, net: command === 'D', details }
    case 'C':
      return { kind: 'tare', ...number, unit: null, details }
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
