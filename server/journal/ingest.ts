import type { Batch, Position, WireEntry } from '../../shared/contract/sync-wire.ts'
import { FIRST_PREV_HASH } from '../../shared/domain/journal/entry.ts'
import type { KnownStation } from '../access/sessions.ts'
import type { Connection } from '../database/database.ts'
import type { ServerDeps } from '../deps.ts'
import { Failure } from '../failure.ts'
import { findAlarms, noteCardTaps } from '../totals/card-taps.ts'
import { countEntries, type OriginKey } from '../totals/count-entries.ts'

interface OriginRow {
  readonly origin_id: number
  readonly head_seq: number
  readonly head_hash: string
}

/** Another entry was offered under a number that is taken. */
interface Fork {
  readonly originId: number
  readonly seq: number
  readonly heldHash: string
  readonly offeredHash: string
}

/**
 * Takes in a batch that was checked: all of it or nothing, in one transaction, and what is held already is skipped (SPEC
 * SY-1, SY-3). A fork is noted although the batch is refused (SPEC SY-6).
 *
 * @throws Failure GAP, FORK
 */
export async function ingest(deps: ServerDeps, station: KnownStation, batch: Batch): Promise<Position> {
  const { database, clock, log } = deps
  const nowMs = clock.nowMs()
  const taken = await database.transaction((connection) => takeIn(connection, station, batch, nowMs))
  if (!('heldHash' in taken)) {
    await findAlarms(deps, station, oldestOf(batch))
    return taken
  }
  log.error('fork', { canteenId: station.canteenId, origin: batch.origin, ...taken })
  await database.transaction((connection) => noteFork(connection, taken, nowMs))
  throw new Failure('FORK', {
    seq: taken.seq,
    detail: `number ${taken.seq} is ${taken.heldHash} here, ${taken.offeredHash} there`,
  })
}

async function takeIn(
  connection: Connection,
  station: KnownStation,
  batch: Batch,
  nowMs: number,
): Promise<Position | Fork> {
  const { origin, entries } = batch
  const { origin_id: originId, ...head } = await lockedOrigin(connection, station, origin)
  if (batch.fromSeq > head.head_seq + 1) throw new Failure('GAP', { seq: head.head_seq })
  const fork = await forkOf(connection, originId, head, entries)
  if (fork !== null) return fork
  const fresh = entries.filter(({ seq }) => seq > head.head_seq)
  const last = fresh.at(-1)
  const key = { originId, canteenId: station.canteenId, stationId: station.stationId }
  if (last !== undefined) {
    await keep(connection, key, fresh, nowMs)
    await connection.query('UPDATE origins SET head_seq = $1, head_hash = $2 WHERE origin_id = $3', [
      last.seq,
      last.hash,
      originId,
    ])
  }
  await noteContact(connection, originId, station, batch, nowMs)
  return { origin, seq: last?.seq ?? head.head_seq, hash: last?.hash ?? head.head_hash }
}

/** The row of the book, held until the transaction ends, so that two batches of one book come in one after the other. */
async function lockedOrigin(
  connection: Connection,
  { canteenId, stationId }: KnownStation,
  origin: string,
): Promise<OriginRow> {
  await connection.query(
    `INSERT INTO origins (canteen_id, origin, station_id, head_seq, head_hash) VALUES ($1, $2, $3, 0, $4)
     ON CONFLICT (canteen_id, origin) DO NOTHING`,
    [canteenId, origin, stationId, FIRST_PREV_HASH],
  )
  const [row] = await connection.query<OriginRow>(
    'SELECT origin_id, head_seq, head_hash FROM origins WHERE canteen_id = $1 AND origin = $2 FOR UPDATE',
    [canteenId, origin],
  )
  if (row === undefined) throw new Error(`the row of ${origin} is gone`)
  return row
}

