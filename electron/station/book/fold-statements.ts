import type { Database, Statement } from 'better-sqlite3'

type Write = Statement<unknown[]>

/** Every statement that writes a projection. */
export interface FoldStatements {
  readonly wait: Write
  readonly stopWaiting: Write
  readonly sale: Write
  readonly saleLine: Write
  readonly topUp: Write
  readonly posting: Write
  readonly move: Write
  readonly moveWalletFreely: Write
  readonly firstMove: Write
  readonly dayPeriod: Write
  readonly dayFunder: Write
  readonly dayProviderPayment: Write
  readonly dayDish: Write
  readonly benefitUse: Write
  readonly member: Write
  readonly card: Write
  readonly cardSale: Write
  readonly cardAlarm: Write
  readonly memberLimit: Write
  readonly cardDeposit: Write
  readonly cardReturn: Write
  readonly dayDeposit: Write
  readonly menu: Write
  readonly policyPack: Write
  readonly dayRun: Write
  readonly dateOfRun: Statement<[string], { business_date: string }>
  readonly voided: Write
  readonly partReversed: Write
  readonly benefitReversed: Write
  readonly reversedPeriod: Write
  readonly partReversedPeriod: Write
  readonly reversedFunder: Write
  readonly reversedDish: Write
  readonly topUpReversal: Write
  readonly dayTopUp: Write
  readonly refund: Write
  readonly dayRefund: Write
  readonly correction: Write
  readonly dayCorrection: Write
  readonly grant: Write
  readonly grantMove: Write
  readonly dayGrant: Write
  readonly drawerMove: Write
  readonly dayClose: Write
  readonly dish: Write
  readonly price: Write
  readonly menuPlan: Write
  readonly soldOut: Write
  readonly scaleCheck: Write
  readonly scaleRelease: Write
  readonly staff: Write
  readonly audit: Write
}

/** The last writer wins, by hybrid logical clock and then by origin. */
const newerThan = (table: string): string =>
  `WHERE (excluded.hlc, excluded.origin) > (${table}.hlc, ${table}.origin)`

/** A part of a meal is none: its money counts and its meal does not. */
const daySums = (table: 'day_periods' | 'reversed_periods', meals: 0 | 1 = 1): string =>
  `INSERT INTO ${table} (business_date, meal_period, meals, price_fen, discount_fen, subsidy_fen, wallet_fen, cash_fen)
   VALUES (?, ?, ${meals}, ?, ?, ?, ?, ?)
   ON CONFLICT DO UPDATE SET meals = meals + ${meals}, price_fen = price_fen + excluded.price_fen,
     discount_fen = discount_fen + excluded.discount_fen, subsidy_fen = subsidy_fen + excluded.subsidy_fen,
     wallet_fen = wallet_fen + excluded.wallet_fen, cash_fen = cash_fen + excluded.cash_fen`

