import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { BOOK_FILE_NAME } from '../../electron/station/book/station-book.ts'
import { Verifier } from '../../electron/station/book/verifier.ts'
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

  close(): void {
    this.#verifier.close()
  }

  /** The sales that the book holds and the model does not: at most one, whose outcome was unknown at a crash. */
  unknownSales(folder: string, model: LedgerModel): readonly string[] {
    return reading(folder, (db) =>
      db
        .prepare<[], { sale_id: string }>('SELECT sale_id FROM sales')
        .all()
        .map(({ sale_id }) => sale_id)
        .filter((saleId) => !model.sales.has(saleId)),
    )
  }

  /** Which of these top-ups stand in the book. */
  hasTopUp(folder: string, topUpId: string): boolean {
    return reading(
      folder,
      (db) => db.prepare('SELECT 1 FROM top_ups WHERE top_up_id = ?').get(topUpId) !== undefined,
    )
  }

  /** The sale that was written last, and when by the clock of the device. */
  newestSale(folder: string): { readonly saleId: string; readonly atMs: number } | null {
    const row = reading(folder, (db) =>
      db
        .prepare<[], { sale_id: string; at: string }>(
          'SELECT sale_id, at FROM sales ORDER BY seq DESC LIMIT 1',
        )
        .get(),
    )
    return row === undefined ? null : { saleId: row.sale_id, atMs: Date.parse(row.at) }
  }

  /** @throws Violation unless the book holds what the model holds, and nothing else. */
  reconcile(folder: string, model: LedgerModel): void {
    reading(folder, (db) => {
      compareSales(db, model)
      compareTopUps(db, model)
      compareWallets(db, model)
      checkEntries(db)
    })
  }

  /** Replays the journal and compares; with `deep` SQLite looks at every page as well. @throws Violation. */
  replay(folder: string, deep: boolean): void {
    const report = reading(folder, (db) => this.#verifier.verify(db, { integrityCheck: deep }))
    const first = report.findings[0]
    if (first !== undefined) throw new Violation(first.rule, JSON.stringify(first))
    if (!report.ok) throw new Violation('LG-8', 'verify found something that it does not name')
  }
}

function reading<Result>(folder: string, look: (db: Database) => Result): Result {
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

function compareTopUps(db: Database, model: LedgerModel): void {
  const rows = db
    .prepare<[], { top_up_id: string; amount_fen: number }>('SELECT top_up_id, amount_fen FROM top_ups')
    .all()
  for (const { top_up_id, amount_fen } of rows)
    if (model.topUps.get(top_up_id)?.amountFen !== amount_fen)
      throw new Violation('LG-6', `top-up ${top_up_id} of ${amount_fen} is not what was made`)
  if (rows.length !== model.topUps.size) throw new Violation('LG-21', 'an acknowledged top-up is lost')
}

function compareWallets(db: Database, model: LedgerModel): void {
  const rows = db
    .prepare<[], { account: string; balance_fen: number }>(
      "SELECT account, credit_fen - debit_fen AS balance_fen FROM balances WHERE account GLOB 'member:*'",
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

/** Every sale has exactly one entry, the numbers have no gap, and the hybrid clock only goes forward. */
function checkEntries(db: Database): void {
  const entries = db
    .prepare<[], { seq: number; hlc: string; kind: string }>(
      'SELECT seq, hlc, kind FROM journal ORDER BY position',
    )
    .all()
  let hlc = ''
  let sales = 0
  for (const [index, entry] of entries.entries()) {
    if (entry.seq !== index + 1) throw new Violation('LG-10', `${entry.seq} follows ${index}`)
    if (entry.hlc <= hlc) throw new Violation('LG-11', `${entry.hlc} follows ${hlc}`)
    hlc = entry.hlc
    if (entry.kind === 'sale.settled') sales += 1
  }
  const paired = db
    .prepare<[], { sales: number; entries: number }>(
      `SELECT count(*) AS sales, count(DISTINCT journal.seq) AS entries FROM sales
       JOIN journal ON journal.origin = sales.origin AND journal.seq = sales.seq AND journal.kind = 'sale.settled'
         AND json_extract(journal.body, '$.sale.saleId') = sales.sale_id`,
    )
    .get()
  if (paired?.sales !== sales || paired.entries !== sales)
    throw new Violation('LG-6', `${sales} entries of sales, ${paired?.sales} sales that have theirs`)
}
