import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { SettleRefusal } from '../../../shared/domain/sale.ts'
import type { BookHealth, BookOptions, BookState } from './book.ts'
import { BookFile } from './book-file.ts'
import { cutLog, openDatabase, sqliteVersion, synchronousOf } from './connection.ts'
import { asOpenError, BookError, messageOf, sqliteCode, storageFault } from './errors.ts'
import { prepareFolder } from './folder.ts'
import { HighWater } from './high-water.ts'
import { lockFolder } from './lock.ts'
import { migrationsFolder, readMigrations, type Migration } from './migrate.ts'
import type { PersonChanged } from './persons.ts'
import { Reserve } from './reserve.ts'
import { rewriteLog } from './rewrite-log.ts'
import { UnknownOutcomeError } from './transaction.ts'

export const BOOK_FILE_NAME = 'book.sqlite'

/** Many days of sales. A log grows beyond it only beside somebody who reads the book without an end. */
const LARGE_LOG_BYTES = 16 * 1024 * 1024

type ConnectionHealth = Pick<BookHealth, 'entries' | 'synchronous' | 'sqliteVersion'>

/**
 * A folder's book from opening to closing: the lock, the connection, its faults and how it comes back from them. What is
 * written and read is others' business.
 */
export class Session {
  readonly #options: BookOptions
  readonly #personChanged: PersonChanged
  readonly #migrations: readonly Migration[]
  readonly #path: string
  readonly #unlock: () => void
  readonly #reserve: Reserve | null
  readonly #highWater: HighWater
  #file: BookFile
  #state: BookState = 'open'
  /** As it was when the connection last answered: a book that cannot be read still has a health. */
  #connection: ConnectionHealth

  /** @throws BookError with the reason why this book cannot be used. */
  constructor(options: BookOptions, personChanged: PersonChanged) {
    const { folder, reserveBytes = 0 } = options
    this.#options = options
    this.#personChanged = personChanged
    this.#path = join(folder, BOOK_FILE_NAME)
    this.#migrations = readMigrations(options.migrationsFolder ?? migrationsFolder())
    prepareFolder(folder)
    this.#unlock = lockFolder(folder)
    this.#reserve = reserveBytes > 0 ? new Reserve(folder, reserveBytes) : null
    this.#highWater = new HighWater(folder)
    try {
      this.#file = this.#withReserve(() => this.#openFile())
      this.#assertReached()
      this.#connection = connectionHealth(this.#file)
      this.#reserve?.ensure()
      this.#state = this.#writable()
    } catch (error) {
      this.#unlock()
      throw error
    }
  }

  get file(): BookFile {
    return this.#file
  }

