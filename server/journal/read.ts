import {
  WIRE_LIMITS,
  WIRE_VERSION,
  type EntriesPage,
  type Position,
  type WireEntry,
} from '../../shared/contract/sync-wire.ts'
import { FIRST_PREV_HASH } from '../../shared/domain/journal/entry.ts'
import { stationOf } from '../../shared/domain/ledger/accounts.ts'
import type { KnownStation } from '../access/sessions.ts'
import type { Database } from '../database/database.ts'
import { Failure } from '../failure.ts'

/** How far the server holds a book. @throws Failure NOT_YOURS */
export async function positionOf(
  database: Database,
  station: KnownStation,
  origin: string,
): Promise<Position> {
  if (stationOf(origin) !== station.stationId) throw new Failure('NOT_YOURS')
  const [row] = await database.query<Position>(
    'SELECT origin, head_seq AS seq, head_hash AS hash FROM origins WHERE canteen_id = $1 AND origin = $2',
    [station.canteenId, origin],
  )
  return row ?? { origin, seq: 0, hash: FIRST_PREV_HASH }
}

/** Every book of the caller's own station, for one that was restored. @throws Failure NOT_YOURS */
export async function originsOf(
  database: Database,
  station: KnownStation,
  stationId: string,
): Promise<readonly Position[]> {
  if (stationId !== station.stationId) throw new Failure('NOT_YOURS')
  return await database.query<Position>(
    `SELECT origin, head_seq AS seq, head_hash AS hash FROM origins
     WHERE canteen_id = $1 AND station_id = $2 ORDER BY origin_id`,
    [station.canteenId, stationId],
  )
}

/** Entries from a number on, as they came, a page at a time. @throws Failure NOT_YOURS */
export async function entriesFrom(
  database: Database,
  station: KnownStation,
  origin: string,
  fromSeq: number,
): Promise<EntriesPage> {
  const { seq: headSeq } = await positionOf(database, station, origin)
  const entries = await database.query<WireEntry>(
    `SELECT id, origin, seq, kind, version, hlc, at, business_date AS "businessDate", actor,
       prev_hash AS "prevHash", hash, body AS "bodyText"
     FROM (
       SELECT journal.*, origin, sum(octet_length(body)) OVER (ORDER BY seq) AS bytes
       FROM journal JOIN origins USING (origin_id)
       WHERE canteen_id = $1 AND origin = $2 AND seq >= $3 ORDER BY seq LIMIT $4
     ) AS page
     WHERE bytes <= $5 OR seq = $3 ORDER BY seq`,
    [station.canteenId, origin, fromSeq, WIRE_LIMITS.batchEntries, WIRE_LIMITS.batchBytes],
  )
  return { version: WIRE_VERSION, origin, entries: [...entries], headSeq }
}
