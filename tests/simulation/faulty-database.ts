import Sqlite, { type Database } from 'better-sqlite3'
import { openDatabase } from '../../electron/station/book/connection.ts'

/** Thrown from inside the database when the process dies there. Whatever catches it is dead already. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/** What goes wrong at the next COMMIT. */
export type CommitFault =
  | 'commit-error-written'
  | 'commit-error-lost'
  | 'kill-before-commit'
  | 'kill-after-commit'
  | 'torn-log'
  | 'slow-flush'

export interface DatabaseWorld {
  /** The process dies now; when the power `fails` with it, what was written after `rememberFlushed` is lost in part. */
  kill(power: 'stays' | 'fails'): void
  /** Remembers what is on the disk for certain, just before more is written to it. */
  rememberFlushed(): void
  /** The disk takes long, and the processor waits. */
  loseTime(): void
  /** A fault came to pass. */
  happened(kind: string): void
}

/** What is wrong with the disk. It outlives the process that meets it. */
export class DiskTroubles {
  nextCommit: CommitFault | null = null
  killAtCheckpoint = false
  full = false
  readOnly = false
  readsFail = false

  /** Something that goes on for a while. */
  get lasting(): boolean {
    return this.full || this.readOnly || this.readsFail
  }

  heal(): void {
    this.nextCommit = null
    this.killAtCheckpoint = false
    this.full = false
    this.readOnly = false
    this.readsFail = false
  }
}

/**
 * The real database as one process of the station sees it, with faults in it, each as SQLite would report it. `quietly`
 * lets the auditor look while the disk is in trouble.
 */
export class FaultyDatabase {
  readonly #world: DatabaseWorld
  readonly #troubles: DiskTroubles
  #quiet = 0
  dead = false

  constructor(world: DatabaseWorld, troubles: DiskTroubles) {
    this.#world = world
    this.#troubles = troubles
  }

  quietly<Result>(look: () => Result): Result {
    this.#quiet += 1
    try {
      return look()
    } finally {
      this.#quiet -= 1
    }
  }

  /** Opens a book's file as the product does; for `BookOptions.openDatabase`. */
  open = (path: string): Database => {
    this.#checkAlive()
    if (this.#mayFail() && this.#troubles.readsFail) this.#fail('SQLITE_IOERR_READ', 'read-error')
    const db = openDatabase(path)
    const prepare = db.prepare.bind(db)
    const pragma = db.pragma.bind(db)
    Object.assign(db, {
      prepare: (sql: string) => this.#faulty(sql, prepare(sql)),
      pragma: (source: string, options?: Sqlite.PragmaOptions) => {
        this.#beforePragma(source)
        return pragma(source, options)
      },
    })
    return db
  }

  #faulty(sql: string, statement: Sqlite.Statement): Sqlite.Statement {
    const before = this.#checkFor(sql)
    const run = statement.run.bind(statement)
    const get = statement.get.bind(statement)
    const all = statement.all.bind(statement)
    const asked =
      <Result>(ask: (...values: unknown[]) => Result) =>
      (...values: unknown[]): Result => {
        before()
        return ask(...values)
      }
    return Object.assign(statement, {
      run: sql === 'COMMIT' ? () => this.#commit(run) : asked(run),
      get: asked(get),
      all: asked(all),
    })
  }

  #checkFor(sql: string): () => void {
    if (sql.startsWith('ROLLBACK')) return () => this.#checkAlive()
    if (sql.startsWith('BEGIN'))
      return () => {
        this.#checkAlive()
        if (this.#mayFail() && this.#troubles.readOnly) this.#fail('SQLITE_READONLY', 'read-only')
      }
    const reads = sql.startsWith('SELECT')
    return () => {
      this.#checkAlive()
      if (this.#mayFail() && reads && this.#troubles.readsFail) this.#fail('SQLITE_IOERR_READ', 'read-error')
    }
  }

  #commit(run: () => Sqlite.RunResult): Sqlite.RunResult {
    this.#checkAlive()
    if (!this.#mayFail()) return run()
    if (this.#troubles.full) this.#fail('SQLITE_FULL', 'disk-full')
    const fault = this.#troubles.nextCommit
    this.#troubles.nextCommit = null
    if (fault === null) return run()
    this.#world.happened(fault)
    switch (fault) {
      case 'commit-error-lost':
        return failWith('SQLITE_IOERR_FSYNC')
      case 'commit-error-written':
        run()
        return failWith('SQLITE_IOERR_FSYNC')
      case 'slow-flush':
        this.#world.loseTime()
        return run()
      case 'kill-before-commit':
        this.#die('stays')
        break
      case 'kill-after-commit':
        run()
        this.#die('stays')
        break
      case 'torn-log':
        this.#world.rememberFlushed()
        run()
        this.#die('fails')
    }
    throw new Killed()
  }

  #beforePragma(source: string): void {
    this.#checkAlive()
    if (!this.#mayFail() || !source.startsWith('wal_checkpoint')) return
    if (this.#troubles.killAtCheckpoint) {
      this.#troubles.killAtCheckpoint = false
      this.#world.happened('kill-at-checkpoint')
      this.#die('stays')
      throw new Killed()
    }
    if (this.#troubles.full) this.#fail('SQLITE_FULL', 'disk-full')
    if (this.#troubles.readOnly) this.#fail('SQLITE_READONLY', 'read-only')
    if (this.#troubles.readsFail) this.#fail('SQLITE_IOERR_READ', 'read-error')
  }

  #die(power: 'stays' | 'fails'): void {
    this.#world.kill(power)
  }

  #mayFail(): boolean {
    return this.#quiet === 0
  }

  #checkAlive(): void {
    if (this.dead && this.#quiet === 0) throw new Killed()
  }

  #fail(code: string, kind: string): never {
    this.#world.happened(kind)
    throw new Sqlite.SqliteError(`simulated: ${code}`, code)
  }
}

function failWith(code: string): never {
  throw new Sqlite.SqliteError(`simulated: ${code}`, code)
}
