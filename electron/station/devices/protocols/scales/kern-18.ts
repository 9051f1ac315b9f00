import { asciiBytes } from '../bytes.ts'
import { beginsWith, columnSaid } from '../columns.ts'
import { lines } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import type { Said } from '../said.ts'

/**
 * Kern KDE, DE, FKB: `M` or blank, sign or blank, ten columns of digits (the sign may stand there instead), a blank or
 * one digit more, three of the unit. A unit left blank means that the weight moves.
 */
const LINE = /^[M ]([ +-][ +\-\d.]{10}[ \d])([ a-zA-Z%]{3})$/
const LONGEST_LINE = 18

function parse(line: string): Said | null {
  const match = LINE.exec(line)
  if (match === null) return null
  const [, digits = '', unit = ''] = match
  return columnSaid(digits, unit, { stable: unit.trim() !== '' })
}

export const kern18: ScaleProtocol = {
  title: 'Kern KDE, DE, FKB, asked with w',
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  // Without CR LF; Kern asks for 100 ms between requests.
  poll: { ask: asciiBytes('w'), periodMs: 150, replyTimeoutMs: 400 },
  usualUnit: 'kg',
  staleAfterMs: 800,
  stability: { readings: 2, forMs: 0 },
  grammar: lines(LONGEST_LINE, beginsWith('M '), parse),
}
