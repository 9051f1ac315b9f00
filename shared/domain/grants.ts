import { ageOn } from './business-day.ts'
import { addDays } from './calendar.ts'
import type { MemberFacts } from './member.ts'
import { Bill } from './policy/bill.ts'
import { holds } from './policy/conditions.ts'
import type { MonthlyGrant } from './policy/types.ts'
import type { Words } from './menu.ts'
import type { GrantPart, Tender } from './sale.ts'
import { fen, ZERO_FEN, type Fen } from './units.ts'

/** What is left of one grant of a member. */
export interface GrantLeft {
  readonly grantId: string
  readonly funderId: string
  readonly title: Words
  readonly leftFen: Fen
  /** The last business date on which it pays, YYYY-MM-DD. */
  readonly lastDay: string
}

interface Wallets {
  readonly balanceFen: Fen
  readonly grants?: readonly GrantLeft[]
}

/**
 * Who pays what she owes herself (SPEC LG-33): grants first, the one that ends soonest before the others, then her own prepaid
 * money, then cash. A guest pays cash.
 */
export function tenderFor(selfPayFen: Fen, member: Wallets | null): Tender {
  if (member === null) return { walletFen: ZERO_FEN, cashFen: selfPayFen }
  const grants: GrantPart[] = []
  let restFen: number = selfPayFen
  for (const { grantId, funderId, leftFen } of inOrderOfUse(member.grants ?? [])) {
    const amountFen = fen(Math.min(restFen, leftFen))
    if (amountFen === 0) continue
    grants.push({ grantId, funderId, amountFen })
    restFen -= amountFen
  }
  const cashFen = fen(Math.max(0, restFen - Math.max(0, member.balanceFen)))
  const walletFen = fen(selfPayFen - cashFen)
  return grants.length === 0 ? { walletFen, cashFen } : { walletFen, cashFen, grants }
}

/** The one that ends soonest first; of two that end together the first by id, so every station chooses alike. */
export const inOrderOfUse = <Grant extends Pick<GrantLeft, 'grantId' | 'lastDay'>>(
  grants: readonly Grant[],
): readonly Grant[] =>
  grants.toSorted((one, other) => {
    const [mine, theirs] = [`${one.lastDay} ${one.grantId}`, `${other.lastDay} ${other.grantId}`]
    return mine < theirs ? -1 : mine > theirs ? 1 : 0
  })

/** The id of a pack's grant to a member in a month: a second try is the same grant. */
export const monthlyGrantId = (ruleId: string, month: string, memberId: string): string =>
  `${ruleId}:${month}:${memberId}`

/** Whether she gets this grant on that date. @param place the canteen's area */
export function isGranted(
  rule: MonthlyGrant,
  member: MemberFacts,
  day: { readonly date: string; readonly workingDay: boolean; readonly canteenArea: string },
): boolean {
  // Nobody is asked for a grant before she is born.
  if (ageOn(member.bornOn, day.date) < 0) return false
  const nothingYet = new Bill({
    businessDate: day.date,
    mealPeriod: 'lunch',
    workingDay: day.workingDay,
    channel: 'counter',
    canteenArea: day.canteenArea,
    foodFen: ZERO_FEN,
    deliveryFen: ZERO_FEN,
    dishTags: [],
    member,
    uses: [],
  })
  return holds(rule.when, nothingYet)
}

/** The last day of a grant that is given on `date` and pays in `months` months, this one included. */
export function lastDayOf(date: string, months: number): string {
  const first = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  const year = String(Math.floor(first / 12)).padStart(4, '0')
  return addDays(`${year}-${String((first % 12) + 1).padStart(2, '0')}-01`, -1)
}
