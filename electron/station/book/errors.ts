/** Why a book could not be opened, read or written. */
export type BookErrorCode =
  /** Another station has this folder open (SPEC LG-13). */
  | 'locked'
  /** Written by a newer program than this one (SPEC LG-14). */
  | 'from-the-future'
  /** The file, or the chain of its newest entries, is not what was written. */
  | 'damaged'
  | 'read-only'
  | 'disk-full'
  /** Not a book, another station's book, or an engine that is not safe to use. */
  | 'cannot-open'
  /** The key for personal data is not the one that this book was made with. */
  | 'wrong-key'
  /** Reading or writing failed now; the book says so until it was opened again. */
  | 'unavailable'
  /** COMMIT failed: what was being written may or may not be in the book (SPEC LG-7). */
  | 'unknown-outcome'
  /** Something that cannot happen, happened: a defect in whoever called, or in the book. Never to be handled. */
  | 'broken-invariant'

export class BookError extends Error {
  override readonly name = 'BookError'
  readonly code: BookErrorCode

  constructor(code: BookErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
  }
}

/** The code of an error thrown by SQLite, such as `SQLITE_IOERR_FSYNC`; null for any other error. */
export function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  return error.code.startsWith('SQLITE_') ? error.code : null
}

/** What a failed read or write means for the one who asked. */
export type StorageFault = 'disk-full' | 'read-only' | 'damaged' | 'unavailable'

const FAULT_OF: readonly (readonly [prefix: string, fault: StorageFault])[] = [
  ['SQLITE_FULL', 'disk-full'],
  // The index of the log found no room: so a full disk shows itself when a book is opened on it.
  ['SQLITE_IOERR_SHMSIZE', 'disk-full'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_IOERR', 'unavailable'],
  ['SQLITE_CANTOPEN', 'unavailable'],
  ['SQLITE_NOMEM', 'unavailable'],
  ['SQLITE_BUSY', 'unavailable'],
  ['SQLITE_LOCKED', 'unavailable'],
  ['SQLITE_PROTOCOL', 'unavailable'],
]

/** The fault of the disk or file behind an error, or null when the error is a defect of ours. */
export function storageFault(error: unknown): StorageFault | null {
  const code = sqliteCode(error)
  if (code === null) return null
  for (const [prefix, fault] of FAULT_OF) if (code.startsWith(prefix)) return fault
  return null
}

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Every failure to open has a code that the start screen has words for. */
export function asOpenError(error: unknown, path: string): BookError {
  if (error instanceof BookError) return error
  const fault = storageFault(error)
  const message = `${path}: ${messageOf(error)}`
  return new BookError(fault === null || fault === 'unavailable' ? 'cannot-open' : fault, message, error)
}
