import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { asOpenError, BookError, sqliteCode } from './errors.ts'
import { HighWater, MARK_FILE_NAME, type Mark } from './high-water.ts'
import { JournalTable } from './journal-table.ts'
import { assertCurrent, migrationsFolder, readMigrations } from './migrate.ts'
import { BOOK_FILE_NAME } from './session.ts'
import { Verifier, type VerifyOptions, type VerifyReport } from './verifier.ts'

/** From this many entries on, the replay goes to a file: memory stays small. */
const ENTRIES_IN_MEMORY = 50_000

/** Checks the book on an open connection. For many books in a row keep one `Verifier`. */
export function verifyDatabase(db: Database, options: VerifyOptions = {}): VerifyReport {
  const verifier = new Verifier()
  try {
    return verifier.verify(db, options)
  } finally {
    verifier.close()
  }
}

/**
 * Checks the book of a folder, or a book's file. Reads only, so it may run beside the counter; a book on a disk that
 * cannot be written is copied first.
 *
 * @throws BookError when it cannot be opened: no book, not yet migrated, or from the future.
 */
export function verifyBook(path: string, onProgress?: VerifyOptions['onProgress']): VerifyReport {
  const file =
    statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? join(path, BOOK_FILE_NAME) : path
  const workFolder = mkdtempSync(join(tmpdir(), 'canteen-verify-'))
  let db: Database | null = null
  try {
    const migrations = readMigrations(migrationsFolder())
    // Before the book: a counter that goes on selling moves the mark along behind it.
    const mark = file.endsWith(BOOK_FILE_NAME) ? new HighWater(dirname(file)).read() : null
    db = openToRead(file, workFolder)
    assertCurrent(db, migrations)
    const large = new JournalTable(db).count() > ENTRIES_IN_MEMORY
    const verifier = new Verifier(migrations, large ? join(workFolder, 'replay.sqlite') : ':memory:')
    try {
      const report = verifier.verify(db, onProgress === undefined ? {} : { onProgress })
      return withMark(report, faultOfMark(mark, db))
    } finally {
      verifier.close()
    }
  } catch (error) {
    throw asOpenError(error, file)
  } finally {
    db?.close()
    rmSync(workFolder, { recursive: true, force: true })
  }
}

const withMark = (report: VerifyReport, message: string | null): VerifyReport =>
  message === null
    ? report
    : {
        ...report,
        ok: false,
        findings: [...report.findings, { rule: 'LG-23', table: MARK_FILE_NAME, message }],
      }

/** What the mark beside the book says and the book does not, or null. */
function faultOfMark(mark: Mark | 'unreadable' | null, db: Database): string | null {
  if (mark === null) return null
  if (mark === 'unreadable') return 'does not say how far the journal had come'
  const origin = db.prepare<[], string>("SELECT value FROM meta WHERE key = 'origin'").pluck().get() ?? ''
  const found = db
    .prepare<[string, number], string>('SELECT hash FROM journal WHERE origin = ? AND seq = ?')
    .pluck()
    .get(origin, mark.seq)
  if (found === mark.hash) return null
  if (found === undefined) return `says that ${origin} had reached ${mark.seq}, which is not in the book`
  return `says that the hash of ${origin}/${mark.seq} is ${mark.hash}, the book says ${found}`
}

/**
 * A connection to a book's file that only reads.
 *
 * @param workFolder where a copy is put of a book on a disk that cannot be written; the caller removes it
 * @throws BookError `cannot-open` when there is no book, SQLite's error when it is none
 */
export function openToRead(file: string, workFolder: string): Database {
  if (!existsSync(file)) throw new BookError('cannot-open', `there is no book at ${file}`)
  try {
    return readable(file)
  } catch (error) {
    const code = sqliteCode(error)
    if (code === null || !/^SQLITE_(CANTOPEN|READONLY)/.test(code)) throw error
  }
  const copy = join(workFolder, BOOK_FILE_NAME)
  for (const suffix of ['', '-wal']) if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix)
  return readable(copy)
}

/** A connection that reads: SQLite opens lazily, so the first question shows whether it can. */
function readable(file: string): Database {
  const db = new Sqlite(file, { readonly: true, fileMustExist: true })
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}
