import { asciiBytes, byteAt, CR } from '../bytes.ts'
import { bytesNumber } from '../columns.ts'
import { MORE, NOTHING, type Grammar } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'

/** Epelsa and "Samsung ESP": asked with `$`; kilograms with their point, and CR. No stability, no overload, no checksum. */
const LONGEST_ANSWER = 12
const MINUS = 0x2d
const ZERO = 0x30
const NINE = 0x39

const grammar: Grammar = {
  longest: LONGEST_ANSWER,
  read(bytes, at, to) {
    const first = byteAt(bytes, at)
    if (first !== MINUS && (first < ZERO || first > NINE)) return NOTHING
    const end = bytes.indexOf(CR, at)
    if (end < 0 || end >= Math.min(to, at + LONGEST_ANSWER)) return to - at >= LONGEST_ANSWER ? NOTHING : MORE
    const number = bytesNumber(bytes, at, end)
    if (number === null || number.decimals < 1 || number.decimals > 3) return NOTHING
    return { length: end + 1 - at, said: { kind: 'weight', ...number, unit: null } }
  },
}

export const epelsa: ScaleProtocol = {
  title: 'Epelsa and "Samsung ESP", asked with $',
  confidence: 'likely',
  line: { baudRate: 4800, dataBits: 8, parity: 'odd', stopBits: 1 },
  poll: { ask: asciiBytes('$'), periodMs: 120, replyTimeoutMs: 300 },
  usualUnit: 'kg',
  staleAfterMs: 800,
  stability: { readings: 5, forMs: 600 },
  grammar,
}
