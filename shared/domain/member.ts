import type { EatingRules } from './diet.ts'
import type { GrantLeft } from './grants.ts'
import type { CardStanding } from './members/card-rules.ts'
import type { LapsedCategory } from './members/dated-categories.ts'
import type { BenefitUse } from './policy/types.ts'
import type { Fen } from './units.ts'

/** What the subsidy may ask about a person on the day of the meal. No name, no number. */
export interface MemberFacts {
  readonly memberId: string
  /** YYYY-MM-DD; used to work out the age on the meal date, never written to the journal. */
  readonly bornOn: string
  /** The eligibility categories that hold on the day of the meal, e.g. 'low-income', 'disabled-moderate', 'hukou-city'. */
  readonly categories: readonly string[]
  /** Those she is registered with and that do not hold on that day; absent is none (SPEC ME-14). */
  readonly lapsed?: readonly LapsedCategory[]
  /** Area codes as a path from province to town: '44/4401/440118/440118102'. */
  readonly householdArea: string
  readonly residenceArea: string
}

/** The member as the counter knows her at the tap. */
export interface CounterMember {
  readonly facts: MemberFacts
  /** Surname and form of address unless the canteen chose full names: 林依姆. */
  readonly displayName: string
  /** Her own prepaid money. */
  readonly balanceFen: Fen
  /** What funds gave her and is not spent, good on this date; absent is none. */
  readonly grants?: readonly GrantLeft[]
  readonly cardUid: string
  /** Names her picture for staff; absent: there is none. */
  readonly photoId?: string
  /** How the card stands on this date; absent: it has paid nothing, and no limit is her own. */
  readonly card?: CardStanding
  /** Benefits used this month, for the limits of the policy. */
  readonly uses: readonly BenefitUse[]
  /** What she may not or should not eat; absent is nothing. */
  readonly eating?: EatingRules
  /** Meals of this business date that are in the book already, subsidised or not; absent is none. */
  readonly earlierMeals?: number
}

export type CardState = 'valid' | 'lost' | 'returned'

export type CardLookup =
  | { readonly kind: 'known'; readonly member: CounterMember }
  | { readonly kind: 'unknown'; readonly uid: string }
  | { readonly kind: 'lost' | 'returned'; readonly uid: string }
