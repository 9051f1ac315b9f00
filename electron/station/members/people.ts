import type { MemberCard, MemberDetail, MemberFound } from '../../../shared/contract/members.ts'
import { ageOn } from '../../../shared/domain/business-day.ts'
import { inOrderOfUse } from '../../../shared/domain/grants.ts'
import type { BookFile, Person } from '../book/book.ts'
import { ownLimitOf } from '../book/card-standing.ts'
import { grantsLeft } from '../book/grants.ts'
import { walletOf } from '../book/members.ts'
import type { MemberRow } from '../book/queries.ts'
import { depositOn } from './card-returns.ts'
import { FIT, type Fit } from './matching.ts'
import { maskIdNumber, maskPhone } from './masking.ts'

/** Somebody who is registered and was not erased. */
export interface Registered {
  readonly person: Person
  readonly row: MemberRow
}

export function registered(file: BookFile, memberId: string): Registered | null {
  const row = file.queries.member.get(memberId)
  const person = row === undefined ? null : file.persons.get(memberId)
  return row === undefined || person === null ? null : { person, row }
}

/** One line of a search; null for somebody who is gone. `today` is the date that her age is told for. */
export function foundMember(file: BookFile, memberId: string, today: string): MemberFound | null {
  const person = registered(file, memberId)?.person
  return person === undefined ? null : found(file, memberId, person, today)
}

export function memberDetail(file: BookFile, memberId: string, today: string): MemberDetail | null {
  const member = registered(file, memberId)
  if (member === null) return null
  const { person, row } = member
  return {
    ...found(file, memberId, person, today),
    bornOn: person.bornOn,
    idNumberMasked: person.idNumber === undefined ? null : maskIdNumber(person.idNumber),
    emergencyContact: person.emergencyContact ?? null,
    hasPin: file.queries.memberPin.get(memberId) !== undefined,
    dailyLimitFen: ownLimitOf(file, memberId),
    categories: JSON.parse(row.categories) as readonly string[],
    householdArea: row.household_area,
    residenceArea: row.residence_area,
    grants: inOrderOfUse(grantsLeft(file, memberId, today)).map(({ funderId: _, ...grant }) => grant),
  }
}

function found(file: BookFile, memberId: string, person: Person, today: string): MemberFound {
  return {
    memberId,
    fullName: person.fullName,
    formOfAddress: person.formOfAddress,
    age: ageOn(person.bornOn, today),
    balanceFen: walletOf(file, memberId),
    cards: cardsOf(file, memberId),
    phoneMasked: person.phone === undefined ? null : maskPhone(person.phone),
  }
}

/** All cards of a member, the valid ones first. */
export const cardsOf = (file: BookFile, memberId: string): readonly MemberCard[] =>
  file
    .statement<[string], Omit<MemberCard, 'depositFen'>>(
      `SELECT uid, state FROM cards WHERE member_id = ?
       ORDER BY CASE state WHEN 'valid' THEN 0 WHEN 'lost' THEN 1 ELSE 2 END, hlc DESC`,
    )
    .all(memberId)
    .map((card) => ({ ...card, depositFen: depositOn(file, memberId, card.uid) }))

const CARD_TEXT = /^[0-9A-F]{4,20}$/
const MOST_CARDS = 100

/** Whose card has this number, or begins with it: four of its characters at least. */
export function holdersByCard(file: BookFile, text: string): ReadonlyMap<string, Fit> {
  const typed = text.replace(/\s/g, '').toUpperCase()
  if (!CARD_TEXT.test(typed)) return new Map()
  const cards = file
    .statement<[string, string, number], { uid: string; member_id: string }>(
      // 'G' follows the last digit there is.
      'SELECT uid, member_id FROM cards WHERE uid >= ? AND uid < ? ORDER BY uid DESC LIMIT ?',
    )
    .all(typed, `${typed}G`, MOST_CARDS)
  // The card itself, if there is one, comes last of those that begin with it.
  return new Map(cards.map((card) => [card.member_id, card.uid === typed ? FIT.exact : FIT.prefix]))
}
