import type { DayInBrief, DayReport } from '../../../shared/contract/reports.ts'
import { stationOf } from '../../../shared/domain/ledger/accounts.ts'
import type { RefundMethod, TopUpSource } from '../../../shared/domain/journal/entry.ts'
import type { MealPeriod } from '../../../shared/domain/menu.ts'
import type { VoidReason } from '../../../shared/domain/sale.ts'
import type { BookReader } from '../book/reader.ts'
import { closeCovering, dayCloseOf, newestCloses } from '../day/closes.ts'
import { drawerNow, drawerOfClose } from '../day/drawer.ts'
import { staffNameIn } from '../day/staff-name.ts'
import { depositsOf } from './deposits.ts'
import { dishName, funderNames } from './names.ts'
import { notSoldOf } from './not-sold.ts'
import { NO_SUMS, soldAndVoided, sumsOf, totalOf, type SumsRow } from './sums.ts'

/**
 * A business day from the rows that the fold keeps for each date: as fast in a book of ten years as in one of ten days
 * (SPEC LG-27).
 *
 * @throws BookError when the book does not answer, `broken-invariant` when its drawer does not add up
 */
export function dayReport(reader: BookReader, businessDate: string, canteenName: string): DayReport {
  const covering = closeCovering(reader, businessDate)
  const byPeriod = periodsOf(reader, businessDate)
  const close = covering === null ? null : dayCloseOf(reader, covering)
  return {
    businessDate,
    canteenName,
    stationId: stationOf(reader.originId),
    close,
    head: close === null ? headOf(reader) : { seq: close.headSeq, hash: close.headHash },
    total: soldAndVoided(
      totalOf(byPeriod.map(({ sold }) => sold)),
      totalOf(byPeriod.map(({ voided }) => voided)),
    ),
    byPeriod,
    byDish: dishesOf(reader, businessDate),
    notSold: notSoldOf(reader, businessDate),
    byFunder: fundersOf(reader, businessDate),
    topUps: topUpsOf(reader, businessDate),
    refunds: refundsOf(reader, businessDate),
    corrections: correctionsOf(reader, businessDate),
    grants: grantsOf(reader, businessDate),
    walletLiability: liabilityOf(reader, businessDate),
    deposits: depositsOf(reader, businessDate),
    drawer: covering === null ? drawerNow(reader) : drawerOfClose(reader, covering),
    voids: voidsOf(reader, businessDate),
  }
}

function headOf(reader: BookReader): DayReport['head'] {
  const newest = reader.journal.newest(reader.originId, 1)[0]
  return { seq: newest?.seq ?? 0, hash: newest?.hash ?? '' }
}

const MEALS_IN_ORDER: readonly MealPeriod[] = ['breakfast', 'lunch', 'dinner']
const SUMS = 'meals, price_fen, discount_fen, subsidy_fen, wallet_fen, cash_fen'

type PeriodRow = SumsRow & { readonly meal_period: MealPeriod }

function periodsOf(reader: BookReader, businessDate: string): DayReport['byPeriod'] {
  const rowsOf = (table: 'day_periods' | 'reversed_periods'): ReadonlyMap<MealPeriod, PeriodRow> => {
    const rows = reader
      .statement<[string], PeriodRow>(`SELECT meal_period, ${SUMS} FROM ${table} WHERE business_date = ?`)
      .all(businessDate)
    return new Map(rows.map((row) => [row.meal_period, row]))
  }
  const sold = rowsOf('day_periods')
  const voided = rowsOf('reversed_periods')
  return MEALS_IN_ORDER.filter((period) => sold.has(period) || voided.has(period)).map((mealPeriod) => {
    const [soldRow, voidedRow] = [sold.get(mealPeriod), voided.get(mealPeriod)]
    const sums = (row: SumsRow | undefined) => (row === undefined ? NO_SUMS : sumsOf(row))
    return { mealPeriod, ...soldAndVoided(sums(soldRow), sums(voidedRow)) }
  })
}

interface DishRow {
  readonly dish_id: string
  readonly count: number
  readonly net_mg: number
  readonly amount_fen: number
  readonly voided_count: number
  readonly voided_mg: number
  readonly voided_fen: number
}

