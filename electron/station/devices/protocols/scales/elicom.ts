import { byteAt } from '../bytes.ts'
import { MORE, NOTHING, type Grammar } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { BAD_CHECKSUM } from '../said.ts'
import { bcdPair } from '../bcd.ts'

/**
 * Elicom S200: asked with AA; three bytes of two decimal digits each, most significant first, in grams, and the sum of
 * these bytes; or one byte when there is no such weight. No sign and no overload in the frame.
 */
const FRAME_BYTES = 4
const REQUEST = 0xaa
const UNSTABLE = 0xbb
const AT_ZERO = 0xcc

const grammar: Grammar = {
  longest: FRAME_BYTES,
  read(bytes, at, to) {
    const first = byteAt(bytes, at)
    if (first === UNSTABLE) return { length: 1, said: { kind: 'status', details: { stable: false } } }
    if (first === AT_ZERO)
      return {
        length: 1,
        said: { kind: 'weight', digits: 0, decimals: 3, unit: 'kg', stable: true, details: { zero: true } },
      }
    if (first === REQUEST)
      return { length: 1, said: { kind: 'command', details: { command: 'weight', direction: 'host' } } }
    const high = bcdPair(first)
    if (high < 0) return NOTHING
    if (to - at < FRAME_BYTES) return MORE
    const middle = bcdPair(byteAt(bytes, at + 1))
    const low = bcdPair(byteAt(bytes, at + 2))
    if (middle < 0 || low < 0) return NOTHING
    const sum = (first + byteAt(bytes, at + 1) + byteAt(bytes, at + 2)) & 0xff
    if (sum !== byteAt(bytes, at + 3)) return { length: 1, said: BAD_CHECKSUM }
    const digits = (high * 100 + middle) * 100 + low
    return { length: FRAME_BYTES, said: { kind: 'weight', digits, decimals: 3, unit: 'kg', stable: true } }
  },
}

export const elicom: ScaleProtocol = {
  title: 'Elicom S200 and EVL, asked with AA',
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: {
    ask: Uint8Array.of(REQUEST),
    periodMs: 100,
    replyTimeoutMs: 300,
    goOn: ({ kind }) => (kind === 'command' ? 'wait' : 'over'),
  },
  usualUnit: 'kg',
  staleAfterMs: 800,
  // Four bytes without a start mark: another two alike make sure that they were not cut wrongly.
  stability: { readings: 3, forMs: 0 },
  grammar,
}