/** The first number under which the batch and the journal differ, or null. */
async function forkOf(
  connection: Connection,
  originId: number,
  { head_seq: headSeq, head_hash: headHash }: Omit<OriginRow, 'origin_id'>,
  entries: readonly WireEntry[],
): Promise<Fork | null> {
  const [first] = entries
  if (first === undefined) return null
  if (first.seq === headSeq + 1)
    return first.prevHash === headHash
      ? null
      : { originId, seq: headSeq, heldHash: headHash, offeredHash: first.prevHash }
  const held = await connection.query<{ seq: number; hash: string }>(
    'SELECT seq, hash FROM journal WHERE origin_id = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq',
    [originId, first.seq, first.seq + entries.length - 1],
  )
  for (const [index, { seq, hash }] of held.entries()) {
    const offeredHash = entries[index]?.hash
    if (offeredHash !== undefined && offeredHash !== hash)
      return { originId, seq, heldHash: hash, offeredHash }
  }
  return null
}

async function keep(
  connection: Connection,
  key: OriginKey,
  entries: readonly WireEntry[],
  nowMs: number,
): Promise<void> {
  await connection.query(
    `INSERT INTO journal (origin_id, received_at_ms, seq, id, kind, version, hlc, at, business_date, actor, prev_hash,
       hash, body)
     SELECT $1::bigint, $2::bigint, * FROM unnest($3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::text[],
       $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])`,
    [
      key.originId,
      nowMs,
      entries.map(({ seq }) => seq),
      entries.map(({ id }) => id),
      entries.map(({ kind }) => kind),
      entries.map(({ version }) => version),
      entries.map(({ hlc }) => hlc),
      entries.map(({ at }) => at),
      entries.map(({ businessDate }) => businessDate),
      entries.map(({ actor }) => actor),
      entries.map(({ prevHash }) => prevHash),
      entries.map(({ hash }) => hash),
      entries.map(({ bodyText }) => bodyText),
    ],
  )
  await connection.query(
    `INSERT INTO day_entries AS held (canteen_id, station_id, business_date, entries, last_received_ms)
     SELECT $1::uuid, $2::text, business_date, count(*), $3::bigint FROM unnest($4::text[]) AS new (business_date)
     GROUP BY business_date ORDER BY business_date
     ON CONFLICT (canteen_id, business_date, station_id)
     DO UPDATE SET entries = held.entries + excluded.entries, last_received_ms = excluded.last_received_ms`,
    [key.canteenId, key.stationId, nowMs, entries.map(({ businessDate }) => businessDate)],
  )
  await noteCardTaps(connection, key, entries)
  await countEntries(connection, key, entries, nowMs)
}

/** The earliest moment that the batch tells of. */
const oldestOf = ({ entries }: Batch): number =>
  entries.reduce((oldest, { at }) => Math.min(oldest, Date.parse(at) || oldest), Number.MAX_SAFE_INTEGER)

async function noteContact(
  connection: Connection,
  originId: number,
  { canteenId, stationId, publicKey }: KnownStation,
  { checkpoint }: Batch,
  nowMs: number,
): Promise<void> {
  await connection.query(
    `INSERT INTO checkpoints (origin_id, seq, hash, signature, public_key, received_at_ms)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [originId, checkpoint.seq, checkpoint.hash, checkpoint.signature, publicKey, nowMs],
  )
  await connection.query(
    'UPDATE stations SET last_contact_ms = $1 WHERE canteen_id = $2 AND station_id = $3',
    [nowMs, canteenId, stationId],
  )
}

async function noteFork(connection: Connection, fork: Fork, nowMs: number): Promise<void> {
  await connection.query(
    `INSERT INTO forks AS known (origin_id, seq, held_hash, offered_hash, times, first_seen_ms, last_seen_ms)
     VALUES ($1, $2, $3, $4, 1, $5, $5)
     ON CONFLICT (origin_id, seq, offered_hash) DO UPDATE SET times = known.times + 1, last_seen_ms = $5`,
    [fork.originId, fork.seq, fork.heldHash, fork.offeredHash, nowMs],
  )
}