function dishesOf(reader: BookReader, businessDate: string): DayReport['byDish'] {
  return reader
    .statement<[string, string], DishRow>(
      `SELECT dish_id, sum(count) AS count, sum(net_mg) AS net_mg, sum(amount_fen) AS amount_fen,
         sum(voided_count) AS voided_count, sum(voided_mg) AS voided_mg, sum(voided_fen) AS voided_fen
       FROM (SELECT dish_id, count, net_mg, amount_fen, 0 AS voided_count, 0 AS voided_mg, 0 AS voided_fen
             FROM day_dishes WHERE business_date = ?
             UNION ALL
             SELECT dish_id, 0, 0, 0, count, net_mg, amount_fen FROM reversed_dishes WHERE business_date = ?)
       GROUP BY dish_id ORDER BY sum(amount_fen) DESC, dish_id`,
    )
    .all(businessDate, businessDate)
    .map((row) => ({
      dishId: row.dish_id,
      name: dishName(reader, row.dish_id),
      count: row.count,
      netMg: row.net_mg,
      amountFen: row.amount_fen,
      voidedCount: row.voided_count,
      voidedMg: row.voided_mg,
      voidedFen: row.voided_fen,
    }))
}

interface FunderRow {
  readonly funder_id: string
  readonly claimed_fen: number
  readonly voided_fen: number
  readonly provider_fen: number
}

function fundersOf(reader: BookReader, businessDate: string): DayReport['byFunder'] {
  const nameOf = funderNames(reader)
  return reader
    .statement<[{ date: string }], FunderRow>(
      `SELECT funder_id, sum(claimed_fen) AS claimed_fen, sum(voided_fen) AS voided_fen, sum(provider_fen) AS provider_fen
       FROM (SELECT funder_id, amount_fen AS claimed_fen, 0 AS voided_fen, 0 AS provider_fen
             FROM day_funders WHERE business_date = :date
             UNION ALL
             SELECT funder_id, 0, amount_fen, 0 FROM reversed_funders WHERE business_date = :date
             UNION ALL
             SELECT funder_id, 0, 0, amount_fen - reversed_fen
             FROM day_provider_payments WHERE business_date = :date)
       GROUP BY funder_id ORDER BY funder_id`,
    )
    .all({ date: businessDate })
    .map((row) => ({
      funderId: row.funder_id,
      name: nameOf(row.funder_id),
      claimedFen: row.claimed_fen,
      voidedFen: row.voided_fen,
      netFen: row.claimed_fen - row.voided_fen,
      providerFen: row.provider_fen,
    }))
}

interface TopUpRow {
  readonly source: TopUpSource
  readonly count: number
  readonly amount_fen: number
  readonly reversed_count: number
  readonly reversed_fen: number
}

const topUpsOf = (reader: BookReader, businessDate: string): DayReport['topUps'] =>
  reader
    .statement<[string], TopUpRow>(
      `SELECT source, count, amount_fen, reversed_count, reversed_fen FROM day_top_ups
       WHERE business_date = ? ORDER BY source`,
    )
    .all(businessDate)
    .map((row) => ({
      source: row.source,
      count: row.count,
      amountFen: row.amount_fen,
      reversedCount: row.reversed_count,
      reversedFen: row.reversed_fen,
    }))

interface RefundRow {
  readonly method: RefundMethod
  readonly count: number
  readonly amount_fen: number
}

const refundsOf = (reader: BookReader, businessDate: string): DayReport['refunds'] =>
  reader
    .statement<[string], RefundRow>(
      'SELECT method, count, amount_fen FROM day_refunds WHERE business_date = ? ORDER BY method',
    )
    .all(businessDate)
    .map(({ method, count, amount_fen: amountFen }) => ({ method, count, amountFen }))

const correctionsOf = (reader: BookReader, businessDate: string): DayReport['corrections'] =>
  reader
    .statement<[string], DayReport['corrections']>(
      `SELECT count, added_fen AS addedFen, taken_fen AS takenFen FROM day_corrections WHERE business_date = ?`,
    )
    .get(businessDate) ?? { count: 0, addedFen: 0, takenFen: 0 }

/** What moves seniors' own money, as sums of days: in positive, out negative. Grants are apart. */
const WALLET_SUMS = [
  ['amount_fen - reversed_fen', 'day_top_ups'],
  ['-amount_fen', 'day_refunds'],
  ['added_fen - taken_fen', 'day_corrections'],
  ['-wallet_fen', 'day_periods'],
  ['wallet_fen', 'reversed_periods'],
  ['spent_fen - returned_fen', 'day_grants'],
] as const

/** Paid in, less taken back, paid out and eaten, plus given back: what that leaves is in the members' wallets. */
const walletSum = (when: '<=' | '='): string =>
  WALLET_SUMS.map(
    ([sum, table]) => `coalesce((SELECT sum(${sum}) FROM ${table} WHERE business_date ${when} :date), 0)`,
  ).join(' + ')

