import { uuidv7 } from 'uuidv7'
import { expect, onTestFinished, test } from 'vitest'
import { NOON_MS, testClock, type TestClock } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { PIN_OF, signedIn } from '../../fixtures/signed-in.ts'

const YEAR_MS = 365 * 86_400_000

function tillAt(clock: TestClock, folder?: string): CounterStation {
  const till = new CounterStation({ clock, ...(folder === undefined ? {} : { folder }) })
  onTestFinished(() => till.stop())
  return till
}

const codeOf = async (asked: Promise<unknown>): Promise<string> =>
  await asked.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  )

const topUp = (memberId = 'm-1') => ({ topUpId: uuidv7(), memberId, amountFen: 1000 })

test('CK-16 with the clock five years ahead no sale, top-up, price or close is dated by it until staff confirms the date', async () => {
  const clock = testClock(NOON_MS)
  const till = tillAt(clock)
  const { client, staffId } = await signedIn(till.station, 'manager')
  await till.empty()
  await till.plate(320)
  await till.tap('m-1')
  expect(till.view.phase).toBe('paid')
  clock.ms += 5 * YEAR_MS
  await till.empty()
  await till.plate(320)
  await till.tap('m-1')
  expect(till.view).toMatchObject({ phase: 'trouble', trouble: 'clock-to-confirm' })
  // The window locked itself when time seemed to fly.
  await client.staff.signIn({ staffId, pin: PIN_OF.manager })
  const before = till.book.health().headSeq
  const price = { kind: 'portion', priceFen: 500 } as const
  const close = { businessDate: '2031-11-02', countedFen: 0, floatFen: 0, explanation: '' }
  expect(await codeOf(client.members.topUp(topUp()))).toBe('CLOCK_TO_CONFIRM')
  expect(
    await codeOf(client.menus.setPrice({ dishId: 'buffet', pricing: price, effectiveFromMs: null })),
  ).toBe('CLOCK_TO_CONFIRM')
  expect(await codeOf(client.day.close(close))).toBe('CLOCK_TO_CONFIRM')
  expect(await codeOf(client.day.moveDrawer({ moveId: uuidv7(), amountFen: 100, note: '' }))).toBe(
    'CLOCK_TO_CONFIRM',
  )
  expect(till.book.health().headSeq).toBe(before)
  expect(await codeOf(client.members.get({ memberId: 'm-1' }))).toBe('done')

  till.station.counter.press({ kind: 'confirm-clock' })
  expect(await codeOf(client.members.topUp(topUp()))).toBe('done')
})

test('CK-16 signing in, a lost card and a restart under the wrong date do not make it right', async () => {
  const clock = testClock(NOON_MS)
  const till = tillAt(clock)
  const window = await signedIn(till.station, 'cashier')
  window.close()
  clock.ms += 5 * YEAR_MS
  const again = await signedIn(till.station, 'cashier')
  expect(await codeOf(again.client.members.reportLost({ uid: '0000000002' }))).toBe('done')
  expect(till.station.counter.clockState()).toBe('to-confirm')
  await till.stop()

  const next = tillAt(clock, till.folder)
  const office = await signedIn(next.station, 'cashier')
  expect(next.station.counter.clockState()).toBe('to-confirm')
  expect(await codeOf(office.client.members.topUp(topUp()))).toBe('CLOCK_TO_CONFIRM')
  // Set right, nobody has to say anything.
  clock.ms -= 5 * YEAR_MS
  expect(next.station.counter.clockState()).not.toBe('to-confirm')
  expect(await codeOf(office.client.members.topUp(topUp()))).toBe('done')
})
