import { isDate } from './calendar.ts'

/**
 * China's citizen identity number, GB 11643-1999: six digits of the area, eight of the birthday, three in sequence (odd for
 * men), and a check character by ISO 7064 MOD 11-2.
 */
export type IdNumberFault = 'form' | 'birthday' | 'check-digit'

const FORM = /^[1-9]\d{16}[\dX]$/
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK = '10X98765432'
/** The number is younger than anybody born before: four digits that are no such year were mistyped. */
const FIRST_YEAR = 1850

/** What is wrong with an identity number of 18 characters, `X` in capitals; null when nothing is (SPEC ME-4). */
export function idNumberFault(idNumber: string): IdNumberFault | null {
  if (!FORM.test(idNumber)) return 'form'
  if (!isDate(birthdayOf(idNumber)) || Number(idNumber.slice(6, 10)) < FIRST_YEAR) return 'birthday'
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(idNumber[index]), 0)
  return CHECK[sum % 11] === idNumber[17] ? null : 'check-digit'
}

/** The birthday inside, YYYY-MM-DD; a date only if the number has no fault. */
export const birthdayOf = (idNumber: string): string =>
  `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`

type Sex = 'female' | 'male'

/** The last digit before the check character: odd for men. Only of a number without a fault. */
export const sexOf = (idNumber: string): Sex => (Number(idNumber[16]) % 2 === 1 ? 'male' : 'female')