const LIABILITY = `SELECT ${walletSum('<=')} AS after_fen, ${walletSum('=')} AS change_fen`

function liabilityOf(reader: BookReader, date: string): DayReport['walletLiability'] {
  const row = reader
    .statement<[{ date: string }], { after_fen: number; change_fen: number }>(LIABILITY)
    .get({ date })
  const afterFen = row?.after_fen ?? 0
  return { beforeFen: afterFen - (row?.change_fen ?? 0), afterFen }
}

interface GrantRow {
  readonly funder_id: string
  readonly given_fen: number
  readonly spent_fen: number
  readonly returned_fen: number
  readonly expired_fen: number
  readonly left_fen: number
}

const onDay = (column: string): string => `sum(iif(business_date = :date, ${column}, 0)) AS ${column}`

/** Each fund once, with the day's own sums and what members hold of it at its end. */
function grantsOf(reader: BookReader, date: string): DayReport['grants'] {
  const nameOf = funderNames(reader)
  return reader
    .statement<[{ date: string }], GrantRow>(
      `SELECT funder_id, ${['given_fen', 'spent_fen', 'returned_fen', 'expired_fen'].map(onDay).join(', ')},
         sum(given_fen + returned_fen - spent_fen - expired_fen) AS left_fen
       FROM day_grants WHERE business_date <= :date GROUP BY funder_id ORDER BY funder_id`,
    )
    .all({ date })
    .map((row) => ({
      funderId: row.funder_id,
      name: nameOf(row.funder_id),
      givenFen: row.given_fen,
      spentFen: row.spent_fen,
      returnedFen: row.returned_fen,
      expiredFen: row.expired_fen,
      leftFen: row.left_fen,
    }))
}

interface VoidRow {
  readonly void_id: string
  readonly whole: 0 | 1
  readonly sale_id: string
  readonly sold_on: string
  readonly at: string
  readonly price_fen: number
  readonly subsidy_fen: number
  readonly wallet_fen: number
  readonly cash_fen: number
  readonly reason: VoidReason
  readonly note: string
  readonly approved_by: string
}

const VOID_COLUMNS =
  'business_date, sale_id, sold_on, at, price_fen, subsidy_fen, wallet_fen, cash_fen, reason, note, approved_by'

const voidsOf = (reader: BookReader, businessDate: string): DayReport['voids'] =>
  reader
    .statement<[string], VoidRow>(
      `SELECT *
       FROM (SELECT void_id, 1 AS whole, ${VOID_COLUMNS} FROM voids
             UNION ALL
             SELECT reversal_id, 0, ${VOID_COLUMNS} FROM part_reversals)
       WHERE business_date = ? ORDER BY at, void_id`,
    )
    .all(businessDate)
    .map((row) => ({
      voidId: row.void_id,
      whole: row.whole === 1,
      saleId: row.sale_id,
      soldOn: row.sold_on,
      atMs: Date.parse(row.at),
      priceFen: row.price_fen,
      subsidyFen: row.subsidy_fen,
      walletFen: row.wallet_fen,
      cashFen: row.cash_fen,
      reason: row.reason,
      note: row.note,
      approvedByName: staffNameIn(reader, row.approved_by),
    }))

const MOST_DAYS = 400

type BriefRow = SumsRow & { readonly business_date: string }

/** The days of a span that had any sale or void, oldest first; the newest 400 of them. */
export function daysInBrief(reader: BookReader, from: string, to: string): readonly DayInBrief[] {
  const closedThrough = newestCloses(reader, 1)[0]?.closed_date ?? ''
  const summed = (table: string, sign: string) =>
    `SELECT business_date, ${SUMS.split(', ')
      .map((column) => `${sign}${column} AS ${column}`)
      .join(', ')} FROM ${table} WHERE business_date BETWEEN ? AND ?`
  return reader
    .statement<string[], BriefRow>(
      `SELECT business_date, ${SUMS.split(', ')
        .map((column) => `sum(${column}) AS ${column}`)
        .join(', ')}
       FROM (${summed('day_periods', '')} UNION ALL ${summed('reversed_periods', '-')})
       GROUP BY business_date ORDER BY business_date DESC LIMIT ${MOST_DAYS}`,
    )
    .all(from, to, from, to)
    .toReversed()
    .map((row) => ({
      businessDate: row.business_date,
      net: sumsOf(row),
      closed: row.business_date <= closedThrough,
    }))
}
