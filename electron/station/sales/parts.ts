import type { JournalBodies } from '../../../shared/domain/journal/entry.ts'
import type { PartReversal } from '../../../shared/domain/ledger/part-reversal.ts'
import type { BookFile } from '../book/book.ts'
import type { StoredEntry } from '../book/journal-table.ts'

type PartBody = JournalBodies['sale.part-reversed']

/** A part that was taken back, with its entry. */
export interface PartEntry {
  readonly entry: StoredEntry
  readonly body: PartBody
}

interface Place {
  readonly origin: string
  readonly seq: number
}

/** The parts of a sale that were taken back, in the order in which that happened. */
export function partEntriesOf(file: BookFile, saleId: string): readonly PartEntry[] {
  const places = file.statement<[string], Place>(
    'SELECT origin, seq FROM part_reversals WHERE sale_id = ? ORDER BY at, origin, seq',
  )
  return places.all(saleId).flatMap((place) => entryAt(file, place) ?? [])
}

/** The part with that id, or null. */
export function partEntry(file: BookFile, reversalId: string): PartEntry | null {
  const place = file
    .statement<[string], Place>('SELECT origin, seq FROM part_reversals WHERE reversal_id = ?')
    .get(reversalId)
  return place === undefined ? null : entryAt(file, place)
}

/** What the parts of a sale gave back. */
export const partsOf = (file: BookFile, saleId: string): readonly PartReversal[] =>
  partEntriesOf(file, saleId).map(({ body }) => body.reversed)

function entryAt(file: BookFile, { origin, seq }: Place): PartEntry | null {
  const entry = file.journal.bySeq(origin, seq)
  return entry === undefined ? null : { entry, body: JSON.parse(entry.bodyText) as PartBody }
}
