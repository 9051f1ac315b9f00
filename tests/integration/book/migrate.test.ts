import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openBook } from '../../../electron/station/book/book.ts'
import {
  migrate,
  migrationsFolder,
  readMigrations,
  type Migration,
} from '../../../electron/station/book/migrate.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { bookOptions, furnish, saleDraft } from '../../fixtures/books.ts'
import { rowsOf, tamper } from './rows.ts'

const real = readMigrations(migrationsFolder())
const newest = real.at(-1)?.number ?? 0
const later: Migration = {
  number: newest + 10,
  name: 'later.sql',
  sql: 'CREATE TABLE added (id INTEGER PRIMARY KEY) STRICT; ALTER TABLE sales ADD COLUMN note TEXT; INSERT INTO added (id) VALUES (1);',
}

const tablesOf = (db: Database): unknown[] =>
  db.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all()
const versionOf = (db: Database): unknown => db.pragma('user_version', { simple: true })

test('LG-14 two migrations of one number are refused: the second would never run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  for (const name of ['0010-book.sql', '0010-other.sql']) writeFileSync(join(folder, name), 'SELECT 1;')
  expect(() => readMigrations(folder)).toThrow('two migrations are number 10')
})

test('LG-14 a migration keeps the rows of a book that was in use', () => {
  const options = bookOptions()
  const book = openBook(options)
  furnish(book)
  book.settle(saleDraft())
  book.close()
  const before = rowsOf(options.folder)
  const db = new Sqlite(join(options.folder, 'book.sqlite'))
  migrate(db, [...real, later])
  expect(versionOf(db)).toBe(later.number)
  expect(db.prepare('SELECT note FROM sales').all()).toEqual([{ note: null }])
  db.exec('ALTER TABLE sales DROP COLUMN note')
  db.close()
  expect(rowsOf(options.folder)).toEqual(before)
})

test('LG-14 a migration that fails in its middle leaves the old schema and the old number', () => {
  const db = new Sqlite(':memory:')
  migrate(db, real)
  const before = tablesOf(db)
  const broken = { ...later, sql: `${later.sql} INSERT INTO added (id) VALUES (1);` }
  expect(() => {
    migrate(db, [...real, broken])
  }).toThrow(/UNIQUE/)
  expect(tablesOf(db)).toEqual(before)
  expect(versionOf(db)).toBe(newest)
  migrate(db, [...real, later])
  expect(versionOf(db)).toBe(later.number)
  db.close()
})

test('LG-14 a migration killed half-way leaves the old schema, and the next start finishes it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'migrate-'))
  const path = join(folder, 'book.sqlite')
  const first = new Sqlite(path)
  first.pragma('journal_mode = WAL')
  migrate(first, real)
  const before = tablesOf(first)
  first.close()

  // The step's own SQL is so large that it is under way for long; it is killed while it is.
  const filler = Array.from({ length: 20_000 }, (_, id) => `INSERT INTO added (id) VALUES (${id + 2});`).join(
    '\n',
  )
  const steps = [...real, { ...later, sql: `${later.sql}\n${filler}` }]
  const script = join(folder, 'migrate.mjs')
  writeFileSync(join(folder, 'steps.json'), JSON.stringify(steps))
  writeFileSync(
    script,
    `import Sqlite from ${JSON.stringify(import.meta.resolve('better-sqlite3'))}
     import { readFileSync } from 'node:fs'
     import { migrate } from ${JSON.stringify(import.meta.resolve('../../../electron/station/book/migrate.ts'))}
     const db = new Sqlite(${JSON.stringify(path)})
     db.function('die', () => process.kill(process.pid, 'SIGKILL'))
     const steps = JSON.parse(readFileSync(${JSON.stringify(join(folder, 'steps.json'))}, 'utf8'))
     const last = steps.at(-1)
     migrate(db, [...steps.slice(0, -1), { ...last, sql: last.sql + 'SELECT die();' }])`,
  )
  const child = spawn(process.execPath, [script], { stdio: 'inherit' })
  const signal = await new Promise((resolve) => {
    child.on('exit', (_code, by) => {
      resolve(by)
    })
  })
  expect(signal).toBe('SIGKILL')

  const db = new Sqlite(path)
  expect(tablesOf(db)).toEqual(before)
  expect(versionOf(db)).toBe(newest)
  migrate(db, [...real, later])
  expect(versionOf(db)).toBe(later.number)
  expect(db.prepare('SELECT id FROM added').all()).toEqual([{ id: 1 }])
  db.close()
})

test('LG-14 a book from the future is refused and left as it is', () => {
  const options = bookOptions()
  openBook(options).close()
  tamper(options.folder, `PRAGMA user_version = ${newest + 10}`)
  expect(() => openBook(options)).toThrow(expect.objectContaining({ code: 'from-the-future' }))
  expect(() => verifyBook(options.folder)).toThrow(expect.objectContaining({ code: 'from-the-future' }))
  tamper(options.folder, `PRAGMA user_version = ${newest}`)
  openBook(options).close()
})

test('LG-14 a database that is no book is not touched', () => {
  const options = bookOptions()
  const db = new Sqlite(join(options.folder, 'book.sqlite'))
  db.exec('CREATE TABLE letters (id INTEGER PRIMARY KEY)')
  db.close()
  expect(() => openBook(options)).toThrow(expect.objectContaining({ code: 'cannot-open' }))
  writeFileSync(
    join(options.folder, 'book.sqlite'),
    'this is a letter, and not a database at all'.repeat(100),
  )
  expect(() => openBook(options)).toThrow(expect.objectContaining({ code: 'damaged' }))
})

test('LG-14 steps ascend by tens, each with its own numbers, and leave BEGIN and COMMIT to the bookkeeping', () => {
  const numbers = real.map(({ number }) => number)
  expect(numbers).toEqual([...new Set(numbers)].toSorted((one, other) => one - other))
  expect(numbers[0]).toBe(10)
  for (const { sql } of real) expect(sql).not.toMatch(/^\s*(BEGIN|COMMIT|ROLLBACK|PRAGMA|ATTACH)\b/im)
})

test('LG-8 every table is STRICT, and no trigger writes behind the fold’s back', () => {
  const db = new Sqlite(':memory:')
  migrate(db, real)
  const tables = db
    .prepare<[], { name: string; strict: number }>(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
    )
    .all()
  expect(tables.filter(({ strict }) => strict === 0)).toEqual([])
  expect(db.prepare("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')").all()).toEqual([])
  db.close()
})

test('LG-14 a folder without migrations is said so', () => {
  expect(() => readMigrations(mkdtempSync(join(tmpdir(), 'none-')))).toThrow(
    expect.objectContaining({ code: 'cannot-open' }),
  )
})
