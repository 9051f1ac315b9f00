import { asciiBytes } from '../bytes.ts'
import { beginsWith, columnNumber, columnUnit } from '../columns.ts'
import { lines } from '../grammar.ts'
import type { Poll, ScaleProtocol } from '../protocol.ts'
import { OVERLOAD, UNDERLOAD, type Said } from '../said.ts'
import { inGrams, valueIn } from '../told.ts'

/**
 * The `ST,GS` lines of General Measure, AWH, T-Scale, Excell, KERN EOC, Dini Argeo and most clones. They differ in their
 * columns, so they are read by words: status, gross, net or tare, sign, digits, unit.
 */
const LINE = /^(ST|US|OL|UL)[ ,](GS|NT|TR|G|N)?,?([ +-]*[\d.]*)[ ,]*(kg|g|lb|t|oz|斤)? *$/i
/** Dini Argeo 3590: status, number of the platform, weight, tare (`PT` before a preset one). */
const EXTENDED =
  /^(ST|US|OL|UL),(\d{1,2}),([ +-]*[\d.]*),? *(kg|g|lb|t),(?:PT)?([ +-]*[\d.]*),? *(?:kg|g|lb|t) *$/i
const REPLY = /^(OK|ERR ?(\d{1,2}))$/
const LONGEST_LINE = 48

/** 斤 in GB18030 and in UTF-8, as latin1 shows their bytes. */
const JIN = /\xbd\xef|\xe6\x96\xa4/

/** A line without its unit is only whole when its columns are: General Measure's sixteen, Excell's eighteen and nineteen. */
const FULL_COLUMNS: ReadonlySet<number> = new Set([16, 18, 19])

const isNet = (mark: string): boolean => mark === 'NT' || mark === 'N'

function plain(match: RegExpExecArray, length: number): Said | null {
  const [, status = '', mark = '', column = '', unit = ''] = match
  const outside = outOfRange(status.toUpperCase(), column)
  if (outside !== null) return outside
  if (unit === '' && !FULL_COLUMNS.has(length)) return null
  const stable = status.toUpperCase() === 'ST'
  const marked = mark.toUpperCase()
  const net = marked === '' || marked === 'TR' ? {} : { net: isNet(marked) }
  if (!/\d/.test(column)) return { kind: 'status', details: { stable, ...net } }
  const number = columnNumber(column)
  if (number === null) return null
  return { kind: marked === 'TR' ? 'tare' : 'weight', ...number, ...columnUnit(unit), stable, ...net }
}

/** What stands for digits in such a line is none. */
function outOfRange(status: string, column: string): Said | null {
  if (status === 'UL') return UNDERLOAD
  if (status !== 'OL') return null
  return column.includes('-') ? UNDERLOAD : OVERLOAD
}

function extended(match: RegExpExecArray): Said | null {
  const [, status = '', platform = '', column = '', unit = '', tareColumn = ''] = match
  const outside = outOfRange(status.toUpperCase(), column)
  if (outside !== null) return outside
  const [number, tare] = [columnNumber(column), columnNumber(tareColumn)]
  if (number === null || tare === null) return null
  const unitName = unit.toLowerCase()
  return {
    kind: 'weight',
    ...number,
    unit: unitName,
    stable: status.toUpperCase() === 'ST',
    net: tare.digits !== 0,
    details: {
      platform: Number(platform),
      [inGrams(unitName) ? 'tareGrams' : 'tareValue']: valueIn(unitName, tare.digits, tare.decimals),
    },
  }
}

function parse(line: string): Said | null {
  const match = LINE.exec(line)
  if (match !== null) return plain(match, line.length)
  if (JIN.test(line)) return parse(line.replace(JIN, '斤'))
  const reply = REPLY.exec(line)
  if (reply !== null)
    return reply[2] === undefined ? { kind: 'ack' } : { kind: 'error', error: `err${reply[2]}` }
  const long = EXTENDED.exec(line)
  return long === null ? null : extended(long)
}

const stGs = {
  confidence: 'certain',
  line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  poll: null,
  usualUnit: 'kg',
  staleAfterMs: 800,
  // Its own flag, and no checksum.
  stability: { readings: 2, forMs: 0 },
  grammar: lines(LONGEST_LINE, beginsWith('SUOEsuoe'), parse),
} as const

export const stGs18: ScaleProtocol = {
  ...stGs,
  title: "'ST,GS' lines (General Measure M02, AWH, T-Scale, KERN EOC, Dini Argeo and clones)",
}

/** Where the output is "on request", each maker has a word of its own. */
const asked = (request: string): Poll => ({ ask: asciiBytes(request), periodMs: 150, replyTimeoutMs: 400 })

export const stGsRead: ScaleProtocol = {
  ...stGs,
  title: "'ST,GS' lines, asked with READ (General Measure M02, Dini Argeo)",
  poll: asked('READ\r\n'),
}

/** Without a line end. */
export const stGsW: ScaleProtocol = {
  ...stGs,
  title: "'ST,GS' lines, asked with W (KERN EOC)",
  poll: asked('W'),
}

export const stGsRw: ScaleProtocol = {
  ...stGs,
  title: "'ST,GS' lines, asked with RW (Excell)",
  poll: asked('RW\r\n'),
}

export const stGs21: ScaleProtocol = { ...stGs, title: "'ST,GS' lines of 20 or 21 bytes (Excell)" }
