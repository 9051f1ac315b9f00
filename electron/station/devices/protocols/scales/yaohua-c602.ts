import { byteAt } from '../bytes.ts'
import { bytesNumber } from '../columns.ts'
import { MORE, NOTHING, type Grammar } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'

/**
 * Yaohua XK3190-C602, as one page describes it: `G` gross or `N` net, a character that begins the number, seven columns of
 * it. What that character is, and what ends a line, a capture from the device has to say.
 */
const FRAME_BYTES = 9
const LETTER_G = 0x47
const LETTER_N = 0x4e
const MINUS = 0x2d
const ZERO = 0x30
const NINE = 0x39
const LETTER_A = 0x41

/** Whatever it is, it is no digit and no letter. */
const mayBegin = (byte: number): boolean => byte < ZERO || (byte > NINE && byte < LETTER_A)

const grammar: Grammar = {
  longest: FRAME_BYTES,
  read(bytes, at, to) {
    const first = byteAt(bytes, at)
    if (first !== LETTER_G && first !== LETTER_N) return NOTHING
    if (to - at < FRAME_BYTES) return MORE
    const begins = byteAt(bytes, at + 1)
    const number = bytesNumber(bytes, at + 2, at + FRAME_BYTES)
    if (number === null || number.digits < 0 || !mayBegin(begins)) return NOTHING
    const digits = begins === MINUS && number.digits !== 0 ? -number.digits : number.digits
    const { decimals } = number
    return {
      length: FRAME_BYTES,
      said: { kind: 'weight', digits, decimals, unit: null, net: first === LETTER_N },
    }
  },
}

export const yaohuaC602: ScaleProtocol = {
  title: 'Yaohua XK3190-C602, 9 bytes, as one page describes them',
  confidence: 'capture-needed',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  usualUnit: 'kg',
  staleAfterMs: 800,
  stability: { readings: 5, forMs: 600 },
  grammar,
}
