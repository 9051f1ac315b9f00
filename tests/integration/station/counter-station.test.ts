import { expect, onTestFinished, test } from 'vitest'
import { NOON_MS, TODAY } from '../../fixtures/books.ts'
import { CounterStation, type CounterOptions } from '../../fixtures/counter-station.ts'
import { FailingCommit } from '../../fixtures/failing-commit.ts'

const HOUR_MS = 3_600_000

async function counter(options: CounterOptions = {}): Promise<CounterStation> {
  const opened = new CounterStation(options)
  onTestFinished(() => opened.stop())
  await opened.empty()
  return opened
}

test('CK-2 from the bytes of scale and card to the entry in the book', async () => {
  const till = await counter()
  await till.plate(320)
  expect(till.view).toMatchObject({ phase: 'ready', totalFen: 1203, scale: { state: 'ok' } })
  await till.tap('m-1')
  expect(till.view).toMatchObject({
    phase: 'paid',
    member: { displayName: '林依姆' },
    quote: { priceFen: 1203, subsidyFen: 300, selfPayFen: 903 },
    payment: { walletFen: 903, balanceAfterFen: 4097 },
  })
  expect(till.book.balanceOf('m-1')).toBe(4097)
  const [sale] = till.book.recentSales(10)
  expect(sale).toMatchObject({ saleId: till.view.saleId, priceFen: 1203, businessDate: TODAY })
})

test('PO-4 the second meal of the day is quoted and settled without the daily subsidy', async () => {
  const till = await counter()
  for (const paidFen of [903, 1203]) {
    await till.plate(320)
    await till.tap('m-1')
    expect(till.view.payment?.walletFen).toBe(paidFen)
    await till.empty()
    await till.pass(9_000)
  }
})

test('CK-8 a scale that falls silent shows stale within a second and sells nothing', async () => {
  const till = await counter()
  await till.plate(320)
  await till.timers.advance(1_000)
  expect(till.view).toMatchObject({ trouble: 'scale-stale', scale: { grossMg: null } })
  await till.tap('m-1')
  await till.plate(320)
  expect(till.view.scale.state).toBe('ok')
})

for (const fault of ['after', 'instead'] as const)
  test(`LG-7 an error from COMMIT, ${fault} the write, is found out and charged exactly once`, async () => {
    const disk = new FailingCommit()
    const till = await counter({ openDatabase: disk.open })
    await till.plate(320)
    disk.next = fault
    disk.keepsFailing = true
    await till.tap('m-1')
    expect(till.view.phase).toBe('checking')
    await till.tap('m-2')
    await till.pass(3_000)
    expect(till.view.phase).toBe('checking')
    disk.keepsFailing = false
    await till.pass(6_000)
    expect(till.view).toMatchObject({ phase: 'paid', payment: { walletFen: 903 } })
    expect(till.book.balanceOf('m-1')).toBe(4097)
    expect(till.book.balanceOf('m-2')).toBe(5000)
    expect(till.book.recentSales(10)).toHaveLength(1)
  })

test('CK-12 after a restart the last sale is shown as paid and its plate is not sold again', async () => {
  const before = new CounterStation()
  await before.empty()
  await before.plate(320)
  await before.tap('m-1')
  await before.stop()
  const after = new CounterStation({ folder: before.folder, clock: before.clock })
  onTestFinished(() => after.stop())
  await after.plate(320)
  await after.tap('m-1')
  expect(after.view).toMatchObject({ phase: 'paid', trouble: 'already-paid', payment: { walletFen: 903 } })
  expect(after.book.recentSales(10)).toHaveLength(1)
  expect(after.book.balanceOf('m-1')).toBe(4097)
})

test('CK-16 a clock set back three hours sells on under the book’s date; one reset to 1970 waits for staff', async () => {
  const till = await counter()
  await till.plate(320)
  await till.tap('m-1')
  await till.empty()
  till.clock.ms -= 3 * HOUR_MS
  await till.pass(9_000)
  expect(till.station.counter.clockState()).toBe('behind')
  await till.plate(320)
  await till.tap('m-2')
  expect(till.view).toMatchObject({ phase: 'paid', businessDate: TODAY })
  await till.empty()
  till.clock.ms = 5 * HOUR_MS
  await till.pass(9_000)
  expect(till.view.trouble).toBe('clock-to-confirm')
  await till.plate(320)
  await till.tap('m-3')
  expect(till.book.recentSales(10)).toHaveLength(2)
  till.clock.ms = NOON_MS + HOUR_MS
  await till.pass(1_000)
  expect(till.view.trouble).not.toBe('clock-to-confirm')
})

test('CK-16 staff confirms a date far ahead, and that is in the journal', async () => {
  const till = await counter()
  till.clock.ms += 100 * 24 * HOUR_MS
  await till.pass(1_000)
  expect(till.view.trouble).toBe('clock-to-confirm')
  const entries = till.book.health().entries
  expect(till.station.counter.press({ kind: 'confirm-clock' })).toBeNull()
  await till.pass(1_000)
  expect(till.view.trouble).toBeNull()
  expect(till.book.health().entries).toBe(entries + 1)
})

test('CK-10 a machine that slept in mid-sale has let the card go', async () => {
  const till = await counter()
  await till.tap('m-1')
  expect(till.view.phase).toBe('awaiting-plate')
  till.clock.ms += 8 * HOUR_MS
  await till.plate(320)
  expect(till.view.phase).toBe('ready')
  expect(till.book.recentSales(10)).toEqual([])
})

test('CK-14 a sale across midnight is on exactly one business day', async () => {
  const fourInTheMorning = Date.parse('2026-11-04T04:00:00+08:00')
  const till = await counter()
  till.clock.ms = fourInTheMorning - 1_200
  await till.plate(320)
  await till.tap('m-1')
  await till.pass(2_000)
  const dates = ['2026-11-03', '2026-11-04'].map((date) => till.book.dayTotals(date).meals)
  expect(dates).toEqual([1, 0])
  expect(till.view.phase).toBe('paid')
})
