import { expect, onTestFinished, test } from 'vitest'
import { Pace } from '../../../electron/station/sync/pace.ts'
import { SyncStopped } from '../../../electron/station/sync/trouble.ts'
import { VirtualTimers } from '../../fixtures/virtual-timers.ts'
import { MeetingStation } from './meeting.ts'

function paced() {
  const kiosk = new MeetingStation()
  onTestFinished(() => kiosk.remove())
  const timers = new VirtualTimers()
  const stop = new AbortController()
  const pace = new Pace({ book: kiosk.book, timers, signal: stop.signal, onRest: () => undefined })
  /** Milliseconds of the rest after a request that took so long. */
  const restAfter = async (workedMs: number): Promise<number> => {
    timers.stall(workedMs)
    let over = false
    const rest = pace.rest().then(() => (over = true))
    const fromMs = timers.monotonicMs()
    for (let step = 0; step < 100; step += 1) {
      await timers.advance(0)
      if (over) break
      await timers.advance(50)
    }
    await rest
    return timers.monotonicMs() - fromMs
  }
  return { kiosk, timers, stop, pace, restAfter }
}

test('SY-10 a run rests four times as long as it worked while the counter sells, and not at all while it does not', async () => {
  const { kiosk, restAfter } = paced()
  expect(await restAfter(200)).toBe(0)
  kiosk.sell(1)
  expect(await restAfter(200)).toBe(800)
  expect(await restAfter(200)).toBe(0)
  kiosk.sell(3)
  expect(await restAfter(100)).toBe(400)
})

test('SY-10 a rest has an end, however slow the server was', async () => {
  const { kiosk, restAfter } = paced()
  kiosk.sell(1)
  expect(await restAfter(40_000)).toBe(2000)
})

test('SY-10 a station that stops does not sleep on', async () => {
  const { kiosk, pace, stop, timers } = paced()
  kiosk.sell(1)
  timers.stall(400)
  const rest = pace.rest()
  stop.abort()
  await expect(rest).rejects.toThrow(SyncStopped)
  expect(timers.waiting).toBe(0)
})
