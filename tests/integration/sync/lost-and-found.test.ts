import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { restoreBook } from '../../../electron/station/backup/restore.ts'
import { takeBackup } from '../../../electron/station/backup/take-backup.ts'
import type { Person } from '../../../electron/station/book/persons.ts'
import { CHINA_CALENDAR } from '../../../shared/domain/calendar-china.ts'
import { embeddedIn } from '../../fixtures/embedded.ts'
import { bookOptions, saleDraft } from '../../fixtures/books.ts'
import { Community, findingsOf, MeetingStation, type StationOptions } from './meeting.ts'

let community: Community

beforeAll(async () => {
  community = await Community.open()
})

afterAll(() => community.close())

const temporary = (name: string): string => {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Stations are closed in the order in which they were opened over a folder; closing twice does no harm to the test. */
function station(options: StationOptions = {}): MeetingStation {
  const made = new MeetingStation(options)
  const { folder } = made
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return made
}

/** The folder as it is now, as a disk image or a copied stick has it. */
function imageOf(folder: string, into: string): string {
  cpSync(folder, into, { recursive: true })
  return into
}

const personOf = (kiosk: MeetingStation, memberId: string): Person | null =>
  kiosk.book.read(({ persons }) => persons.get(memberId))

const PERSON = { fullName: '林阿新', formOfAddress: '林依姆' }
const FACTS = {
  bornOn: '1950-05-05',
  categories: ['hukou-city'],
  householdArea: '35/3501',
  residenceArea: '35/3501',
}

test('SY-5 a disk that forgot what it had acknowledged gets its own entries back, and the loss is named', async () => {
  const kiosk = await station().sell(10).enrol(community)
  await kiosk.sync.now()
  const older = imageOf(kiosk.folder, join(temporary('older'), 'data'))
  kiosk.sell(7)
  await kiosk.sync.now()
  const whole = kiosk.journal()
  await kiosk.close()

  const { canteen, clock } = kiosk
  const again = station({ folder: older, canteen, clock })
  expect(again.journal().length).toBe(whole.length - 7)
  const view = await again.sync.now()
  expect(view).toMatchObject({ trouble: null, missing: 0, fetched: { entries: 7, atMs: clock.ms } })
  expect(again.journal()).toEqual(whole)
  again.sell(1)
  await again.sync.now()
  expect(await community.journal(canteen, 'kiosk-1')).toEqual(again.journal())
  expect(again.log.lines.find(({ level }) => level === 'warn')?.data).toMatchObject({ entries: 7 })
  await again.close()
  expect(findingsOf(older)).toEqual([])
})

test('SY-5 LG-23 more than a counter may take back at once is named with its number, and nothing is sent or taken', async () => {
  const kiosk = await station().sell(10).enrol(community)
  await kiosk.sync.now()
  const older = imageOf(kiosk.folder, join(temporary('older'), 'data'))
  kiosk.sell(9)
  await kiosk.sync.now()
  await kiosk.close()
  const { canteen, clock } = kiosk
  const again = station({ folder: older, canteen, clock, sync: { mostAtOnce: 8 } })
  const before = again.journal()
  expect(await again.sync.now()).toMatchObject({
    trouble: 'book-behind-server',
    missing: 9,
    state: 'resting',
  })
  expect(again.journal()).toEqual(before)
  await again.close()
})

test('SY-6 a copied disk that sold on its own is a fork: refused, and shown to both sides', async () => {
  const kiosk = await station().sell(10).enrol(community)
  await kiosk.sync.now()
  const copy = imageOf(kiosk.folder, join(temporary('copy'), 'data'))
  const { canteen, clock } = kiosk
  const clone = station({ folder: copy, canteen, clock })
  kiosk.sell(5)
  await kiosk.sync.now()
  const held = await community.journal(canteen, 'kiosk-1')
  for (const sold of [2, 3, 4]) {
    clone.sell(sold)
    expect(await clone.sync.now()).toMatchObject({ trouble: 'fork', state: 'resting' })
  }
  expect(await community.journal(canteen, 'kiosk-1')).toEqual(held)
  const forks = await community.deps.database.query<{ seq: number }>(
    `SELECT seq FROM forks JOIN origins USING (origin_id) JOIN canteens USING (canteen_id) WHERE name = $1`,
    [canteen],
  )
  expect(forks.map(({ seq }) => seq)).toContain(held.length - 4)
  expect(clone.book.settle(saleDraft({ memberId: null })).kind).toBe('settled')
  await clone.close()
  await kiosk.close()
})

test('LG-28 SY-5 a book put back from a backup: the server fills what it lacked, people too, and it goes on', async () => {
  const kiosk = await station().sell(8).enrol(community)
  await kiosk.sync.now()
  const place = { folder: temporary('stick'), sameDisk: false, configured: true }
  const { folder, canteen, clock } = kiosk
  const made = await takeBackup(
    {
      dataFolder: folder,
      place,
      stationId: 'kiosk-1',
      timeZone: 'Asia/Shanghai',
      nowMs: clock.ms,
      meals: { canteenArea: '35/3501', calendar: CHINA_CALENDAR },
      program: 'test',
    },
    () => undefined,
  )
  expect(made.kind).toBe('made')
  kiosk.sell(30)
  kiosk.book.registerMember(PERSON, { memberId: 'm-new', ...FACTS }, 'test')
  kiosk.book.registerMember({ ...PERSON, fullName: '陈阿改' }, { memberId: 'm-1', ...FACTS }, 'test')
  kiosk.book.erasePerson('m-2')
  await kiosk.sync.now()
  const lost = kiosk.journal()
  await kiosk.close()

  const packed = readdirSync(place.folder).find((name) => name.endsWith('.zst')) ?? ''
  clock.ms += 60_000
  const restored = await restoreBook({
    packedPath: join(place.folder, packed),
    book: bookOptions({ folder, clock }),
    timeZone: 'Asia/Shanghai',
  })
  const again = station({ folder, canteen, clock })
  again.sell(3)
  const view = await again.sync.now()
  expect(view).toMatchObject({ trouble: null, fetched: { entries: lost.length - restored.fromSeq } })
  expect(again.journal('kiosk-1')).toEqual(lost)
  expect(personOf(again, 'm-new')?.fullName).toBe('林阿新')
  expect(personOf(again, 'm-1')?.fullName).toBe('陈阿改')
  expect(personOf(again, 'm-2')).toBeNull()
  for (const origin of ['kiosk-1', restored.origin])
    expect(await community.journal(canteen, origin)).toEqual(again.journal(origin))
  expect(again.journal(restored.origin).length).toBe(4)
  await again.sync.now()
  expect(again.sync.view.current.trouble).toBeNull()
  await again.close()
  expect(findingsOf(folder)).toEqual([])
})

test('SY-5 a server put back to yesterday gets again what it lost, people too', async () => {
  const folder = temporary('server')
  const data = join(folder, 'now')
  const own = await Community.open(await embeddedIn(data))
  const kiosk = await station().sell(20).enrol(own)
  await kiosk.sync.now()
  await own.close()
  imageOf(data, join(folder, 'yesterday'))

  const today = await Community.open(await embeddedIn(data))
  own.link.target = today.link.target
  const linked = await relinked(kiosk, today)
  linked.sell(15)
  linked.book.registerMember(PERSON, { memberId: 'm-new', ...FACTS }, 'test')
  expect(await linked.sync.now()).toMatchObject({ trouble: null })
  await today.close()

  const yesterday = await Community.open(await embeddedIn(join(folder, 'yesterday')))
  const after = await relinked(linked, yesterday)
  const view = await after.sync.now()
  expect(view).toMatchObject({ trouble: null, acknowledged: view.entries })
  expect(await yesterday.journal(after.canteen, 'kiosk-1')).toEqual(after.journal())
  const people = await yesterday.deps.database.query<{ member_id: string }>(
    `SELECT member_id FROM persons WHERE sealed <> ''`,
  )
  expect(people.map((row) => row.member_id).toSorted()).toEqual(['m-1', 'm-2', 'm-3', 'm-new'])
  await after.close()
  await yesterday.close()
})

/** The same station, whose server answers at another address now. */
async function relinked(kiosk: MeetingStation, server: Community): Promise<MeetingStation> {
  await kiosk.close()
  const { folder, canteen, clock } = kiosk
  const request: typeof fetch = (input, init) => {
    if (typeof input !== 'string') throw new TypeError('an address as text was expected')
    return fetch(input.replace(/^http:\/\/[^/]+/, server.url), init)
  }
  return station({ folder, canteen, clock, sync: { request } })
}

test('SY-9 a station is enrolled by a code that works once, with a key that only its owner reads', async () => {
  const kiosk = station()
  const code = await community.code(kiosk.canteen)
  expect(await kiosk.sync.now()).toMatchObject({ state: 'not-enrolled', server: null })
  const view = await kiosk.sync.enrol(community.url, code.toLowerCase())
  expect(view.server).toEqual({ url: community.url, canteenName: kiosk.canteen })
  expect(await kiosk.sync.now()).toMatchObject({ trouble: null })
  const other = station({ canteen: kiosk.canteen, originId: 'kiosk-2' })
  await expect(other.sync.enrol(community.url, code)).rejects.toMatchObject({ error: 'CODE_REFUSED' })
  expect(existsSync(join(other.folder, 'enrolment.json'))).toBe(false)
  const twin = station({ canteen: kiosk.canteen })
  await expect(twin.sync.enrol(community.url, await community.code(kiosk.canteen))).rejects.toMatchObject({
    error: 'STATION_EXISTS',
  })
  await Promise.all([kiosk, other, twin].map((each) => each.close()))
})

test('SY-9 an answer to the code that was lost is asked for again, with the same code', async () => {
  const kiosk = station()
  const code = await community.code(kiosk.canteen)
  community.link.plan = () => 'lose-answer'
  await expect(kiosk.sync.enrol(community.url, code)).rejects.toMatchObject({ trouble: 'unreachable' })
  community.link.plan = () => 'pass'
  await kiosk.sync.enrol(community.url, code)
  expect(await kiosk.sync.now()).toMatchObject({ trouble: null })
  await kiosk.close()
})

test('SY-9 a station whose key was replaced is not accepted any more, and goes on selling', async () => {
  const kiosk = await station().enrol(community)
  await kiosk.sync.now()
  const spare = station({ canteen: kiosk.canteen })
  await spare.sync.enrol(community.url, await community.code(kiosk.canteen, 'kiosk-1'))
  expect(await kiosk.sync.now()).toMatchObject({ trouble: 'not-accepted', state: 'resting' })
  expect(kiosk.book.settle(saleDraft({ memberId: null })).kind).toBe('settled')
  await Promise.all([kiosk, spare].map((each) => each.close()))
})

test('LG-16 SY-1 people travel sealed, each version once, and an erased one is erased there', async () => {
  const kiosk = await station().enrol(community)
  await kiosk.sync.now()
  const rows = () =>
    community.deps.database.query<{ member_id: string; version: number; sealed: string }>(
      `SELECT member_id, version, sealed FROM persons JOIN canteens USING (canteen_id) WHERE name = $1
       ORDER BY member_id`,
      [kiosk.canteen],
    )
  const first = await rows()
  expect(first.map(({ version }) => version)).toEqual([1, 1, 1])
  expect(JSON.stringify(first)).not.toContain(Buffer.from('林').toString('base64'))
  kiosk.book.erasePerson('m-2')
  community.link.plan = ({ path }) => (path === '/v1/persons' ? 'lose-answer' : 'pass')
  expect(await kiosk.sync.now()).toMatchObject({ trouble: 'unreachable' })
  community.link.plan = () => 'pass'
  expect(await kiosk.sync.now()).toMatchObject({ trouble: null })
  expect(await rows()).toMatchObject([{ version: 1 }, { version: 2, sealed: '' }, { version: 1 }])
  expect(kiosk.book.read(({ persons }) => persons.unsynced(10))).toEqual([])
  await kiosk.close()
})
