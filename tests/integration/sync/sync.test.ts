import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { voidInside } from '../../../electron/station/sales/voids.ts'
import { saleDraft, testClock } from '../../fixtures/books.ts'
import type { SyncTrouble } from '../../../shared/contract/sync.ts'
import type { LinkFault } from '../../fixtures/faulty-link.ts'
import { seededRandom } from '../../fixtures/random.ts'
import { Community, findingsOf, MeetingStation, SteppedTimers, type StationOptions } from './meeting.ts'

let community: Community

beforeAll(async () => {
  community = await Community.open()
})

afterAll(() => community.close())

function station(options: StationOptions = {}): MeetingStation {
  const made = new MeetingStation(options)
  onTestFinished(async () => {
    community.link.plan = () => 'pass'
    await made.remove()
  })
  return made
}

async function sameJournals(kiosk: MeetingStation): Promise<void> {
  expect(await community.journal(kiosk.canteen, kiosk.originId)).toEqual(kiosk.journal())
}

test('SY-1 SY-3 the book reaches the server entry by entry, and what comes later follows', async () => {
  const kiosk = await station().sell(20).enrol(community)
  const view = await kiosk.sync.now()
  expect(view).toMatchObject({ state: 'resting', trouble: null, entries: view.acknowledged, missing: 0 })
  await sameJournals(kiosk)
  kiosk.sell(5)
  await kiosk.sync.now()
  await sameJournals(kiosk)
  await kiosk.sync.now()
  await sameJournals(kiosk)
  expect(findingsOf(kiosk.folder)).toEqual([])
})

test('SY-8 progress rises batch by batch, and no batch is larger than it may be', async () => {
  const kiosk = await station().sell(1200).enrol(community)
  const seen: number[] = []
  const abort = new AbortController()
  const watching = (async () => {
    for await (const view of kiosk.sync.view.watch(abort.signal)) seen.push(view.acknowledged)
  })()
  const view = await kiosk.sync.now()
  abort.abort()
  await watching
  expect(view.acknowledged).toBe(view.entries)
  expect(new Set(seen).size).toBeGreaterThanOrEqual(3)
  expect(seen.toSorted((one, other) => one - other)).toEqual(seen)
  const batches = community.log.lines.flatMap(({ event, data }) =>
    event === 'batch' && data !== undefined && 'entries' in data ? [Number(data.entries)] : [],
  )
  expect(Math.max(...batches)).toBeLessThanOrEqual(500)
  await sameJournals(kiosk)
})

test('LG-24 SY-1 a meal that is taken back after the server has it is another entry there, and both stand against each other', async () => {
  const kiosk = await station().enrol(community)
  const sale = saleDraft({ subsidised: true, cashFen: 200 })
  expect(kiosk.book.settle(sale).kind).toBe('settled')
  await kiosk.sync.now()
  const before = await community.journal(kiosk.canteen, kiosk.originId)
  const request = {
    voidId: uuidv7(),
    saleId: sale.saleId,
    reason: 'wrong-dish',
    note: '',
    approvedBy: 's-1',
  } as const
  const takeBack = () => kiosk.book.write((file, append) => voidInside(file, append, request, 'staff:s-1'))
  expect(takeBack()).toMatchObject({ kind: 'voided', balanceAfterFen: 5_000, cashBackFen: 200 })
  expect(takeBack()).toMatchObject({ kind: 'voided', balanceAfterFen: 5_000, cashBackFen: 200 })
  await kiosk.sync.now()
  const after = await community.journal(kiosk.canteen, kiosk.originId)
  expect(after.slice(0, before.length)).toEqual(before)
  expect(after.slice(before.length).map(({ kind }) => kind)).toEqual(['sale.voided'])
  const [day] = await community.deps.database.query<Record<string, number>>(
    `SELECT sum(meals - voided_meals)::int AS meals, sum(price_fen - voided_price_fen)::int AS price,
       sum(cash_fen - voided_cash_fen)::int AS cash, sum(subsidy_fen - voided_subsidy_fen)::int AS subsidy, count(*)::int AS rows
     FROM day_meals JOIN canteens USING (canteen_id) WHERE name = $1`,
    [kiosk.canteen],
  )
  expect(day).toEqual({ meals: 0, price: 0, cash: 0, subsidy: 0, rows: 1 })
})

