import { expect, onTestFinished, test } from 'vitest'
import { BayCounter } from '../../fixtures/bay-counter.ts'
import { cardOf } from '../../fixtures/books.ts'
import { signedIn, type SignedInWindow } from '../../fixtures/signed-in.ts'

/** From the office's word to the screen, by the wall clock of the test and by the station's own. */
const AT_MOST_MS = 1_000

interface Canteen extends SignedInWindow {
  readonly bays: BayCounter
}

async function canteen(): Promise<Canteen> {
  const bays = new BayCounter(2)
  onTestFinished(() => bays.stop())
  const window = await signedIn(bays.counter.station, 'cashier')
  await bays.pass(1_200)
  return { ...window, bays }
}

/** Reports the card lost, taps at once, and says how long it took until it was refused. */
async function refusedAfter(
  { client, bays }: Canteen,
  memberId: string,
  tap: () => Promise<void>,
  trouble: () => string | null,
): Promise<{ readonly wallMs: number; readonly stationMs: number }> {
  const from = { wall: performance.now(), station: bays.counter.clock.ms }
  await client.members.reportLost({ uid: cardOf(memberId) })
  await tap()
  expect(trouble()).toBe('card-lost')
  return { wallMs: performance.now() - from.wall, stationMs: bays.counter.clock.ms - from.station }
}

test('CK-6 BY-1 scenario 53: a card reported lost in the office is refused within a second at the counter, at a bay and at the exit', async () => {
  const here = await canteen()
  const { bays } = here
  const screens = [
    ['m-1', () => bays.counter.tap('m-1'), () => bays.counter.view.trouble],
    ['m-2', () => bays.tap('1', 'm-2'), () => bays.view('1').trouble],
    ['m-3', () => bays.tap(null, 'm-3'), () => bays.bays.exit.current.trouble],
  ] as const
  for (const [memberId, tap, trouble] of screens) {
    const { wallMs, stationMs } = await refusedAfter(here, memberId, tap, trouble)
    expect([memberId, wallMs < AT_MOST_MS, stationMs < AT_MOST_MS]).toEqual([memberId, true, true])
    expect(bays.counter.book.balanceOf(memberId)).toBe(5_000)
  }
  expect(bays.counter.book.recentSales(5)).toEqual([])
})

test('BY-9 scenario 53: a tray that was begun before its card was reported lost is not paid with it', async () => {
  const here = await canteen()
  const { bays } = here
  await bays.tap('1', 'm-1')
  await bays.take('1', 200)
  await refusedAfter(
    here,
    'm-1',
    () => bays.tap(null, 'm-1'),
    () => bays.bays.exit.current.trouble,
  )
  await bays.pass(2_000)
  expect(bays.counter.book.recentSales(5)).toEqual([])
  expect(bays.counter.book.balanceOf('m-1')).toBe(5_000)
})
