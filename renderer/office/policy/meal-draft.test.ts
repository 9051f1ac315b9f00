import { expect, test } from 'vitest'
import { quoteCase, quotedCase } from '../../../shared/contract/quote-case.ts'
import { rulePacks, shippedPacks } from '../../../tests/fixtures/policy/golden.ts'
import { benefitsOf, mealOf, type MealDraft } from './meal-draft.ts'

const CANTEEN = '11/1101/110105'
const draft: MealDraft = {
  guest: false,
  bornOn: '1950-05-01',
  categories: ['basic-elder-care'],
  household: CANTEEN,
  residence: CANTEEN,
  date: '2026-11-23',
  mealPeriod: 'lunch',
  channel: 'counter',
  food: '12.00',
  delivery: '2.00',
  dishTags: [],
  earlierMeals: 0,
  used: null,
  usedToday: 0,
  usedBefore: 0,
  usedAmount: '5.00',
}
const beijing = shippedPacks().find(({ id }) => id === 'beijing')

function paid(change: Partial<MealDraft>): number {
  const meal = mealOf({ ...draft, ...change }, CANTEEN)
  if (meal === null || beijing === undefined) throw new Error('no meal')
  return quotedCase([beijing], quoteCase.parse(meal), []).selfPayFen
}

test('PO-5 the form asks what a case asks: a guest, a delivery, what she had that day and that month', () => {
  const used = benefitsOf(JSON.stringify(beijing))[0]?.id ?? ''
  expect(paid({})).toBe(700)
  expect(paid({ guest: true })).toBe(1_200)
  expect(paid({ channel: 'delivery' })).toBe(900)
  expect(paid({ used, usedToday: 1 })).toBe(1_200)
  expect(paid({ used, usedBefore: 3 })).toBe(700)
  expect(paid({ date: '2026-11-01', used, usedBefore: 1 })).toBe(700)
})

test('PO-5 what is no date and no amount is no meal, and a guest needs no birthday', () => {
  for (const change of [{ bornOn: '1950' }, { date: '2026-02-30' }, { food: 'x' }])
    expect(mealOf({ ...draft, ...change }, CANTEEN)).toBeNull()
  expect(mealOf({ ...draft, used: 'any', usedToday: 1, usedAmount: '' }, CANTEEN)).toBeNull()
  expect(mealOf({ ...draft, guest: true, bornOn: '' }, CANTEEN)).toMatchObject({ member: null })
})

test('PO-10 the benefits of a pack are offered by name, and a text that is none offers nothing', () => {
  for (const pack of [...shippedPacks(), ...rulePacks()]) {
    const all = pack.steps.flatMap((step) => (step.kind === 'benefits' ? step.benefits : []))
    expect(benefitsOf(JSON.stringify(pack)).map(({ id }) => id)).toEqual(all.map(({ id }) => id))
  }
  for (const text of ['', '{', '{"steps":1}', '{"steps":[{"benefits":[{"id":1}]}]}'])
    expect(benefitsOf(text)).toEqual([])
})
