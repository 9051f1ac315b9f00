import { asciiBytes } from '../bytes.ts'
import { columnNumber, columnSaid, columnUnit } from '../columns.ts'
import { lines } from '../grammar.ts'
import type { ScaleProtocol } from '../protocol.ts'
import { OVERLOAD, UNDERLOAD, type Said } from '../said.ts'

/**
 * Sartorius SBI: the sign, nine columns of digits, a blank, three of the unit, blank while the weight moves. In the longer
 * form six columns before it say what it is: `N` net, `G` gross, `T` tare, `Stat` a state.
 *
 * Some have ten columns of digits. Read as nine, such a line would lose the minus in front of them.
 */
const VALUE = /^([ +-][ \d.]{9,10}) ([ a-zA-Z%]{3})$/
const VALUE_COLUMNS: readonly number[] = [14, 15]
const ID = /^[A-Z][A-Za-z0-9#]{0,5} *$/
const ID_COLUMNS = 6
const LONGEST_LINE = 23

/** Words in the middle of the line, where digits would stand. */
function wordSaid(text: string): Said | null {
  const word = text.trim().toLowerCase()
  if (word === 'h' || word === 'high') return OVERLOAD
  if (word === 'l' || word === 'low') return UNDERLOAD
  if (word === 'stat') return { kind: 'status' }
  const error = /^err ?(\d{1,3})$/.exec(word)?.[1]
  return error === undefined ? null : { kind: 'error', error: `err${error}`, details: { code: error } }
}

function valueSaid(text: string, net?: boolean): Said | null {
  const match = VALUE.exec(text)
  if (match === null) return wordSaid(text)
  const unit = match[2] ?? ''
  return columnSaid(match[1] ?? '', unit, {
    stable: unit.trim() !== '',
    ...(net === undefined ? {} : { net }),
  })
}

function named(id: string, text: string): Said | null {
  if (id === 'N' || id === 'G') return valueSaid(text, id === 'N')
  if (id === 'Stat') return wordSaid(text) ?? { kind: 'status' }
  const [, column = '', unit = ''] = VALUE.exec(text) ?? []
  const number = columnNumber(column)
  if (number === null) return wordSaid(text)
  // Another quantity of the balance's applications is no weight on the pan.
  if (id.startsWith('T')) return { kind: 'tare', ...number, ...columnUnit(unit) }
  return { kind: 'info', details: { id, text: text.trim() } }
}

function parse(line: string): Said | null {
  if (VALUE_COLUMNS.includes(line.length)) return valueSaid(line)
  const id = line.slice(0, ID_COLUMNS)
  if (!VALUE_COLUMNS.includes(line.length - ID_COLUMNS) || !ID.test(id)) return null
  return named(id.trim(), line.slice(ID_COLUMNS))
}

const isSignOrBlank = (byte: number): boolean => byte === 0x20 || byte === 0x2b || byte === 0x2d
const isLetter = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a

export const sartoriusSbi: ScaleProtocol = {
  title: 'Sartorius SBI, 16- or 22-character lines, asked with ESC P',
  confidence: 'likely',
  line: { baudRate: 9600, dataBits: 8, parity: 'odd', stopBits: 1 },
  poll: { ask: asciiBytes('\x1bP\r\n'), periodMs: 200, replyTimeoutMs: 500 },
  usualUnit: 'g',
  staleAfterMs: 800,
  stability: { readings: 2, forMs: 0 },
  grammar: lines(LONGEST_LINE, (byte) => isLetter(byte) || isSignOrBlank(byte), parse),
}
