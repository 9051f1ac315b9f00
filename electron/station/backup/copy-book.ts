import { rmSync } from 'node:fs'
import Sqlite from 'better-sqlite3'

/** Pages of 4 KiB copied at once: a few milliseconds on a slow disk. */
const PAGES_AT_ONCE = 256

/**
 * Copies the book as it stands at this moment, with SQLite's own backup over a connection that reads. The station goes on
 * writing meanwhile: the log can only not be restarted until the copy is there, so it grows by what is sold in that time.
 *
 * @throws SQLite's error
 */
export async function copyBook(
  bookPath: string,
  copyPath: string,
  onProgress: (doneShare: number) => void,
): Promise<void> {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(copyPath + suffix, { force: true })
  const source = new Sqlite(bookPath, { readonly: true, fileMustExist: true })
  try {
    // One read transaction around all slices: otherwise each sale in between would begin the copy again.
    source.exec('BEGIN')
    source.prepare('SELECT count(*) FROM sqlite_schema').get()
    await source.backup(copyPath, {
      progress({ totalPages, remainingPages }) {
        onProgress(totalPages === 0 ? 0 : 1 - remainingPages / totalPages)
        return PAGES_AT_ONCE
      },
    })
  } finally {
    source.close()
  }
}
