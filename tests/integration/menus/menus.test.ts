import { expect, onTestFinished, test } from 'vitest'
import type { LibraryDish } from '../../../shared/contract/menus.ts'
import type { Menu } from '../../../shared/domain/menu.ts'
import { fen, fenPer100g } from '../../../shared/domain/units.ts'
import { TODAY } from '../../fixtures/books.ts'
import { smallMenu, FISH, RICE, SET } from '../../fixtures/checkout-driver.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn, type OfficeClient } from '../../fixtures/signed-in.ts'

const KEYS_MENU: Menu = { ...smallMenu, id: 'keys', weighing: { kind: 'dish-keys' } }
const LUNCH = { businessDate: TODAY, mealPeriod: 'lunch' } as const
const YESTERDAY = '2026-11-02'
const MINUTE_MS = 60_000

interface Canteen {
  readonly till: CounterStation
  readonly office: OfficeClient
}

/** A counter with the small menu, and a manager at a window of its office. */
async function canteen(menu: Menu = KEYS_MENU): Promise<Canteen> {
  const till = new CounterStation()
  onTestFinished(() => till.stop())
  const manager = await signedIn(till.station, 'manager')
  onTestFinished(() => manager.close())
  till.book.append({ kind: 'menu.published', body: { menu } }, 'test')
  await till.empty()
  return { till, office: manager.client }
}

const portion = (priceFen: number) => ({ kind: 'portion', priceFen: fen(priceFen) }) as const
const weight = (per100g: number) =>
  ({ kind: 'weight', price: { per: '100g', fen: fenPer100g(per100g) } }) as const
const onSale = (till: CounterStation) => till.station.counter.menu().dishes.map(({ id }) => id)
const inLibrary = async (office: OfficeClient, dishId: string): Promise<LibraryDish | undefined> =>
  (await office.menus.library()).find((dish) => dish.dishId === dishId)

test('ME-1 a new dish with a price is planned and sold from the next moment on', async () => {
  const { till, office } = await canteen()
  const soup = { name: { zh: '老鸭汤', en: 'Duck soup' }, emoji: '汤', tags: ['soup'], retired: false }
  const { dishId } = await office.menus.saveDish({ dishId: null, ...soup })
  expect(await inLibrary(office, dishId)).toMatchObject({ ...soup, pricing: null, priceVersion: 0 })
  await office.menus.setPlan({ ...LUNCH, dishIds: [RICE, dishId, RICE] })
  await till.pass(300)
  expect(onSale(till)).toEqual([RICE])
  await office.menus.setPrice({ dishId, pricing: portion(600), effectiveFromMs: null })
  await till.pass(300)
  expect(onSale(till)).toEqual([RICE, dishId])
  expect(await office.menus.plan(LUNCH)).toEqual({
    ...LUNCH,
    dishIds: [RICE, dishId],
    source: 'planned',
    carriedFrom: null,
    soldOut: [],
  })
  expect(till.station.counter.press({ kind: 'add-portion', dishId, quantity: 2 })).toBeNull()
  expect(till.view.totalFen).toBe(1200)
  await office.menus.saveDish({ dishId, ...soup, retired: true })
  expect((await office.menus.plan(LUNCH)).dishIds).toEqual([RICE])
  expect(till.station.counter.press({ kind: 'cancel' })).toBeNull()
  await till.pass(300)
  expect(onSale(till)).toEqual([RICE])
})

test('ME-1 an announced price holds from its very moment on, and the newest of the same moment counts', async () => {
  const { till, office } = await canteen()
  const dueMs = till.clock.ms + MINUTE_MS
  expect(
    await office.menus.setPrice({ dishId: RICE, pricing: portion(150), effectiveFromMs: dueMs }),
  ).toEqual({ priceVersion: 2 })
  await office.menus.setPrice({ dishId: RICE, pricing: portion(180), effectiveFromMs: dueMs })
  expect(await inLibrary(office, RICE)).toMatchObject({
    pricing: portion(100),
    priceVersion: 1,
    nextPrice: { pricing: portion(180), fromMs: dueMs },
  })
  const priceNow = (): unknown => till.station.counter.menu().dishes.find(({ id }) => id === RICE)?.pricing
  till.clock.ms = dueMs - 1
  till.station.counter.press({ kind: 'hold' })
  expect(priceNow()).toEqual(portion(100))
  till.clock.ms = dueMs
  till.station.counter.press({ kind: 'add-portion', dishId: RICE, quantity: 1 })
  expect(till.view.totalFen).toBe(180)
  expect(await inLibrary(office, RICE)).toMatchObject({
    pricing: portion(180),
    priceVersion: 3,
    nextPrice: null,
  })
})

