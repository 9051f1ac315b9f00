import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { StartBackup } from '../../../electron/station/backup/backups.ts'
import { takeBackupInWorker } from '../../../electron/station/backup/in-worker.ts'
import { backupsIn } from '../../../electron/station/backup/manifest.ts'
import { takeBackup } from '../../../electron/station/backup/take-backup.ts'
import { openBook } from '../../../electron/station/book/book.ts'
import { bookOptions, furnish, saleDraft, testClock } from '../../fixtures/books.ts'
import { backupRequest } from '../../fixtures/backup-request.ts'
import { folderOfTest } from '../../fixtures/backups.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'

const EVENING_MS = Date.parse('2026-11-03T21:25:00+08:00')
const NIGHT_MS = Date.parse('2026-11-03T21:30:00+08:00')
const MINUTE_MS = 60_000

/** A station whose minutes pass without the scale's frames. */
function stationAt(nowMs: number, startBackup: StartBackup = takeBackupInWorker) {
  const clock = testClock(nowMs)
  const place = join(folderOfTest('stick'), 'canteen')
  const till = new CounterStation({ clock, startBackup, backupFolder: place })
  onTestFinished(() => till.stop())
  const { backups } = till.station
  return {
    till,
    clock,
    place,
    backups,
    minutes: async (count: number): Promise<void> => {
      for (let minute = 0; minute < count; minute++) {
        clock.ms += MINUTE_MS
        await till.timers.advance(MINUTE_MS)
      }
    },
    /** Until the backup that runs is over. */
    over: async (): Promise<void> => {
      for await (const view of backups.view.watch()) if (view.running === null) return
    },
  }
}

test('LG-29 at the canteen’s hour the station takes a verified backup, notes it, and looks on to the next night', async () => {
  const { till, place, backups, minutes, over } = stationAt(EVENING_MS)
  await minutes(1)
  expect(backups.view.current).toMatchObject({ files: [], running: null, nextMs: NIGHT_MS, trouble: null })
  await minutes(4)
  expect(backups.view.current.running).not.toBeNull()
  await over()
  const [file] = backupsIn(place, 'kiosk-1')
  expect(backups.view.current).toMatchObject({
    files: [file],
    running: null,
    trouble: null,
    nextMs: NIGHT_MS + 24 * 60 * MINUTE_MS,
  })
  expect(backups.lastAudit()).toMatchObject({ count: 0 })
  const newest = till.book.read((book) => book.journal.newest('kiosk-1', 1)[0])
  expect(newest).toMatchObject({ kind: 'audit.noted', actor: 'station' })
  expect(newest?.bodyText).toContain(`"subject":"${file?.name}"`)
})

test('LG-29 a night that was missed is made up for soon after the start, once', async () => {
  const { place, backups, minutes, over } = stationAt(NIGHT_MS + 9 * 60 * MINUTE_MS)
  await minutes(4)
  expect(backups.view.current.running).toBeNull()
  await minutes(2)
  await over()
  await minutes(60)
  expect(backupsIn(place, 'kiosk-1')).toHaveLength(1)
})

test('LG-29 no backup begins while a sale is being written, nor under a date that nobody confirmed', async () => {
  let started = 0
  const never: StartBackup = () => {
    started += 1
    return { outcome: Promise.withResolvers<never>().promise, stop: () => Promise.resolve() }
  }
  const { till, clock, minutes } = stationAt(EVENING_MS, never)
  clock.ms += 5 * 365 * 24 * 60 * MINUTE_MS
  await minutes(30)
  expect(till.station.counter.clockState()).toBe('to-confirm')
  expect(started).toBe(0)
  till.station.counter.press({ kind: 'confirm-clock' })
  await minutes(30)
  expect(started).toBe(1)
})

test('LG-29 a failed backup is told, tried again half an hour later, and its trouble goes when one was made', async () => {
  const troubles = ['no-place', 'no-room', null] as const
  let tries = 0
  const start: StartBackup = (request, onProgress) => {
    const trouble = troubles[tries] ?? null
    tries += 1
    const outcome =
      trouble === null
        ? takeBackup(request, onProgress)
        : Promise.resolve({ kind: 'failed', trouble, detail: 'planted', audit: null } as const)
    return { outcome, stop: () => Promise.resolve() }
  }
  const { backups, minutes, over } = stationAt(EVENING_MS, start)
  await minutes(6)
  expect(backups.view.current).toMatchObject({ trouble: 'no-place', nextMs: NIGHT_MS + 30 * MINUTE_MS })
  await minutes(30)
  expect(backups.view.current.trouble).toBe('no-room')
  await minutes(31)
  await over()
  expect(backups.view.current).toMatchObject({ trouble: null, files: [expect.anything() as unknown] })
  expect(tries).toBe(3)
})

test('LG-29 LG-21 a sale every few milliseconds is settled while a backup runs, the log stays capped, and the backup is made', async () => {
  const folder = folderOfTest('busy')
  const book = openBook(bookOptions({ folder }))
  furnish(book)
  const guest = () => saleDraft({ memberId: null })
  for (let sale = 0; sale < 4000; sale++) {
    book.settle(guest())
    if (sale % 20 === 0) book.checkpoint()
  }
  const place = join(folderOfTest('stick'), 'canteen')
  const state = { over: false }
  let phase = ''
  const phases = new Map<string, number>()
  const { outcome } = takeBackupInWorker(backupRequest(folder, place), (running) => {
    ;({ phase } = running)
  })
  void outcome.then(() => {
    state.over = true
  })
  const waits: number[] = []
  let largestLog = 0
  let sold = 0
  while (!state.over || sold < 2000) {
    const startedMs = performance.now()
    expect(book.settle(guest()).kind).toBe('settled')
    waits.push(performance.now() - startedMs)
    phases.set(phase, (phases.get(phase) ?? 0) + 1)
    sold += 1
    if (sold % 20 === 0) book.checkpoint()
    largestLog = Math.max(largestLog, book.health().logBytes)
    await turn()
  }
  const result = await outcome
  const p99 = waits.toSorted((one, other) => one - other)[Math.floor(waits.length * 0.99)] ?? 0
  console.log(
    `backup while selling: ${sold} sales, settle p99 ${p99.toFixed(1)} ms, log at most ${(largestLog / 1048576).toFixed(1)} MiB, ${JSON.stringify([...phases])}`,
  )
  expect(result.kind).toBe('made')
  expect(phases.get('verifying')).toBeGreaterThan(0)
  expect(largestLog).toBeLessThan(16 * 1024 * 1024)
  book.close()
})

test('LG-29 a station that is stopped in mid-backup ends at once, and the next one cleans up', async () => {
  const { till, backups, place, minutes } = stationAt(EVENING_MS)
  await minutes(5)
  expect(backups.view.current.running).not.toBeNull()
  await backups.close()
  expect(till.book.settle(saleDraft()).kind).toBe('settled')
  const outcome = await takeBackup(backupRequest(till.folder, place), () => undefined)
  expect(outcome.kind).toBe('made')
})
