import { canFold } from '../../shared/domain/journal/entry.ts'
import type { WireEntry } from '../../shared/contract/sync-wire.ts'
import type { Connection, Value } from '../database/database.ts'
import type { ServerDeps } from '../deps.ts'
import { countEntries, type OriginKey } from './count-entries.ts'

/** Entries in one transaction. */
const PAGE = 500

type HeldBack = WireEntry & OriginKey

/**
 * Counts what an older program kept without understanding it, now that this one does: what waited for its kind, and what
 * made no sense to it. To be run when the server starts.
 *
 * @returns how many entries were looked at again.
 */
export async function countAgain({ database, clock }: ServerDeps): Promise<number> {
  const kinds = await database.query<{ kind: string; version: number }>(
    'SELECT DISTINCT kind, version FROM waiting',
  )
  let looked = 0
  for (const { kind, version } of kinds.filter((each) => canFold(each.kind, each.version)))
    for (let count = PAGE; count === PAGE; looked += count)
      count = await database.transaction((connection) =>
        again(connection, 'waiting', 'kind = $2 AND version = $3', [kind, version], clock.nowMs()),
      )
  // What makes no sense this time either comes back with a later time, and is not met a second time.
  const startedMs = clock.nowMs()
  for (let count = PAGE; count === PAGE; looked += count)
    count = await database.transaction((connection) =>
      again(connection, 'quarantine', 'noted_at_ms < $2', [startedMs], startedMs),
    )
  return looked
}

async function again(
  connection: Connection,
  table: 'waiting' | 'quarantine',
  condition: string,
  values: readonly Value[],
  nowMs: number,
): Promise<number> {
  const entries = await connection.query<HeldBack>(
    `WITH taken AS (
       DELETE FROM ${table} WHERE (origin_id, seq) IN (
         SELECT origin_id, seq FROM ${table} WHERE ${condition} ORDER BY origin_id, seq LIMIT $1 FOR UPDATE SKIP LOCKED
       ) RETURNING origin_id, seq
     )
     SELECT origin_id AS "originId", canteen_id AS "canteenId", station_id AS "stationId", id, origin, seq, kind, version,
       hlc, at, business_date AS "businessDate", actor, prev_hash AS "prevHash", hash, body AS "bodyText"
     FROM taken JOIN journal USING (origin_id, seq) JOIN origins USING (origin_id) ORDER BY origin_id, seq`,
    [PAGE, ...values],
  )
  for (const [, ofOrigin] of Map.groupBy(entries, ({ originId }) => originId)) {
    const [first] = ofOrigin
    if (first !== undefined) await countEntries(connection, first, ofOrigin, nowMs)
  }
  return entries.length
}
