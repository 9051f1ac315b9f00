import Sqlite, { type Database, type Statement } from 'better-sqlite3'
import { canonicalJson } from '../../../shared/domain/journal/canonical.ts'
import { FIRST_PREV_HASH, type JournalBodies } from '../../../shared/domain/journal/entry.ts'
import { memberCash } from '../../../shared/domain/ledger/accounts.ts'
import { compareTable, readingOf, type TableReading } from './compare.ts'
import { messageOf } from './errors.ts'
import { Fold, PROJECTIONS } from './fold.ts'
import { entryOf, hashOf, JournalTable, type StoredEntry } from './journal-table.ts'
import { migrate, migrationsFolder, readMigrations, type Migration } from './migrate.ts'

/** One thing that is wrong with a book, and where. */
export interface Finding {
  /** The rule of SPEC.md that it breaks. */
  readonly rule: string
  readonly message: string
  readonly origin?: string
  readonly seq?: number
  readonly table?: string
  readonly key?: string
}

export interface VerifyReport {
  readonly ok: boolean
  readonly entries: number
  readonly heads: readonly { readonly origin: string; readonly seq: number; readonly hash: string }[]
  readonly debitFen: number
  readonly creditFen: number
  /** At most MOST_FINDINGS of them. */
  readonly findings: readonly Finding[]
}

export interface VerifyOptions {
  /** Called now and then with how many entries were replayed, of how many. */
  readonly onProgress?: (entries: number, of: number) => void
  /** Also let SQLite look at every page, which finds what the journal cannot. On unless said otherwise. */
  readonly integrityCheck?: boolean
}

/** A book with more is beyond listing. */
const MOST_FINDINGS = 200
const PROGRESS_EVERY = 10_000

interface Head {
  readonly seq: number
  readonly hash: string
  readonly hlc: string
}

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

  /** Checks the book on this connection, in one read transaction: a counter may go on selling meanwhile. */
  verify(book: Database, options: VerifyOptions = {}): VerifyReport {
    const findings = new Findings()
    const ownSnapshot = !book.inTransaction
    if (ownSnapshot) book.exec('BEGIN')
    this.#scratch.exec('BEGIN')
    try {
      if (options.integrityCheck !== false) checkPages(book, findings)
      const { entries, heads } = this.#replay(book, findings, options)
      for (const replayed of this.#readings) {
        const { table } = replayed
        compareTable(replayed, readingOf(book, table, PROJECTIONS[table] ?? []), ({ key, message }) => {
          findings.add({ rule: 'LG-8', table, key, message })
        })
      }
      const sums = checkSums(book, findings)
      checkOverdrafts(book, heads.length, findings)
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
  ): { entries: number; heads: VerifyReport['heads'] } {
    const journal = new JournalTable(book)
    const fold = this.#foldFor(ownOriginOf(book))
    const heads = new Map<string, Head>()
    const count = journal.count()
    let entries = 0
    for (const stored of journal.all()) {
      entries += 1
      const { position, ...entry } = stored
      const { origin, seq } = entry
      if (position !== entries)
        findings.add({ rule: 'LG-6', origin, seq, message: `stands at position ${position}, not ${entries}` })
      checkChain(entry, heads.get(origin), findings)
      heads.set(origin, { seq, hash: entry.hash, hlc: entry.hlc })
      this.#foldOne(entry, fold, findings)
      if (entries % PROGRESS_EVERY === 0) options.onProgress?.(entries, count)
    }
    return { entries, heads: [...heads].map(([origin, { seq, hash }]) => ({ origin, seq, hash })) }
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

class Findings {
  readonly list: Finding[] = []

  add(finding: Finding): void {
    if (this.list.length < MOST_FINDINGS) this.list.push(finding)
  }
}

function checkPages(book: Database, findings: Findings): void {
  for (const row of book.prepare<[], { integrity_check: string }>('PRAGMA integrity_check(20)').all())
    if (row.integrity_check !== 'ok')
      findings.add({ rule: 'LG-8', message: `integrity: ${row.integrity_check}` })
}

function checkChain(entry: StoredEntry, before: Head | undefined, findings: Findings): void {
  const { origin, seq } = entry
  const expectedSeq = (before?.seq ?? 0) + 1
  if (seq !== expectedSeq)
    findings.add({ rule: 'LG-10', origin, seq, message: `${expectedSeq} was expected here` })
  if (entry.prevHash !== (before?.hash ?? FIRST_PREV_HASH))
    findings.add({ rule: 'LG-9', origin, seq, message: 'does not name the hash of the entry before it' })
  if (hashOf(entry) !== entry.hash)
    findings.add({ rule: 'LG-19', origin, seq, message: 'is not what was written: its hash differs' })
  if (before !== undefined && entry.hlc <= before.hlc)
    findings.add({
      rule: 'LG-11',
      origin,
      seq,
      message: `hybrid time ${entry.hlc} is not after ${before.hlc}`,
    })
}

function checkSums(book: Database, findings: Findings): { debitFen: number; creditFen: number } {
  const sums = (table: string): { debitFen: number; creditFen: number } =>
    book
      .prepare<[], { debitFen: number; creditFen: number }>(
        `SELECT coalesce(sum(debit_fen), 0) AS debitFen, coalesce(sum(credit_fen), 0) AS creditFen FROM ${table}`,
      )
      .get() ?? { debitFen: 0, creditFen: 0 }
  for (const table of ['postings', 'balances']) {
    const { debitFen, creditFen } = sums(table)
    if (debitFen !== creditFen)
      findings.add({ rule: 'LG-3', table, message: `debits ${debitFen}, credits ${creditFen}` })
  }
  return sums('balances')
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