  /** Why nothing may be sold now, or null. Asking lays the reserve by again when there is room. */
  refusal(): SettleRefusal | null {
    if (this.#state === 'reopening') return 'book-unavailable'
    if (this.#reserve === null || this.#reserve.ensure()) return null
    this.#state = this.#writable()
    return 'disk-full'
  }

  /**
   * Runs one transaction; the head of the journal moves only when it was committed.
   *
   * @throws BookError; anything else that `work` throws is passed on. In each case nothing was written, but for the code
   * `unknown-outcome`.
   */
  write<Result>(work: (file: BookFile) => Result): Result {
    if (this.#state === 'reopening') throw waiting()
    const file = this.#file
    const headBefore = file.head
    try {
      const result = file.transaction.run(() => work(file))
      this.#state = this.#writable()
      return result
    } catch (error) {
      file.head = headBefore
      throw this.#bookErrorOf(error)
    }
  }

  /** As `write`, for what must find room even when nothing is sold any more: the second try takes from the reserve. */
  writePending<Result>(work: (file: BookFile) => Result): Result {
    return this.#withReserve(() => this.write(work))
  }

  /** @throws BookError when the disk fails, or while the book waits to be opened again. */
  read<Result>(query: (file: BookFile) => Result): Result {
    if (this.#state === 'reopening') throw waiting()
    try {
      return query(this.#file)
    } catch (error) {
      throw this.#bookErrorOf(error)
    }
  }

  /**
   * After a failed COMMIT. What the log holds is brought into the file and flushed there, because a flush that failed
   * once may have left pages marked clean that never reached the disk; then a small write is committed, so that the answer
   * found now is the answer after a power cut as well.
   */
  reopen(): void {
    this.#state = 'reopening'
    this.#withReserve(() => {
      this.#closeFile()
      this.#file = this.#openFile()
      try {
        this.#file.db.pragma('wal_checkpoint(TRUNCATE)')
        this.#file.countReopening()
        this.#connection = connectionHealth(this.#file)
      } catch (error) {
        this.#closeFile()
        throw asOpenError(error, this.#path)
      }
    })
    this.#state = this.#writable()
    const { hash: headHash, seq } = this.#file.head
    this.#options.log.info('book reopened', { seq, headHash })
  }

  checkpoint(): void {
    if (this.#state === 'reopening') return
    this.#reserve?.ensure()
    try {
      this.#file.db.pragma('wal_checkpoint(PASSIVE)')
      if (this.#logBytes() > LARGE_LOG_BYTES) cutLog(this.#file.db)
    } catch (error) {
      if (storageFault(error) === null) throw error
      // Nothing is lost: what could not be moved stays in the log, and the next checkpoint moves it.
      this.#options.log.warn('checkpoint failed', { reason: messageOf(error) })
      return
    }
    this.#markReached()
  }

  health(): BookHealth {
    if (this.#state !== 'reopening')
      try {
        this.#connection = { ...this.#connection, entries: this.read((file) => file.journal.count()) }
      } catch (error) {
        if (!(error instanceof BookError)) throw error
      }
    const { seq, hash, hlc } = this.#file.head
    const logBytes = this.#logBytes()
    return { state: this.#state, headSeq: seq, headHash: hash, lastHlc: hlc, logBytes, ...this.#connection }
  }

  close(): void {
    if (this.#state !== 'reopening') this.#markReached()
    this.#closeFile()
    this.#unlock()
  }

  #logBytes(): number {
    return statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0
  }

  #assertReached(): void {
    try {
      this.#highWater.assertReached(this.#file)
    } catch (error) {
      this.#closeFile()
      throw error
    }
  }

  /** A mark that cannot be written now is written at the next quiet moment. */
  #markReached(): void {
    try {
      this.#highWater.write(this.#file.head)
    } catch (error) {
      this.#options.log.warn('mark not written', { reason: messageOf(error) })
    }
  }

  /** A book that was just written to is open, but sells nothing while its reserve is used up. */
  #writable(): BookState {
    return this.#reserve?.held === false ? 'disk-full' : 'open'
  }

  #openFile(): BookFile {
    const { originId, personKey, openDatabase: open = openDatabase } = this.#options
    rewriteLog(`${this.#path}-wal`)
    return new BookFile({
      path: this.#path,
      originId,
      personKey,
      migrations: this.#migrations,
      openDatabase: open,
      personChanged: this.#personChanged,
    })
  }

  /** A connection that failed may fail to close too; the lock on the folder is another file's and stays. */
  #closeFile(): void {
    try {
      this.#file.close()
    } catch (error) {
      this.#options.log.warn('book did not close cleanly', { reason: messageOf(error) })
    }
  }

  #withReserve<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (error) {
      const full = error instanceof BookError && error.code === 'disk-full'
      if (!full || this.#reserve?.release() !== true) throw error
      this.#options.log.warn('the reserve on the disk is used', { reason: error.message })
      return work()
    }
  }

  /** Says what a failure means, and remembers it for `health`. A defect of ours is passed on as it is. */
  #bookErrorOf(error: unknown): Error {
    if (error instanceof UnknownOutcomeError) {
      this.#state = 'reopening'
      this.#options.log.error('outcome of a write unknown', { reason: messageOf(error.cause) })
      return new BookError('unknown-outcome', messageOf(error.cause), error.cause)
    }
    const fault = storageFault(error)
    if (fault !== null) {
      this.#state = fault === 'damaged' ? 'unavailable' : fault
      this.#options.log.error('book refused', { fault, reason: messageOf(error) })
      return new BookError(fault, messageOf(error), error)
    }
    if (sqliteCode(error)?.startsWith('SQLITE_CONSTRAINT') === true)
      return new BookError('broken-invariant', messageOf(error), error)
    return error instanceof Error ? error : new BookError('broken-invariant', String(error))
  }
}

const connectionHealth = (file: BookFile): ConnectionHealth => ({
  entries: file.journal.count(),
  synchronous: synchronousOf(file.db),
  sqliteVersion: sqliteVersion(file.db),
})

const waiting = (): BookError => new BookError('unavailable', 'the book waits to be opened again')