test('ME-1 a price is not set for the past, nor for a dish that is not there, and then nothing is written', async () => {
  const { till, office } = await canteen()
  const before = till.book.health().entries
  const set = (change: object) =>
    office.menus.setPrice({ dishId: RICE, pricing: portion(150), effectiveFromMs: null, ...change })
  await expect(set({ effectiveFromMs: till.clock.ms - 1 })).rejects.toMatchObject({ code: 'IN_THE_PAST' })
  await expect(set({ dishId: 'nothing' })).rejects.toMatchObject({
    code: 'NO_SUCH_DISH',
    data: { dishId: 'nothing' },
  })
  await expect(office.menus.setPlan({ ...LUNCH, dishIds: [RICE, 'nothing'] })).rejects.toMatchObject({
    code: 'NO_SUCH_DISH',
  })
  expect(till.book.health().entries).toBe(before)
})

test('ME-1 a clock set back three hours neither brings old prices back nor hides a price set meanwhile', async () => {
  const { till, office } = await canteen()
  await office.menus.setPrice({ dishId: RICE, pricing: portion(150), effectiveFromMs: null })
  till.clock.ms -= 3 * 60 * MINUTE_MS
  await till.pass(300)
  const priceNow = () => till.station.counter.menu().dishes.find(({ id }) => id === RICE)?.pricing
  expect(priceNow()).toEqual(portion(150))
  await office.menus.setPrice({ dishId: RICE, pricing: portion(170), effectiveFromMs: null })
  await till.pass(300)
  expect(priceNow()).toEqual(portion(170))
})

test('PR-5 a price that becomes due while a plate is on the scale does not change that sale, but the next', async () => {
  const { till, office } = await canteen(smallMenu)
  const dueMs = till.clock.ms + 5_000
  await office.menus.setPrice({ dishId: FISH, pricing: weight(500), effectiveFromMs: dueMs })
  await till.plate(200)
  expect(till.view).toMatchObject({ phase: 'ready', totalFen: 800 })
  const { menuRevision } = till.view
  await till.pass(8_000)
  expect(till.clock.ms).toBeGreaterThan(dueMs)
  expect(till.view).toMatchObject({ totalFen: 800, menuRevision: menuRevision + 1 })
  await till.tap('m-1')
  expect(till.view).toMatchObject({ phase: 'paid', totalFen: 800 })
  const [sale] = till.book.recentSales(1)
  expect(till.book.explainSale(sale?.saleId ?? '')?.lines).toMatchObject([
    { priceVersion: 1, amountFen: 800 },
  ])
  await till.empty()
  await till.plate(200)
  expect(till.view).toMatchObject({ phase: 'ready', totalFen: 1000 })
})

test('PR-5 ME-3 a dish marked as sold out while its plate is on the scale is still sold from it, and not after', async () => {
  const { till, office } = await canteen()
  await till.plate(200)
  expect(till.view.phase).toBe('choose-dish')
  await office.menus.setSoldOut({ ...LUNCH, dishId: FISH, soldOut: true })
  await till.pass(500)
  expect(till.station.counter.press({ kind: 'choose-dish', dishId: FISH })).toBeNull()
  await till.pass(300)
  await till.tap('m-1')
  expect(till.view).toMatchObject({ phase: 'paid', totalFen: 800 })
  await till.empty()
  await till.plate(200)
  expect(till.station.counter.press({ kind: 'choose-dish', dishId: FISH })).toEqual({
    code: 'NOT_ON_MENU',
    id: FISH,
  })
})

test('PR-5 a whole menu that is planned anew while a plate is on the scale does not change that sale', async () => {
  const { till, office } = await canteen(smallMenu)
  await till.plate(200)
  await office.menus.setPlan({ ...LUNCH, dishIds: [RICE] })
  await till.pass(500)
  expect(onSale(till)).toEqual([RICE, FISH])
  expect(till.station.counter.press({ kind: 'add-portion', dishId: SET, quantity: 1 })).toBeNull()
  expect(till.view.totalFen).toBe(2000)
})

test('ME-3 sold out cannot be chosen, a line in the basket stays, and one tap brings the dish back', async () => {
  const { till, office } = await canteen()
  const add = () => till.station.counter.press({ kind: 'add-portion', dishId: RICE, quantity: 1 })
  const mark = (soldOut: boolean) => office.menus.setSoldOut({ ...LUNCH, dishId: RICE, soldOut })
  expect(add()).toBeNull()
  await mark(true)
  await till.pass(300)
  expect(till.view).toMatchObject({ totalFen: 100, lines: [{ amountFen: 100 }] })
  expect(till.station.counter.menu().soldOut).toEqual([RICE])
  await till.tap('m-1')
  expect(till.view).toMatchObject({ phase: 'paid', totalFen: 100 })
  await till.pass(9_000)
  const { entries } = till.book.health()
  expect(add()).toEqual({ code: 'NOT_ON_MENU', id: RICE })
  await mark(true)
  expect(till.book.health().entries).toBe(entries)
  expect((await office.menus.plan(LUNCH)).soldOut).toEqual([RICE])
  await mark(false)
  await till.pass(300)
  expect(add()).toBeNull()
})

