import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openBook } from '../../../electron/station/book/book.ts'
import { bookOptions, saleDraft } from '../../fixtures/books.ts'
import { Community, findingsOf, MeetingStation } from '../sync/meeting.ts'

let community: Community

beforeAll(async () => {
  community = await Community.open()
})

afterAll(() => community.close())

const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'lost-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The folder as a machine without power leaves it, less its write-ahead log. */
function withoutLog(folder: string): string {
  const left = join(temporary(), 'data')
  cpSync(folder, left, { recursive: true, filter: (name) => !name.endsWith('book.lock') })
  expect(existsSync(join(left, 'book.sqlite-wal'))).toBe(true)
  for (const suffix of ['-wal', '-shm']) rmSync(join(left, `book.sqlite${suffix}`), { force: true })
  return left
}

/**
 * A station whose log holds what its server has: somebody reads the book without an end, so nothing can be moved from the log
 * into the book; then the log is deleted.
 */
async function stationWithoutLog(mark: 'kept' | 'lost') {
  const kiosk = await new MeetingStation().sell(5).enrol(community)
  kiosk.book.checkpoint()
  const reader = new Sqlite(join(kiosk.folder, 'book.sqlite'), { readonly: true })
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM journal').get()
  kiosk.sell(7)
  expect(await kiosk.sync.now()).toMatchObject({ trouble: null })
  const whole = kiosk.journal()
  const left = withoutLog(kiosk.folder)
  if (mark === 'lost') rmSync(join(left, 'book.reached'), { force: true })
  reader.close()
  await kiosk.remove()
  const { canteen, clock } = kiosk
  const again = (): MeetingStation => {
    const station = new MeetingStation({ folder: left, canteen, clock })
    onTestFinished(() => station.remove())
    return station
  }
  return { left, canteen, whole, again }
}

test('LG-23 a log that is gone is found out by the mark beside it: the book does not open, and no number is used again', async () => {
  const { left } = await stationWithoutLog('kept')
  expect(() => openBook(bookOptions({ folder: left }))).toThrow(/ends at .* had reached/)
})

test('SY-5 a log that is gone, and the mark with it: the server shows the gap and fills it, entry by entry', async () => {
  const { left, canteen, whole, again } = await stationWithoutLog('lost')
  const station = again()
  const lost = whole.length - station.journal().length
  expect(lost).toBeGreaterThanOrEqual(7)
  const view = await station.sync.now()
  expect(view).toMatchObject({ trouble: null, missing: 0, fetched: { entries: lost } })
  expect(station.journal()).toEqual(whole)
  station.sell(2)
  expect(await station.sync.now()).toMatchObject({ trouble: null })
  expect(await community.journal(canteen, 'kiosk-1')).toEqual(station.journal())
  await station.close()
  expect(findingsOf(left)).toEqual([])
})

test('SY-6 sold on before it asked its server, such a book is a fork: refused, named, and the server keeps its own', async () => {
  const { canteen, whole, again } = await stationWithoutLog('lost')
  const station = again().sell(9)
  expect(await station.sync.now()).toMatchObject({ trouble: 'fork', state: 'resting' })
  expect(await community.journal(canteen, 'kiosk-1')).toEqual(whole)
  expect(station.book.settle(saleDraft({ memberId: null })).kind).toBe('settled')
})

test('LG-20 beside a reader that never ends sales go on at their pace; after it the log is cut back to nothing', () => {
  const options = bookOptions({ folder: temporary() })
  const book = openBook(options)
  const logAfter = (sales: number): number => {
    for (let sold = 0; sold < sales; sold += 1) {
      expect(book.settle(saleDraft({ memberId: null })).kind).toBe('settled')
      if (sold % 20 === 0) book.checkpoint()
    }
    return book.health().logBytes
  }
  const alone = logAfter(100)
  const reader = new Sqlite(join(options.folder, 'book.sqlite'), { readonly: true })
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM journal').get()
  const beside = logAfter(600)
  expect(beside).toBeGreaterThan(16 * 1024 * 1024)
  // The counter's thread: whoever reads may not hold it up for the time that a busy book is waited for.
  const waits = Array.from({ length: 5 }, () => {
    const startedMs = performance.now()
    book.checkpoint()
    return performance.now() - startedMs
  })
  expect(Math.min(...waits)).toBeLessThan(200)
  reader.close()
  book.checkpoint()
  expect(book.health().logBytes).toBe(0)
  expect(logAfter(100)).toBeLessThan(2 * alone)
  book.close()
  expect(findingsOf(options.folder)).toEqual([])
})
