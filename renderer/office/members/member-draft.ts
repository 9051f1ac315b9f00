import type { IdCardAnswer, MemberDetail, PersonForm } from '../../../shared/contract/members.ts'
import { ageOn } from '../../../shared/domain/business-day.ts'
import { isDate } from '../../../shared/domain/calendar.ts'
import { birthdayOf, idNumberFault, type IdNumberFault } from '../../../shared/domain/id-number.ts'

/** The form as it is being written: text, before it is checked. */
export interface MemberDraft {
  readonly fullName: string
  readonly formOfAddress: string
  readonly idNumber: string
  readonly bornOn: string
  readonly phone: string
  readonly emergencyContact: string
  readonly categories: readonly string[]
  readonly householdArea: string
  readonly residenceArea: string
}

export const NEW_MEMBER: MemberDraft = {
  fullName: '',
  formOfAddress: '',
  idNumber: '',
  bornOn: '',
  phone: '',
  emergencyContact: '',
  categories: [],
  householdArea: '',
  residenceArea: '',
}

/** Numbers and phone are not shown whole: left empty, they stay as they are in the book. */
export const draftOfMember = (member: MemberDetail): MemberDraft => ({
  ...NEW_MEMBER,
  fullName: member.fullName,
  formOfAddress: member.formOfAddress,
  bornOn: member.bornOn,
  emergencyContact: member.emergencyContact ?? '',
  categories: member.categories,
  householdArea: member.householdArea,
  residenceArea: member.residenceArea,
})

/** What an ID card fills in; its birthday is in its number where it has one of the citizens' form. */
export const draftOfIdCard = (
  card: Extract<IdCardAnswer, { readonly kind: 'card' }>,
): Pick<MemberDraft, 'fullName' | 'idNumber' | 'bornOn'> => ({
  fullName: card.fullName,
  idNumber: card.idNumber ?? '',
  bornOn: card.bornOn,
})

/** How the identity number stands while it is being written. */
export type IdNumberState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'unfinished'; readonly missing: number }
  | { readonly kind: 'fault'; readonly fault: IdNumberFault }
  | { readonly kind: 'right'; readonly bornOn: string }

const ID_LENGTH = 18
const written = (idNumber: string): string => idNumber.replace(/\s/g, '').toUpperCase()

export function idNumberState(idNumber: string): IdNumberState {
  const number = written(idNumber)
  if (number === '') return { kind: 'empty' }
  if (number.length < ID_LENGTH && /^\d*$/.test(number))
    return { kind: 'unfinished', missing: ID_LENGTH - number.length }
  const fault = idNumberFault(number)
  return fault === null ? { kind: 'right', bornOn: birthdayOf(number) } : { kind: 'fault', fault }
}

/** The birthday that counts: the number's own where there is one, else what was written; null while it is no date. */
export function bornOnOf(draft: MemberDraft): string | null {
  const state = idNumberState(draft.idNumber)
  if (state.kind === 'right') return state.bornOn
  return isDate(draft.bornOn.trim()) ? draft.bornOn.trim() : null
}

/** Age on a day, from the birthday that counts; null before there is one or when it lies ahead. */
export function ageOfDraft(draft: MemberDraft, today: string): number | null {
  const bornOn = bornOnOf(draft)
  return bornOn === null || bornOn > today ? null : ageOn(bornOn, today)
}

export type FieldName = 'fullName' | 'idNumber' | 'bornOn' | 'phone'

/** What keeps the form from being saved, by field. */
export function faultsOf(draft: MemberDraft, today: string): ReadonlySet<FieldName> {
  const faults = new Set<FieldName>()
  if (draft.fullName.trim() === '') faults.add('fullName')
  const number = idNumberState(draft.idNumber)
  if (number.kind === 'fault' || number.kind === 'unfinished') faults.add('idNumber')
  else if (ageOfDraft(draft, today) === null) faults.add('bornOn')
  if (!/^[\d\s+-]*$/.test(draft.phone)) faults.add('phone')
  return faults
}

/** What goes to the station; only of a draft without faults. */
export function personOf(draft: MemberDraft): PersonForm {
  const number = written(draft.idNumber)
  const phone = draft.phone.replace(/[\s-]/g, '')
  return {
    fullName: draft.fullName.trim(),
    formOfAddress: draft.formOfAddress.trim(),
    idNumber: number === '' ? null : number,
    bornOn: bornOnOf(draft),
    phone: phone === '' ? null : phone,
    emergencyContact: draft.emergencyContact.trim(),
    categories: [...draft.categories],
    householdArea: draft.householdArea.trim(),
    residenceArea: draft.residenceArea.trim(),
  }
}
