import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BookError, messageOf } from './errors.ts'

const CODE_OF: { readonly [errno: string]: 'read-only' | 'disk-full' } = {
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
}

/**
 * Makes the folder, readable by its owner only, and tries to write in it: SQLite says "unable to open" for a disk that
 * is read-only, and the cook needs the real reason.
 *
 * @throws BookError `read-only`, `disk-full` or `cannot-open`.
 */
export function prepareFolder(folder: string): void {
  const probe = join(folder, 'book.probe')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw asFileError(error)
  }
}

/** What an error of the file system means for whoever wants to open the book. */
export function asFileError(error: unknown): BookError {
  const errno = error instanceof Error && 'code' in error ? String(error.code) : ''
  return new BookError(CODE_OF[errno] ?? 'cannot-open', messageOf(error), error)
}