const FAULTS: readonly (readonly [fault: LinkFault, trouble: SyncTrouble | null])[] = [
  ['reset', 'unreachable'],
  ['cut-request', 'unreachable'],
  ['lose-answer', 'unreachable'],
  ['cut-answer', 'unreachable'],
  ['half-answer', 'damaged-answer'],
  ['twice', null],
  ['late', 'unreachable'],
  ['other-page', 'damaged-answer'],
  ['endless', 'damaged-answer'],
  [{ status: 500 }, 'server-busy'],
  [{ status: 502 }, 'server-busy'],
  [{ status: 503, retryAfter: '1' }, 'server-busy'],
  [{ status: 429, retryAfter: 'Wed, 21 Oct 2015 07:28:00 GMT' }, 'server-busy'],
]

test.for(FAULTS.map(([fault, trouble]) => [JSON.stringify(fault), fault, trouble] as const))(
  'SY-1 SY-2 SY-3 a batch that meets %s: nothing lost, nothing twice, the next try goes on',
  async ([, fault, trouble]) => {
    const kiosk = await station().sell(700).enrol(community)
    let met = 0
    community.link.plan = ({ path }) => {
      if (!path.endsWith('/batches')) return 'pass'
      met += 1
      return met === 2 ? fault : 'pass'
    }
    const first = await kiosk.sync.now()
    expect(first.trouble).toBe(trouble)
    expect(first.acknowledged).toBeGreaterThanOrEqual(500)
    const second = await kiosk.sync.now()
    expect(second).toMatchObject({ trouble: null, acknowledged: second.entries })
    await sameJournals(kiosk)
  },
)

test('SY-4 SY-9 a line that hands each answer to a challenge on twice is a bad line, and no station that is unknown', async () => {
  const kiosk = await station().sell(3).enrol(community)
  community.link.plan = ({ path }) => (path.endsWith('/sessions') ? 'twice' : 'pass')
  expect(await kiosk.sync.now()).toMatchObject({ trouble: 'damaged-answer' })
  community.link.plan = () => 'pass'
  expect(await kiosk.sync.now()).toMatchObject({ trouble: null })
  await sameJournals(kiosk)
})

test('SY-1 SY-2 SY-4 a line that does its worst to every third call: in the end both journals are the same', async () => {
  const random = seededRandom('the worst line')
  const kiosk = await station().sell(900).enrol(community)
  community.link.plan = () => (random.chance(0.33) ? random.pick(FAULTS)[0] : 'pass')
  let tries = 0
  do {
    tries += 1
    kiosk.sell(1)
    await kiosk.sync.now()
  } while (kiosk.sync.view.current.trouble !== null && tries < 100)
  expect(kiosk.sync.view.current.trouble).toBeNull()
  await sameJournals(kiosk)
  expect(findingsOf(kiosk.folder)).toEqual([])
})

test('SY-4 a server that never answers is given up, and every sale meanwhile is settled', async () => {
  const clock = testClock()
  const timers = new SteppedTimers(clock)
  const kiosk = await station({ clock, timers }).enrol(community)
  community.link.plan = () => 'never'
  const running = kiosk.sync.now()
  while (community.link.calls.at(-1)?.path !== '/v1/challenges') await new Promise(setImmediate)
  kiosk.sell(3)
  timers.advance(46_000)
  expect(await running).toMatchObject({ trouble: 'unreachable', troubleDetail: 'no answer in 45 s' })
  expect(timers.waiting).toBe(0)
})

test('SY-4 a station that stops does not wait for its server', async () => {
  const kiosk = await station().enrol(community)
  community.link.plan = () => 'never'
  const running = kiosk.sync.now()
  await new Promise(setImmediate)
  await kiosk.sync.close()
  expect(await running).toMatchObject({ acknowledged: 0 })
})
