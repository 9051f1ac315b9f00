import Sqlite, { type Database } from 'better-sqlite3'
import { BookError } from './errors.ts'

/** Before this version two writers could corrupt a restarted write-ahead log. */
const OLDEST_SAFE_SQLITE = [3, 51, 3] as const

/** How long a write waits for another process that recovers the log: a read-only `verify` at most. */
const BUSY_TIMEOUT_MS = 250

/** Page cache in KiB: enough for the pages of a lunch, small beside the process. */
const CACHE_KIB = 8192

/**
 * The pragmas of every writing connection, with what must be read back. `synchronous` is 2, FULL: the library is built
 * to fall back to NORMAL under WAL, which loses acknowledged sales in a power cut. Checkpoints run when the station is
 * idle, never inside a settlement (SPEC LG-12, LG-20).
 */
const PRAGMAS: readonly (readonly [name: string, value: string | number, readBack: string | number])[] = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['wal_autocheckpoint', 0, 0],
  ['cache_size', -CACHE_KIB, -CACHE_KIB],
  ['temp_store', 'MEMORY', 2],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
]

/**
 * Opens a book's file for writing with every pragma set and read back.
 *
 * @throws BookError `cannot-open` when a pragma does not hold or SQLite is too old; SQLite's own error otherwise.
 */
export function openDatabase(path: string): Database {
  const db = new Sqlite(path, { timeout: BUSY_TIMEOUT_MS })
  try {
    assertSafeSqlite(sqliteVersion(db))
    for (const [name, value] of PRAGMAS) db.pragma(`${name} = ${value}`)
    assertPragmas(db)
  } catch (error) {
    db.close()
    throw error
  }
  return db
}

/**
 * Gives the disk back what the log took while somebody read the book for long. Waits for nobody: as long as they read, it
 * stays as it is.
 *
 * @throws SQLite's error
 */
export function cutLog(db: Database): void {
  db.pragma('busy_timeout = 0')
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
  }
}

/** @throws BookError `cannot-open` naming the first pragma that reads back otherwise than it was set. */
export function assertPragmas(db: Database): void {
  for (const [name, , expected] of PRAGMAS) {
    const found: unknown = db.pragma(name, { simple: true })
    if (found !== expected)
      throw new BookError('cannot-open', `${name} reads back ${String(found)} instead of ${expected}`)
  }
}

/** @throws BookError `cannot-open` for a SQLite older than the fix of the log-reset corruption. */
export function assertSafeSqlite(version: string): void {
  const parts = version.split('.').map(Number)
  for (const [index, wanted] of OLDEST_SAFE_SQLITE.entries()) {
    const found = parts[index] ?? 0
    if (found > wanted) return
    if (found < wanted)
      throw new BookError('cannot-open', `SQLite ${version} is older than ${OLDEST_SAFE_SQLITE.join('.')}`)
  }
}

/** The version of SQLite that runs, e.g. `3.54.1`. */
export function sqliteVersion(db: Database): string {
  const row = db.prepare<[], { version: string }>('SELECT sqlite_version() AS version').get()
  if (row === undefined) throw new BookError('broken-invariant', 'SQLite does not know its version')
  return row.version
}

/** How `synchronous` reads back on this connection: 2 is FULL. */
export const synchronousOf = (db: Database): number => Number(db.pragma('synchronous', { simple: true }))
