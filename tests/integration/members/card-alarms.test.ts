import { expect, onTestFinished, test } from 'vitest'
import { cardFrame } from '../../../electron/trial/wires/frames.ts'
import { openAlarms } from '../../../electron/station/members/card-alarms.ts'
import { BayCounter } from '../../fixtures/bay-counter.ts'
import { cardOf, NOON_MS, saleDraft, testClock } from '../../fixtures/books.ts'
import { signedIn } from '../../fixtures/signed-in.ts'
import { Community, findingsOf, MeetingStation } from '../sync/meeting.ts'

const MINUTE_MS = 60_000

interface Alarm {
  readonly actor: string
  readonly uid: string
  readonly here: { readonly place: string }
  readonly there: { readonly place: string }
}

const alarmsOf = ({ book }: Pick<MeetingStation, 'book'>): readonly Alarm[] =>
  book.read((file) =>
    file
      .statement<[], { actor: string; body: string }>(
        "SELECT actor, body FROM journal WHERE kind = 'card.seen-twice' ORDER BY position",
      )
      .all()
      .map(({ actor, body }) => ({ actor, ...(JSON.parse(body) as Omit<Alarm, 'actor'>) })),
  )

test('CK-23 scenario 52: a card and its copy at two readers of one station raise one alarm, on the health page, beside the card and in the record', async () => {
  const bays = new BayCounter(2)
  const { counter } = bays
  onTestFinished(() => bays.stop())
  const { client } = await signedIn(counter.station, 'manager')
  await bays.pass(1_200)
  // Walking from bay to bay and to the exit is no alarm.
  await bays.tap('1', 'm-1')
  await bays.take('1', 100)
  await bays.tap('2', 'm-1')
  await bays.take('2', 100)
  await bays.tap(null, 'm-1')
  expect(alarmsOf(counter)).toEqual([])

  await bays.pass(9_000)
  const copy = cardFrame(cardOf('m-2'))
  for (let read = 0; read < 2; read += 1) {
    counter.bus.send('/dev/reader', copy)
    counter.bus.send('/dev/reader-1', copy)
    await bays.pass(100)
  }
  expect(alarmsOf(counter)).toMatchObject([{ actor: 'counter', uid: cardOf('m-2') }])
  const places = alarmsOf(counter).flatMap(({ here, there }) => [here.place, there.place])
  expect(places.toSorted()).toEqual(['bay:1', 'counter'])
  await bays.pass(3_100)
  const line = counter.station.healthWatch.page.current.items.find(({ subject }) => subject === 'cards')
  expect(line).toMatchObject({ light: 'attention', code: 'cards-seen-twice', values: { count: 1 } })
  const [card] = (await client.members.get({ memberId: 'm-2' })).cards
  expect(card?.seenTwice).not.toBeNull()
  const [noted] = await client.staff.audit({ limit: 1, before: null })
  expect(noted).toMatchObject({ act: 'card.seen-twice', subject: '林阿1' })
  // Once it is lost there is nothing left to see to.
  await client.members.reportLost({ uid: cardOf('m-2') })
  await bays.pass(3_100)
  expect(counter.station.healthWatch.page.current.items.some(({ subject }) => subject === 'cards')).toBe(
    false,
  )
})

test('CK-23 SY-1 scenario 52: one card at two canteens within ten minutes is told to both, once, and stands on the server’s page', async () => {
  const community = await Community.open()
  const [east, west] = [
    new MeetingStation({ canteen: '东街', clock: testClock(NOON_MS) }),
    new MeetingStation({ canteen: '西街', clock: testClock(NOON_MS), originId: 'kiosk-9' }),
  ]
  onTestFinished(async () => {
    await east.remove()
    await west.remove()
    await community.close()
  })
  for (const station of [east, west]) await station.enrol(community)
  const sell = (station: MeetingStation, memberId: string, atMinute: number): void => {
    station.clock.ms = NOON_MS + atMinute * MINUTE_MS
    expect(station.book.settle(saleDraft({ memberId })).kind).toBe('settled')
  }
  sell(east, 'm-1', 1)
  sell(east, 'm-2', 2)
  // m-1 is copied; m-2 has had the time to walk.
  sell(west, 'm-1', 6)
  sell(west, 'm-2', 40)
  expect(await east.sync.now()).toMatchObject({ trouble: null })
  expect(alarmsOf(east)).toEqual([])
  await west.sync.now()
  expect(alarmsOf(west)).toMatchObject([
    { actor: 'sync', uid: cardOf('m-1'), here: { place: 'counter' }, there: { place: '东街 · kiosk-1' } },
  ])
  await east.sync.now()
  await east.sync.now()
  await west.sync.now()
  expect(alarmsOf(east)).toMatchObject([{ uid: cardOf('m-1'), there: { place: '西街 · kiosk-9' } }])
  expect(alarmsOf(west)).toHaveLength(1)
  expect(east.book.read((file) => openAlarms(file, NOON_MS))).toBe(1)
  expect(await (await fetch(`${community.url}/?lang=en`)).text()).toContain(cardOf('m-1'))
  for (const { folder, book } of [east, west]) {
    expect(book.balanceOf('m-1')).toBe(5_000 - 1_280)
    expect(findingsOf(folder)).toEqual([])
  }
})
