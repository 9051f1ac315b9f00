import { asciiBytes } from '../bytes.ts'
import { beginsWith, columnNumber } from '../columns.ts'
import { lines } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import type { Said } from '../said.ts'

/** `ASNG/W+ 1.75 kg`: gross, net or tare weight, its sign, digits and unit. */
const LINE = /^(?:ASN)?([GNT])\/W([+-] *[\d.]+) *([a-z]{1,3})$/i
const LONGEST_LINE = 28

function parse(line: string): Said | null {
  const match = LINE.exec(line)
  if (match === null) return null
  const [, mark = '', column = '', unit = ''] = match
  const number = columnNumber(column)
  if (number === null) return null
  const which = mark.toUpperCase()
  const weighed = { ...number, unit: unit.toLowerCase() }
  return which === 'T' ? { kind: 'tare', ...weighed } : { kind: 'weight', ...weighed, net: which === 'N' }
}

export const adamCpwplus: ScaleProtocol = {
  title: 'Adam Equipment CPWplus, asked with G',
  confidence: 'likely',
  // Signals that are high, as an FTDI adapter leaves them, stop the scale.
  line: {
    baudRate: 9600,
    dataBits: 8,
    parity: 'none',
    stopBits: 1,
    signals: { dtr: false, rts: false },
  },
  poll: { ask: asciiBytes('G\r\n'), periodMs: 150, replyTimeoutMs: 400 },
  usualUnit: 'kg',
  staleAfterMs: 800,
  stability: { readings: 5, forMs: 600 },
  grammar: lines(LONGEST_LINE, beginsWith('AGNTagnt'), parse),
}
