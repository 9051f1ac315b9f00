import { expect, test } from 'vitest'
import { CheckoutDriver, known, RICE } from '../../../tests/fixtures/checkout-driver.ts'

/** Rice by a key, paid by a tap; no plate has stood on the scale. */
function ricePaid(): CheckoutDriver {
  const counter = new CheckoutDriver().clear()
  counter.press({ kind: 'add-portion', dishId: RICE, quantity: 1 })
  counter.tap(known('A'))
  expect(counter.view).toMatchObject({ phase: 'paid', totalFen: 100 })
  return counter
}

test('CK-19 the next plate, put down at once, does not take "paid" off the screen', () => {
  const counter = ricePaid()
  counter.nowMs += 100
  counter.weigh('unstable', 500)
  expect(counter.view).toMatchObject({ phase: 'paid', totalFen: 100 })
  counter.wait(1_800)
  expect(counter.view.phase).toBe('paid')
  counter.wait(200)
  expect(counter.view).toMatchObject({ phase: 'weighing', payment: null })
})

test('CK-19 a next plate that has come to rest is shown with its price', () => {
  const counter = ricePaid()
  counter.plate(300)
  expect(counter.view).toMatchObject({ phase: 'ready', totalFen: 1200 })
})

test('CK-19 a knock on the empty scale does not wipe "paid" either', () => {
  const counter = ricePaid()
  counter.nowMs += 100
  counter.weigh('unstable', 60).weigh('negative', -40).weigh('unstable', 50)
  expect(counter.view.phase).toBe('paid')
})

test('CK-4 CK-19 the card that has just paid, tapped again, does not pay for the next one’s plate', () => {
  const counter = ricePaid()
  counter.nowMs += 300
  counter.weigh('unstable', 530)
  counter.tap(known('A'))
  counter.weigh('ok', 500)
  expect(counter.settled).toHaveLength(1)
  expect(counter.view.member).toBeNull()
  counter.wait(3_000).tap(known('B'))
  expect(counter.settled.map(({ cardUid }) => cardUid)).toEqual(['A', 'B'])
})

test('CK-19 another card, tapped at once, waits behind "paid" for its plate', () => {
  const counter = ricePaid()
  counter.nowMs += 300
  counter.tap(known('B'))
  expect(counter.view).toMatchObject({ phase: 'paid', totalFen: 100 })
  counter.wait(2_000)
  expect(counter.view).toMatchObject({ phase: 'awaiting-plate', payment: null })
  counter.plate(300)
  expect(counter.settled.map(({ cardUid }) => cardUid)).toEqual(['A', 'B'])
})

test('PR-5 a menu that does not know the chosen plate weighs with its own first one', () => {
  const counter = new CheckoutDriver().clear()
  counter.press({ kind: 'choose-plate', plateId: 'bowl' })
  counter.menu = { ...counter.menu, plates: counter.menu.plates.filter(({ id }) => id === 'plate') }
  counter.plate(300)
  expect(counter.view).toMatchObject({ phase: 'ready', plateId: 'plate', totalFen: 1200 })
})

test('CK-19 a clock that is set back does not take "paid" off the screen', () => {
  const counter = ricePaid()
  counter.nowMs -= 3_600_000
  counter.weigh('unstable', 500).weigh('negative', -40)
  expect(counter.view.phase).toBe('paid')
  counter.clear()
  expect(counter.view.phase).toBe('paid')
  counter.wait(7_900)
  expect(counter.view.phase).toBe('paid')
  counter.wait(200)
  expect(counter.view.phase).toBe('idle')
})
