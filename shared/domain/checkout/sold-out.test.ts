import { expect, test } from 'vitest'
import { CheckoutDriver, FISH, known, RICE, smallMenu } from '../../../tests/fixtures/checkout-driver.ts'
import type { Menu } from '../menu.ts'

const keysMenu: Menu = { ...smallMenu, weighing: { kind: 'dish-keys' } }
const without = (...soldOut: readonly string[]): Menu => ({ ...keysMenu, soldOut })

function till(menu: Menu): CheckoutDriver {
  const driver = new CheckoutDriver()
  driver.menu = menu
  return driver.clear()
}

test('ME-3 CK-13 a dish that is sold out can neither be weighed nor counted by a key, and nothing changes', () => {
  const driver = till(without(FISH, RICE)).plate(200)
  const before = driver.state
  expect(driver.press({ kind: 'choose-dish', dishId: FISH }).refusal).toEqual({
    code: 'NOT_ON_MENU',
    id: FISH,
  })
  expect(driver.press({ kind: 'add-portion', dishId: RICE, quantity: 1 }).refusal).toEqual({
    code: 'NOT_ON_MENU',
    id: RICE,
  })
  expect(driver.state).toEqual(before)
})

test('ME-3 PR-5 what is sold out after the plate has landed is sold from that plate, and not from the next', () => {
  const driver = till(keysMenu).plate(200)
  driver.menu = without(FISH, RICE)
  expect(driver.press({ kind: 'choose-dish', dishId: FISH }).refusal).toBeUndefined()
  expect(driver.press({ kind: 'add-portion', dishId: RICE, quantity: 1 }).refusal).toBeUndefined()
  driver.tap(known('a'))
  expect(driver.settled).toMatchObject([{ quote: { priceFen: 900 } }])
  driver.lift().plate(200)
  expect(driver.press({ kind: 'choose-dish', dishId: FISH }).refusal).toBeDefined()
})

test('LG-24 CK-3 a sale taken back leaves the screen, and its plate has to be lifted before it is sold again', () => {
  const driver = till(smallMenu).plate(200).tap(known('a'))
  expect(driver.view.phase).toBe('paid')
  const saleId = driver.view.saleId ?? ''
  driver.feed({ kind: 'voided', saleId: 'another' })
  expect(driver.view.phase).toBe('paid')
  driver.feed({ kind: 'voided', saleId })
  expect(driver.view).toMatchObject({ phase: 'trouble', trouble: 'take-plate-away', saleId: null })
  driver.tap(known('a'))
  expect(driver.settled).toHaveLength(1)
  driver.lift().plate(200).tap(known('a'))
  expect(driver.settled).toHaveLength(2)
})
