import type { Book } from '../book/book.ts'
import type { JournalPlace } from './print-queue.ts'

/** Nobody waits for yesterday's receipt. */
const TOO_OLD_MS = 24 * 3_600_000

interface Sold {
  readonly saleId: string
  readonly cashFen: number
}

/** Where this station's journal ends. */
export const journalHead = (book: Book): JournalPlace =>
  book.read(({ originId, head }) => ({ origin: originId, seq: head.seq }))

/** This station's sales behind a place of its journal, in their order; none that is older than a day. */
export const soldSince = (book: Book, seq: number, nowMs: number): readonly Sold[] =>
  book.read((file) =>
    file
      .statement<[string, number, string], { readonly sale_id: string; readonly cash_fen: number }>(
        `SELECT sale_id, cash_fen FROM journal JOIN sales ON sale_id = json_extract(body, '$.sale.saleId')
         WHERE kind = 'sale.settled' AND journal.origin = ? AND journal.seq > ? AND journal.at > ?
         ORDER BY journal.seq`,
      )
      .all(file.originId, seq, new Date(nowMs - TOO_OLD_MS).toISOString())
      .map((row) => ({ saleId: row.sale_id, cashFen: row.cash_fen })),
  )
