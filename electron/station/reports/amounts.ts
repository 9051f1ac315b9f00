/**
 * Fen and milligrams as people and spreadsheets read them. The one place where an amount leaves the integers: the quotient
 * of an integer and a power of ten is the double nearest to that decimal, which is written and read again as the very same
 * digits.
 */

const FEN_PER_YUAN = 100
const MG_PER_KG = 1_000_000
const MG_PER_GRAM = 1_000

/** For a cell of a spreadsheet. */
export const yuanNumber = (amountFen: number): number => amountFen / FEN_PER_YUAN
export const kilogramNumber = (weightMg: number): number => weightMg / MG_PER_KG
export const gramNumber = (weightMg: number): number => weightMg / MG_PER_GRAM

/** 1250 is 12.50, -5 is -0.05. */
export const yuanText = (amountFen: number): string => decimal(amountFen, FEN_PER_YUAN, 2)

/** 340000 is 0.340; a milligram is never rounded away. */
export const kilogramText = (weightMg: number): string =>
  decimal(weightMg, MG_PER_KG, 6).replace(/0{1,3}$/, '')

/** 250500 is 250.5, -40000 is -40: exact as well. */
export const gramText = (weightMg: number): string => decimal(weightMg, MG_PER_GRAM, 3).replace(/\.?0+$/, '')

/** With a comma between thousands, for people alone: 1,250.00. */
export const yuanShown = (amountFen: number): string =>
  yuanText(amountFen).replaceAll(/\B(?=(?:\d{3})+\.)/g, ',')

function decimal(value: number, unit: number, digits: number): string {
  const size = Math.abs(value)
  const part = String(size % unit).padStart(digits, '0')
  return `${value < 0 ? '-' : ''}${Math.floor(size / unit)}.${part}`
}

/** A moment on the canteen's clocks, as a date whose UTC fields are what those clocks show. */
export function wallDate(atMs: number, timeZone: string): Date {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return new Date(`${shown.format(atMs).replace(' ', 'T')}Z`)
}

/** 2026-11-03 12:05:09 */
export const wallText = (atMs: number, timeZone: string): string =>
  wallDate(atMs, timeZone).toISOString().slice(0, 19).replace('T', ' ')
