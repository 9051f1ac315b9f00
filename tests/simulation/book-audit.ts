import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { BOOK_FILE_NAME } from '../../electron/station/book/station-book.ts'
import { Verifier } from '../../electron/station/book/verifier.ts'
import { GrantsAudit } from './grants-audit.ts'
import type { LedgerModel } from './ledger-model.ts'
import { Violation } from './violation.ts'

interface SaleRow {
  readonly sale_id: string
  readonly member_id: string | null
  readonly price_fen: number
  readonly subsidy_fen: number
  readonly wallet_fen: number
  readonly cash_fen: number
}

/** Compares a book, read with a connection of its own, with the auditor's model and with itself. */
export class BookAudit {
  readonly #verifier = new Verifier()
  /** Every number that was ever used, by whoever wrote or keeps it. */
  readonly seen = new SeenNumbers()
  readonly grants: GrantsAudit

  /** @param bornOn of everybody who may be a member, by member id */
  constructor(bornOn: ReadonlyMap<string, string>) {
    this.grants = new GrantsAudit(bornOn)
  }

  close(): void {
    this.#verifier.close()
  }

  /** The sales that the book holds and the model does not: at most one, whose outcome was unknown at a crash. */
  unknownSales(folder: string, model: LedgerModel): readonly string[] {
    return readingBook(folder, (db) =>
      db
        .prepare<[], { sale_id: string }>('SELECT sale_id FROM sales')
        .all()
        .map(({ sale_id }) => sale_id)
        .filter((saleId) => !model.sales.has(saleId)),
    )
  }

  /** The sale that was written last, and when by the clock of the device. */
  newestSale(folder: string): { readonly saleId: string; readonly atMs: number } | null {
    const row = readingBook(folder, (db) =>
      db
        .prepare<[], { sale_id: string; at: string }>(
          'SELECT sale_id, sales.at FROM sales JOIN journal USING (origin, seq) ORDER BY position DESC LIMIT 1',
        )
        .get(),
    )
    return row === undefined ? null : { saleId: row.sale_id, atMs: Date.parse(row.at) }
  }

  /** @throws Violation unless the book holds what the model holds, and nothing else. */
  reconcile(folder: string, model: LedgerModel): void {
    readingBook(folder, (db) => {
      compareSales(db, model)
      compareActs(db, model)
      compareWallets(db, model)
      compareDrawer(db, model)
      checkEntries(db)
      this.grants.follow(db)
      for (const entry of journalOf(db)) this.seen.see(entry)
    })
  }

