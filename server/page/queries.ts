import type { Database } from '../database/database.ts'

/** Days on a page. */
export const DAYS = 31

export interface CanteenRow {
  readonly canteenId: string
  readonly name: string
}

export interface StationRow {
  readonly canteenId: string
  readonly stationId: string
  readonly lastContactMs: number
  readonly entries: number
}

/** Sums of the meals that were sold, and of those taken back. Fen. */
export interface MealTotals {
  readonly meals: number
  readonly priceFen: number
  readonly discountFen: number
  readonly subsidyFen: number
  readonly walletFen: number
  readonly cashFen: number
  readonly voidedMeals: number
  readonly voidedPriceFen: number
  readonly voidedDiscountFen: number
  readonly voidedSubsidyFen: number
  readonly voidedWalletFen: number
  readonly voidedCashFen: number
}

export interface FunderRow {
  readonly businessDate: string
  readonly funderId: string
  readonly amountFen: number
  readonly voidedFen: number
}

export interface DayRow extends MealTotals {
  readonly businessDate: string
  readonly stations: number
  readonly closes: number
  readonly entries: number
  readonly lastReceivedMs: number
}

export interface CloseRow {
  readonly stationId: string
  readonly expectedFen: number
  readonly countedFen: number
  readonly floatFen: number
  readonly headSeq: number
  readonly headHash: string
  readonly headHeld: boolean
}

const SUMS = ['meals', 'price_fen', 'discount_fen', 'subsidy_fen', 'wallet_fen', 'cash_fen']
  .flatMap((column) => [column, `voided_${column}`])
  .map((column) => `coalesce(sum(${column}), 0)::bigint AS "${camel(column)}"`)
  .join(', ')

function camel(column: string): string {
  return column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}

export const canteensOf = (database: Database): Promise<readonly CanteenRow[]> =>
  database.query('SELECT canteen_id AS "canteenId", name FROM canteens ORDER BY name')

/** The counters of one canteen, or of all. */
export const stationsOf = (database: Database, canteenId: string | null): Promise<readonly StationRow[]> =>
  database.query(
    `SELECT canteen_id AS "canteenId", station_id AS "stationId", last_contact_ms AS "lastContactMs",
       coalesce((SELECT sum(head_seq) FROM origins
         WHERE origins.canteen_id = stations.canteen_id AND origins.station_id = stations.station_id), 0)::bigint
         AS entries
     FROM stations WHERE $1::uuid IS NULL OR canteen_id = $1::uuid ORDER BY canteen_id, station_id`,
    [canteenId],
  )

/** True where money moved or a day was closed: a sign-in after the close alone makes no day. */
const SOMETHING_HAPPENED = ['day_meals', 'day_top_ups', 'day_refunds', 'day_corrections', 'day_closes']
  .map(
    (table) =>
      `EXISTS (SELECT 1 FROM ${table} WHERE canteen_id = $1 AND business_date = day_entries.business_date)`,
  )
  .join(' OR ')

/** The newest days of a canteen on which something happened, before `before` when given. */
export const daysOf = (
  database: Database,
  canteenId: string,
  before: string | null,
): Promise<readonly DayRow[]> =>
  database.query(
    `SELECT day.*, sums.*, (SELECT count(*) FROM day_closes
         WHERE canteen_id = $1 AND business_date = day."businessDate") AS closes
     FROM (
       SELECT business_date AS "businessDate", count(*) AS stations, sum(entries)::bigint AS entries,
         max(last_received_ms) AS "lastReceivedMs"
       FROM day_entries
       WHERE canteen_id = $1 AND ($2::text IS NULL OR business_date < $2) AND (${SOMETHING_HAPPENED})
       GROUP BY business_date ORDER BY business_date DESC LIMIT $3
     ) AS day
     CROSS JOIN LATERAL (
       SELECT ${SUMS} FROM day_meals WHERE canteen_id = $1 AND business_date = day."businessDate"
     ) AS sums
     ORDER BY day."businessDate" DESC`,
    [canteenId, before, DAYS],
  )

/** What each funder gave on the days from `from` to `to`, inclusive. */
export const fundersOf = (
  database: Database,
  canteenId: string,
  from: string,
  to: string,
): Promise<readonly FunderRow[]> =>
  database.query(
    `SELECT business_date AS "businessDate", funder_id AS "funderId", sum(amount_fen)::bigint AS "amountFen",
       sum(voided_fen)::bigint AS "voidedFen"
     FROM day_funders WHERE canteen_id = $1 AND business_date BETWEEN $2 AND $3
     GROUP BY business_date, funder_id ORDER BY business_date, funder_id`,
    [canteenId, from, to],
  )

