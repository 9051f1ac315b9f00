import { expect, onTestFinished, test } from 'vitest'
import { fen } from '../../../shared/domain/units.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { DiskTroubles, FaultyDatabase } from '../../simulation/faulty-database.ts'

const HOUR_MS = 3_600_000
const nothing = (): void => undefined

async function counterOnATroubledDisk(): Promise<{ till: CounterStation; troubles: DiskTroubles }> {
  const troubles = new DiskTroubles()
  const world = { kill: nothing, rememberFlushed: nothing, loseTime: nothing, happened: nothing }
  const till = new CounterStation({ openDatabase: new FaultyDatabase(world, troubles).open })
  onTestFinished(() => till.stop())
  await till.empty()
  return { till, troubles }
}

test('LG-22 a book that cannot be read stops the selling, says so, and sells again by itself', async () => {
  const { till, troubles } = await counterOnATroubledDisk()
  await till.plate(320)
  troubles.readsFail = true
  await till.pass(600)
  expect(till.view.trouble).toBe('book-unavailable')
  await till.tap('m-1')
  await till.pass(2_000)
  expect(till.view).toMatchObject({ phase: 'trouble', trouble: 'book-unavailable' })
  troubles.readsFail = false
  await till.pass(6_000)
  expect(till.view).toMatchObject({ phase: 'ready', totalFen: 1203 })
  await till.tap('m-1')
  expect(till.view.phase).toBe('paid')
  expect(till.book.recentSales(10)).toHaveLength(1)
})

test('LG-22 a card that is tapped while the book cannot be read pays nothing', async () => {
  const { till, troubles } = await counterOnATroubledDisk()
  await till.plate(320)
  troubles.readsFail = true
  await till.tap('m-1')
  troubles.readsFail = false
  await till.pass(1_000)
  expect(till.view).toMatchObject({ phase: 'ready', member: null })
  expect(till.book.balanceOf('m-1')).toBe(5000)
})

test('LG-7 LG-22 a failed COMMIT of anything but a sale leaves the counter selling', async () => {
  const { till, troubles } = await counterOnATroubledDisk()
  troubles.nextCommit = 'commit-error-lost'
  const body = { uid: '0000000009', memberId: 'm-1' }
  expect(() => till.book.append({ kind: 'card.issued', body }, 'office')).toThrow('simulated')
  await till.pass(1_000)
  await till.plate(320)
  await till.tap('m-1')
  expect(till.view.phase).toBe('paid')
})

test('CK-12 the sale before a restart is shown although the clock had been set back before it', async () => {
  const before = new CounterStation()
  await before.empty()
  await before.plate(320)
  await before.tap('m-1')
  await before.empty()
  before.clock.ms -= 3 * HOUR_MS
  await before.pass(9_000)
  await before.plate(200)
  await before.tap('m-2')
  const { saleId } = before.view
  expect(before.view.phase).toBe('paid')
  await before.stop()
  const after = new CounterStation({ folder: before.folder, clock: before.clock })
  onTestFinished(() => after.stop())
  expect(after.view).toMatchObject({ phase: 'paid', saleId })
  expect(after.book.recentSales(10)[0]?.saleId).toBe(saleId)
})

test('CK-16 a clock that jumps while a plate waits for its card sells nothing before the next tick', async () => {
  const { till } = await counterOnATroubledDisk()
  await till.plate(320)
  till.clock.ms -= 48 * HOUR_MS
  await till.tap('m-1')
  expect(till.view.trouble).toBe('clock-to-confirm')
  expect(till.book.balanceOf('m-1')).toBe(5000)
})

test('CK-16 a clock that was right again in between has to be confirmed anew', async () => {
  const { till } = await counterOnATroubledDisk()
  for (const round of [1, 2]) {
    till.clock.ms -= 48 * HOUR_MS
    await till.pass(600)
    expect(till.view.trouble, `round ${round}`).toBe('clock-to-confirm')
    till.station.counter.press({ kind: 'confirm-clock' })
    await till.pass(600)
    expect(till.view.trouble).toBeNull()
    till.clock.ms += 48 * HOUR_MS
    await till.pass(600)
  }
})

test('CK-16 a date confirmed once holds as the days go by, and not for a clock that jumps again', async () => {
  const { till } = await counterOnATroubledDisk()
  till.clock.ms -= 400 * 24 * HOUR_MS
  await till.pass(600)
  till.station.counter.press({ kind: 'confirm-clock' })
  for (let day = 0; day < 4; day += 1) {
    till.clock.ms += 20 * HOUR_MS
    await till.pass(600)
    expect(till.view.trouble, `day ${day}`).toBeNull()
  }
  till.clock.ms -= 25 * HOUR_MS
  await till.pass(600)
  expect(till.view.trouble).toBe('clock-to-confirm')
})

test('CK-12 a clock that lost its time with the power does not hide the last sale', async () => {
  const before = new CounterStation()
  await before.empty()
  await before.plate(320)
  await before.tap('m-1')
  const { saleId } = before.view
  await before.stop()
  before.clock.ms = HOUR_MS
  const after = new CounterStation({ folder: before.folder, clock: before.clock })
  onTestFinished(() => after.stop())
  expect(after.view).toMatchObject({ phase: 'paid', saleId })
})

test('CK-16 what is written under a doubted clock does not make it right', async () => {
  const { till } = await counterOnATroubledDisk()
  till.clock.ms += 400 * 24 * HOUR_MS
  await till.pass(600)
  expect(till.view.trouble).toBe('clock-to-confirm')
  till.book.topUp({ topUpId: 'top-up', memberId: 'm-1', amountFen: fen(1000), source: 'cash' }, 'office')
  await till.plate(320)
  await till.tap('m-1')
  expect(till.view.trouble).toBe('clock-to-confirm')
  till.station.counter.press({ kind: 'confirm-clock' })
  await till.pass(600)
  expect(till.view.phase).toBe('paid')
})
