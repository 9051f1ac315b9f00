import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inOrderOfUse, isGranted, lastDayOf, tenderFor, type GrantLeft } from './grants.ts'
import type { MonthlyGrant } from './policy/types.ts'
import { grantsFen, ownWalletFen } from './sale.ts'
import { fen } from './units.ts'

const grant = (grantId: string, leftFen: number, lastDay: string): GrantLeft => ({
  grantId,
  funderId: 'village',
  title: { zh: '助餐金', en: 'Meal grant' },
  leftFen: fen(leftFen),
  lastDay,
})
const arbitraryGrant = fc
  .tuple(
    fc.uuid(),
    fc.integer({ min: 1, max: 6_000 }),
    fc.constantFrom('2026-11-30', '2026-12-31', '2027-01-31'),
  )
  .map(([id, leftFen, lastDay]) => grant(id, leftFen, lastDay))

test('LG-33 LG-4 grants that end soonest pay first, then the wallet, then cash, to the fen', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9_000 }),
      fc.integer({ min: -500, max: 6_000 }),
      fc.uniqueArray(arbitraryGrant, { maxLength: 4, selector: ({ grantId }) => grantId }),
      (selfPayFen, balanceFen, grants) => {
        const tender = tenderFor(fen(selfPayFen), { balanceFen: fen(balanceFen), grants })
        const byGrants = grantsFen(tender)
        const own = ownWalletFen(tender)
        expect(tender.walletFen + tender.cashFen).toBe(selfPayFen)
        expect(Math.min(byGrants, own, tender.cashFen)).toBeGreaterThanOrEqual(0)
        expect(own).toBeLessThanOrEqual(Math.max(0, balanceFen))
        const allLeft = grants.reduce((sum, { leftFen }) => sum + leftFen, 0)
        expect(byGrants).toBe(Math.min(selfPayFen, allLeft))
        expect(tender.cashFen === 0 || own === Math.max(0, balanceFen)).toBe(true)
        // All that come before one that pays are empty afterwards.
        const paid = new Map((tender.grants ?? []).map((part) => [part.grantId, part.amountFen]))
        const inOrder = inOrderOfUse(grants)
        const last = inOrder.findLastIndex(({ grantId }) => paid.has(grantId))
        for (const before of inOrder.slice(0, Math.max(0, last)))
          expect(paid.get(before.grantId)).toBe(before.leftFen)
      },
    ),
    { numRuns: 10_000 },
  )
})

test('LG-33 a meal in which a grant runs out: the rest is her own', () => {
  const grants = [grant('b', 700, '2026-12-31'), grant('a', 200, '2026-11-30')]
  expect(tenderFor(fen(1_152), { balanceFen: fen(5_000), grants })).toEqual({
    walletFen: 1_152,
    cashFen: 0,
    grants: [
      { grantId: 'a', funderId: 'village', amountFen: 200 },
      { grantId: 'b', funderId: 'village', amountFen: 700 },
    ],
  })
  expect(tenderFor(fen(300), { balanceFen: fen(5_000) })).toEqual({ walletFen: 300, cashFen: 0 })
  expect(tenderFor(fen(300), null)).toEqual({ walletFen: 0, cashFen: 300 })
})

test.each([
  ['2026-11-03', 1, '2026-11-30'],
  ['2026-11-30', 2, '2026-12-31'],
  ['2026-12-01', 2, '2027-01-31'],
  ['2027-12-31', 3, '2028-02-29'],
  ['2026-01-01', 12, '2026-12-31'],
])('LG-33 a grant of %s for %i months pays until %s', (date, months, lastDay) => {
  expect(lastDayOf(date, months)).toBe(lastDay)
})

test('LG-33 who gets a grant is asked on the day it is given', () => {
  const rule: MonthlyGrant = {
    id: 'village-50',
    title: { zh: '助餐金', en: 'Meal grant' },
    when: { all: [{ age: { from: 60 } }, { area: { of: 'household', sameAsCanteen: 'district' } }] },
    monthlyFen: fen(5_000),
    months: 2,
    funderId: 'village',
    funderName: { zh: '村', en: 'the village' },
  }
  const member = {
    memberId: 'm-1',
    bornOn: '1966-11-03',
    categories: [],
    householdArea: '35/3503/350303',
    residenceArea: '',
  }
  const on = (date: string, canteenArea = '35/3503/350303/350303001') =>
    isGranted(rule, member, { date, workingDay: true, canteenArea })
  expect([on('2026-11-02'), on('2026-11-03'), on('2026-11-03', '35/3502/350203')]).toEqual([
    false,
    true,
    false,
  ])
})