test('ME-3 sold out at lunch says nothing of tomorrow’s lunch', async () => {
  const { office } = await canteen()
  await office.menus.setSoldOut({ ...LUNCH, dishId: RICE, soldOut: true })
  expect(await office.menus.plan({ ...LUNCH, businessDate: '2026-11-04' })).toMatchObject({ soldOut: [] })
  expect(await office.menus.plan({ ...LUNCH, mealPeriod: 'dinner' })).toMatchObject({ soldOut: [] })
})

test('ME-2 nobody planned: the published menu, then the last plan of that meal, and each says so', async () => {
  const { till, office } = await canteen()
  expect(await office.menus.plan(LUNCH)).toMatchObject({ source: 'published', dishIds: [FISH, RICE, SET] })
  await office.menus.setPlan({ businessDate: '2026-10-30', mealPeriod: 'lunch', dishIds: [SET] })
  await office.menus.setPlan({ businessDate: YESTERDAY, mealPeriod: 'lunch', dishIds: [RICE, SET] })
  await office.menus.setPlan({ businessDate: YESTERDAY, mealPeriod: 'dinner', dishIds: [FISH] })
  await till.pass(300)
  expect(onSale(till)).toEqual([RICE, SET])
  expect(await office.menus.plan(LUNCH)).toMatchObject({
    source: 'carried-over',
    carriedFrom: YESTERDAY,
    dishIds: [RICE, SET],
  })
  expect(await office.menus.plan({ businessDate: '2026-11-01', mealPeriod: 'lunch' })).toMatchObject({
    carriedFrom: '2026-10-30',
  })
  await office.menus.setPlan({ ...LUNCH, dishIds: [] })
  await till.pass(300)
  expect(onSale(till)).toEqual([])
})

test('ME-2 a day is copied with what was served on it, and a day of nothing is not', async () => {
  const { office } = await canteen()
  await office.menus.setPlan({ businessDate: YESTERDAY, mealPeriod: 'lunch', dishIds: [SET] })
  await office.menus.setPlan({ ...LUNCH, dishIds: [RICE] })
  expect(await office.menus.copyDay({ from: YESTERDAY, to: TODAY })).toEqual({ meals: 1 })
  expect(await office.menus.plan(LUNCH)).toMatchObject({ source: 'planned', dishIds: [SET] })
  await office.menus.setPlan({ businessDate: '2026-11-05', mealPeriod: 'lunch', dishIds: [] })
  await expect(office.menus.copyDay({ from: '2026-11-05', to: TODAY })).rejects.toMatchObject({
    code: 'NOTHING_TO_COPY',
  })
})

test('ME-2 when the day turns the counter sells what is planned for the new day', async () => {
  const { till, office } = await canteen()
  await office.menus.setPlan({ businessDate: '2026-11-04', mealPeriod: 'lunch', dishIds: [SET] })
  const { menuRevision } = till.view
  expect(onSale(till)).toEqual([FISH, RICE, SET])
  till.clock.ms = Date.parse('2026-11-04T04:00:00+08:00')
  await till.pass(300)
  expect(onSale(till)).toEqual([SET])
  expect(till.view.menuRevision).toBeGreaterThan(menuRevision)
})

test('ME-1 the same menu is answered again until something of it was written, also by a book that was opened anew', async () => {
  const { till, office } = await canteen()
  const menu = till.station.counter.menu()
  till.book.append({ kind: 'clock.confirmed', body: { deviceMs: 1, newestMs: 2 } }, 'test')
  await till.pass(500)
  expect(till.station.counter.menu()).toBe(menu)
  expect(() =>
    till.book.write((_file, append) => {
      append({ kind: 'dish.sold-out', body: { ...LUNCH, dishId: RICE, soldOut: true } }, 'test')
      throw new RangeError('rolled back')
    }),
  ).toThrow(RangeError)
  await till.pass(300)
  expect(till.station.counter.menu()).toEqual(menu)
  till.book.reopen()
  await till.pass(300)
  expect(till.station.counter.menu()).toEqual(menu)
  await office.menus.setSoldOut({ ...LUNCH, dishId: RICE, soldOut: true })
  await till.pass(300)
  expect(till.station.counter.menu().soldOut).toEqual([RICE])
})
