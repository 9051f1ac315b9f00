import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database, Statement } from 'better-sqlite3'
import { asOpenError, BookError } from './errors.ts'
import { JournalTable } from './journal-table.ts'
import { assertCurrent, migrationsFolder, readMigrations } from './migrate.ts'
import { Persons } from './persons.ts'
import { prepareQueries } from './queries.ts'
import type { BookReader } from './reader.ts'
import { BOOK_FILE_NAME } from './session.ts'
import { openToRead } from './verify-book.ts'

/**
 * Reads a folder's book without its lock: the counter may go on selling meanwhile. Everything that is read belongs to one
 * moment. Nothing is written.
 *
 * @param personKey is asked for only when there is a book
 * @throws BookError when it cannot be opened: no book, not yet migrated, or from the future
 */
export function readBeside<Answer>(
  folder: string,
  personKey: () => Uint8Array,
  read: (reader: BookReader) => Answer,
): Answer {
  const file = join(folder, BOOK_FILE_NAME)
  const workFolder = mkdtempSync(join(tmpdir(), 'canteen-read-'))
  try {
    const db = opened(file, workFolder)
    try {
      db.exec('BEGIN')
      return read(readerOf(db, personKey()))
    } finally {
      db.close()
    }
  } finally {
    rmSync(workFolder, { recursive: true, force: true })
  }
}

function opened(file: string, workFolder: string): Database {
  try {
    const db = openToRead(file, workFolder)
    assertCurrent(db, readMigrations(migrationsFolder()))
    return db
  } catch (error) {
    throw asOpenError(error, file)
  }
}

function readerOf(db: Database, personKey: Uint8Array): BookReader {
  const queries = prepareQueries(db)
  const originId = queries.meta.get('origin')?.value
  if (originId === undefined) throw new BookError('cannot-open', 'the book says nobody whose it is')
  return {
    originId,
    queries,
    journal: new JournalTable(db),
    persons: new Persons(db, personKey),
    statement: <Parameters extends unknown[], Row>(sql: string): Statement<Parameters, Row> =>
      db.prepare<Parameters, Row>(sql),
  }
}
