import type { Database, Statement } from 'better-sqlite3'
import type { CardState } from '../../../shared/domain/member.ts'
import type { MealPeriod } from '../../../shared/domain/menu.ts'

export interface SaleRow {
  readonly sale_id: string
  readonly origin: string
  readonly seq: number
  readonly at: string
  readonly business_date: string
  readonly meal_period: MealPeriod
  readonly member_id: string | null
  readonly price_fen: number
  readonly subsidy_fen: number
  readonly self_pay_fen: number
  readonly cash_fen: number
  readonly line_count: number
}

export interface UseRow {
  readonly sale_id: string
  readonly benefit_id: string
  readonly business_date: string
  readonly meal_period: MealPeriod
  readonly amount_fen: number
  readonly origin: string
}

export interface MemberRow {
  readonly member_id: string
  readonly categories: string
  readonly household_area: string
  readonly residence_area: string
}

export interface DayPeriodRow {
  readonly meal_period: MealPeriod
  readonly meals: number
  readonly price_fen: number
  readonly discount_fen: number
  readonly subsidy_fen: number
  readonly wallet_fen: number
  readonly cash_fen: number
}

interface DayFunderRow {
  readonly funder_id: string
  readonly amount_fen: number
}

interface DayDishRow {
  readonly dish_id: string
  readonly count: number
  readonly net_mg: number
  readonly amount_fen: number
}

const SALE_COLUMNS = `sale_id, origin, seq, at, business_date, meal_period, member_id, price_fen, subsidy_fen,
  self_pay_fen, cash_fen, line_count`

/** What parts of the sale gave back no longer counts (SPEC LG-32). */
const USE_COLUMNS = `sale_id, benefit_id, business_date, meal_period, origin,
  amount_fen - (SELECT coalesce(sum(back.amount_fen), 0) FROM benefit_reversals AS back
    WHERE back.sale_id = used.sale_id AND back.benefit_id = used.benefit_id) AS amount_fen`

const NOT_VOIDED = 'NOT EXISTS (SELECT 1 FROM voids WHERE voids.sale_id = used.sale_id)'

/** Every statement that reads projections of a sale. */
export interface Queries {
  readonly sale: Statement<[string], SaleRow>
  readonly recentSales: Statement<[number], SaleRow>
  readonly topUp: Statement<[string], { origin: string; seq: number }>
  readonly balance: Statement<[string], { balance_fen: number }>
  readonly card: Statement<[string], { member_id: string; state: CardState }>
  readonly member: Statement<[string], MemberRow>
  /** By date and card: what it paid that was not taken back, whichever of the two a replica heard of first. */
  readonly spentByCard: Statement<[string, string], { spent_fen: number }>
  readonly ownLimit: Statement<[string], { daily_limit_fen: number | null }>
  readonly memberPin: Statement<[string], { member_id: string }>
  readonly uses: Statement<[string, string], UseRow>
  readonly mealsOfDay: Statement<[string, string, string], { readonly meals: number }>
  readonly usesOfDay: Statement<[string, string, string], UseRow>
  readonly menu: Statement<[], { body: string }>
  readonly policyPacks: Statement<[], { body: string; published_on: string; signature: string | null }>
  readonly policyPack: Statement<[string, number], { body: string }>
  readonly dayPeriods: Statement<[string], DayPeriodRow>
  readonly dayFunders: Statement<[string], DayFunderRow>
  readonly dayDishes: Statement<[string], DayDishRow>
  /** What was taken back on a date, in the shapes of what was sold. */
  readonly reversedPeriods: Statement<[string], DayPeriodRow>
  readonly reversedFunders: Statement<[string], DayFunderRow>
  readonly reversedDishes: Statement<[string], DayDishRow>
  readonly voidOf: Statement<[string], { void_id: string }>
  readonly waiting: Statement<[], { origin: string; seq: number; kind: string; version: number }>
  readonly meta: Statement<[string], { value: string }>
  readonly setMeta: Statement<[string, string]>
}

const periodsOf = (table: string): string =>
  `SELECT meal_period, meals, price_fen, discount_fen, subsidy_fen, wallet_fen, cash_fen FROM ${table}
   WHERE business_date = ?`
