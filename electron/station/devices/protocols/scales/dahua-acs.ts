import { byteAt, CR, LF } from '../bytes.ts'
import { MORE, NOTHING, type Grammar } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'

/**
 * Dahua 大华 ACS-15A as working programs read it; no maker's document was found. CR empties the line, LF ends it, and exactly
 * five characters between them are grams, a blank for a 0. No sign, no stability, no overload.
 */
const FRAME_BYTES = 7
const LAST = 6
const ZERO = 0x30
const BLANK = 0x20

const grammar: Grammar = {
  longest: FRAME_BYTES,
  read(bytes, at, to) {
    if (byteAt(bytes, at) !== CR) return NOTHING
    if (to - at < FRAME_BYTES) return MORE
    if (byteAt(bytes, at + LAST) !== LF) return NOTHING
    let digits = 0
    for (let index = at + 1; index < at + LAST; index += 1) {
      const byte = byteAt(bytes, index)
      const digit = byte === BLANK ? 0 : byte - ZERO
      if (digit < 0 || digit > 9) return NOTHING
      digits = digits * 10 + digit
    }
    return { length: FRAME_BYTES, said: { kind: 'weight', digits, decimals: 3, unit: 'kg' } }
  },
}

export const dahuaAcs: ScaleProtocol = {
  title: 'Dahua 大华 ACS-15A and TM, 顶尖 PS1, as seen in programs',
  confidence: 'capture-needed',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  usualUnit: 'kg',
  staleAfterMs: 800,
  stability: { readings: 5, forMs: 600 },
  grammar,
}
