import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openBook } from '../../../electron/station/book/book.ts'
import { assertPragmas, assertSafeSqlite, openDatabase } from '../../../electron/station/book/connection.ts'
import { prepareFold } from '../../../electron/station/book/fold-statements.ts'
import { JournalTable } from '../../../electron/station/book/journal-table.ts'
import { migrate, migrationsFolder, readMigrations } from '../../../electron/station/book/migrate.ts'
import { Persons } from '../../../electron/station/book/persons.ts'
import { prepareQueries } from '../../../electron/station/book/queries.ts'
import { bookOptions, furnish, furnishedBook, saleDraft } from '../../fixtures/books.ts'

test('LG-12 a book writes with synchronous FULL, after the first write and after a reopening too', () => {
  const book = furnishedBook()
  expect(book.health().synchronous).toBe(2)
  book.settle(saleDraft())
  expect(book.health().synchronous).toBe(2)
  book.reopen()
  book.settle(saleDraft())
  expect(book.health().synchronous).toBe(2)
  book.close()
})

test.each([
  'synchronous = NORMAL',
  'foreign_keys = OFF',
  'wal_autocheckpoint = 1000',
  'journal_mode = DELETE',
])('LG-12 a connection on which %s slipped in does not pass', (pragma) => {
  const db = openDatabase(join(bookOptions().folder, 'book.sqlite'))
  assertPragmas(db)
  db.pragma(pragma)
  expect(() => {
    assertPragmas(db)
  }).toThrow(expect.objectContaining({ code: 'cannot-open' }))
  db.close()
})

test('LG-12 without being asked, this library would flush only at checkpoints: the pragma is not decoration', () => {
  const path = join(bookOptions().folder, 'plain.sqlite')
  const db = new Sqlite(path)
  db.pragma('journal_mode = WAL')
  db.exec('CREATE TABLE t (a)')
  expect(db.pragma('synchronous', { simple: true })).toBe(1)
  db.close()
})

test('LG-12 a SQLite older than the fix of the log-reset corruption is refused', () => {
  for (const version of ['3.51.2', '3.50.9', '2.99.99', '3.51'])
    expect(() => {
      assertSafeSqlite(version)
    }).toThrow(expect.objectContaining({ code: 'cannot-open' }))
  for (const version of ['3.51.3', '3.52.0', '4.0.0'])
    expect(() => {
      assertSafeSqlite(version)
    }).not.toThrow()
})

test('LG-8 every statement fits the migrated schema', () => {
  const db = new Sqlite(':memory:')
  migrate(db, readMigrations(migrationsFolder()))
  const prepared = [prepareQueries(db), prepareFold(db)].flatMap((each) =>
    Object.values<{ database: unknown }>({ ...each }),
  )
  expect(prepared.length).toBeGreaterThan(30)
  for (const statement of prepared) expect(statement.database).toBe(db)
  expect(new JournalTable(db).count()).toBe(0)
  expect(new Persons(db, new Uint8Array(32)).get('nobody')).toBeNull()
  db.close()
})

test('LG-20 two hundred settlements leave the book’s file untouched; the checkpoint of an idle moment moves them in', () => {
  const options = bookOptions()
  const book = openBook(options)
  furnish(book)
  book.checkpoint()
  const path = join(options.folder, 'book.sqlite')
  const before = readFileSync(path)
  for (let sale = 0; sale < 200; sale++) book.settle(saleDraft({ memberId: null }))
  expect(readFileSync(path).equals(before)).toBe(true)
  const full = book.health().logBytes
  expect(full).toBeGreaterThan(1_000_000)
  book.checkpoint()
  expect(readFileSync(path).equals(before)).toBe(false)
  for (let sale = 0; sale < 200; sale++) book.settle(saleDraft({ memberId: null }))
  expect(book.health().logBytes).toBeLessThanOrEqual(full * 1.1)
  book.close()
})

test('LG-17 a folder that cannot be made is a reason, not a crash', () => {
  const folder = join(bookOptions().folder, 'file')
  writeFileSync(folder, '')
  expect(() => openBook(bookOptions({ folder: join(folder, 'book') }))).toThrow(
    expect.objectContaining({ code: 'cannot-open' }),
  )
  expect(statSync(folder).size).toBe(0)
})

test('LG-17 with the disk full a sale is refused and changes nothing; with room again the next one is settled', () => {
  let limit: (pages: number) => void = () => undefined
  const openDatabaseWithLimit = (path: string): ReturnType<typeof openDatabase> => {
    const db = openDatabase(path)
    limit = (pages) => db.pragma(`max_page_count = ${pages}`)
    return db
  }
  const book = furnishedBook({ openDatabase: openDatabaseWithLimit })
  limit(1)
  const settled = Array.from({ length: 100 }, () => book.settle(saleDraft({ memberId: null })))
  expect(settled.at(-1)).toEqual({ kind: 'refused', reason: 'disk-full' })
  const { entries, state } = book.health()
  expect(state).toBe('disk-full')
  expect(entries).toBe(11 + settled.filter(({ kind }) => kind === 'settled').length)
  expect(() => book.issueCard('00000000AA', 'm-1', 'test')).toThrow(
    expect.objectContaining({ code: 'disk-full' }),
  )
  limit(1_000_000)
  expect(book.settle(saleDraft()).kind).toBe('settled')
  expect(book.health()).toMatchObject({ state: 'open', entries: entries + 1 })
  book.close()
})

test('LG-17 a book that turns read-only refuses the sale and goes on when it is writable again', () => {
  let readOnly: (on: boolean) => void = () => undefined
  const book = furnishedBook({
    openDatabase: (path) => {
      const db = openDatabase(path)
      readOnly = (on) => db.pragma(`query_only = ${on ? 'ON' : 'OFF'}`)
      return db
    },
  })
  readOnly(true)
  expect(book.settle(saleDraft())).toEqual({ kind: 'refused', reason: 'read-only' })
  expect(book.health().state).toBe('read-only')
  readOnly(false)
  expect(book.settle(saleDraft()).kind).toBe('settled')
  book.close()
})
