import { asciiBytes, byteAt, CR, LF } from '../bytes.ts'
import { columnSaid } from '../columns.ts'
import { latin1, MORE, NOTHING, type Grammar } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { OVERLOAD, UNDERLOAD, type Said } from '../said.ts'

/**
 * SMA SCP-0499, levels 1 and 2: LF, status, range, gross / net / tare, motion, a reserved column, ten of digits, three of
 * the unit, CR. An error has dashes for digits.
 */
const FRAME_BYTES = 20
const UNKNOWN_BYTES = 3
const QUESTION = 0x3f
const FRAME = /^\n([ ZOUEIT])([\d ])([GNTgnt])([M ])[\x20-\x7e]([ \d.+-]{10})([ a-z%]{3})\r$/i

/** A lower-case mark is tenfold resolution. */
function saidBy(frame: string): Said | null {
  const match = FRAME.exec(frame)
  if (match === null) return null
  const [, status = '', range = '', mark = '', motion = '', column = '', unit = ''] = match
  switch (status.toUpperCase()) {
    case 'O':
      return OVERLOAD
    case 'U':
      return UNDERLOAD
    case 'E':
    case 'I':
      return { kind: 'error', error: 'not_zeroed' }
    case 'T':
      return { kind: 'error', error: 'tare_refused' }
  }
  const which = mark.toUpperCase()
  const details = { range: range.trim(), zero: status === 'Z' }
  const said = columnSaid(column, unit, { stable: motion === ' ', net: which === 'N', details })
  if (which !== 'T' || said?.kind !== 'weight') return said
  const { net: _net, ...tare } = said
  return { ...tare, kind: 'tare' }
}

const grammar: Grammar = {
  longest: FRAME_BYTES,
  read(bytes, at, to) {
    if (byteAt(bytes, at) !== LF) return NOTHING
    if (to - at < UNKNOWN_BYTES) return MORE
    if (byteAt(bytes, at + 1) === QUESTION && byteAt(bytes, at + 2) === CR)
      return { length: UNKNOWN_BYTES, said: { kind: 'error', error: 'unknown_command' } }
    if (to - at < FRAME_BYTES) return MORE
    const said = saidBy(latin1(bytes, at, at + FRAME_BYTES))
    return said === null ? NOTHING : { length: FRAME_BYTES, said }
  },
}

export const sma: ScaleProtocol = {
  title: 'SMA SCP-0499, asked with W',
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: { ask: asciiBytes('\nW\r'), periodMs: 125, replyTimeoutMs: 300 },
  usualUnit: 'kg',
  staleAfterMs: 800,
  // Its own flag, and no checksum.
  stability: { readings: 2, forMs: 0 },
  grammar,
}
