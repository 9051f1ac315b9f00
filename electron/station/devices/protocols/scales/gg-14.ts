import { asciiBytes } from '../bytes.ts'
import { beginsWith, columnSaid } from '../columns.ts'
import { lines } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import type { Said } from '../said.ts'

/** G&G and 双杰 balances: the sign, eight columns of digits, a blank, two of the unit. */
const LINE = /^([ +-][ \d.]{8}) ([ a-zA-Z%]{2})$/
const LONGEST_LINE = 14

function parse(line: string): Said | null {
  const match = LINE.exec(line)
  return match === null ? null : columnSaid(match[1] ?? '', match[2] ?? '', {})
}

export const gg14: ScaleProtocol = {
  title: 'G&G and 双杰 balances, 14-byte lines',
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  usualUnit: 'g',
  staleAfterMs: 800,
  stability: { readings: 5, forMs: 600 },
  grammar: lines(LONGEST_LINE, beginsWith(' +-'), parse),
}

/** Where its setting C4 is "by command"; the 27 of C4 is the ESC in front of the letter. */
export const gg14Asked: ScaleProtocol = {
  ...gg14,
  title: 'G&G and 双杰 balances, 14-byte lines, asked with ESC p',
  poll: { ask: asciiBytes('\x1bp\r\n'), periodMs: 200, replyTimeoutMs: 400 },
}