export const periodsOf = (
  database: Database,
  canteenId: string,
  businessDate: string,
): Promise<readonly (MealTotals & { readonly stationId: string; readonly mealPeriod: string })[]> =>
  database.query(
    `SELECT station_id AS "stationId", meal_period AS "mealPeriod", ${SUMS} FROM day_meals
     WHERE canteen_id = $1 AND business_date = $2
     GROUP BY station_id, meal_period
     ORDER BY station_id, array_position(ARRAY['breakfast', 'lunch', 'dinner'], meal_period), meal_period`,
    [canteenId, businessDate],
  )

export const topUpsOf = (
  database: Database,
  canteenId: string,
  businessDate: string,
): Promise<
  readonly { readonly source: string; readonly amountFen: number; readonly reversedFen: number }[]
> =>
  database.query(
    `SELECT source, sum(amount_fen)::bigint AS "amountFen", sum(reversed_fen)::bigint AS "reversedFen"
     FROM day_top_ups WHERE canteen_id = $1 AND business_date = $2 GROUP BY source ORDER BY source`,
    [canteenId, businessDate],
  )

/** What was given back to seniors, by how. */
export const refundsOf = (
  database: Database,
  canteenId: string,
  businessDate: string,
): Promise<readonly { readonly method: string; readonly times: number; readonly amountFen: number }[]> =>
  database.query(
    `SELECT method, sum(count)::bigint AS times, sum(amount_fen)::bigint AS "amountFen"
     FROM day_refunds WHERE canteen_id = $1 AND business_date = $2 GROUP BY method ORDER BY method`,
    [canteenId, businessDate],
  )

/** What was added to wallets and taken from them to put them right. */
export const correctionsOf = (
  database: Database,
  canteenId: string,
  businessDate: string,
): Promise<readonly { readonly times: number; readonly addedFen: number; readonly takenFen: number }[]> =>
  database.query(
    `SELECT sum(count)::bigint AS times, sum(added_fen)::bigint AS "addedFen", sum(taken_fen)::bigint AS "takenFen"
     FROM day_corrections WHERE canteen_id = $1 AND business_date = $2 HAVING count(*) > 0`,
    [canteenId, businessDate],
  )

/** Each counter that sent entries of the day, with its close or without one. */
export const closesOf = (
  database: Database,
  canteenId: string,
  businessDate: string,
): Promise<
  readonly (
    | (CloseRow & { readonly entries: number })
    | { readonly stationId: string; readonly entries: number; readonly headHash: null }
  )[]
> =>
  database.query(
    `SELECT station_id AS "stationId", entries, expected_fen AS "expectedFen", counted_fen AS "countedFen",
       float_fen AS "floatFen", head_seq AS "headSeq", head_hash AS "headHash", head_held AS "headHeld"
     FROM day_entries LEFT JOIN day_closes USING (canteen_id, station_id, business_date)
     WHERE canteen_id = $1 AND business_date = $2 ORDER BY station_id`,
    [canteenId, businessDate],
  )

export interface ForkRow {
  readonly name: string
  readonly origin: string
  readonly seq: number
  readonly heldHash: string
  readonly offeredHash: string
  readonly times: number
  readonly lastSeenMs: number
}

/** The newest troubles; more than these are as bad as these. */
const TROUBLES = 20

export const forksOf = (database: Database): Promise<readonly ForkRow[]> =>
  database.query(
    `SELECT name, origin, seq, held_hash AS "heldHash", offered_hash AS "offeredHash", times,
       last_seen_ms AS "lastSeenMs"
     FROM forks JOIN origins USING (origin_id) JOIN canteens USING (canteen_id)
     ORDER BY last_seen_ms DESC, origin_id, seq LIMIT ${TROUBLES}`,
  )

export const quarantineOf = (
  database: Database,
): Promise<
  readonly {
    readonly name: string
    readonly origin: string
    readonly seq: number
    readonly kind: string
    readonly reason: string
  }[]
> =>
  database.query(
    `SELECT name, origin, seq, kind, reason
     FROM quarantine JOIN journal USING (origin_id, seq) JOIN origins USING (origin_id)
       JOIN canteens USING (canteen_id)
     ORDER BY noted_at_ms DESC, origin_id, seq LIMIT ${TROUBLES}`,
  )

export const waitingOf = (
  database: Database,
): Promise<readonly { readonly kind: string; readonly version: number; readonly count: number }[]> =>
  database.query(
    `SELECT kind, version, count(*) FROM waiting GROUP BY kind, version ORDER BY kind, version LIMIT ${TROUBLES}`,
  )
