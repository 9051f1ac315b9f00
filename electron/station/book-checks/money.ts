import { GRANT_MOVES } from '../book/fold.ts'
import { byQuery, differing } from './check.ts'

export const balance = byQuery(
  'balance',
  `SELECT origin || '/' || seq AS "where", sum(credit_fen) AS expected, sum(debit_fen) AS found
   FROM postings GROUP BY origin, seq HAVING sum(credit_fen) <> sum(debit_fen)`,
)

/** What a card is returned with was paid for it before: no deposit is less than nothing. */
const OVERPAID_DEPOSITS = `SELECT account AS "where", 0 AS expected, credit_fen - debit_fen AS found FROM balances
  WHERE account GLOB 'deposit:*' AND credit_fen < debit_fen`

export const wallets = byQuery(
  'wallets',
  OVERPAID_DEPOSITS,
  differing(
    '',
    'SELECT account AS name, sum(credit_fen - debit_fen) AS value FROM postings GROUP BY account',
    'SELECT account AS name, credit_fen - debit_fen AS value FROM balances',
  ),
)

export const subsidies = byQuery(
  'subsidies',
  differing(
    '',
    'SELECT sale_id AS name, subsidy_fen AS value FROM sales',
    'SELECT sale_id AS name, sum(amount_fen) AS value FROM benefit_uses GROUP BY sale_id',
  ),
)

/** Funders owe the subsidies, what they pay the canteen itself, and a grant from the day it is given. */
export const funders = byQuery(
  'funders',
  `SELECT 'funders' AS "where", expected, found FROM (SELECT
     (SELECT coalesce(sum(amount_fen), 0) FROM day_funders) - (SELECT coalesce(sum(amount_fen), 0) FROM reversed_funders)
       + (SELECT coalesce(sum(amount_fen - reversed_fen), 0) FROM day_provider_payments)
       + (SELECT coalesce(sum(given_fen - expired_fen), 0) FROM day_grants) AS expected,
     (SELECT coalesce(sum(debit_fen - credit_fen), 0) FROM balances WHERE account GLOB 'funder:*:receivable') AS found)
   WHERE expected <> found`,
)

const station = "substr(origin, 1, instr(origin || '.', '.') - 1)"

/** A close leaves the float in the drawer, whatever was in it: so it moves the difference to what was expected. */
const CASH_MOVES = [
  'SELECT origin, cash_fen AS fen FROM sales',
  'SELECT origin, -cash_fen FROM voids',
  'SELECT origin, -cash_fen FROM part_reversals',
  "SELECT origin, amount_fen FROM top_ups WHERE source = 'cash'",
  "SELECT origin, -amount_fen FROM top_up_reversals WHERE source = 'cash'",
  'SELECT origin, deposit_fen FROM card_deposits',
  'SELECT origin, -deposit_fen FROM card_returns',
  "SELECT origin, -amount_fen FROM refunds WHERE method = 'cash'",
  'SELECT origin, amount_fen FROM drawer_moves',
  'SELECT origin, float_fen - expected_fen FROM day_closes',
].join(' UNION ALL ')

export const drawer = byQuery(
  'drawer',
  differing(
    '',
    `SELECT ${station} AS name, sum(fen) AS value FROM (${CASH_MOVES}) GROUP BY ${station}`,
    `SELECT substr(account, length('canteen:drawer:') + 1) AS name, debit_fen - credit_fen AS value
     FROM balances WHERE account GLOB 'canteen:drawer:*'`,
  ),
)

const SUMS = ['price_fen', 'discount_fen', 'subsidy_fen', 'wallet_fen', 'cash_fen'] as const

const taken = ['business_date', 'meal_period', ...SUMS].join(', ')
/** A part of a meal counts its money and no meal. */
const TAKEN_BACK = `(SELECT 1 AS whole, ${taken} FROM voids UNION ALL SELECT 0, ${taken} FROM part_reversals)`

/** The day's rows of one table against what they are the sum of, figure by figure. */
const periods = (table: string, of: string, meals = 'count(*)'): readonly string[] =>
  [['meals', meals], ...SUMS.map((column) => [column, `sum(${column})`])].map(([column, sum]) =>
    differing(
      `${table} ${column} `,
      `SELECT business_date || ' ' || meal_period AS name, ${sum} AS value FROM ${of} GROUP BY business_date, meal_period`,
      `SELECT business_date || ' ' || meal_period AS name, ${column} AS value FROM ${table}`,
    ),
  )

const topUps = (column: string, of: string): string =>
  differing(
    `day_top_ups ${column} `,
    `SELECT business_date || ' ' || source AS name, sum(amount_fen) AS value FROM ${of} GROUP BY business_date, source`,
    `SELECT business_date || ' ' || source AS name, ${column} AS value FROM day_top_ups`,
  )

const deposits = (column: string, of: string): string =>
  differing(
    `day_deposits ${column} `,
    `SELECT business_date AS name, sum(deposit_fen) AS value FROM ${of} WHERE deposit_fen > 0 GROUP BY business_date`,
    `SELECT business_date AS name, ${column} AS value FROM day_deposits`,
  )

export const dailyFigures = byQuery(
  'daily-figures',
  ...periods('day_periods', 'sales'),
  ...periods('reversed_periods', TAKEN_BACK, 'sum(whole)'),
  differing(
    'day_dishes ',
    `SELECT business_date || ' ' || dish_id AS name, sum(amount_fen) AS value
     FROM sale_lines JOIN sales USING (sale_id) GROUP BY business_date, dish_id`,
    "SELECT business_date || ' ' || dish_id AS name, amount_fen AS value FROM day_dishes",
  ),
  ...GRANT_MOVES.map((what) =>
    differing(
      `day_grants ${what} `,
      `SELECT business_date || ' ' || funder_id AS name, sum(grant_moves.amount_fen) AS value
       FROM grant_moves JOIN grants USING (grant_id) WHERE what = '${what}' GROUP BY business_date, funder_id`,
      `SELECT business_date || ' ' || funder_id AS name, ${what}_fen AS value FROM day_grants WHERE ${what}_fen <> 0`,
    ),
  ),
  differing(
    'day_refunds ',
    `SELECT business_date || ' ' || method AS name, sum(amount_fen) AS value FROM refunds GROUP BY business_date, method`,
    `SELECT business_date || ' ' || method AS name, amount_fen AS value FROM day_refunds`,
  ),
  differing(
    'day_corrections ',
    `SELECT business_date AS name, sum(amount_fen) AS value FROM corrections GROUP BY business_date`,
    `SELECT business_date AS name, added_fen - taken_fen AS value FROM day_corrections`,
  ),
  topUps('amount_fen', 'top_ups'),
  topUps('reversed_fen', 'top_up_reversals'),
  deposits('taken_fen', 'card_deposits'),
  deposits('returned_fen', 'card_returns'),
)
