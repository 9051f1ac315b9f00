import type { BayNote } from '../../../shared/domain/bays/state.ts'
import type { NotedAt } from '../../../shared/domain/bays/view.ts'
import type { BookReader } from '../book/reader.ts'

interface Row {
  readonly at: string
  readonly body: string
}

/** By the index of such entries alone. */
const NOTED = `SELECT at, body FROM journal
  WHERE kind = 'bay.noted' AND business_date = ? ORDER BY hlc DESC LIMIT ?`

/** What was not sold at the bays on a business date, the newest first. */
export const notedOn = (reader: BookReader, businessDate: string, limit: number): readonly NotedAt[] =>
  reader
    .statement<[string, number], Row>(NOTED)
    .all(businessDate, limit)
    .map(({ at, body }) => ({ ...(JSON.parse(body) as BayNote), atMs: Date.parse(at) }))