const fundersOf = (table: string): string =>
  `SELECT funder_id, amount_fen FROM ${table} WHERE business_date = ? ORDER BY funder_id`
const dishesOf = (table: string): string =>
  `SELECT dish_id, count, net_mg, amount_fen FROM ${table} WHERE business_date = ? ORDER BY dish_id`

/** Prepares them all. @throws SQLite's error when one does not fit the schema. */
export function prepareQueries(db: Database): Queries {
  return {
    sale: db.prepare(`SELECT ${SALE_COLUMNS} FROM sales WHERE sale_id = ?`),
    // In the order of the journal: after a clock was set back, sale ids no longer ascend with what happened.
    recentSales: db.prepare(
      `SELECT ${SALE_COLUMNS}
       FROM (SELECT position, json_extract(body, '$.sale.saleId') AS newest_id FROM journal
             WHERE kind = 'sale.settled' ORDER BY position DESC LIMIT ?)
       JOIN sales ON sale_id = newest_id
       ORDER BY position DESC`,
    ),
    topUp: db.prepare('SELECT origin, seq FROM top_ups WHERE top_up_id = ?'),
    balance: db.prepare('SELECT credit_fen - debit_fen AS balance_fen FROM balances WHERE account = ?'),
    card: db.prepare('SELECT member_id, state FROM cards WHERE uid = ?'),
    member: db.prepare(
      'SELECT member_id, categories, household_area, residence_area FROM members WHERE member_id = ?',
    ),
    spentByCard: db.prepare(
      `SELECT coalesce(sum(amount_fen - (SELECT coalesce(sum(wallet_fen + subsidy_fen), 0) FROM part_reversals AS back
         WHERE back.sale_id = used.sale_id)), 0) AS spent_fen
       FROM card_sales AS used WHERE business_date = ? AND card_uid = ? AND ${NOT_VOIDED}`,
    ),
    ownLimit: db.prepare('SELECT daily_limit_fen FROM member_limits WHERE member_id = ?'),
    memberPin: db.prepare('SELECT member_id FROM member_pins WHERE member_id = ?'),
    // Without ORDER BY, which would make SQLite plan these again for each value that is bound.
    // A void gives the limits back, whichever of sale and void a replica heard of first (SPEC LG-24).
    uses: db.prepare(
      `SELECT ${USE_COLUMNS} FROM benefit_uses AS used WHERE month = ? AND member_id = ? AND ${NOT_VOIDED}`,
    ),
    usesOfDay: db.prepare(
      `SELECT ${USE_COLUMNS} FROM benefit_uses AS used
       WHERE month = ? AND member_id = ? AND business_date = ? AND ${NOT_VOIDED}`,
    ),
    mealsOfDay: db.prepare(
      `SELECT count(*) AS meals FROM sales AS used
       WHERE sale_id >= ? AND member_id = ? AND business_date = ? AND ${NOT_VOIDED}`,
    ),
    menu: db.prepare('SELECT body FROM menus ORDER BY hlc DESC, origin DESC LIMIT 1'),
    policyPacks: db.prepare(
      'SELECT body, published_on, signature FROM policy_packs ORDER BY pack_id, version',
    ),
    policyPack: db.prepare('SELECT body FROM policy_packs WHERE pack_id = ? AND version = ?'),
    dayPeriods: db.prepare(periodsOf('day_periods')),
    dayFunders: db.prepare(fundersOf('day_funders')),
    dayDishes: db.prepare(dishesOf('day_dishes')),
    reversedPeriods: db.prepare(periodsOf('reversed_periods')),
    reversedFunders: db.prepare(fundersOf('reversed_funders')),
    reversedDishes: db.prepare(dishesOf('reversed_dishes')),
    voidOf: db.prepare('SELECT void_id FROM voids WHERE sale_id = ?'),
    waiting: db.prepare('SELECT origin, seq, kind, version FROM waiting_entries ORDER BY origin, seq'),
    meta: db.prepare('SELECT value FROM meta WHERE key = ?'),
    setMeta: db.prepare(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    ),
  }
}
