import { beginsWith, columnNumber } from '../columns.ts'
import { lines } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import type { Said } from '../said.ts'

/** Yaohua A12 in the field: `ww` gross, `wn` net or `wt` tare, seven columns of digits, the unit. No checksum. */
const LINE = /^w([wnt])([ \d.+-]{7})(kg|lb)$/
const LONGEST_LINE = 13

function parse(line: string): Said | null {
  const match = LINE.exec(line)
  if (match === null) return null
  const [, mark, column = '', unit = ''] = match
  const number = columnNumber(column)
  if (number === null) return null
  return mark === 't'
    ? { kind: 'tare', ...number, unit }
    : { kind: 'weight', ...number, unit, net: mark === 'n' }
}

export const yaohuaA12Wn: ScaleProtocol = {
  title: 'Yaohua A12 lines ww / wn / wt, 13 bytes',
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  usualUnit: 'kg',
  staleAfterMs: 800,
  stability: { readings: 5, forMs: 600 },
  grammar: lines(LONGEST_LINE, beginsWith('w'), parse),
}
