import {
  datedCategory,
  holdsOn,
  runningOut,
  type DatedCategory,
  type RegisteredCategory,
} from '../../../shared/domain/members/dated-categories.ts'
import { staffNameIn } from '../day/staff-name.ts'
import type {
  CategoryTime,
  MemberCard,
  MemberDetail,
  MemberFound,
  ProofRunningOut,
} from '../../../shared/contract/members.ts'
import { ageOn } from '../../../shared/domain/business-day.ts'
import { inOrderOfUse } from '../../../shared/domain/grants.ts'
import type { BookFile, Person } from '../book/book.ts'
import { ownLimitOf } from '../book/card-standing.ts'
import { grantsLeft } from '../book/grants.ts'
import { walletOf } from '../book/members.ts'
import type { MemberRow } from '../book/queries.ts'
import { newestAlarm } from './card-alarms.ts'
import { depositOn } from './card-returns.ts'
import { FIT, type Fit } from './matching.ts'
import { maskIdNumber, maskPhone } from './masking.ts'
import { payersShown } from './paid-by.ts'

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
    photoId: file.persons.photos.idOf(memberId),
    hasPin: file.queries.memberPin.get(memberId) !== undefined,
    dailyLimitFen: ownLimitOf(file, memberId),
    allergens: person.allergens ?? [],
    diets: person.diets ?? [],
    ...categoriesShown(file, person, row, today),
    householdArea: row.household_area,
    residenceArea: row.residence_area,
    grants: inOrderOfUse(grantsLeft(file, memberId, today)).map(({ funderId: _, ...grant }) => grant),
    payers: payersShown(person),
  }
}

const maskProof = (number: string): string => `…${number.slice(-4)}`

function categoriesShown(
  file: BookFile,
  { proofs = [] }: Person,
  row: MemberRow,
  today: string,
): Pick<MemberDetail, 'categories' | 'registered'> {
  const dated = registeredCategories(row).map(datedCategory)
  return {
    categories: [...new Set(dated.map(({ category }) => category))],
    registered: dated.map((each): CategoryTime => {
      const proof = proofs.find(({ category }) => category === each.category)
      return {
        ...each,
        standing: standingOf(each, today),
        proof:
          proof === undefined
            ? null
            : {
                kind: proof.kind,
                numberMasked: proof.number === undefined ? null : maskProof(proof.number),
                checkedBy: staffNameIn(file, proof.checkedBy),
                checkedOn: proof.checkedOn,
              },
      }
    }),
  }
}

const standingOf = (each: DatedCategory, today: string): CategoryTime['standing'] => {
  if (holdsOn(each, today)) return 'holds'
  return each.from !== null && today < each.from ? 'not-yet' : 'ended'
}

/** What a member is registered with, as the table keeps it. */
export const registeredCategories = ({ categories }: Pick<MemberRow, 'categories'>) =>
  JSON.parse(categories) as readonly RegisteredCategory[]

/** Whose categories end within `days` from today on, the soonest first; whoever was erased is left out. */
export function proofsRunningOut(file: BookFile, today: string, days: number): readonly ProofRunningOut[] {
  const rows = file
    .statement<[], Pick<MemberRow, 'member_id' | 'categories'>>(
      `SELECT member_id, categories FROM members WHERE categories LIKE '%"until":"%'`,
    )
    .all()
  return rows
    .flatMap((row) => {
      const ending = runningOut(registeredCategories(row), today, days)
      const person = ending.length === 0 ? null : file.persons.get(row.member_id)
      if (person === null) return []
      const { fullName, phone } = person
      const phoneMasked = phone === undefined ? null : maskPhone(phone)
      return ending.map((each) => ({ ...each, memberId: row.member_id, fullName, phoneMasked }))
    })
    .toSorted((one, other) => one.daysLeft - other.daysLeft || (one.memberId < other.memberId ? -1 : 1))
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
    .statement<[string], Pick<MemberCard, 'uid' | 'state'>>(
      `SELECT uid, state FROM cards WHERE member_id = ?
       ORDER BY CASE state WHEN 'valid' THEN 0 WHEN 'lost' THEN 1 ELSE 2 END, hlc DESC`,
    )
    .all(memberId)
    .map((card) => ({
      ...card,
      depositFen: depositOn(file, memberId, card.uid),
      seenTwice: newestAlarm(file, card.uid),
    }))

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