  /** Replays the journal and compares; with `deep` SQLite looks at every page as well. @throws Violation. */
  replay(folder: string, deep: boolean): void {
    const report = readingBook(folder, (db) => this.#verifier.verify(db, { integrityCheck: deep }))
    const first = report.findings[0]
    if (first !== undefined) throw new Violation(first.rule, JSON.stringify(first))
    if (!report.ok) throw new Violation('LG-8', 'verify found something that it does not name')
  }
}

/** Looks into a book with a connection of its own. */
export function readingBook<Result>(folder: string, look: (db: Database) => Result): Result {
  const db = new Sqlite(join(folder, BOOK_FILE_NAME), { readonly: true, fileMustExist: true })
  try {
    return look(db)
  } finally {
    db.close()
  }
}

function compareSales(db: Database, model: LedgerModel): void {
  const rows = db
    .prepare<[], SaleRow>(
      'SELECT sale_id, member_id, price_fen, subsidy_fen, wallet_fen, cash_fen FROM sales ORDER BY sale_id',
    )
    .all()
  for (const row of rows) {
    const sale = model.sales.get(row.sale_id)
    if (sale === undefined) throw new Violation('LG-21', `${row.sale_id} was charged, and nobody was told`)
    if (
      row.member_id !== sale.memberId ||
      row.price_fen !== sale.priceFen ||
      row.subsidy_fen !== sale.subsidyFen ||
      row.wallet_fen !== sale.walletFen ||
      row.cash_fen !== sale.cashFen
    )
      throw new Violation('LG-6', `${row.sale_id} is not what was told`)
  }
  const found = new Set(rows.map(({ sale_id }) => sale_id))
  for (const saleId of model.sales.keys())
    if (!found.has(saleId)) throw new Violation('LG-21', `${saleId} was acknowledged and is lost`)
}

const IDS = `
  SELECT json_extract(body, CASE kind
    WHEN 'wallet.topped-up' THEN '$.topUpId' WHEN 'sale.voided' THEN '$.voidId' WHEN 'top-up.reversed' THEN '$.reversalId'
    WHEN 'wallet.refunded' THEN '$.refundId' WHEN 'wallet.corrected' THEN '$.correctionId'
    WHEN 'sale.part-reversed' THEN '$.reversalId' WHEN 'card.issued' THEN '$.uid' WHEN 'card.returned' THEN '$.returnId'
    WHEN 'drawer.moved' THEN '$.moveId' WHEN 'day.closed' THEN '$.closedDate' ELSE '$.sale.saleId' END) AS id, kind
  FROM journal WHERE kind IN
    ('sale.settled', 'wallet.topped-up', 'sale.voided', 'sale.part-reversed', 'top-up.reversed', 'card.returned',
      'wallet.refunded', 'wallet.corrected', 'drawer.moved', 'day.closed')
    OR kind = 'card.issued' AND json_extract(body, '$.depositFen') IS NOT NULL`

/** The ids of all acts that move money, as the journal has them. */
export const actsIn = (db: Database): readonly string[] =>
  db
    .prepare<[], { id: string }>(IDS)
    .all()
    .map(({ id }) => id)

/** Everything that was acknowledged is in the journal once, and nothing else moves money. */
function compareActs(db: Database, model: LedgerModel): void {
  const found = new Set<string>()
  for (const id of actsIn(db)) {
    if (found.has(id)) throw new Violation('LG-1', `${id} is in the journal twice`)
    if (!model.has(id)) throw new Violation('LG-21', `${id} is in the journal, and nobody was told`)
    found.add(id)
  }
  for (const [id, { act }] of model.acts)
    if (!found.has(id)) throw new Violation('LG-21', `${act} ${id} was acknowledged and is lost`)
}

/** What lies in the drawer, what is owed to members, and both sides of every entry. */
function compareDrawer(db: Database, model: LedgerModel): void {
  const sums = db
    .prepare<[], { drawer: number | null; wallets: number | null; deposits: number | null }>(
      `SELECT sum(CASE WHEN account GLOB 'canteen:drawer:*' THEN debit_fen - credit_fen END) AS drawer,
         sum(CASE WHEN account GLOB 'member:*:cash' THEN credit_fen - debit_fen END) AS wallets,
         sum(CASE WHEN account GLOB 'deposit:*' THEN credit_fen - debit_fen END) AS deposits FROM balances`,
    )
    .get()
  if ((sums?.drawer ?? 0) !== model.drawerFen)
    throw new Violation('LG-27', `the drawer has ${sums?.drawer} in the book, not ${model.drawerFen}`)
  const deposits = [...model.deposits.values()].reduce((total, fen) => total + fen, 0)
  if ((sums?.deposits ?? 0) !== deposits)
    throw new Violation('LG-35', `${sums?.deposits} lies on cards in the book, not ${deposits}`)
  const wallets = [...model.wallets.values()].reduce((total, fen) => total + fen, 0)
  if ((sums?.wallets ?? 0) !== wallets)
    throw new Violation('LG-3', `members are owed ${sums?.wallets} in the book, not ${wallets}`)
  const odd = db
    .prepare<[], { origin: string; seq: number }>(
      'SELECT origin, seq FROM postings GROUP BY origin, seq HAVING sum(debit_fen) <> sum(credit_fen) LIMIT 1',
    )
    .get()
  if (odd !== undefined) throw new Violation('LG-3', `${odd.origin}/${odd.seq} has two unequal sides`)
}

function compareWallets(db: Database, model: LedgerModel): void {
  const rows = db
    .prepare<[], { account: string; balance_fen: number }>(
      "SELECT account, credit_fen - debit_fen AS balance_fen FROM balances WHERE account GLOB 'member:*:cash'",
    )
    .all()
  const found = new Map(rows.map(({ account, balance_fen }) => [account.split(':')[1] ?? '', balance_fen]))
  for (const [memberId, balanceFen] of model.wallets)
    if ((found.get(memberId) ?? 0) !== balanceFen)
      throw new Violation(
        'LG-21',
        `${memberId} has ${found.get(memberId) ?? 0} in the book, not ${balanceFen}`,
      )
}

export interface Numbered {
  readonly origin: string
  readonly seq: number
  readonly hash: string
}

/** The journal's numbers with their hashes, origin by origin. */
export const journalOf = (db: Database): readonly Numbered[] =>
  db.prepare<[], Numbered>('SELECT origin, seq, hash FROM journal ORDER BY origin, seq').all()

/** A number that was used once stands for one entry for ever, wherever it is kept (SPEC LG-10, LG-28). */
export class SeenNumbers {
  readonly #hashes = new Map<string, string>()

  see({ origin, seq, hash }: Numbered): void {
    const name = `${origin}/${seq}`
    const before = this.#hashes.get(name)
    if (before === undefined) this.#hashes.set(name, hash)
    else if (before !== hash) throw new Violation('LG-28', `${name} is ${hash}, and was ${before}`)
  }

  clear(): void {
    this.#hashes.clear()
  }
}

/**
 * Every sale has exactly one entry, the numbers of an origin have no gap, its hybrid clock only goes forward, and nothing is
 * dated on a day that it had closed.
 */
function checkEntries(db: Database): void {
  const entries = db
    .prepare<[], { origin: string; seq: number; hlc: string; kind: string; date: string }>(
      'SELECT origin, seq, hlc, kind, business_date AS date FROM journal ORDER BY origin, seq',
    )
    .all()
  let last = { origin: '', seq: 0, hlc: '' }
  let closed = ''
  let sales = 0
  for (const entry of entries) {
    const first = entry.origin !== last.origin
    if (first) closed = ''
    if (entry.seq !== (first ? 1 : last.seq + 1))
      throw new Violation('LG-10', `${entry.origin}: ${entry.seq} follows ${last.seq}`)
    if (!first && entry.hlc <= last.hlc) throw new Violation('LG-11', `${entry.hlc} follows ${last.hlc}`)
    if (entry.date <= closed)
      throw new Violation('LG-26', `${entry.origin}/${entry.seq} is of ${entry.date}, closed before it`)
    if (entry.kind === 'day.closed') closed = entry.date
    last = entry
    if (entry.kind === 'sale.settled') sales += 1
  }
  const paired = db
    .prepare<[], { sales: number; entries: number }>(
      `SELECT count(*) AS sales, count(DISTINCT journal.position) AS entries FROM sales
       JOIN journal ON journal.origin = sales.origin AND journal.seq = sales.seq AND journal.kind = 'sale.settled'
         AND json_extract(journal.body, '$.sale.saleId') = sales.sale_id`,
    )
    .get()
  if (paired?.sales !== sales || paired.entries !== sales)
    throw new Violation('LG-6', `${sales} entries of sales, ${paired?.sales} sales that have theirs`)
}
