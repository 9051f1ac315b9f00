import { createRouterClient } from '@orpc/server'
import { expect, onTestFinished, test } from 'vitest'
import type { StartBackup } from '../../../electron/station/backup/backups.ts'
import { takeBackup } from '../../../electron/station/backup/take-backup.ts'
import type { HealthItem, HealthPage } from '../../../shared/contract/health.ts'
import { NOON_MS, saleDraft, testClock } from '../../fixtures/books.ts'
import { stickOfTest } from '../../fixtures/backups.ts'
import { CounterStation, type CounterOptions } from '../../fixtures/counter-station.ts'
import { DiskTroubles, FaultyDatabase } from '../../simulation/faulty-database.ts'
import { tamper } from '../book/rows.ts'

const DAY_MS = 86_400_000
const nothing = (): void => undefined
const inThisThread: StartBackup = (request, onProgress) => ({
  outcome: takeBackup(request, onProgress),
  stop: () => Promise.resolve(),
})

async function stationWith(options: CounterOptions = {}) {
  const till = new CounterStation(options)
  onTestFinished(() => till.stop())
  await till.pass(4_000)
  return {
    till,
    page: (): HealthPage => till.station.healthWatch.page.current,
    code: (subject: HealthItem['subject']): readonly string[] =>
      till.station.healthWatch.page.current.items
        .filter((item) => item.subject === subject)
        .map((item) => item.code),
  }
}

test('ST-9 the page tells of devices, days and backups as they are, and changes with them', async () => {
  const clock = testClock(NOON_MS)
  const { till, code } = await stationWith({ clock })
  expect(code('scale')).toEqual(['scale-check-due'])
  expect(code('backup')).toEqual(['backup-none', 'backup-same-disk'])
  expect(code('sync')).toEqual(['sync-not-enrolled'])
  expect(code('calendar')).toEqual(['calendar-missing'])
  expect(code('day')).toEqual(['day-good'])
  till.book.settle(saleDraft())
  clock.ms += DAY_MS
  await till.pass(4_000)
  expect(code('day')).toEqual(['day-not-closed'])
  till.bus.pull('/dev/reader')
  await till.pass(4_000)
  expect(code('reader')).toEqual(['reader-disconnected'])
})

test('ST-9 the page comes through the contract, and again when a line of it changes', async () => {
  const { till } = await stationWith()
  const client = createRouterClient(till.station.router, { context: { connection: till.station.connect() } })
  const pages = await client.health.watch()
  const first = await pages.next()
  expect(first.value).toMatchObject({ light: 'attention', stationId: 'kiosk-1', version: 'test' })
  const next = pages.next()
  till.bus.pull('/dev/scale')
  await till.pass(4_000)
  expect((await next).value).toMatchObject({ light: 'bad' })
  await pages.return?.()
})

test('ST-9 LG-22 a book that cannot be read is said, with no backup made of it, and is good again by itself', async () => {
  const troubles = new DiskTroubles()
  const world = { kill: nothing, rememberFlushed: nothing, loseTime: nothing, happened: nothing }
  const { till, code } = await stationWith({ openDatabase: new FaultyDatabase(world, troubles).open })
  expect(code('book')).toEqual(['book-good'])
  troubles.readsFail = true
  await till.pass(4_000)
  expect(till.view.trouble).toBe('book-unavailable')
  expect(code('book')).toEqual(['book-reopening'])
  troubles.readsFail = false
  await till.pass(10_000)
  expect(code('book')).toEqual(['book-good'])
})

test('ST-9 LG-29 LG-19 what the night finds wrong in the book is on the page, after a restart too, until a night finds it right', async () => {
  const place = stickOfTest()
  const options = { startBackup: inThisThread, backupFolder: place }
  const { till, code, page } = await stationWith(options)
  till.book.settle(saleDraft({ memberId: null }))
  till.book.checkpoint()
  tamper(till.folder, 'UPDATE sales SET price_fen = price_fen + 1000')
  await till.station.backups.now('staff:1')
  await till.pass(4_000)
  expect(code('book')).toEqual(['book-findings'])
  expect(code('backup')).toEqual(['backup-not-verified', 'backup-none'])
  expect(page().items.find((item) => item.code === 'book-findings')?.values).toMatchObject({
    count: 1,
    rule: 'LG-8',
    where: expect.stringContaining('sales ') as unknown,
  })
  await till.station.stop()
  const again = await stationWith({ ...options, folder: till.folder })
  expect(again.code('book')).toEqual(['book-findings'])
  tamper(till.folder, 'UPDATE sales SET price_fen = price_fen - 1000')
  await again.till.station.backups.now('staff:1')
  await again.till.pass(4_000)
  expect(again.code('book')).toEqual(['book-good'])
  expect(again.code('backup')).toEqual(['backup-good'])
})
