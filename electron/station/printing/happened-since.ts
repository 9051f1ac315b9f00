import type { ReceiptOf } from '../../../shared/contract/receipts.ts'
import type { Book } from '../book/book.ts'
import type { JournalPlace } from './print-queue.ts'

/** Nobody waits for yesterday's receipt. */
const TOO_OLD_MS = 24 * 3_600_000

/** Something in the journal that has a receipt. */
interface Happened {
  readonly of: ReceiptOf
  /** Of a sale: what was taken in cash. */
  readonly cashFen: number
}

interface Row {
  readonly kind:
    | 'sale.settled'
    | 'wallet.topped-up'
    | 'wallet.refunded'
    | 'sale.voided'
    | 'sale.part-reversed'
    | 'day.closed'
  readonly id: string
  readonly cash_fen: number
}

/** Where this station's journal ends. */
export const journalHead = (book: Book): JournalPlace =>
  book.read(({ originId, head }) => ({ origin: originId, seq: head.seq }))

/** What happened at this station behind a place of its journal and has a receipt, in its order; nothing older than
 * a day, and not the thousands of refunds with which a canteen closes. */
export const happenedSince = (book: Book, seq: number, nowMs: number): readonly Happened[] =>
  book.read((file) =>
    file
      .statement<[string, number, string], Row>(
        `SELECT kind, coalesce(body ->> '$.sale.saleId', body ->> '$.topUpId', body ->> '$.refundId', body ->> '$.reversalId',
             body ->> '$.saleId', body ->> '$.closedDate') AS id,
           coalesce(body ->> '$.sale.tender.cashFen', 0) AS cash_fen FROM journal
         WHERE kind IN ('sale.settled', 'wallet.topped-up', 'wallet.refunded', 'sale.voided', 'sale.part-reversed',
             'day.closed')
           AND body ->> '$.closureId' IS NULL AND origin = ? AND seq > ? AND at > ?
         ORDER BY seq`,
      )
      .all(file.originId, seq, new Date(nowMs - TOO_OLD_MS).toISOString())
      .map(({ kind, id, cash_fen: cashFen }) => ({ of: receiptFor(kind, id), cashFen })),
  )

function receiptFor(kind: Row['kind'], id: string): ReceiptOf {
  switch (kind) {
    case 'sale.settled':
      return { kind: 'sale', saleId: id }
    case 'wallet.topped-up':
      return { kind: 'top-up', topUpId: id }
    case 'wallet.refunded':
      return { kind: 'refund', refundId: id }
    case 'sale.voided':
      return { kind: 'void', saleId: id }
    case 'sale.part-reversed':
      return { kind: 'part', reversalId: id }
    case 'day.closed':
      return { kind: 'day-close', businessDate: id }
  }
}
