import type { Database, Statement } from 'better-sqlite3'
import { BookError, sqliteCode } from './errors.ts'

/** Thrown by `run` when COMMIT failed in a way that leaves both outcomes possible (SPEC LG-7). */
export class UnknownOutcomeError extends Error {
  override readonly name = 'UnknownOutcomeError'
}

/**
 * One write: `BEGIN IMMEDIATE`, synchronous work, `COMMIT`. Three different things can go wrong and each is told apart:
 * an error before COMMIT is rolled back and thrown on; a full disk at COMMIT is that too; any other error from COMMIT is
 * an UnknownOutcomeError.
 */
export class Transaction {
  readonly #db: Database
  readonly #begin: Statement<[]>
  readonly #commit: Statement<[]>
  readonly #rollback: Statement<[]>

  constructor(db: Database) {
    this.#db = db
    this.#begin = db.prepare('BEGIN IMMEDIATE')
    this.#commit = db.prepare('COMMIT')
    this.#rollback = db.prepare('ROLLBACK')
  }

  /** @throws UnknownOutcomeError, or what `work` or SQLite threw, after everything was rolled back. */
  run<Result>(work: () => Result): Result {
    this.#begin.run()
    let result: Result
    try {
      result = work()
      if (result instanceof Promise)
        throw new BookError('broken-invariant', 'a write must not wait for anything')
    } catch (error) {
      this.#undo()
      throw error
    }
    try {
      this.#commit.run()
    } catch (error) {
      this.#undo()
      if (isCertainlyNotWritten(error)) throw error
      throw new UnknownOutcomeError('COMMIT failed', { cause: error })
    }
    return result
  }

  /** SQLite rolls back by itself after some errors; a rollback that fails means the connection is done for. */
  #undo(): void {
    if (!this.#db.inTransaction) return
    try {
      this.#rollback.run()
    } catch (error) {
      throw new UnknownOutcomeError('ROLLBACK failed', { cause: error })
    }
  }
}

/**
 * `SQLITE_FULL` comes from a write that found no room, never from a flush. At COMMIT under WAL the frame that commits is
 * the last one written, and only whole frames with a right checksum count: had it been written there would be no error.
 */
const isCertainlyNotWritten = (error: unknown): boolean => sqliteCode(error) === 'SQLITE_FULL'