const SQL: { readonly [Name in keyof FoldStatements]: string } = {
  wait: 'INSERT INTO waiting_entries (origin, seq, kind, version) VALUES (?, ?, ?, ?)',
  stopWaiting: 'DELETE FROM waiting_entries WHERE origin = ? AND seq = ?',
  sale: `INSERT INTO sales (sale_id, origin, seq, at, business_date, meal_period, member_id, price_fen, discount_fen,
           subsidy_fen, self_pay_fen, wallet_fen, cash_fen, line_count)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  saleLine: `INSERT INTO sale_lines (sale_id, line_no, kind, dish_id, quantity, net_mg, amount_fen, price_version)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  topUp: `INSERT INTO top_ups (top_up_id, origin, seq, at, business_date, member_id, amount_fen, source)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  posting: `INSERT INTO postings (origin, seq, posting_no, account, debit_fen, credit_fen) VALUES (?, ?, ?, ?, ?, ?)`,
  move: 'UPDATE balances SET debit_fen = debit_fen + ?, credit_fen = credit_fen + ? WHERE account = ?',
  moveWalletFreely: `UPDATE balances SET debit_fen = debit_fen + ?, credit_fen = credit_fen + ?,
                       overdraft_fen = max(0, debit_fen - credit_fen + ?)
                     WHERE account = ?`,
  firstMove: 'INSERT INTO balances (account, debit_fen, credit_fen, overdraft_fen) VALUES (?, ?, ?, ?)',
  dayPeriod: daySums('day_periods'),
  dayFunder: `INSERT INTO day_funders (business_date, funder_id, amount_fen) VALUES (?, ?, ?)
              ON CONFLICT DO UPDATE SET amount_fen = amount_fen + excluded.amount_fen`,
  dayProviderPayment: `INSERT INTO day_provider_payments (business_date, funder_id, amount_fen, reversed_fen)
                       VALUES (?, ?, ?, ?)
                       ON CONFLICT DO UPDATE SET amount_fen = amount_fen + excluded.amount_fen,
                         reversed_fen = reversed_fen + excluded.reversed_fen`,
  dayDish: `INSERT INTO day_dishes (business_date, dish_id, count, net_mg, amount_fen) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET count = count + excluded.count, net_mg = net_mg + excluded.net_mg,
              amount_fen = amount_fen + excluded.amount_fen`,
  benefitUse: `INSERT INTO benefit_uses (month, member_id, sale_id, benefit_id, business_date, meal_period, amount_fen,
                 origin)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  member: `INSERT INTO members (member_id, categories, household_area, residence_area, hlc, origin)
           VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET categories = excluded.categories, household_area = excluded.household_area,
             residence_area = excluded.residence_area, hlc = excluded.hlc, origin = excluded.origin
           ${newerThan('members')}`,
  card: `INSERT INTO cards (uid, member_id, state, hlc, origin) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET member_id = excluded.member_id, state = excluded.state, hlc = excluded.hlc,
           origin = excluded.origin
         ${newerThan('cards')}`,
  cardSale: 'INSERT INTO card_sales (business_date, card_uid, sale_id, amount_fen) VALUES (?, ?, ?, ?)',
  cardAlarm: `INSERT INTO card_alarms (origin, seq, alarm_id, uid, here, here_at_ms, there, there_at_ms)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  memberLimit: `INSERT INTO member_limits (member_id, daily_limit_fen, hlc, origin) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET daily_limit_fen = excluded.daily_limit_fen, hlc = excluded.hlc,
                  origin = excluded.origin
                ${newerThan('member_limits')}`,
  cardDeposit: `INSERT INTO card_deposits (origin, seq, business_date, uid, member_id, deposit_fen)
                VALUES (?, ?, ?, ?, ?, ?)`,
  cardReturn: `INSERT INTO card_returns (return_id, origin, seq, business_date, uid, member_id, deposit_fen)
               VALUES (?, ?, ?, ?, ?, ?, ?)`,
  dayDeposit: `INSERT INTO day_deposits (business_date, taken_count, taken_fen, returned_count, returned_fen)
               VALUES (?, ?, ?, ?, ?)
               ON CONFLICT DO UPDATE SET taken_count = taken_count + excluded.taken_count,
                 taken_fen = taken_fen + excluded.taken_fen, returned_count = returned_count + excluded.returned_count,
                 returned_fen = returned_fen + excluded.returned_fen`,
  menu: `INSERT INTO menus (menu_id, body, hlc, origin) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET body = excluded.body, hlc = excluded.hlc, origin = excluded.origin
         ${newerThan('menus')}`,
  policyPack: `INSERT INTO policy_packs (pack_id, version, body, published_on, signature, hlc, origin)
               VALUES (?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT DO UPDATE SET body = excluded.body, published_on = excluded.published_on,
                 signature = excluded.signature, hlc = excluded.hlc, origin = excluded.origin
               ${newerThan('policy_packs')}`,
  dateOfRun: 'SELECT business_date FROM day_runs WHERE origin = ? ORDER BY first_seq DESC LIMIT 1',
  dayRun: `INSERT INTO day_runs (origin, first_seq, business_date) VALUES (?, ?, ?)`,
  voided: `INSERT INTO voids (void_id, sale_id, origin, seq, at, business_date, sold_on, meal_period, member_id,
             price_fen, discount_fen, subsidy_fen, wallet_fen, cash_fen, reason, note, approved_by)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  partReversed: `INSERT INTO part_reversals (reversal_id, sale_id, origin, seq, at, business_date, sold_on, meal_period,
                   member_id, price_fen, discount_fen, subsidy_fen, wallet_fen, cash_fen, reason, note, approved_by)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  benefitReversed: `INSERT INTO benefit_reversals (sale_id, benefit_id, reversal_id, amount_fen) VALUES (?, ?, ?, ?)`,
  reversedPeriod: daySums('reversed_periods'),
  partReversedPeriod: daySums('reversed_periods', 0),
  reversedFunder: `INSERT INTO reversed_funders (business_date, funder_id, amount_fen) VALUES (?, ?, ?)
                   ON CONFLICT DO UPDATE SET amount_fen = amount_fen + excluded.amount_fen`,
  reversedDish: `INSERT INTO reversed_dishes (business_date, dish_id, count, net_mg, amount_fen) VALUES (?, ?, ?, ?, ?)
                 ON CONFLICT DO UPDATE SET count = count + excluded.count, net_mg = net_mg + excluded.net_mg,
                   amount_fen = amount_fen + excluded.amount_fen`,
  topUpReversal: `INSERT INTO top_up_reversals (reversal_id, top_up_id, origin, seq, at, business_date, member_id,
                    amount_fen, source, note, approved_by)
                  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  dayTopUp: `INSERT INTO day_top_ups (business_date, source, count, amount_fen, reversed_count, reversed_fen)
             VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET count = count + excluded.count, amount_fen = amount_fen + excluded.amount_fen,
               reversed_count = reversed_count + excluded.reversed_count,
               reversed_fen = reversed_fen + excluded.reversed_fen`,
  refund: `INSERT INTO refunds (refund_id, origin, seq, at, business_date, member_id, amount_fen, method, closure_id,
             note, approved_by)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  dayRefund: `INSERT INTO day_refunds (business_date, method, count, amount_fen) VALUES (?, ?, 1, ?)
              ON CONFLICT DO UPDATE SET count = count + 1, amount_fen = amount_fen + excluded.amount_fen`,
  correction: `INSERT INTO corrections (correction_id, origin, seq, at, business_date, member_id, amount_fen, reason,
                 undoes, note, approved_by)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  dayCorrection: `INSERT INTO day_corrections (business_date, count, added_fen, taken_fen) VALUES (?, 1, ?, ?)
                  ON CONFLICT DO UPDATE SET count = count + 1, added_fen = added_fen + excluded.added_fen,
                    taken_fen = taken_fen + excluded.taken_fen`,
  grant: `INSERT INTO grants (grant_id, member_id, funder_id, title, amount_fen, last_day, origin, seq)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  grantMove: `INSERT INTO grant_moves (member_id, origin, seq, grant_id, business_date, what, amount_fen)
              VALUES (?, ?, ?, ?, ?, ?, ?)`,
  dayGrant: `INSERT INTO day_grants (business_date, funder_id, given_fen, spent_fen, returned_fen, expired_fen)
             VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET given_fen = given_fen + excluded.given_fen,
               spent_fen = spent_fen + excluded.spent_fen, returned_fen = returned_fen + excluded.returned_fen,
               expired_fen = expired_fen + excluded.expired_fen`,
  drawerMove: `INSERT INTO drawer_moves (move_id, origin, seq, at, business_date, amount_fen, note, actor,
                 approved_by)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  dayClose: `INSERT INTO day_closes (closed_date, origin, seq, at, closed_by, expected_fen, counted_fen, explanation,
               float_fen, head_seq, head_hash)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  dish: `INSERT INTO dishes (dish_id, name, tags, emoji, retired, hlc, origin) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET name = excluded.name, tags = excluded.tags, emoji = excluded.emoji,
           retired = excluded.retired, hlc = excluded.hlc, origin = excluded.origin
         ${newerThan('dishes')}`,
  price: `INSERT INTO prices (dish_id, effective_from_ms, pricing, price_version, hlc, origin) VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET pricing = excluded.pricing, price_version = excluded.price_version,
            hlc = excluded.hlc, origin = excluded.origin
          ${newerThan('prices')}`,
  menuPlan: `INSERT INTO menu_plans (business_date, meal_period, dish_ids, hlc, origin) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET dish_ids = excluded.dish_ids, hlc = excluded.hlc, origin = excluded.origin
             ${newerThan('menu_plans')}`,
  soldOut: `INSERT INTO sold_out (business_date, meal_period, dish_id, sold_out, hlc, origin) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET sold_out = excluded.sold_out, hlc = excluded.hlc, origin = excluded.origin
            ${newerThan('sold_out')}`,
  scaleCheck: `INSERT INTO scale_checks (check_id, scale_id, origin, seq, hlc, at, business_date, actor, nominal_mg,
                 measured_mg, error_mg, permissible_mg, verdict)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  scaleRelease: `INSERT INTO scale_releases (release_id, check_id, origin, seq, hlc, at, business_date, actor, note,
                   approved_by)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  staff: `INSERT INTO staff (staff_id, role, active, hlc, origin) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET role = excluded.role, active = excluded.active, hlc = excluded.hlc,
            origin = excluded.origin
          ${newerThan('staff')}`,
  audit: `INSERT INTO audit (origin, seq, at, business_date, actor, act, subject) VALUES (?, ?, ?, ?, ?, ?, ?)`,
}

/** Prepares them all. @throws SQLite's error when one does not fit the schema. */
export function prepareFold(db: Database): FoldStatements {
  const prepared: Partial<Record<keyof FoldStatements, Write>> = {}
  for (const [name, sql] of Object.entries(SQL))
    prepared[name as keyof FoldStatements] = db.prepare<unknown[]>(sql)
  return prepared as FoldStatements
}
