import { asciiBytes, byteAt } from './bytes.ts'
import { decimalValue } from './exact-weight.ts'
import type { Said, WeightSaid } from './said.ts'

/** Digits as they stand, signed, and how many of them are behind the point. */
export type Digits = Pick<WeightSaid, 'digits' | 'decimals'>

const NUMBER = /^ *([+-]?) *(\d{1,15})(?:\.(\d{0,15}))? *$/
const BLANK = /^[ +-]*$/

/**
 * The number in one column of a text: blanks around it, and its sign may stand apart, as in `-  29.182`.
 *
 * @returns null for anything else, a second point or a blank between digits among it.
 */
export function columnNumber(column: string): Digits | null {
  const match = NUMBER.exec(column)
  if (match === null) return null
  const fraction = match[3] ?? ''
  const digits = Number(`${match[2] ?? ''}${fraction}`)
  if (!Number.isSafeInteger(digits)) return null
  return { digits: match[1] === '-' && digits !== 0 ? -digits : digits, decimals: fraction.length }
}

const BLANK_BYTE = 0x20
const PLUS = 0x2b
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30

/** The same of the bytes `[from, to)`, without making a text of them: for frames that come by the million. */
export function bytesNumber(bytes: Uint8Array, from: number, to: number): Digits | null {
  let at = passBlanks(bytes, from, to)
  const sign = byteAt(bytes, at)
  if (sign === PLUS || sign === MINUS) at = passBlanks(bytes, at + 1, to)
  let digits = 0
  let decimals = -1
  const first = at
  for (; at < to; at += 1) {
    const byte = byteAt(bytes, at)
    if (byte === POINT && decimals < 0 && at > first) decimals = 0
    else if (byte >= ZERO && byte <= ZERO + 9) {
      digits = digits * 10 + byte - ZERO
      if (decimals >= 0) decimals += 1
    } else break
  }
  if (at === first || passBlanks(bytes, at, to) < to || !Number.isSafeInteger(digits)) return null
  return { digits: sign === MINUS && digits !== 0 ? -digits : digits, decimals: Math.max(0, decimals) }
}

function passBlanks(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  while (at < to && byteAt(bytes, at) === BLANK_BYTE) at += 1
  return at
}

/** What a column of digits says: a weight, a count of pieces, no weight where it is blank, nothing where it is no number. */
export function columnSaid(
  column: string,
  unit: string,
  more: Pick<WeightSaid, 'stable' | 'net' | 'details'>,
): Said | null {
  if (BLANK.test(column)) {
    const { details, ...flags } = more
    return { kind: 'status', details: { ...flags, ...details } }
  }
  const number = columnNumber(column)
  if (number === null) return null
  const name = unit.trim().toLowerCase()
  if (isPieces(name)) return count(number)
  return { kind: 'weight', ...number, ...columnUnit(name), ...more }
}

/** A column of the unit: its name in lower case, or that it was left blank. */
export function columnUnit(column: string): Pick<WeightSaid, 'unit' | 'unitLeftBlank'> {
  const unit = column.trim().toLowerCase()
  return unit === '' ? { unit: null, unitLeftBlank: true } : { unit }
}

/** Pieces are counted, not weighed. */
const isPieces = (unit: string): boolean => unit === 'pc' || unit === 'pcs'

export const count = ({ digits, decimals }: Digits): Said => ({
  kind: 'count',
  details: { count: decimalValue(digits, decimals) },
})

/** Whether a line can begin with a byte, from the characters it can begin with. */
export function beginsWith(characters: string): (byte: number) => boolean {
  const first: ReadonlySet<number> = new Set(asciiBytes(characters))
  return (byte) => first.has(byte)
}
