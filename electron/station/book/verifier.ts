import Sqlite, { type Database, type Statement } from 'better-sqlite3'
import { canonicalJson } from '../../../shared/domain/journal/canonical.ts'
import type { JournalBodies } from '../../../shared/domain/journal/entry.ts'
import { memberCash } from '../../../shared/domain/ledger/accounts.ts'
import { Chain, inOrderOfArrival } from './chain.ts'
import { compareTable, readingOf, type TableReading } from './compare.ts'
import { messageOf, storageFault } from './errors.ts'
import { Findings, type Finding } from './findings.ts'
import { Fold } from './fold.ts'
import { PROJECTIONS } from './projections.ts'
import { entryOf, JournalTable, type StoredEntry } from './journal-table.ts'
import { migrate, migrationsFolder, readMigrations, type Migration } from './migrate.ts'
import { brokenSeals } from './row-seals.ts'
import { checkPages, checkSchema } from './verify-file.ts'

export type { Finding } from './findings.ts'

export interface VerifyReport {
  readonly ok: boolean
  readonly entries: number
  readonly heads: readonly { readonly origin: string; readonly seq: number; readonly hash: string }[]
  readonly debitFen: number
  readonly creditFen: number
  /** The first of them, when there are very many. */
  readonly findings: readonly Finding[]
}

export interface VerifyOptions {
  /** Called now and then with how many entries were replayed, of how many. */
  readonly onProgress?: (entries: number, of: number) => void
  /** Also let SQLite look at every page, which finds what the journal cannot. On unless said otherwise. */
  readonly integrityCheck?: boolean
}

const PROGRESS_EVERY = 10_000

/**
 * Replays journals into empty tables of its own and compares. One verifier may check many books one after the other: the
 * empty tables are made once, which is what makes a small book take a few milliseconds.
 */
export class Verifier {
  readonly #scratch: Database
  readonly #balance: Statement<[string], { balance_fen: number }>
  readonly #readings: readonly TableReading[]
  readonly #folds = new Map<string, Fold>()

  /** `scratchPath` is a file that is made and not removed; in memory unless given. */
  constructor(
    migrations: readonly Migration[] = readMigrations(migrationsFolder()),
    scratchPath = ':memory:',
  ) {
    this.#scratch = new Sqlite(scratchPath)
    this.#scratch.pragma('journal_mode = MEMORY')
    this.#scratch.pragma('synchronous = OFF')
    migrate(this.#scratch, migrations)
    this.#balance = this.#scratch.prepare(
      'SELECT credit_fen - debit_fen AS balance_fen FROM balances WHERE account = ?',
    )
    this.#readings = Object.entries(PROJECTIONS).map(([table, key]) => readingOf(this.#scratch, table, key))
  }

  close(): void {
    this.#scratch.close()
  }

  /**
   * Checks the book on this connection, in one read transaction: a counter may go on selling meanwhile. Each finding names
   * the entry, or the table and the row, and what differs (SPEC LG-30).
   */
  verify(book: Database, options: VerifyOptions = {}): VerifyReport {
    const findings = new Findings()
    const ownSnapshot = !book.inTransaction
    if (ownSnapshot) book.exec('BEGIN')
    this.#scratch.exec('BEGIN')
    try {
      if (options.integrityCheck !== false) checkPages(book, findings)
      // A book whose definitions make no sense cannot be asked anything else.
      if (!checkSchema(this.#scratch, book, findings))
        return { ok: false, entries: 0, heads: [], debitFen: 0, creditFen: 0, findings: findings.list }
      const replayed = this.#replay(book, findings, options)
      // What could not be read to its end would only put the blame on the tables.
      if (replayed.whole) this.#compare(book, findings)
      reading('row_seals', findings, () =>
        brokenSeals(book, (broken) => findings.add({ rule: 'LG-30', ...broken })),
      )
      const sums = checkSums(book, findings)
      reading('balances', findings, () => checkOverdrafts(book, replayed.heads.length, findings))
      const { entries, heads } = replayed
      return { ok: findings.list.length === 0, entries, heads, ...sums, findings: findings.list }
    } finally {
      this.#scratch.exec('ROLLBACK')
      if (ownSnapshot && book.inTransaction) book.exec('ROLLBACK')
    }
  }

  #replay(
    book: Database,
    findings: Findings,
    options: VerifyOptions,
  ): { entries: number; heads: VerifyReport['heads']; whole: boolean } {
    const fold = this.#foldFor(ownOriginOf(book))
    const chain = new Chain(book, findings)
    const count = new JournalTable(book).count()
    let entries = 0
    let shift = 0
    const whole = reading('journal', findings, () => {
      for (const found of inOrderOfArrival(book)) {
        entries += 1
        const entry = chain.follow(found)
        const { origin, seq } = entry
        if (found.position !== entries + shift) {
          const message = `stands at position ${found.position}, not ${entries + shift}`
          findings.add({ rule: 'LG-6', origin, seq, message })
          // After a row that went, all stand one further: that is told once.
          if (found.position > entries && found.position <= count) shift = found.position - entries
        }
        this.#foldOne(entry, fold, findings)
        if (entries % PROGRESS_EVERY === 0) options.onProgress?.(entries, count)
      }
    })
    const heads = [...chain.heads].map(([origin, { seq, hash }]) => ({ origin, seq, hash }))
    return { entries, heads, whole }
  }

  #compare(book: Database, findings: Findings): void {
    for (const replayed of this.#readings) {
      const { table } = replayed
      reading(table, findings, () =>
        compareTable(replayed, readingOf(book, table, PROJECTIONS[table] ?? []), ({ key, message }) => {
          findings.add({ rule: 'LG-8', table, key, message })
        }),
      )
    }
  }

