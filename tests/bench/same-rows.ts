import { join } from 'node:path'
import type { Database, Statement } from 'better-sqlite3'
import { openDatabase } from '../../electron/station/book/connection.ts'
import { BOOK_FILE_NAME } from '../../electron/station/book/station-book.ts'
import type { SaleDraft } from '../../shared/domain/sale.ts'
import { timed } from './measurement.ts'

type Row = readonly unknown[]

/** How to find the rows that one sale wrote, table by table. */
const ROWS_OF_SALE: readonly (readonly [table: string, where: string])[] = [
  ['journal', 'origin = @origin AND seq = @seq'],
  ['sales', 'sale_id = @saleId'],
  ['sale_lines', 'sale_id = @saleId'],
  ['postings', 'origin = @origin AND seq = @seq'],
  ['balances', 'account IN (SELECT account FROM postings WHERE origin = @origin AND seq = @seq)'],
  ['day_periods', 'business_date = @date'],
  ['day_funders', 'business_date = @date'],
  [
    'day_dishes',
    'business_date = @date AND dish_id IN (SELECT dish_id FROM sale_lines WHERE sale_id = @saleId)',
  ],
  ['benefit_uses', 'month = substr(@date, 1, 7) AND member_id = @member AND sale_id = @saleId'],
]

/**
 * The control of `settle-vs-bare`: a plain better-sqlite3 transaction with the same pragmas that writes the rows which the
 * book wrote for a sale, with statements prepared before and values at hand: no rules, no hash, no canonical form.
 */
export class BareWriter {
  readonly #db: Database
  readonly #inserts: readonly Statement<unknown[]>[]
  readonly #finders: readonly Statement<unknown[], Row>[]
  readonly #reader: Database

  constructor(bookFolder: string, controlFolder: string) {
    this.#reader = openDatabase(join(bookFolder, BOOK_FILE_NAME))
    this.#db = openDatabase(join(controlFolder, BOOK_FILE_NAME))
    this.#finders = ROWS_OF_SALE.map(([table, where]) =>
      this.#reader.prepare<unknown[], Row>(`SELECT * FROM ${table} WHERE ${where}`).raw(),
    )
    this.#inserts = ROWS_OF_SALE.map(([table]) => {
      const columns = this.#db.prepare<[], unknown>(`SELECT * FROM ${table} LIMIT 0`).columns().length
      const places = Array.from({ length: columns }, () => '?').join(', ')
      return this.#db.prepare<unknown[]>(`INSERT OR REPLACE INTO ${table} VALUES (${places})`)
    })
  }

  /** The rows of a sale that the book has settled. */
  rowsOf(draft: SaleDraft, origin: string): readonly (readonly Row[])[] {
    const seq = this.#reader
      .prepare<[string], { seq: number }>('SELECT seq FROM sales WHERE sale_id = ?')
      .get(draft.saleId)?.seq
    return this.#finders.map((finder) =>
      finder.all({ saleId: draft.saleId, seq, date: draft.businessDate, member: draft.memberId, origin }),
    )
  }

  /** Milliseconds to write these rows durably. */
  write(rows: readonly (readonly Row[])[]): number {
    const transaction = this.#db.transaction(() => {
      for (const [index, tableRows] of rows.entries())
        for (const row of tableRows) this.#inserts[index]?.run(...row)
    })
    return timed(() => transaction.immediate())
  }

  checkpoint(): void {
    this.#db.pragma('wal_checkpoint(PASSIVE)')
  }

  close(): void {
    this.#reader.close()
    this.#db.close()
  }
}
