import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Database } from 'better-sqlite3'
import { BookError } from './errors.ts'

/** Marks the file as a canteen's book: 'CaBk' in ASCII. */
const APPLICATION_ID = 0x4361426b

const FILE_NAME = /^(\d{4})-[a-z0-9-]+\.sql$/

export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
}

/** The migrations of a folder, in order. @throws BookError when the folder has none, or two of one number. */
export function readMigrations(folder: string): readonly Migration[] {
  const migrations: Migration[] = []
  for (const name of readdirSync(folder).toSorted()) {
    const number = FILE_NAME.exec(name)?.[1]
    if (number === undefined) continue
    migrations.push({ number: Number(number), name, sql: readFileSync(join(folder, name), 'utf8') })
  }
  // The second of two alike would never run: a book counts them by their number.
  const twice = migrations.find(({ number }, at) => migrations[at - 1]?.number === number)
  if (twice !== undefined) throw new BookError('cannot-open', `two migrations are number ${twice.number}`)
  if (migrations.length === 0) throw new BookError('cannot-open', `no migrations in ${folder}`)
  return migrations
}

/** The folder `migrations` nearest above this module: the repository's own, or the one packed beside the program. */
export function migrationsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const candidate = join(folder, 'migrations')
    if (existsSync(candidate)) return candidate
    const above = dirname(folder)
    if (above === folder) throw new BookError('cannot-open', 'the folder of migrations was not found')
    folder = above
  }
}

/**
 * Brings the schema up to date, one transaction for each step with its bookkeeping inside, so that a crash leaves the old
 * or the new schema and nothing between (SPEC LG-14). The number of the newest step applied is `user_version`.
 *
 * @throws BookError `from-the-future` when the file knows a newer step, `cannot-open` when it is no book.
 */
export function migrate(db: Database, migrations: readonly Migration[]): void {
  assertOurs(db)
  const newest = migrations.at(-1)?.number ?? 0
  if (versionOf(db) > newest)
    throw new BookError(
      'from-the-future',
      `the book's schema is ${versionOf(db)}, this program knows ${newest}`,
    )
  for (const migration of migrations) {
    if (migration.number <= versionOf(db)) continue
    db.exec('BEGIN IMMEDIATE')
    try {
      db.exec(migration.sql)
      db.pragma(`application_id = ${APPLICATION_ID}`)
      db.pragma(`user_version = ${migration.number}`)
      db.exec('COMMIT')
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
}

/** For those who only read. @throws BookError unless the schema is exactly the newest one. */
export function assertCurrent(db: Database, migrations: readonly Migration[]): void {
  assertOurs(db)
  assertNotFromTheFuture(db, migrations)
  if (versionOf(db) < newestOf(migrations))
    throw new BookError('cannot-open', 'the book was not opened by this version of the station yet')
}

const newestOf = (migrations: readonly Migration[]): number => migrations.at(-1)?.number ?? 0

function assertNotFromTheFuture(db: Database, migrations: readonly Migration[]): void {
  const [found, known] = [versionOf(db), newestOf(migrations)]
  if (found > known)
    throw new BookError('from-the-future', `the book's schema is ${found}, this program knows ${known}`)
}

const versionOf = (db: Database): number => Number(db.pragma('user_version', { simple: true }))

function assertOurs(db: Database): void {
  const id = Number(db.pragma('application_id', { simple: true }))
  if (id === APPLICATION_ID) return
  const tables = db.prepare<[], { count: number }>('SELECT count(*) AS count FROM sqlite_schema').get()
  if (id !== 0 || tables === undefined || tables.count > 0)
    throw new BookError('cannot-open', 'the file is a database, but not a book')
}
