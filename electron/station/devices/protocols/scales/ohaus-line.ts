import { asciiBytes } from '../bytes.ts'
import { beginsWith, columnSaid } from '../columns.ts'
import { lines } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import type { Said } from '../said.ts'

/** Scout, Adventurer: eleven columns of digits, a blank, the unit, and ` ?` behind it while it moves; a legend may follow. */
const BENCH = /^([ +\-\d.]{11}) ([a-zA-Z%]{1,5})( *\?)? *([A-Z]{1,3})? *$/
/** Defender 3000: sign, blank, seven columns of digits, blank, five of the unit, `?` or blank, three of a legend. */
const FLOOR = /^([ +-]) ([ \d.]{7}) ([ a-zA-Z%]{5})([? ])([ A-Za-z/]{3})$/
const LONGEST_LINE = 26

/** The legend under a net weight; another one does not say. */
function netOf(legend: string): { net?: boolean } {
  const name = legend.trim().toUpperCase()
  if (name === 'N' || name === 'NET') return { net: true }
  return name === 'G' || name === 'B' ? { net: false } : {}
}

function parse(line: string): Said | null {
  // A command that is not known; on some scales, that the weight did not settle in 40 s.
  if (line === 'ES') return { kind: 'error', error: 'syntax' }
  const floor = FLOOR.exec(line)
  if (floor !== null) {
    const [, sign = '', digits = '', unit = '', moving, legend = ''] = floor
    return columnSaid(sign + digits, unit, { stable: moving !== '?', ...netOf(legend) })
  }
  const bench = BENCH.exec(line)
  if (bench === null) return null
  const [, digits = '', unit = '', moving, legend = ''] = bench
  return columnSaid(digits, unit, { stable: moving === undefined, ...netOf(legend) })
}

export const ohausLine: ScaleProtocol = {
  title: 'OHAUS Scout, Adventurer, Defender 3000, asked with IP',
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: { ask: asciiBytes('IP\r\n'), periodMs: 150, replyTimeoutMs: 400 },
  usualUnit: 'g',
  staleAfterMs: 800,
  stability: { readings: 2, forMs: 0 },
  grammar: lines(LONGEST_LINE, beginsWith(' +-0123456789E'), parse),
}
