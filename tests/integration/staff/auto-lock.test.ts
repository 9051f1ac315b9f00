import { expect, test } from 'vitest'
import type { StaffView } from '../../../shared/contract/staff.ts'
import { staffView, type OfficeWindow } from '../../fixtures/signed-in.ts'
import { OfficeTill, refusalOf } from './till.ts'

const MINUTE_MS = 60_000
const IDLE_MS = 5 * MINUTE_MS

/** What the window's view says, one after the other, while the test goes on. */
function followed({ client }: OfficeWindow): StaffView[] {
  const seen: StaffView[] = []
  void (async () => {
    for await (const view of await client.staff.watch()) seen.push(view)
  })().catch(() => undefined)
  return seen
}

test('SE-10 a window that nobody uses for five minutes locks itself, and says when it will', async () => {
  const till = new OfficeTill()
  const { client, connection, staffId, ...rest } = await till.as('manager')
  const window = { client, connection, ...rest }
  expect((await staffView(window)).locksAtMs).toBe(till.counter.clock.ms + IDLE_MS)
  const seen = followed(window)
  await till.later(IDLE_MS - 1)
  expect(connection.signedIn()).toMatchObject({ staffId })
  await till.later(1)
  expect(connection.signedIn()).toBeNull()
  expect(await refusalOf(client.day.state())).toMatchObject({ code: 'SIGN_IN_REQUIRED', defined: true })
  expect(seen.at(-1)).toMatchObject({ signedIn: null, locksAtMs: null })
  expect(till.noted().at(-1)).toMatchObject({ actor: `staff:${staffId}`, act: 'signed-out' })
})

test('SE-10 a touch, a key of the counter and every request that needs a role push the lock back', async () => {
  const till = new OfficeTill()
  const window = await till.as('manager')
  const { client, connection } = window
  const uses = [
    () => client.staff.touch(),
    () => refusalOf(client.counter.press({ key: { kind: 'take-cash' } })),
    () => client.staff.audit({ limit: 1, before: null }),
    () => refusalOf(client.members.get({ memberId: '' })),
  ]
  for (const use of uses) {
    await till.later(4 * MINUTE_MS)
    await use()
    expect((await staffView(window)).locksAtMs).toBe(till.counter.clock.ms + IDLE_MS)
  }
  expect(connection.signedIn()).not.toBeNull()
})

test('SE-10 neither a stream, nor what screens read by themselves, nor a refused request keeps a window open', async () => {
  const till = new OfficeTill()
  const { client, connection } = await till.as('cashier')
  await till.later(4 * MINUTE_MS)
  await client.sales.recent({ limit: 5 })
  await client.station.health()
  await client.counter.menu()
  const stop = new AbortController()
  await (await client.counter.watch(undefined, { signal: stop.signal })).next()
  await (await client.members.tappedCards(undefined, { signal: stop.signal })).next()
  await refusalOf(client.staff.audit({ limit: 1, before: null }))
  stop.abort()
  await till.later(MINUTE_MS)
  expect(connection.signedIn()).toBeNull()
})

test('SE-10 SE-7 a stream that needs somebody ends with her session, with the error that a request would get', async () => {
  const till = new OfficeTill()
  const { client, connection } = await till.as('cashier')
  const cards = await client.members.tappedCards()
  expect(await cards.next()).toMatchObject({ done: false })
  const next = refusalOf(cards.next())
  await till.later(IDLE_MS)
  expect(connection.signedIn()).toBeNull()
  expect(await next).toMatchObject({ code: 'SIGN_IN_REQUIRED', defined: true })
})

test('SE-10 a machine that slept wakes up locked, although its timers slept as well', async () => {
  const till = new OfficeTill()
  const { client, connection } = await till.as('cashier')
  till.counter.clock.ms += 6 * 60 * MINUTE_MS
  expect(await refusalOf(client.day.state())).toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  expect(connection.signedIn()).toBeNull()
})

test('SE-10 a clock that is set back keeps no window open, nor does a program that was held up', async () => {
  const till = new OfficeTill()
  const setBack = await till.as('cashier')
  till.counter.clock.ms -= 60 * MINUTE_MS
  await till.counter.timers.advance(IDLE_MS)
  expect(setBack.connection.signedIn()).toBeNull()
  const heldUp = await till.as('cashier')
  till.counter.timers.stall(IDLE_MS)
  expect(heldUp.connection.signedIn()).toBeNull()
})

test('SE-10 a station that stops leaves nobody signed in and no timer behind', async () => {
  const till = new OfficeTill()
  const { connection, staffId } = await till.as('cashier')
  const { timers } = till.counter
  await till.restart()
  expect(connection.signedIn()).toBeNull()
  expect(timers.waiting).toBe(0)
  expect(till.noted().at(-1)).toMatchObject({ act: 'signed-out', subject: staffId })
  expect((await staffView(till.window())).signedIn).toBeNull()
})
