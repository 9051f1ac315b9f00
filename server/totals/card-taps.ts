import { z } from 'zod'
import type { CardAlarms, WireEntry } from '../../shared/contract/sync-wire.ts'
import type { Connection, Database } from '../database/database.ts'
import type { ServerDeps } from '../deps.ts'
import type { OriginKey } from './count-entries.ts'

/** Between two canteens nobody goes in less; between two counters of one house a tenth of it. */
const USUAL_CARD_MINUTES = 10
const SAME_HOUSE_SHARE = 10
const MINUTE_MS = 60_000
/** Alarms that a station, or the page, is told at once. */
const MOST_TOLD = 100

const paidByCard = z.object({
  sale: z.object({ saleId: z.string().min(1).max(80), cardUid: z.string().regex(/^[0-9A-F]{8,20}$/) }),
})

/** Notes where cards paid. Runs inside the transaction that keeps the entries. */
export async function noteCardTaps(
  connection: Connection,
  { originId, canteenId, stationId }: OriginKey,
  entries: readonly WireEntry[],
): Promise<void> {
  const taps = entries.flatMap(({ kind, seq, at, bodyText }) => {
    const sale = kind === 'sale.settled' ? saleOf(bodyText) : null
    const atMs = Date.parse(at)
    return sale === null || Number.isNaN(atMs) ? [] : [{ seq, atMs, ...sale }]
  })
  if (taps.length === 0) return
  await connection.query(
    `INSERT INTO card_taps (origin_id, canteen_id, station_id, seq, card_uid, at_ms, sale_id)
     SELECT $1::bigint, $2::uuid, $3::text, * FROM unnest($4::bigint[], $5::text[], $6::bigint[], $7::text[])
     ON CONFLICT DO NOTHING`,
    [
      originId,
      canteenId,
      stationId,
      taps.map(({ seq }) => seq),
      taps.map(({ cardUid }) => cardUid),
      taps.map(({ atMs }) => atMs),
      taps.map(({ saleId }) => saleId),
    ],
  )
}

/** What makes no sense is told elsewhere. */
function saleOf(bodyText: string): z.output<typeof paidByCard>['sale'] | null {
  try {
    return paidByCard.safeParse(JSON.parse(bodyText)).data?.sale ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/**
 * Finds each two payments of one card that lie closer together than anybody walks, one of them the station's and not older
 * than `sinceMs` (SPEC CK-23). The moments are the stations' own clocks. Never in the transaction that brings the
 * payments: of two that come in at the same time, neither would see the other.
 */
export async function findAlarms(
  { database, clock, cardMinutes = USUAL_CARD_MINUTES }: ServerDeps,
  { canteenId, stationId }: { readonly canteenId: string; readonly stationId: string },
  sinceMs: number,
): Promise<void> {
  const apartMs = cardMinutes * MINUTE_MS
  if (apartMs === 0) return
  await database.query(
    `INSERT INTO card_alarms (alarm_id, card_uid, one_canteen, one_station, one_at_ms, other_canteen, other_station,
       other_at_ms, noted_at_ms)
     SELECT least(mine.sale_id, theirs.sale_id) || '/' || greatest(mine.sale_id, theirs.sale_id), mine.card_uid,
       mine.canteen_id, mine.station_id, mine.at_ms, theirs.canteen_id, theirs.station_id, theirs.at_ms, $4::bigint
     FROM card_taps AS mine JOIN card_taps AS theirs
       ON theirs.card_uid = mine.card_uid AND theirs.at_ms BETWEEN mine.at_ms - $5::bigint AND mine.at_ms + $5::bigint
     WHERE mine.canteen_id = $1::uuid AND mine.station_id = $2::text AND mine.at_ms >= $3::bigint
       AND (theirs.canteen_id <> mine.canteen_id
         OR (theirs.station_id <> mine.station_id AND abs(theirs.at_ms - mine.at_ms) <= $6::bigint))
     ON CONFLICT DO NOTHING`,
    [canteenId, stationId, sinceMs, clock.nowMs(), apartMs, Math.round(apartMs / SAME_HOUSE_SHARE)],
  )
}

const LOOKED_AT_AGAIN_MS = 40 * 86_400_000

interface AlarmRow {
  readonly alarmId: string
  readonly uid: string
  readonly oneCanteen: string
  readonly oneCanteenName: string
  readonly oneStation: string
  readonly oneAtMs: number
  readonly otherCanteen: string
  readonly otherCanteenName: string
  readonly otherStation: string
  readonly otherAtMs: number
}

/** The newest alarms; of one station, or of all when none is named. */
export const alarmsOf = (
  database: Database,
  station: { readonly canteenId: string; readonly stationId: string } | null,
): Promise<readonly AlarmRow[]> =>
  database.query<AlarmRow>(
    `SELECT alarm_id AS "alarmId", card_uid AS uid, one_canteen AS "oneCanteen", one.name AS "oneCanteenName",
       one_station AS "oneStation", one_at_ms AS "oneAtMs", other_canteen AS "otherCanteen",
       other.name AS "otherCanteenName", other_station AS "otherStation", other_at_ms AS "otherAtMs"
     FROM card_alarms JOIN canteens AS one ON one.canteen_id = one_canteen
       JOIN canteens AS other ON other.canteen_id = other_canteen
     WHERE $1::uuid IS NULL OR (one_canteen = $1 AND one_station = $2) OR (other_canteen = $1 AND other_station = $2)
     ORDER BY noted_at_ms DESC, alarm_id LIMIT ${MOST_TOLD}`,
    [station?.canteenId ?? null, station?.stationId ?? null],
  )

/** What a station is told: its own side first. */
export async function alarmsFor(
  deps: ServerDeps,
  station: { readonly canteenId: string; readonly stationId: string },
): Promise<CardAlarms> {
  // Whatever a push could not look at, because the power failed behind it, is looked at here.
  await findAlarms(deps, station, deps.clock.nowMs() - LOOKED_AT_AGAIN_MS)
  const rows = await alarmsOf(deps.database, station)
  return {
    alarms: rows.map((row) => {
      const isOne = row.oneCanteen === station.canteenId && row.oneStation === station.stationId
      const [hereAtMs, thereAtMs] = isOne ? [row.oneAtMs, row.otherAtMs] : [row.otherAtMs, row.oneAtMs]
      const there = isOne
        ? `${row.otherCanteenName} · ${row.otherStation}`
        : `${row.oneCanteenName} · ${row.oneStation}`
      return { alarmId: row.alarmId, uid: row.uid, hereAtMs, there, thereAtMs }
    }),
  }
}
