import type { MonthlyGrant, PolicyPack } from '../../shared/domain/policy/types.ts'
import { fen } from '../../shared/domain/units.ts'
import { ageAt } from './expectations.ts'

/** The monthly grants of the simulated canteen, and a second idea of how they are used (SPEC LG-33). */

/** Two that some seniors get both of: the smaller one lasts longer, and is another fund's, which also pays subsidies. */
const RULES = [
  { id: 'meals-80', fromAge: 80, monthlyFen: 1500, months: 1, funderId: 'demo-fund' },
  { id: 'care-75', fromAge: 75, monthlyFen: 900, months: 2, funderId: 'demo-town' },
] as const

/** How the id begins of a grant that pays in its month alone. */
export const SHORT_GRANT = 'meals-80:'

export const withGrants = (pack: PolicyPack): PolicyPack => ({
  ...pack,
  // A station that starts publishes the shipped version again, which knows no grants.
  version: pack.version + 1,
  grants: RULES.map(({ id, fromAge, monthlyFen, months, funderId }): MonthlyGrant => ({
    id,
    title: { zh: `${fromAge} 岁以上助餐金（演示）`, en: `Grant from ${fromAge} (demo)` },
    when: { age: { from: fromAge } },
    monthlyFen: fen(monthlyFen),
    months,
    funderId,
    funderName: { zh: '基金（演示）', en: 'Fund (demo)' },
  })),
})

export interface HeldGrant {
  readonly grantId: string
  readonly lastDay: string
  readonly leftFen: number
}

/** What somebody is due in the month of a date, whole. @param bornOn empty when nobody knows her */
export function rightfulGrants(
  bornOn: string,
  memberId: string,
  date: string,
): readonly (HeldGrant & { readonly funderId: string })[] {
  if (bornOn === '') return []
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))]
  return RULES.filter(({ fromAge }) => ageAt(bornOn, date) >= fromAge).map(
    ({ id, monthlyFen, months, funderId }) => ({
      grantId: `${id}:${date.slice(0, 7)}:${memberId}`,
      funderId,
      leftFen: monthlyFen,
      // The day before the first of the month after the last one.
      lastDay: new Date(Date.UTC(year, month - 1 + months, 0)).toISOString().slice(0, 10),
    }),
  )
}

/** Which grants pay how much of a meal, in their order: the one that ends first before the others. */
export function grantsInTurn(held: readonly HeldGrant[], date: string, selfPayFen: number): string {
  let restFen = selfPayFen
  const paid: string[] = []
  const order = held
    .filter(({ lastDay, leftFen }) => lastDay >= date && leftFen > 0)
    .toSorted((one, other) => (one.lastDay + one.grantId < other.lastDay + other.grantId ? -1 : 1))
  for (const { grantId, leftFen } of order) {
    const amountFen = Math.min(restFen, leftFen)
    if (amountFen > 0) paid.push(`${grantId} ${amountFen}`)
    restFen -= amountFen
  }
  return paid.join()
}
