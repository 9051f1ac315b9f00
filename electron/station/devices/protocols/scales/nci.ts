import { asciiBytes, byteAt, ETX, LF } from '../bytes.ts'
import { MORE, NOTHING, type Grammar } from '../grammar.ts'
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
const STATUS_CHARACTERS = 3

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

function weightSaid(text: string, status: readonly number[]): Said | null {
  const [whole, sign = '', number = '', filled = '', unit = ''] = WEIGHT.exec(text) ?? []
  if (whole === undefined) return null
  if (filled.startsWith('^')) return OVERLOAD
  if (filled.startsWith('_')) return UNDERLOAD
  if (filled !== '') return error('not_zeroed')
  const digits = decimalNumber(sign + number)
  if (digits === null) return null
  const [first = 0, , third] = status
  return {
    kind: 'weight',
    ...digits,
    unit: unit === '' ? null : unit.toLowerCase(),
    stable: (first & MOTION) === 0,
    ...(third === undefined ? {} : { net: (third & NET) !== 0 }),
    details: { zero: (first & AT_ZERO) !== 0 },
  }
}

/** @param answer from LF to ETX, in seven bits. */
function parseNci(answer: string): Said | null {
  const [whole, weight, characters = '', unknown] = ANSWER.exec(answer) ?? []
  if (whole === undefined) return null
  if (unknown !== undefined) return error('unknown_command')
  const status = Array.from(characters.slice(0, STATUS_CHARACTERS), (character) => character.charCodeAt(0))
  const [first = 0, second = 0, third = 0] = status
  const trouble = troubleIn(first, second, third)
  if (trouble !== null) return trouble
  if (weight !== undefined) return weightSaid(weight, status)
  const zero = (first & AT_ZERO) === 0 ? {} : { zero: true }
  return { kind: 'status', details: { stable: (first & MOTION) === 0, ...zero } }
}

const grammar: Grammar = {
  longest: LONGEST,
  read(bytes, at, to) {
    if ((byteAt(bytes, at) & SEVEN_BITS) !== LF) return NOTHING
    const last = Math.min(to, at + LONGEST)
    for (let index = at + 1, text = '\n'; index < last; index += 1) {
      const byte = byteAt(bytes, index) & SEVEN_BITS
      text += String.fromCharCode(byte)
      if (byte !== ETX) continue
      const said = parseNci(text)
      return said === null ? NOTHING : { length: index + 1 - at, said }
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
