import { memberCash } from '../../../shared/domain/ledger/accounts.ts'
import type { CardLookup, MemberFacts } from '../../../shared/domain/member.ts'
import type { BenefitUse } from '../../../shared/domain/policy/types.ts'
import { fen, type Fen } from '../../../shared/domain/units.ts'
import type { BookFile } from './book-file.ts'
import type { Person } from './persons.ts'

export type NamesOnScreen = 'form-of-address' | 'full-name'

/** A member's money, in fen; zero before the first top-up. */
export const walletOf = (file: BookFile, memberId: string): Fen =>
  fen(file.queries.balance.get(memberCash(memberId))?.balance_fen ?? 0)

/** The member's uses of benefits in the month of a business date. */
export function benefitUses(file: BookFile, memberId: string, businessDate: string): readonly BenefitUse[] {
  return file.queries.uses.all(businessDate.slice(0, 7), memberId).map((row) => ({
    benefitId: row.benefit_id,
    businessDate: row.business_date,
    mealPeriod: row.meal_period,
    amountFen: fen(row.amount_fen),
    here: row.origin === file.originId,
    saleId: row.sale_id,
  }))
}

/** Who taps: a member with her balance and uses, or why this card pays nothing. An erased person's card is unknown. */
export function lookUpCard(
  file: BookFile,
  uid: string,
  businessDate: string,
  names: NamesOnScreen,
): CardLookup {
  const card = file.queries.card.get(uid)
  if (card === undefined) return { kind: 'unknown', uid }
  if (card.state === 'lost') return { kind: 'lost', uid }
  const person = file.persons.get(card.member_id)
  const facts = person === null ? null : factsOf(file, card.member_id, person)
  if (person === null || facts === null) return { kind: 'unknown', uid }
  return {
    kind: 'known',
    member: {
      facts,
      displayName: shownName(person, names),
      balanceFen: walletOf(file, card.member_id),
      cardUid: uid,
      uses: benefitUses(file, card.member_id, businessDate),
    },
  }
}

function factsOf(file: BookFile, memberId: string, person: Person): MemberFacts | null {
  const row = file.queries.member.get(memberId)
  if (row === undefined) return null
  return {
    memberId,
    bornOn: person.bornOn,
    categories: JSON.parse(row.categories) as readonly string[],
    householdArea: row.household_area,
    residenceArea: row.residence_area,
  }
}

/** The name as the canteen chose to show it. */
export const shownName = (person: Person, names: NamesOnScreen): string =>
  names === 'full-name' ? person.fullName : person.formOfAddress
