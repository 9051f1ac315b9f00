import { describe, expect, test } from 'vitest'
import { CheckoutDriver, known, RICE, smallMenu } from '../../../tests/fixtures/checkout-driver.ts'
import { USUAL_POLICY, type LatestCheck } from '../metrology/standing.ts'
import { milligrams } from '../units.ts'

const ready = (): CheckoutDriver => new CheckoutDriver().clear()
const soldLine = (counter: CheckoutDriver) => counter.settled[0]?.lines[0]

describe('tare', () => {
  test('MT-2 a plate between two divisions of the scale counts as the heavier one', () => {
    const counter = ready()
    const plates = smallMenu.plates.map((plate) => ({ ...plate, tareMg: milligrams(199_100) }))
    counter.menu = { ...smallMenu, plates }
    counter.plate(215).tap(known('A'))
    expect(soldLine(counter)).toMatchObject({ grossMg: 415_000, tareMg: 200_000, netMg: 215_000 })
  })

  test('MT-2 a plate heavier than what lies there sells nothing, and never a negative weight', () => {
    const counter = ready().weigh('ok', 150).tap(known('A'))
    expect(counter.view).toMatchObject({ trouble: 'weight-below-minimum', weighing: { netMg: 0 } })
    expect(counter.settled).toEqual([])
  })

  test('MT-3 the same plate chosen again and again is taken off once', () => {
    const counter = ready().plate(215)
    for (let times = 0; times < 5; times += 1) counter.press({ kind: 'choose-plate', plateId: 'plate' })
    counter.press({ kind: 'choose-plate', plateId: 'bowl' })
    counter.press({ kind: 'choose-plate', plateId: 'plate' })
    expect(counter.view.weighing).toMatchObject({ netMg: 215_000 })
    counter.tap(known('A'))
    expect(soldLine(counter)).toMatchObject({ tareMg: 200_000, netMg: 215_000 })
  })
})

test('MT-4 CK-3 between two diners the scale stood at zero: a weight that only changes is no new plate', () => {
  const counter = ready().plate(215).tap(known('A'))
  counter.weigh('ok', 90).weigh('ok', 615).tap(known('B'))
  expect(counter.settled).toHaveLength(1)
  counter.weigh('unstable', 0).weigh('ok', 615).tap(known('B'))
  expect(counter.settled).toHaveLength(1)
  expect(counter.lift().plate(415).tap(known('B')).settled).toHaveLength(2)
})

describe('a scale that may not sell', () => {
  const failed: LatestCheck = {
    checkId: 'c-1',
    businessDate: '2026-11-22',
    verdict: 'failed',
    releasedOn: null,
  }

  test('MT-7 before the required check nothing is weighed, portions sell, and a good check opens the scale', () => {
    const counter = ready()
    counter.policy = { ...USUAL_POLICY, openingCheck: 'required' }
    counter.plate(215).tap(known('A'))
    expect(counter.view).toMatchObject({ phase: 'trouble', trouble: 'scale-check-due' })
    expect(counter.settled).toEqual([])
    counter.lift()
    counter.press({ kind: 'add-portion', dishId: RICE, quantity: 2 })
    counter.tap(known('A'))
    expect(counter.settled).toHaveLength(1)
    counter.latestCheck = { ...failed, verdict: 'good' }
    expect(counter.wait(9_000).plate(215).tap(known('B')).settled).toHaveLength(2)
  })

  test('MT-8 a failed check stops a plate that lies there already', () => {
    const counter = ready().plate(215)
    counter.latestCheck = failed
    counter.tap(known('A'))
    expect(counter.view.trouble).toBe('scale-check-failed')
    expect(counter.settled).toEqual([])
    counter.latestCheck = { ...failed, releasedOn: '2026-11-22' }
    expect(counter.wait(250).settled).toHaveLength(1)
  })

  test('MT-9 past its certificate it sells where the canteen chose to be warned', () => {
    const counter = ready()
    counter.verifiedUntil = '2026-11-21'
    counter.policy = { ...USUAL_POLICY, expiredVerification: 'warn' }
    expect(counter.plate(215).tap(known('A')).settled).toHaveLength(1)
  })
})

describe('while the scale is checked', () => {
  const inCheck = (): CheckoutDriver => {
    const counter = ready()
    counter.feed({ kind: 'scale-check', underWay: true })
    return counter
  }

  test('MT-11 the weight is no plate, and is not sold when the check ends before it is lifted', () => {
    const counter = inCheck()
    counter.weigh('unstable', 900).weigh('ok', 1_000).tap(known('A'))
    expect(counter.view).toMatchObject({
      phase: 'trouble',
      trouble: 'scale-in-check',
      weighing: null,
      lines: [],
    })
    counter.feed({ kind: 'scale-check', underWay: false })
    counter.tap(known('B')).wait(6_000)
    expect(counter.view.trouble).toBe('take-plate-away')
    expect(counter.settled).toEqual([])
    expect(counter.lift().plate(215).tap(known('C')).settled).toHaveLength(1)
  })

  test('MT-11 given up over an empty scale, the counter sells the next plate at once', () => {
    const counter = inCheck()
    counter.feed({ kind: 'scale-check', underWay: false })
    expect(counter.view).toMatchObject({ phase: 'idle', trouble: null })
    expect(counter.plate(215).tap(known('A')).settled).toHaveLength(1)
  })
})
