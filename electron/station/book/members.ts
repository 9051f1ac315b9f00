import { addDays } from '../../../shared/domain/calendar.ts'
import { categoriesOn, type RegisteredCategory } from '../../../shared/domain/members/dated-categories.ts'
import { memberCash, stationOf } from '../../../shared/domain/ledger/accounts.ts'
import type { GrantLeft } from '../../../shared/domain/grants.ts'
import type { CardLookup, CounterMember, MemberFacts } from '../../../shared/domain/member.ts'
import type { BenefitUse } from '../../../shared/domain/policy/types.ts'
import { fen, type Fen } from '../../../shared/domain/units.ts'
import type { BookFile } from './book-file.ts'
import { grantsLeft } from './grants.ts'
import { standingOf } from './card-standing.ts'
import type { Person } from './persons.ts'
import type { UseRow } from './queries.ts'

export type NamesOnScreen = 'form-of-address' | 'full-name'

/** A member's own prepaid money, in fen; zero before the first top-up. */
export const walletOf = (file: BookFile, memberId: string): Fen =>
  fen(file.queries.balance.get(memberCash(memberId))?.balance_fen ?? 0)

/** Her grants that are good on the date and not spent; without any, nothing. */
function grantsOn(
  file: BookFile,
  memberId: string,
  date: string,
): { readonly grants?: readonly GrantLeft[] } {
  const grants = grantsLeft(file, memberId, date)
  return grants.length === 0 ? {} : { grants }
}

/** The member's uses of benefits in the month of a business date, in no particular order. */
export const benefitUses = (file: BookFile, memberId: string, businessDate: string): readonly BenefitUse[] =>
  file.queries.uses.all(businessDate.slice(0, 7), memberId).map((row) => useOf(row, file.originId))

/** The member's uses of benefits on a business date, in no particular order. */
export const benefitUsesOfDay = (
  file: BookFile,
  memberId: string,
  businessDate: string,
): readonly BenefitUse[] =>
  file.queries.usesOfDay
    .all(businessDate.slice(0, 7), memberId, businessDate)
    .map((row) => useOf(row, file.originId))

/** How many meals she ate on a business date, subsidised or not; one that was taken back is none. */
const mealsOfDay = (file: BookFile, memberId: string, businessDate: string): number =>
  file.queries.mealsOfDay.get(saleIdsSince(businessDate), memberId, businessDate)?.meals ?? 0

/** Days by which a device clock may have stood wrong when it made a sale's id. */
const CLOCK_LEEWAY_DAYS = 3

/** Ids of sales begin with their moment in milliseconds: from here on the table is read, not from its beginning. */
function saleIdsSince(businessDate: string): string {
  const ms = Date.parse(`${addDays(businessDate, -CLOCK_LEEWAY_DAYS)}T00:00:00Z`)
  const hex = ms.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}

const useOf = (row: UseRow, ownOrigin: string): BenefitUse => ({
  benefitId: row.benefit_id,
  businessDate: row.business_date,
  mealPeriod: row.meal_period,
  amountFen: fen(row.amount_fen),
  here: stationOf(row.origin) === stationOf(ownOrigin),
  saleId: row.sale_id,
})

/** Who taps: a member with her balance and uses, or why this card pays nothing. An erased person's card is unknown. */
export function lookUpCard(
  file: BookFile,
  uid: string,
  businessDate: string,
  names: NamesOnScreen,
): CardLookup {
  const card = file.queries.card.get(uid)
  if (card === undefined) return { kind: 'unknown', uid }
  if (card.state !== 'valid') return { kind: card.state, uid }
  const person = file.persons.get(card.member_id)
  const facts = person === null ? null : factsOf(file, card.member_id, person, businessDate)
  if (person === null || facts === null) return { kind: 'unknown', uid }
  return {
    kind: 'known',
    member: {
      facts,
      displayName: shownName(person, names),
      ...eatingOf(person),
      balanceFen: walletOf(file, card.member_id),
      ...grantsOn(file, card.member_id, businessDate),
      cardUid: uid,
      ...photoOf(file, card.member_id),
      card: standingOf(file, uid, card.member_id, businessDate),
      uses: benefitUses(file, card.member_id, businessDate),
      earlierMeals: mealsOfDay(file, card.member_id, businessDate),
    },
  }
}

function photoOf(file: BookFile, memberId: string): { readonly photoId?: string } {
  const photoId = file.persons.photos.idOf(memberId)
  return photoId === null ? {} : { photoId }
}
const eatingOf = ({ allergens = [], diets = [] }: Person): Pick<CounterMember, 'eating'> =>
  allergens.length === 0 && diets.length === 0 ? {} : { eating: { allergens, diets } }

function factsOf(file: BookFile, memberId: string, person: Person, businessDate: string): MemberFacts | null {
  const row = file.queries.member.get(memberId)
  if (row === undefined) return null
  return {
    memberId,
    bornOn: person.bornOn,
    ...categoriesOn(JSON.parse(row.categories) as readonly RegisteredCategory[], businessDate),
    householdArea: row.household_area,
    residenceArea: row.residence_area,
  }
}

/** What a policy may ask about a member; null for somebody who is unknown or erased. */
export function memberFacts(file: BookFile, memberId: string, businessDate: string): MemberFacts | null {
  const person = file.persons.get(memberId)
  return person === null ? null : factsOf(file, memberId, person, businessDate)
}

/** The name as the canteen chose to show it. */
export const shownName = (person: Person, names: NamesOnScreen): string =>
  names === 'full-name' ? person.fullName : person.formOfAddress
