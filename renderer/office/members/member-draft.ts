import type { IdCardAnswer, MemberDetail, PersonForm } from '../../../shared/contract/members.ts'
import { ageOn } from '../../../shared/domain/business-day.ts'
import { ALLERGEN_CODES, DIET_CODES, type Allergen, type Diet } from '../../../shared/domain/diet.ts'
import { isDate } from '../../../shared/domain/calendar.ts'
import { birthdayOf, idNumberFault, type IdNumberFault } from '../../../shared/domain/id-number.ts'

/** When one category holds and what proves it, as text. */
export interface TimeDraft {
  readonly category: string
  readonly from: string
  readonly until: string
  readonly proofKind: string
  /** Empty: the number that is in the book stays. */
  readonly proofNumber: string
  /** The number in the book, masked; null when there is none. */
  readonly keptNumber: string | null
}

/** The form as it is being written: text, before it is checked. */
export interface MemberDraft {
  readonly fullName: string
  readonly formOfAddress: string
  readonly idNumber: string
  readonly bornOn: string
  readonly phone: string
  readonly emergencyContact: string
  readonly categories: readonly string[]
  readonly allergens: readonly Allergen[]
  readonly diets: readonly Diet[]
  /** The times of categories as they are being written; one that has none here holds without bounds. */
  readonly times: readonly TimeDraft[]
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
  times: [],
  allergens: [],
  diets: [],
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
  allergens: ALLERGEN_CODES.filter((code) => member.allergens.includes(code)),
  diets: DIET_CODES.filter((code) => member.diets.includes(code)),
  times: member.registered.map(({ category, from, until, proof }) => ({
    category,
    from: from ?? '',
    until: until ?? '',
    proofKind: proof?.kind ?? '',
    proofNumber: '',
    keptNumber: proof?.numberMasked ?? null,
  })),
  householdArea: member.householdArea,
  residenceArea: member.residenceArea,
})

/** The times of the categories that are chosen, an empty one for each that has none. */
export function timesOfDraft({ categories, times }: MemberDraft): readonly TimeDraft[] {
  return categories.flatMap((category) => {
    const own = times.filter((time) => time.category === category)
    const none = { category, from: '', until: '', proofKind: '', proofNumber: '', keptNumber: null }
    return own.length === 0 ? [none] : own
  })
}

/** Are its dates dates, in order, and is a number said with its document? */
export function isTimeRight({ from, until, proofKind, proofNumber }: TimeDraft): boolean {
  const isEmptyOrDate = (text: string): boolean => text.trim() === '' || isDate(text.trim())
  if (!isEmptyOrDate(from) || !isEmptyOrDate(until)) return false
  if (proofNumber.trim() !== '' && proofKind.trim() === '') return false
  return from.trim() === '' || until.trim() === '' || from.trim() <= until.trim()
}

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

export type FieldName = 'fullName' | 'idNumber' | 'bornOn' | 'phone' | 'times'

/** What keeps the form from being saved, by field. */
export function faultsOf(draft: MemberDraft, today: string): ReadonlySet<FieldName> {
  const faults = new Set<FieldName>()
  if (draft.fullName.trim() === '') faults.add('fullName')
  const number = idNumberState(draft.idNumber)
  if (number.kind === 'fault' || number.kind === 'unfinished') faults.add('idNumber')
  else if (ageOfDraft(draft, today) === null) faults.add('bornOn')
  if (!/^[\d\s+-]*$/.test(draft.phone)) faults.add('phone')
  if (!timesOfDraft(draft).every(isTimeRight)) faults.add('times')
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
    allergens: [...draft.allergens],
    diets: [...draft.diets],
    categoryTimes: timesOfDraft(draft).map((time) => ({
      category: time.category,
      from: time.from.trim() === '' ? null : time.from.trim(),
      until: time.until.trim() === '' ? null : time.until.trim(),
      proof:
        time.proofKind.trim() === ''
          ? null
          : {
              kind: time.proofKind.trim(),
              number: time.proofNumber.trim() === '' ? null : time.proofNumber.trim(),
            },
    })),
    householdArea: draft.householdArea.trim(),
    residenceArea: draft.residenceArea.trim(),
  }
}
