import type { DayClose } from '../../../shared/contract/day.ts'
import { stationOf } from '../../../shared/domain/ledger/accounts.ts'
import { fen } from '../../../shared/domain/units.ts'
import type { BookReader } from '../book/reader.ts'
import { staffNameIn } from './staff-name.ts'

/** A close of this station, as the fold keeps it, with its place in this book's order of arrival. */
export interface CloseRow {
  readonly position: number
  readonly closed_date: string
  readonly at: string
  readonly closed_by: string
  readonly expected_fen: number
  readonly counted_fen: number
  readonly explanation: string
  readonly float_fen: number
  readonly head_seq: number
  readonly head_hash: string
}

/** Other stations close their own drawers. A station put back from a backup goes on under a new origin of its own. */
const OWN_CLOSES = `SELECT position, closed_date, day_closes.at, closed_by, expected_fen, counted_fen, explanation, float_fen,
    head_seq, head_hash
  FROM day_closes JOIN journal USING (origin, seq)
  WHERE substr(origin, 1, instr(origin || '.', '.') - 1) = ?`

const station = ({ originId }: BookReader): string => stationOf(originId)

/** The newest closes, newest first. */
export const newestCloses = (reader: BookReader, limit: number): readonly CloseRow[] =>
  reader
    .statement<[string, number], CloseRow>(`${OWN_CLOSES} ORDER BY closed_date DESC LIMIT ?`)
    .all(station(reader), limit)

/** The close that locked a date: its own, or the next one after a date on which the drawer was not counted. */
export const closeCovering = (reader: BookReader, businessDate: string): CloseRow | null =>
  reader
    .statement<[string, string], CloseRow>(
      `${OWN_CLOSES} AND closed_date >= ? ORDER BY closed_date, position LIMIT 1`,
    )
    .get(station(reader), businessDate) ?? null

/** The close before another one, or null for the first. */
export const closeBefore = (reader: BookReader, { closed_date: closedDate }: CloseRow): CloseRow | null =>
  reader
    .statement<[string, string], CloseRow>(
      `${OWN_CLOSES} AND closed_date < ? ORDER BY closed_date DESC LIMIT 1`,
    )
    .get(station(reader), closedDate) ?? null

/** As the screens, the reports and the receipt show it. */
export const dayCloseOf = (reader: BookReader, row: CloseRow): DayClose => ({
  closedDate: row.closed_date,
  atMs: Date.parse(row.at),
  closedByName: staffNameIn(reader, row.closed_by),
  expectedFen: fen(row.expected_fen),
  countedFen: fen(row.counted_fen),
  differenceFen: row.counted_fen - row.expected_fen,
  explanation: row.explanation,
  floatFen: fen(row.float_fen),
  headSeq: row.head_seq,
  headHash: row.head_hash,
})
