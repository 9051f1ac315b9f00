import type { PersonForm } from '../../../shared/contract/members.ts'
import { idNumberFault } from '../../../shared/domain/id-number.ts'

/** An identity number with its right check digit: the one of eleven that counts. */
export function idNumberOf(bornOn: string, sequence = '002'): string {
  const seventeen = `350102${bornOn.replaceAll('-', '')}${sequence}`
  const number = Array.from('0123456789X')
    .map((check) => seventeen + check)
    .find((all) => idNumberFault(all) === null)
  if (number === undefined) throw new Error(`no identity number for ${bornOn}`)
  return number
}

/** A form that can be sent as it is; anything can be put in its place. */
export const formOf = (change: Partial<PersonForm> = {}): PersonForm => ({
  fullName: '林秀英',
  formOfAddress: '',
  idNumber: null,
  bornOn: '1950-05-05',
  phone: null,
  categories: ['hukou-city'],
  householdArea: '35/3501/350102',
  residenceArea: '35/3501',
  ...change,
})
