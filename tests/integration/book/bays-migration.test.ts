import Sqlite from 'better-sqlite3'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openBook } from '../../../electron/station/book/book.ts'
import { migrate, migrationsFolder, readMigrations } from '../../../electron/station/book/migrate.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import { bookOptions, furnish, saleDraft } from '../../fixtures/books.ts'
import { takeBackTo } from '../../fixtures/older-book.ts'
import { rowsOf } from './rows.ts'

const STEP_BEFORE = 30
const STEP = 40
const TABLES = ['bay_pans', 'open_trays']
const kilogram = milligrams(1_000_000)
const read = { weightMg: kilogram, rawHex: '02' }
const heavy = { weightMg: milligrams(1_004_000), rawHex: '02' }

test('LG-14 BY-12 a book with sales and scale checks gets the two tables of the bays by that one step, empty, and keeps its rows', () => {
  const options = bookOptions()
  const book = openBook(options)
  furnish(book)
  book.settle(saleDraft({ subsidised: true }))
  const scale = { scaleId: 'S1', divisionMg: milligrams(2_000), verifiedUntil: '2027-03-31' }
  const judged = { zero: read, measured: heavy, errorMg: milligrams(4_000), permissibleMg: milligrams(2_000) }
  const checked = { checkId: 'c-1', ...scale, nominalMg: kilogram, ...judged, verdict: 'failed' } as const
  book.append({ kind: 'scale.checked', body: checked }, 'staff:staff-1')
  const released = { releaseId: 'r-1', scaleId: 'S1', checkId: 'c-1', note: '-', approvedBy: 'staff-1' }
  book.append({ kind: 'scale.released', body: released }, 'staff:staff-1')
  book.close()
  const db = new Sqlite(join(options.folder, 'book.sqlite'))
  takeBackTo(db, STEP_BEFORE)
  const before = rowsOf(options.folder)
  expect(before['scale_releases']).toHaveLength(1)

  const steps = readMigrations(migrationsFolder()).filter(({ number }) => number <= STEP)
  migrate(db, steps)

  expect(db.pragma('user_version', { simple: true })).toBe(STEP)
  for (const table of TABLES) expect(db.prepare(`SELECT * FROM ${table}`).all()).toEqual([])
  db.close()
  expect(rowsOf(options.folder)).toEqual(before)
  // The rest of the way, and the bays' own rows: the book opens and holds them.
  const again = openBook(options)
  again.write((file) => {
    file.statement("INSERT INTO bay_pans VALUES ('1', 'kiosk-1', '{}')").run()
    file.statement("INSERT INTO open_trays VALUES ('t', 'kiosk-1', '{}')").run()
  })
  const kept = TABLES.map((table) => again.read((file) => file.statement(`SELECT * FROM ${table}`).all()))
  again.close()
  expect(kept).toMatchObject([[{ bay_id: '1' }], [{ tray_id: 't' }]])
})
