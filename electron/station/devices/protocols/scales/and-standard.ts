import { asciiBytes } from '../bytes.ts'
import { beginsWith, columnNumber, columnSaid, count } from '../columns.ts'
import { lines } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { OVERLOAD, UNDERLOAD, type Said } from '../said.ts'

/** A&D standard format: two letters, a comma, sign and eight columns of digits, three of the unit. */
const LINE = /^(ST|US|OL|QT),([ +-][\d. ]{8})([ a-zA-Z%]{3})$/
const COMPLAINT = /^EC,(E\d)$/
const LONGEST_LINE = 17
const ACKNOWLEDGED = '\x06'

/** What the manuals call the numbers. */
const COMPLAINTS: Readonly<Record<string, string>> = {
  E0: 'comm',
  E1: 'undefined',
  E2: 'not_ready',
  E4: 'too_long',
  E6: 'format',
  E7: 'range',
}

function parse(line: string): Said | null {
  if (line === ACKNOWLEDGED) return { kind: 'ack' }
  const complaint = COMPLAINT.exec(line)?.[1]
  if (complaint !== undefined)
    return {
      kind: 'error',
      error: COMPLAINTS[complaint] ?? complaint.toLowerCase(),
      details: { code: complaint },
    }
  const match = LINE.exec(line)
  if (match === null) return null
  const [, head, column = '', unit = ''] = match
  if (head === 'OL') return column.startsWith('-') ? UNDERLOAD : OVERLOAD
  if (head !== 'QT') return columnSaid(column, unit, { stable: head === 'ST' })
  const pieces = columnNumber(column)
  return pieces === null ? null : count(pieces)
}

export const andStandard: ScaleProtocol = {
  title: 'A&D standard format, asked with Q',
  confidence: 'certain',
  // As many leave the factory.
  line: { baudRate: 2400, dataBits: 7, parity: 'even', stopBits: 1 },
  // A line takes 71 ms at 2400 baud.
  poll: { ask: asciiBytes('Q\r\n'), periodMs: 200, replyTimeoutMs: 400 },
  usualUnit: 'kg',
  staleAfterMs: 800,
  stability: { readings: 2, forMs: 0 },
  grammar: lines(LONGEST_LINE, beginsWith(`SUOQE${ACKNOWLEDGED}`), parse),
}
