import { asciiBytes } from '../../../station/devices/protocols/bytes.ts'
import { latin1, xorOf } from '../../../station/devices/protocols/grammar.ts'
import { crc8 } from '../../../station/devices/protocols/scales/hx711.ts'
import { digitsOf, isNegative, kilograms, lineLength, oneByte, type ScaleVoice, type Shown } from './voice.ts'

/** Price scales, kitchen scales and our own board, each with a language of its own. */

const GRAM_STATUS = 0x20
const GRAM = { gross: 0x01, tare: 0x02, zero: 0x08, stable: 0x40 }

export const gramZ3Pc0Voice: ScaleVoice = {
  kind: 'talks',
  everyMs: 100,
  frame({ weightMg, stable, net, range }) {
    const zero = digitsOf(weightMg) === 0 ? GRAM.zero : 0
    const status = GRAM_STATUS + ((net ? GRAM.tare : GRAM.gross) | zero | (stable ? GRAM.stable : 0))
    const digits = range === 'in' ? kilograms(weightMg).padStart(7) : ' '.repeat(7)
    return Uint8Array.of(0x02, status, ...asciiBytes(`${isNegative(weightMg) ? '-' : ' '}${digits}kg\r\x03`))
  },
}

const bcdByte = (pair: number): number => (Math.floor(pair / 10) << 4) | (pair % 10)

/** Six digits as three bytes, the most significant first. */
const bcdBytes = (digits: number): readonly number[] => [
  bcdByte(Math.floor(digits / 10_000) % 100),
  bcdByte(Math.floor(digits / 100) % 100),
  bcdByte(digits % 100),
]

const ELICOM = { request: 0xaa, unstable: 0xbb, zero: 0xcc }

export const elicomVoice: ScaleVoice = {
  kind: 'answers',
  requestLength: oneByte,
  answer(request, { weightMg, stable, busy }) {
    if (request[0] !== ELICOM.request) return null
    if (!stable || busy || isNegative(weightMg)) return Uint8Array.of(ELICOM.unstable)
    if (digitsOf(weightMg) === 0) return Uint8Array.of(ELICOM.zero)
    const digits = bcdBytes(digitsOf(weightMg))
    return Uint8Array.of(...digits, digits.reduce((sum, byte) => sum + byte, 0) & 0xff)
  },
}

const FF = { start: 0xff, decimals: 3, negative: 0x20, stable: 0x40, overflow: 0x80, kilograms: 0x00 }

export const bcdFfVoice: ScaleVoice = {
  kind: 'talks',
  everyMs: 100,
  frame({ weightMg, stable, range }) {
    const flags = (isNegative(weightMg) ? FF.negative : 0) | (stable ? FF.stable : 0)
    const status = range === 'in' ? FF.decimals | flags : FF.decimals | flags | FF.overflow
    const digits = bcdBytes(range === 'in' ? digitsOf(weightMg) : 0)
    return Uint8Array.of(FF.start, status, ...digits.toReversed(), FF.kilograms)
  },
}

/** It has no sign, and no word for motion or overload. */
export const dahuaAcsVoice: ScaleVoice = {
  kind: 'talks',
  everyMs: 100,
  frame: ({ weightMg }) =>
    asciiBytes(`\r${String(isNegative(weightMg) ? 0 : digitsOf(weightMg)).padStart(5, '0')}\n`),
}

const DIBAL_REQUEST = /^98\d{5}.\r\n$/s

export const dibal98Voice: ScaleVoice = {
  kind: 'answers',
  requestLength: lineLength,
  answer(request, { weightMg, stable, range, busy }) {
    if (!DIBAL_REQUEST.test(latin1(request, 0, request.length))) return null
    const weighs = range === 'in' && stable && !busy && !isNegative(weightMg)
    const said = weighs ? `990${String(digitsOf(weightMg)).padStart(5, '0')}0000000` : `990XXXXX0XXXXXX`
    const bytes = asciiBytes(said)
    return Uint8Array.of(...bytes, xorOf(bytes, 0, bytes.length), ...asciiBytes('\r\n'))
  },
}

const CR = 0x0d

/** Two status characters with bits 4 and 5 set. */
function nciStatus({ weightMg, stable, range }: Shown): string {
  const first = (stable ? 0 : 0x01) | (digitsOf(weightMg) === 0 ? 0x02 : 0)
  const second = range === 'in' ? 0 : range === 'under' ? 0x01 : 0x02
  return `\nS${String.fromCharCode(0x30 | first, 0x30 | second)}\r\x03`
}

export const nciVoice: ScaleVoice = {
  kind: 'answers',
  requestLength: (received) => received.indexOf(CR) + 1,
  answer(request, shown, keys) {
    const letter = latin1(request, 0, request.length)
    if (letter === 'Z\r') keys.zero()
    if (letter === 'S\r' || letter === 'Z\r') return asciiBytes(nciStatus(shown))
    if (letter !== 'W\r') return asciiBytes('\n?\r\x03')
    const weighs = shown.range === 'in' && shown.stable && !shown.busy && !isNegative(shown.weightMg)
    const weight = weighs ? `\n${kilograms(shown.weightMg).padStart(6, '0')}KG\r` : ''
    return asciiBytes(weight + nciStatus(shown))
  },
}

/** Asked with LF, a letter, CR. */
export const smaVoice: ScaleVoice = {
  kind: 'answers',
  requestLength: (received) => received.indexOf(CR) + 1,
  answer(request, shown, keys) {
    const command = latin1(request, 0, request.length)
    if (command === '\nZ\r') keys.zero()
    if (command !== '\nW\r' && command !== '\nZ\r') return asciiBytes('\n?\r')
    const { weightMg, stable, net, range } = shown
    const outside = { in: digitsOf(weightMg) === 0 ? 'Z' : ' ', over: 'O', under: 'U' }[range]
    const digits = `${isNegative(weightMg) ? '-' : ''}${kilograms(weightMg)}`.padStart(10)
    return asciiBytes(`\n${outside}1${net ? 'N' : 'G'}${stable ? ' ' : 'M'} ${digits}kg \r`)
  },
}

/** It has no word for motion or overload. */
export const epelsaVoice: ScaleVoice = {
  kind: 'answers',
  requestLength: oneByte,
  answer: (request, { weightMg }) =>
    latin1(request, 0, 1) === '$'
      ? asciiBytes(`${isNegative(weightMg) ? '-' : ''}${kilograms(weightMg)}\r`)
      : null,
}

const RAW_PER_GRAM = 400

/** Our own firmware, as docs/devices.md describes it. */
export const hx711Voice: ScaleVoice = {
  kind: 'talks',
  everyMs: 100,
  frame({ weightMg, stable, net, range }) {
    const grams = (isNegative(weightMg) ? -1 : 1) * digitsOf(weightMg)
    const limits = { in: '', over: 'O', under: 'U' }
    const flags = `${stable ? 'S' : ''}${grams === 0 ? 'Z' : ''}${net ? 'T' : ''}${limits[range]}`
    const said = `W,0,${grams * RAW_PER_GRAM},${range === 'in' ? grams : ''},${flags === '' ? '-' : flags}`
    return asciiBytes(`${said}*${crc8(said).toString(16).toUpperCase().padStart(2, '0')}\n`)
  },
}