  /** Folding as the station that owns the book does. */
  #foldFor(origin: string): Fold {
    const known = this.#folds.get(origin)
    if (known !== undefined) return known
    const fold = new Fold(this.#scratch, origin)
    this.#folds.set(origin, fold)
    return fold
  }

  #foldOne(stored: StoredEntry, fold: Fold, findings: Findings): void {
    const { origin, seq } = stored
    try {
      const entry = entryOf(stored)
      if (canonicalJson(entry.body) !== stored.bodyText)
        findings.add({ rule: 'LG-9', origin, seq, message: 'the body is not in canonical form' })
      fold.fold(entry)
      // What another origin's station showed was true of its own book, not of this one.
      if (entry.kind !== 'sale.settled' || origin !== fold.ownOrigin) return
      const { sale, balanceAfterFen } = entry.body as JournalBodies['sale.settled']
      if (sale.memberId === null) return
      const balanceFen = this.#balance.get(memberCash(sale.memberId))?.balance_fen ?? 0
      if (balanceFen !== balanceAfterFen)
        findings.add({
          rule: 'LG-8',
          origin,
          seq,
          message: `left ${balanceAfterFen} fen, the replay ${balanceFen}`,
        })
    } catch (error) {
      findings.add({ rule: 'LG-6', origin, seq, message: `cannot be folded: ${messageOf(error)}` })
    }
  }
}

/** Runs a look at a table. @returns false when its pages could not be read, which is a finding. */
function reading(table: string, findings: Findings, look: () => void): boolean {
  try {
    look()
    return true
  } catch (error) {
    const outOfRange = error instanceof RangeError || messageOf(error) === 'integer overflow'
    if (storageFault(error) !== 'damaged' && !outOfRange) throw error
    findings.add({ rule: 'LG-8', table, message: `cannot be read: ${messageOf(error)}` })
    return false
  }
}

function checkSums(book: Database, findings: Findings): { debitFen: number; creditFen: number } {
  let summed = { debitFen: 0, creditFen: 0 }
  for (const table of ['postings', 'balances'])
    reading(table, findings, () => {
      summed = book
        .prepare<[], { debitFen: number; creditFen: number }>(
          `SELECT coalesce(sum(debit_fen), 0) AS debitFen, coalesce(sum(credit_fen), 0) AS creditFen FROM ${table}`,
        )
        .get() ?? { debitFen: 0, creditFen: 0 }
      const { debitFen, creditFen } = summed
      if (debitFen !== creditFen)
        findings.add({ rule: 'LG-3', table, message: `debits ${debitFen}, credits ${creditFen}` })
    })
  return summed
}

/** With one station there is nobody else who could have overdrawn a wallet. */
function checkOverdrafts(book: Database, origins: number, findings: Findings): void {
  if (origins > 1) return
  const overdrawn = book.prepare<[], { account: string; balance_fen: number }>(
    `SELECT account, credit_fen - debit_fen AS balance_fen FROM balances
     WHERE account GLOB 'member:*' AND credit_fen < debit_fen`,
  )
  for (const { account, balance_fen } of overdrawn.all())
    findings.add({ rule: 'LG-5', table: 'balances', key: account, message: `stands at ${balance_fen} fen` })
}

const ownOriginOf = (book: Database): string =>
  book.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'origin'").get()?.value ?? ''
