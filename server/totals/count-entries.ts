import { canFold } from '../../shared/domain/journal/entry.ts'
import type { WireEntry } from '../../shared/contract/sync-wire.ts'
import type { Connection } from '../database/database.ts'
import { addToDays, type StationChange } from './add-to-days.ts'
import { changeOf, NonsenseError, type DayChange } from './change.ts'

/** Whose entries they are, as the tables name it. */
export interface OriginKey {
  readonly originId: number
  readonly canteenId: string
  readonly stationId: string
}

interface Counted {
  readonly seq: number
  readonly change: DayChange
}

/**
 * Folds entries, which are in the journal already, into the totals of their days; what cannot be folded is noted beside
 * (SPEC SY-7). Runs inside the caller's transaction.
 */
export async function countEntries(
  connection: Connection,
  origin: OriginKey,
  entries: readonly WireEntry[],
  nowMs: number,
): Promise<void> {
  const waiting: WireEntry[] = []
  const nonsense: { seq: number; reason: string }[] = []
  const counted: Counted[] = []
  for (const entry of entries) {
    if (!canFold(entry.kind, entry.version)) waiting.push(entry)
    else
      try {
        const change = changeOf(entry)
        if (change !== null) counted.push({ seq: entry.seq, change })
      } catch (error) {
        if (!(error instanceof NonsenseError)) throw error
        nonsense.push({ seq: entry.seq, reason: error.message })
      }
  }
  const { first, again } = await countedFirst(connection, origin, counted)
  await addToDays(connection, origin, first)
  await noteWaiting(connection, origin, waiting)
  await noteNonsense(connection, origin, [...nonsense, ...again], nowMs)
}

/** A close is its station's; everything else has an id that no other station makes. */
const idOf = ({ stationId }: OriginKey, { what, id }: DayChange): string =>
  what === 'close' ? `${stationId}/${id}` : id

/** Takes the ids. Those that were taken before, under another number or by another book, are not counted again. */
async function countedFirst(
  connection: Connection,
  origin: OriginKey,
  counted: readonly Counted[],
): Promise<{ first: readonly StationChange[]; again: readonly { seq: number; reason: string }[] }> {
  if (counted.length === 0) return { first: [], again: [] }
  // In one order everywhere, so that two batches never wait for one another.
  const rows = await connection.query<{ seq: number }>(
    `INSERT INTO counted (canteen_id, what, id, origin_id, seq)
     SELECT $1, what, id, $2, seq FROM unnest($3::text[], $4::text[], $5::bigint[]) AS new (what, id, seq)
     ORDER BY what, id, seq
     ON CONFLICT DO NOTHING RETURNING seq`,
    [
      origin.canteenId,
      origin.originId,
      counted.map(({ change }) => change.what),
      counted.map(({ change }) => idOf(origin, change)),
      counted.map(({ seq }) => seq),
    ],
  )
  const taken = new Set(rows.map(({ seq }) => seq))
  return {
    first: counted.filter(({ seq }) => taken.has(seq)),
    again: counted
      .filter(({ seq }) => !taken.has(seq))
      .map(({ seq, change }) => ({ seq, reason: `${change.what} ${change.id} was counted before` })),
  }
}

async function noteWaiting(
  connection: Connection,
  { originId }: OriginKey,
  entries: readonly WireEntry[],
): Promise<void> {
  if (entries.length === 0) return
  await connection.query(
    `INSERT INTO waiting (origin_id, seq, kind, version)
     SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::bigint[]) ON CONFLICT DO NOTHING`,
    [originId, entries.map(({ seq }) => seq), entries.map(({ kind }) => kind), entries.map((e) => e.version)],
  )
}

async function noteNonsense(
  connection: Connection,
  { originId }: OriginKey,
  entries: readonly { readonly seq: number; readonly reason: string }[],
  nowMs: number,
): Promise<void> {
  if (entries.length === 0) return
  await connection.query(
    `INSERT INTO quarantine (origin_id, seq, reason, noted_at_ms)
     SELECT $1, seq, reason, $2 FROM unnest($3::bigint[], $4::text[]) AS new (seq, reason)
     ON CONFLICT (origin_id, seq) DO UPDATE SET reason = excluded.reason`,
    [originId, nowMs, entries.map(({ seq }) => seq), entries.map(({ reason }) => reason.slice(0, 500))],
  )
}
