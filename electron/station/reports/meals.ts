import type { MealPeriod } from '../../../shared/domain/menu.ts'
import type { BookReader } from '../book/reader.ts'
import { dishName } from './names.ts'

/** One sale of a day as the files list it. Members stand in it by their ids: a file travels further than a screen. */
export interface Meal {
  readonly saleId: string
  readonly atMs: number
  readonly mealPeriod: MealPeriod
  readonly memberId: string | null
  readonly dishes: readonly {
    readonly name: string
    readonly quantity: number
    /** Zero for what is sold by the piece. */
    readonly netMg: number
    readonly amountFen: number
  }[]
  readonly priceFen: number
  readonly discountFen: number
  readonly subsidyFen: number
  readonly walletFen: number
  readonly cashFen: number
  /** The business date on which it was taken back, or null. */
  readonly voidedOn: string | null
}

interface MealRow {
  readonly sale_id: string
  readonly at: string
  readonly meal_period: MealPeriod
  readonly member_id: string | null
  readonly price_fen: number
  readonly discount_fen: number
  readonly subsidy_fen: number
  readonly wallet_fen: number
  readonly cash_fen: number
  readonly voided_on: string | null
}

/** By the runs of the day in each journal: sales have no index by date, which would cost each settlement a page. */
const MEALS = `SELECT sales.sale_id, sales.at, sales.meal_period, sales.member_id, sales.price_fen, sales.discount_fen,
    sales.subsidy_fen, sales.wallet_fen, sales.cash_fen, voids.business_date AS voided_on
  FROM (SELECT origin, first_seq,
          coalesce((SELECT min(later.first_seq) FROM day_runs AS later
                    WHERE later.origin = run.origin AND later.first_seq > run.first_seq), 1 << 53) AS next_seq
        FROM day_runs AS run WHERE business_date = ?) AS run
  CROSS JOIN journal ON journal.origin = run.origin AND journal.seq >= run.first_seq AND journal.seq < run.next_seq
  CROSS JOIN sales ON sales.sale_id = json_extract(journal.body, '$.sale.saleId')
  LEFT JOIN voids ON voids.sale_id = sales.sale_id
  WHERE journal.kind = 'sale.settled'
  ORDER BY journal.hlc, journal.origin`

interface LineRow {
  readonly dish_id: string
  readonly quantity: number
  readonly net_mg: number
  readonly amount_fen: number
}

const LINES =
  'SELECT dish_id, quantity, net_mg, amount_fen FROM sale_lines WHERE sale_id = ? ORDER BY line_no'

/** Each sale of a date, in the order in which they happened. */
export function mealsOf(reader: BookReader, businessDate: string): readonly Meal[] {
  const lines = reader.statement<[string], LineRow>(LINES)
  const names = new Map<string, string>()
  const nameOf = (dishId: string): string => {
    const name = names.get(dishId) ?? dishName(reader, dishId).zh
    names.set(dishId, name)
    return name
  }
  return reader
    .statement<[string], MealRow>(MEALS)
    .all(businessDate)
    .map((row) => ({
      saleId: row.sale_id,
      atMs: Date.parse(row.at),
      mealPeriod: row.meal_period,
      memberId: row.member_id,
      dishes: lines.all(row.sale_id).map((line) => ({
        name: nameOf(line.dish_id),
        quantity: line.quantity,
        netMg: line.net_mg,
        amountFen: line.amount_fen,
      })),
      priceFen: row.price_fen,
      discountFen: row.discount_fen,
      subsidyFen: row.subsidy_fen,
      walletFen: row.wallet_fen,
      cashFen: row.cash_fen,
      voidedOn: row.voided_on,
    }))
}
