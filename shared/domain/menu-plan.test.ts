import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FISH, RICE, SET, smallMenu } from '../../tests/fixtures/checkout-driver.ts'
import { isSoldOut, type Dish, type Menu } from './menu.ts'
import { offerAt, priceAfter, priceAt, servedOn, type DatedPrice, type KnownDish } from './menu-plan.ts'
import { fen } from './units.ts'

const priceFrom = (fromMs: number, priceFen: number, priceVersion = 1): DatedPrice => ({
  fromMs,
  priceVersion,
  pricing: { kind: 'portion', priceFen: fen(priceFen) },
})

const known = ({ id, name, tags, emoji }: Dish, ...prices: DatedPrice[]): KnownDish => ({
  id,
  name,
  tags,
  emoji,
  retired: false,
  prices,
})

const published: Menu = { ...smallMenu, weighing: { kind: 'dish-keys' } }
const [fish, rice, set] = published.dishes as [Dish, Dish, Dish]
const parts = {
  published,
  library: [known(fish, priceFrom(100, 400)), known(rice, priceFrom(100, 100)), known(set)],
  dishIds: [RICE, FISH],
  soldOut: [],
}
const pricesOf = ({ dishes }: Menu): unknown =>
  dishes.map(({ id, pricing, priceVersion }) => [id, 'priceFen' in pricing && pricing.priceFen, priceVersion])

test('ME-1 a price holds from its moment on, until the next one begins', () => {
  const prices = [priceFrom(100, 400, 1), priceFrom(200, 450, 2), priceFrom(300, 500, 3)]
  expect(priceAt(prices, 99)).toBeNull()
  for (const [atMs, version] of [
    [100, 1],
    [199, 1],
    [200, 2],
    [999, 3],
  ] as const)
    expect(priceAt(prices, atMs)?.priceVersion).toBe(version)
  expect(priceAfter(prices, 199)?.priceVersion).toBe(2)
  expect(priceAfter(prices, 300)).toBeNull()
})

test('ME-1 between its two moments an offer is the same at every millisecond', () => {
  const moments = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 6 })
  fc.assert(
    fc.property(moments, moments, fc.integer({ min: 0, max: 60 }), (ofFish, ofRice, atMs) => {
      const prices = (fromMs: readonly number[]) =>
        fromMs
          .toSorted((one, other) => one - other)
          .map((from, index) => priceFrom(from, 100 + from, index + 1))
      const library = [known(fish, ...prices(ofFish)), known(rice, ...prices(ofRice)), known(set)]
      const offer = offerAt({ ...parts, library }, atMs)
      expect(atMs).toBeGreaterThanOrEqual(offer.sinceMs)
      expect(atMs).toBeLessThan(offer.untilMs)
      for (let ms = Math.max(0, offer.sinceMs); ms < Math.min(61, offer.untilMs); ms += 1)
        expect(offerAt({ ...parts, library }, ms)).toEqual(offer)
      // And past its end it is another one.
      const changed = JSON.stringify(offerAt({ ...parts, library }, offer.untilMs).menu)
      expect(offer.untilMs > 60 || changed !== JSON.stringify(offer.menu)).toBe(true)
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('ME-2 a plan of the day counts before an earlier one, that before the published menu, and each says so', () => {
  expect(servedOn('2026-11-03', { businessDate: '2026-11-03', dishIds: [RICE] }, published.dishes)).toEqual({
    source: 'planned',
    carriedFrom: null,
    dishIds: [RICE],
  })
  expect(servedOn('2026-11-03', { businessDate: '2026-10-31', dishIds: [RICE] }, published.dishes)).toEqual({
    source: 'carried-over',
    carriedFrom: '2026-10-31',
    dishIds: [RICE],
  })
  expect(servedOn('2026-11-03', null, published.dishes)).toEqual({
    source: 'published',
    carriedFrom: null,
    dishIds: [FISH, RICE, SET],
  })
  expect(servedOn('2026-11-03', null, [])).toEqual({ source: 'empty', carriedFrom: null, dishIds: [] })
})

test('ME-2 the offer is the plan in its order, without the retired, the unknown and those without a price', () => {
  expect(pricesOf(offerAt(parts, 500).menu)).toEqual([
    [RICE, 100, 1],
    [FISH, 400, 1],
  ])
  const library = [{ ...known(fish, priceFrom(0, 400)), retired: true }, known(rice)]
  const withoutPrice = { ...published, dishes: [] }
  expect(
    offerAt({ ...parts, published: withoutPrice, library, dishIds: [FISH, RICE, 'x'] }, 500).menu.dishes,
  ).toEqual([])
  const { weighing, plates, defaultPlateId } = offerAt(parts, 500).menu
  expect({ weighing, plates, defaultPlateId }).toEqual({
    weighing: published.weighing,
    plates: published.plates,
    defaultPlateId: published.defaultPlateId,
  })
})

test('ME-2 a published dish whose price is not due yet is sold at the price it was published with', () => {
  const library = [known(rice, priceFrom(1_000, 150, 2))]
  expect(pricesOf(offerAt({ ...parts, library, dishIds: [RICE] }, 999).menu)).toEqual([[RICE, 100, 1]])
  expect(pricesOf(offerAt({ ...parts, library, dishIds: [RICE] }, 1_000).menu)).toEqual([[RICE, 150, 2]])
})

test('ME-2 a lane that weighs one dish goes on weighing it, whatever is planned', () => {
  const lane = { ...parts, published: smallMenu, dishIds: [RICE] }
  expect(offerAt(lane, 500).menu.dishes.map(({ id }) => id)).toEqual([RICE, FISH])
})

test('ME-3 a dish that is sold out stays on the menu, marked', () => {
  const { menu } = offerAt({ ...parts, soldOut: [RICE] }, 500)
  expect(menu.dishes.map(({ id }) => [id, isSoldOut(menu, id)])).toEqual([
    [RICE, true],
    [FISH, false],
  ])
  expect(isSoldOut(published, RICE)).toBe(false)
})
