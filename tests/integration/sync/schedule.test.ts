import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { SyncView } from '../../../shared/contract/sync.ts'
import { NOON_MS, saleDraft, testClock } from '../../fixtures/books.ts'
import { Community, MeetingStation, SteppedTimers } from './meeting.ts'

let community: Community

beforeAll(async () => {
  community = await Community.open()
})

afterAll(() => community.close())

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const STEP_MS = 30_000

interface Scheduled {
  readonly kiosk: MeetingStation
  readonly timers: SteppedTimers
  /** Lets time pass, and waits until whatever it started is over. */
  readonly pass: (byMs: number) => Promise<SyncView>
}

async function scheduled(): Promise<Scheduled> {
  const clock = testClock()
  const timers = new SteppedTimers(clock)
  const kiosk = await new MeetingStation({ clock, timers }).enrol(community)
  onTestFinished(async () => {
    community.link.plan = () => 'pass'
    await kiosk.remove()
  })
  return {
    kiosk,
    timers,
    pass: async (byMs) => {
      const untilMs = clock.ms + byMs
      // In steps, and none while the line is at work: what it does takes no time here.
      while (clock.ms < untilMs && kiosk.sync.view.current.state !== 'running')
        timers.advance(Math.min(STEP_MS, untilMs - clock.ms))
      return kiosk.sync.view.current.state === 'running' ? await kiosk.sync.now() : kiosk.sync.view.current
    },
  }
}

test('SY-4 a station sends soon after its start, and then each night', async () => {
  const { kiosk, pass } = await scheduled()
  kiosk.sync.start()
  expect(kiosk.sync.view.current.nextTryMs).toBe(NOON_MS + 6_000)
  const first = await pass(MINUTE_MS)
  expect(first).toMatchObject({ trouble: null, acknowledged: first.entries, state: 'resting' })
  // 12:00 in Shanghai; the night begins at 21:30, and half the jitter is nine and a half minutes.
  expect(first.nextTryMs).toBe(NOON_MS + 9.5 * HOUR_MS + 10.5 * MINUTE_MS)
  kiosk.sell(3)
  expect((await pass(9.5 * HOUR_MS)).acknowledged).toBe(first.entries)
  const night = await pass(11 * MINUTE_MS)
  expect(night.acknowledged).toBe(first.entries + 3)
  expect(night.nextTryMs).toBe((first.nextTryMs ?? 0) + 24 * HOUR_MS)
})

test('SY-4 a server that is down is tried again with growing pauses, by hand at once, and sales go on', async () => {
  const { kiosk, pass } = await scheduled()
  community.link.plan = () => 'reset'
  kiosk.sync.start()
  const pauses: number[] = []
  let view = await pass(MINUTE_MS)
  for (let tries = 0; tries < 12; tries += 1) {
    expect(view).toMatchObject({ state: 'waiting-to-retry', trouble: 'unreachable' })
    const pauseMs = (view.nextTryMs ?? 0) - kiosk.clock.ms
    pauses.push(pauseMs)
    expect(kiosk.book.settle(saleDraft({ memberId: null })).kind).toBe('settled')
    view = await pass(pauseMs)
  }
  expect(pauses.slice(0, 4)).toEqual([7_500, 15_000, 30_000, 60_000])
  expect(Math.max(...pauses)).toBe(45 * MINUTE_MS)
  community.link.plan = () => 'pass'
  const byHand = await kiosk.sync.now()
  expect(byHand).toMatchObject({ trouble: null, state: 'resting', acknowledged: byHand.entries })
})

test('SY-4 a server that asks to wait is not asked before', async () => {
  const { kiosk, pass } = await scheduled()
  community.link.plan = () => ({ status: 503, retryAfter: '600' })
  kiosk.sync.start()
  const view = await pass(MINUTE_MS)
  expect(view).toMatchObject({ state: 'waiting-to-retry', trouble: 'server-busy' })
  expect((view.nextTryMs ?? 0) - kiosk.clock.ms).toBeGreaterThanOrEqual(600_000)
  const calls = community.link.calls.length
  await pass(599_000)
  expect(community.link.calls.length).toBe(calls)
})

test('SY-4 a clock that is set forward does not keep a station from sending', async () => {
  const { kiosk, pass } = await scheduled()
  kiosk.sync.start()
  await pass(MINUTE_MS)
  kiosk.sell(1)
  kiosk.clock.ms += 30 * HOUR_MS
  const view = await pass(5 * MINUTE_MS)
  expect(view.acknowledged).toBe(view.entries)
})

test('SY-4 a station that stops leaves no timer behind', async () => {
  const { kiosk, timers, pass } = await scheduled()
  kiosk.sync.start()
  await pass(MINUTE_MS)
  expect(timers.waiting).toBe(1)
  await kiosk.sync.close()
  expect(timers.waiting).toBe(0)
})
