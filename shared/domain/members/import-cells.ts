import { isDate } from '../calendar.ts'
import { birthdayOf, idNumberFault } from '../id-number.ts'
import { uidOfTyped, type WedgeBase } from '../keyboard-wedge.ts'
import { fen, type Fen } from '../units.ts'
import { categoryOf } from './categories.ts'

/** A cell as the file has it. A number keeps the digits that are stored: a spreadsheet may have lost some of them. */
export type ImportCell =
  | null
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  /** YYYY-MM-DD */
  | { readonly kind: 'date'; readonly date: string }

/** What is wrong with one cell, whatever stands in the others. */
export type CellFault =
  | 'name-missing'
  | 'too-long'
  | 'formula'
  | 'id-number-form'
  | 'id-number-birthday'
  | 'id-number-check-digit'
  | 'id-number-lost-digits'
  | 'birthday-form'
  | 'date-form'
  | 'phone-form'
  | 'card-form'
  | 'card-lost-zeros'
  | 'category-unknown'
  | 'amount-form'

export type CellAnswer<Value> = { readonly value: Value } | { readonly fault: CellFault }

const MOST_OPENING_FEN = 500_000

/** Without what nobody sees: zero-width marks, soft hyphens, spaces around it. */
export const cellText = (cell: ImportCell): string =>
  cell === null
    ? ''
    : (cell.kind === 'date' ? cell.date : cell.text)
        .replace(/[\u200B-\u200F\u00AD\uFEFF\u202A-\u202E\u2060]/g, '')
        .replace(/\s+/g, ' ')
        .trim()

/** A text cell as it is; what a spreadsheet would run, or an error it left there, is nobody's name. */
export function plainCell(cell: ImportCell, most: number): CellAnswer<string> {
  const text = cellText(cell)
  if (/^[=＝@＠#]/.test(text) || text.includes('\u0000') || !text.isWellFormed()) return { fault: 'formula' }
  return text.length > most ? { fault: 'too-long' } : { value: text }
}

export function nameCell(cell: ImportCell): CellAnswer<string> {
  const answer = plainCell(cell, 40)
  return 'value' in answer && answer.value === '' ? { fault: 'name-missing' } : answer
}

export function idNumberCell(cell: ImportCell): CellAnswer<string | null> {
  const text = narrow(cell).toUpperCase()
  if (text === '') return { value: null }
  if (cell?.kind === 'number' || /^\d(?:\.\d+)?E\+\d+$/.test(text)) return { fault: 'id-number-lost-digits' }
  const fault = idNumberFault(text)
  // Eighteen digits that a spreadsheet took for a number and that were saved as text again end in zeros.
  if (fault === 'check-digit' && /^\d{15}000$/.test(text)) return { fault: 'id-number-lost-digits' }
  return fault === null ? { value: text } : { fault: `id-number-${fault}` }
}

/** A date in any of the ways that a birthday is written in. */
export function dateCell(cell: ImportCell): CellAnswer<string | null> {
  const answer = birthdayCell(cell)
  return 'value' in answer ? answer : { fault: 'date-form' }
}

/** 1948-05-20, 1948/5/20, 1948.5.20, 1948年5月20日, 19480520, or a date cell. */
export function birthdayCell(cell: ImportCell): CellAnswer<string | null> {
  if (cell?.kind === 'date') return { value: cell.date }
  const text = narrowText(cellText(cell).replace(/ \d{1,2}:\d{2}(?::\d{2})?$/, ''))
  if (text === '') return { value: null }
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  const [, year = '', month = '', day = ''] = parts ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDate(date) ? { value: date } : { fault: 'birthday-form' }
}

export function phoneCell(cell: ImportCell): CellAnswer<string | null> {
  const text = narrow(cell).replace(/[-()]/g, '')
  if (text === '') return { value: null }
  return /^\+?\d{5,19}$/.test(text) ? { value: text } : { fault: 'phone-form' }
}

/**
 * A card's number: its bytes in hexadecimal, two digits each, or the decimal number that the canteen's reader types. As a
 * number in a spreadsheet it has lost the zeros before it, and nobody knows how many there were.
 */
export function cardCell(cell: ImportCell, base: WedgeBase): CellAnswer<string | null> {
  const text = narrow(cell).replace(/[-:]/g, '').toUpperCase()
  if (text === '') return { value: null }
  if (base === 'decimal') {
    const uid = /^\d{1,10}$/.test(text) ? uidOfTyped(text.padStart(10, '0'), 'decimal') : null
    return uid === null || /^(?:0+|F+)$/.test(uid) ? { fault: 'card-form' } : { value: uid }
  }
  if (cell?.kind === 'number' || /^\d(?:\.\d+)?E\+\d+$/.test(text)) return { fault: 'card-lost-zeros' }
  if (!/^[0-9A-F]{1,20}$/.test(text) || /^(?:0+|F+)$/.test(text)) return { fault: 'card-form' }
  const uid = uidOfTyped(text, 'hexadecimal')
  return uid === null ? { fault: 'card-lost-zeros' } : { value: uid }
}

export function categoriesCell(cell: ImportCell): CellAnswer<readonly string[]> {
  const codes = cellText(cell)
    .split(/[、,，;；/]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map(categoryOf)
  if (codes.length > 30) return { fault: 'too-long' }
  const known = codes.filter((code) => code !== null)
  return known.length === codes.length ? { value: [...new Set(known)] } : { fault: 'category-unknown' }
}

/** Yuan with at most two decimals, up to 5,000. A number cell may carry the dust of a binary fraction. */
export function openingCell(cell: ImportCell): CellAnswer<Fen> {
  const text = narrow(cell).replace(/[,¥￥元]/g, '')
  if (text === '') return { value: fen(0) }
  const amountFen = Math.round(Number(text) * 100)
  const exact =
    cell?.kind === 'number'
      ? Math.abs(Number(text) * 100 - amountFen) < 1e-6
      : /^\d+(?:\.\d{1,2})?$/.test(text)
  const inRange = amountFen >= 0 && amountFen <= MOST_OPENING_FEN
  return exact && inRange ? { value: fen(amountFen) } : { fault: 'amount-form' }
}

/** Digits and letters in their narrow form, without blanks: what numbers are written in. */
const narrow = (cell: ImportCell): string => narrowText(cellText(cell))

const narrowText = (text: string): string => text.normalize('NFKC').replace(/['\s]/g, '')

/** The birthday that counts, of the two that a row can say; null when they differ. */
export const sameBirthday = (idNumber: string | null, bornOn: string | null): boolean =>
  idNumber === null || bornOn === null || birthdayOf(idNumber) === bornOn
