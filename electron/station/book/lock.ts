import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { asOpenError, BookError, sqliteCode } from './errors.ts'

/**
 * One writer per folder (SPEC LG-13): an exclusive lock on an empty SQLite file beside the book, held for as long as the
 * book is open. The operating system drops it with the process, so a killed station leaves nothing to clean up, and it
 * stays off the book's own file, which `verify` may read meanwhile.
 *
 * On POSIX systems a lock goes when any handle of the file is closed in this process: nothing else may open `book.lock`.
 *
 * @returns what releases the lock.
 * @throws BookError `locked` at once when another process, or another book in this one, holds it.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'book.lock')
  const db = opened(path)
  try {
    // Nothing is ever written: with the journal in memory the transaction touches no disk, also when it is full.
    db.pragma('journal_mode = MEMORY')
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY') === true)
      throw new BookError('locked', `another station has ${folder} open`, error)
    throw asOpenError(error, path)
  }
  return () => {
    db.close()
  }
}

function opened(path: string): Database {
  try {
    return new Sqlite(path, { timeout: 0 })
  } catch (error) {
    throw asOpenError(error, path)
  }
}
