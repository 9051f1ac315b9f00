import { expect, test } from 'vitest'
import { libraryFixture } from '../../../tests/fixtures/office/menus.ts'
import { draftOf, isSamePricing, NEW_DISH, pricingOf } from './dish-draft.ts'
import { momentOf } from './wall-time.ts'

test('PR-1 a price that is opened and saved untouched is the same price, unit and all', () => {
  for (const dish of libraryFixture)
    expect([dish.dishId, isSamePricing(pricingOf(draftOf(dish)), dish.pricing)]).toEqual([dish.dishId, true])
})

test('PR-1 the amount is read to the fen, and what is no amount is no price', () => {
  expect(pricingOf({ ...NEW_DISH, unit: '500g', amount: '32.5' })).toEqual({
    kind: 'weight',
    price: { per: '500g', fen: 3_250 },
  })
  expect(pricingOf({ ...NEW_DISH, amount: '4.005' })).toBeNull()
  expect(
    pricingOf({ ...NEW_DISH, unit: 'set-meal', amount: '12', parts: '一荤\n\n两素 / two greens\n' }),
  ).toEqual({
    kind: 'set-meal',
    priceFen: 1_200,
    parts: [
      { zh: '一荤', en: '一荤' },
      { zh: '两素', en: 'two greens' },
    ],
  })
})

test('ME-2 a price from tomorrow morning begins by the canteen’s clocks, not by the machine’s', () => {
  expect(momentOf('2026-10-13', '05:00', 'Asia/Shanghai')).toBe(Date.UTC(2026, 9, 12, 21))
  expect(momentOf('2026-07-01', '12:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 6, 1, 10, 30))
})
