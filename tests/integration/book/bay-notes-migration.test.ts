import Sqlite from 'better-sqlite3'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openBook, type Book } from '../../../electron/station/book/book.ts'
import { migrate, migrationsFolder, readMigrations } from '../../../electron/station/book/migrate.ts'
import { dayReport } from '../../../electron/station/reports/day-report.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import { bookOptions, furnish, saleDraft, TODAY } from '../../fixtures/books.ts'
import { takeBackTo } from '../../fixtures/older-book.ts'
import { rowsOf } from './rows.ts'

const STEP_BEFORE = 130
const STEP = 140

const notSoldIn = (book: Book) => book.read((file) => dayReport(file, TODAY, '测试食堂')).notSold

test('LG-14 BY-19 a book with notes of its bays gets their index, keeps its rows, and reports by that index alone', () => {
  const options = bookOptions()
  const book = openBook(options)
  furnish(book)
  book.settle(saleDraft({ subsidised: true }))
  const at = { bayId: '1', dishId: 'fish', trayId: null } as const
  const taken = { ...at, what: 'unattributed', netMg: milligrams(40_000) } as const
  const body = [taken, { ...at, what: 'refilled', netMg: milligrams(-5_000_000) } as const]
  for (const note of body) book.append({ kind: 'bay.noted', body: note }, 'counter')
  book.append({ kind: 'bay.noted', body: taken, businessDate: '2026-01-01' }, 'counter')
  book.close()
  const db = new Sqlite(join(options.folder, 'book.sqlite'))
  takeBackTo(db, STEP_BEFORE)
  const before = rowsOf(options.folder)

  migrate(
    db,
    readMigrations(migrationsFolder()).filter(({ number }) => number <= STEP),
  )

  expect(db.pragma('user_version', { simple: true })).toBe(STEP)
  const plan = db
    .prepare("EXPLAIN QUERY PLAN SELECT body FROM journal WHERE kind = 'bay.noted' AND business_date = ?")
    .all(TODAY)
  expect(JSON.stringify(plan)).toContain('USING INDEX bay_notes_by_date')
  db.close()
  expect(rowsOf(options.folder)).toEqual(before)
  const again = openBook(options)
  expect(notSoldIn(again)).toMatchObject([
    { bayId: '1', dishId: 'fish', unattributedMg: 40_000, totalMg: 40_000 },
  ])
  again.close()
})
