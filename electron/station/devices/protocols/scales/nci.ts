import { asciiBytes, byteAt, ETX, LF } from '../bytes.ts'
import { latin1, MORE, NOTHING, type Grammar } from '../grammar.ts'
import { decimalNumber } from '../exact-weight.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { OVERLOAD, UNDERLOAD, type Said } from '../said.ts'

/**
 * NCI / Weigh-Tronix (OHAUS Aviator, Adam MDW, Brecknell): LF, weight and unit, CR LF; then `S`, two or more status
 * characters, CR, ETX. While there is no weight only the status comes. Seven data bits.
 */
const SEVEN_BITS = 0x7f
const LONGEST = 48
/** Bits 4 and 5 of a status character are always 1; bit 6 says whether more follow. */
const ANSWER = /^\n(?:([^\r\n]{1,16})\r\n)?S([0-?p-\x7f]{2,6})\r\x03$|^\n(\?)\r\x03$/
const WEIGHT = /^\s*(?:([+-]?)\s*([\d.]+)|([\^]+|_+|-+))\s*([a-z]{0,3})\s*$/i

const MOTION = 1 << 0
const AT_ZERO = 1 << 1
const UNDER = 1 << 0
const OVER = 1 << 1
/** In either of the first two characters: a broken memory, a lost calibration. */
const FAULTS = 0b1100
const NET = 1 << 2
const ZERO_FAULT = 1 << 3

const error = (code: string): Said => ({ kind: 'error', error: code })

/** The part of an answer that says why there is no weight; null when there may be one. */
function troubleIn(first: number, second: number, third: number): Said | null {
  if ((second & OVER) !== 0) return OVERLOAD
  if ((second & UNDER) !== 0) return UNDERLOAD
  if (((first | second) & FAULTS) !== 0) return error('device_fault')
  return (third & ZERO_FAULT) === 0 ? null : error('not_zeroed')
}

function weightSaid(text: string, first: number, third: number | null): Said | null {
  const match = WEIGHT.exec(text)
  if (match === null) return null
  const filled = match[3] ?? ''
  if (filled.startsWith('^')) return OVERLOAD
  if (filled.startsWith('_')) return UNDERLOAD
  if (filled !== '') return error('not_zeroed')
  const number = decimalNumber((match[1] ?? '') + (match[2] ?? ''))
  if (number === null) return null
  const unit = match[4] ?? ''
  return {
    kind: 'weight',
    digits: number.digits,
    decimals: number.decimals,
    unit: unit === '' ? null : unit.toLowerCase(),
    stable: (first & MOTION) === 0,
    ...(third === null ? {} : { net: (third & NET) !== 0 }),
    details: { zero: (first & AT_ZERO) !== 0 },
  }
}

/** @param answer from LF to ETX, in seven bits. */
function parseNci(answer: string): Said | null {
  const match = ANSWER.exec(answer)
  if (match === null) return null
  const status = match[2]
  if (status === undefined) return error('unknown_command')
  const first = status.charCodeAt(0)
  const third = status.length < 3 ? null : status.charCodeAt(2)
  const trouble = troubleIn(first, status.charCodeAt(1), third ?? 0)
  if (trouble !== null) return trouble
  const weight = match[1]
  if (weight !== undefined) return weightSaid(weight, first, third)
  const zero = (first & AT_ZERO) === 0 ? {} : { zero: true }
  return { kind: 'status', details: { stable: (first & MOTION) === 0, ...zero } }
}

const withoutParity = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to).map((byte) => byte & SEVEN_BITS))

const grammar: Grammar = {
  longest: LONGEST,
  read(bytes, at, to) {
    if ((byteAt(bytes, at) & SEVEN_BITS) !== LF) return NOTHING
    const last = Math.min(to, at + LONGEST)
    let seen = 0
    for (let index = at; index < last; index += 1) {
      const byte = byteAt(bytes, index)
      seen |= byte
      if ((byte & SEVEN_BITS) !== ETX) continue
      const end = index + 1
      const said = parseNci(seen < 0x80 ? latin1(bytes, at, end) : withoutParity(bytes, at, end))
      return said === null ? NOTHING : { length: end - at, said }
    }
    return to - at < LONGEST ? MORE : NOTHING
  },
}

export const nci: ScaleProtocol = {
  title: 'NCI / Weigh-Tronix (OHAUS Aviator, Adam MDW, Brecknell), polled with W',
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 7, parity: 'even', stopBits: 1 },
  poll: { ask: asciiBytes('W\r'), periodMs: 125, replyTimeoutMs: 300 },
  usualUnit: 'kg',
  staleAfterMs: 800,
  // Every answer carries its own flag, and no checksum.
  stability: { readings: 2, forMs: 0 },
  grammar,
}
