import type { Database, Statement } from 'better-sqlite3'
import { canFold } from '../../../shared/domain/journal/entry.ts'
import { stationOf } from '../../../shared/domain/ledger/accounts.ts'
import { asOpenError, BookError, storageFault } from './errors.ts'
import { Fold } from './fold.ts'
import { entryOf, JournalTable, type JournalHead } from './journal-table.ts'
import { migrate, type Migration } from './migrate.ts'
import { Persons, type PersonChanged } from './persons.ts'
import { Policies } from './policies.ts'
import { prepareQueries, type Queries } from './queries.ts'
import { RowSeals } from './row-seals.ts'
import { Transaction } from './transaction.ts'

/** How many of the newest entries are hashed again when a book is opened. */
const TAIL_DEPTH = 50

export interface BookFileOptions {
  readonly path: string
  /** The station; a book that was put back from a backup goes on under an origin of its own (SPEC LG-28). */
  readonly originId: string
  readonly personKey: Uint8Array
  readonly migrations: readonly Migration[]
  readonly openDatabase: (path: string) => Database
  readonly personChanged: PersonChanged
}

/** An open book: one connection, its statements, and where the next entry goes. */
export class BookFile {
  readonly db: Database
  /** The origin of what is written now: the station's id, or `STATION.EPOCH` after a restore. */
  readonly originId: string
  readonly queries: Queries
  readonly journal: JournalTable
  readonly fold: Fold
  readonly persons: Persons
  readonly policies: Policies
  /** What writes a row that is no fold of the journal seals it here. */
  readonly seals: RowSeals
  readonly transaction: Transaction
  readonly #statements = new Map<string, Statement>()
  head: JournalHead

  /**
   * Opens, migrates and checks the book's newest entries; never scans the whole of it.
   *
   * @throws BookError with the reason why this book cannot be used.
   */
  constructor(options: BookFileOptions) {
    this.db = opened(options)
    try {
      migrate(this.db, options.migrations)
      this.queries = prepareQueries(this.db)
      this.journal = new JournalTable(this.db)
      this.originId = this.#livingOrigin(options.originId)
      this.fold = new Fold(this.db, this.originId)
      this.persons = new Persons(this.db, options.personKey, options.personChanged)
      this.policies = new Policies(this)
      this.seals = new RowSeals(this.db)
      this.transaction = new Transaction(this.db)
      this.#claim()
      this.#checkTail()
      this.#foldWaiting()
      this.head = this.journal.head(this.originId)
    } catch (error) {
      closeQuietly(this.db)
      throw asOpenError(error, options.path)
    }
  }

  close(): void {
    this.db.close()
  }

  /** A statement of the office, prepared when it is first asked for and kept; those of a sale stand in `queries`. */
  statement<Parameters extends unknown[], Row = unknown>(sql: string): Statement<Parameters, Row> {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known as unknown as Statement<Parameters, Row>
    const statement = this.db.prepare<Parameters, Row>(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  /** A small durable write, with which a resolved outcome becomes final. */
  countReopening(): void {
    this.transaction.run(() => {
      const times = Number(this.queries.meta.get('reopened')?.value ?? 0) + 1
      this.#note('reopened', String(times))
    })
  }

  /** A book belongs to one station for life: its numbering must never be continued under another name. */
  #livingOrigin(stationId: string): string {
    const owner = this.queries.meta.get('origin')?.value
    if (owner === undefined || owner === stationId || stationOf(owner) === stationId)
      return owner ?? stationId
    throw new BookError('cannot-open', `this book belongs to ${owner}, not to ${stationId}`)
  }

  #claim(): void {
    if (this.queries.meta.get('origin') !== undefined) {
      if (this.seals.none) this.transaction.run(() => this.seals.sealAll())
      this.persons.checkKey()
      return
    }
    this.transaction.run(() => {
      this.#note('origin', this.originId)
      this.persons.checkKey()
    })
  }

  #note(key: string, value: string): void {
    this.queries.setMeta.run(key, value)
    this.seals.seal('meta', key)
  }

  #checkTail(): void {
    const fault = this.journal.tailFault(this.originId, TAIL_DEPTH)
    if (fault !== null) throw new BookError('damaged', fault)
  }

  #foldWaiting(): void {
    const ready = this.queries.waiting.all().filter(({ kind, version }) => canFold(kind, version))
    if (ready.length === 0) return
    this.transaction.run(() => {
      for (const { origin, seq } of ready) {
        const stored = this.journal.bySeq(origin, seq)
        if (stored === undefined)
          throw new BookError('damaged', `entry ${origin}/${seq} waits but is not in the journal`)
        this.fold.foldWaiting(entryOf(stored))
      }
    })
  }
}

function opened(options: BookFileOptions): Database {
  try {
    return options.openDatabase(options.path)
  } catch (error) {
    throw asOpenError(error, options.path)
  }
}

/** The cause that is on its way to the caller matters more than a close that also fails. */
function closeQuietly(db: Database): void {
  try {
    db.close()
  } catch (error) {
    if (storageFault(error) === null) throw error
  }
}
