import type { BayNote } from '../../../shared/domain/bays/state.ts'
import type { NotedAt } from '../../../shared/domain/bays/view.ts'
import { hybridTimeAt } from '../../../shared/domain/journal/hybrid-clock.ts'
import type { BookReader } from '../book/reader.ts'

interface Row {
  readonly at: string
  readonly body: string
}

/** By the index that leaves sales out; the words of its condition are the index's own. */
const NOTED = `SELECT at, body FROM journal
  WHERE kind <> 'sale.settled' AND kind = 'bay.noted' AND business_date = ? AND hlc > ?
  ORDER BY hlc DESC LIMIT ?`

/** A business date began no longer ago than this. */
const LONGEST_DATE_MS = 2 * 86_400_000

/** What was not sold at the bays on a business date, the newest first. */
export function notedOn(
  reader: BookReader,
  { businessDate, nowMs }: { readonly businessDate: string; readonly nowMs: number },
  limit: number,
): readonly NotedAt[] {
  const from = hybridTimeAt(Math.max(0, nowMs - LONGEST_DATE_MS))
  return reader
    .statement<[string, string, number], Row>(NOTED)
    .all(businessDate, from, limit)
    .map(({ at, body }) => ({ ...(JSON.parse(body) as BayNote), atMs: Date.parse(at) }))
}
