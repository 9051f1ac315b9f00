import type { Connection, Value } from '../database/database.ts'
import type { OriginKey } from './count-entries.ts'
import type { DayChange } from './change.ts'

/** A change with the number of the entry that made it. */
export interface StationChange {
  readonly seq: number
  readonly change: DayChange
}

/** Rows that a batch adds to, by their key: a batch of a thousand sales touches a handful of them. */
class Sums {
  readonly #rows = new Map<string, { key: readonly string[]; amounts: number[] }>()

  add(key: readonly string[], amounts: readonly number[]): void {
    const name = key.join('\0')
    const row = this.#rows.get(name)
    if (row === undefined) this.#rows.set(name, { key, amounts: [...amounts] })
    else
      for (const [index, amount] of amounts.entries()) row.amounts[index] = (row.amounts[index] ?? 0) + amount
  }

  /** The rows as one list for each column, the keys in one order everywhere. */
  columns(): readonly Value[] {
    const rows = [...this.#rows.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1))
    const [first] = rows
    if (first === undefined) return []
    const [, { key, amounts }] = first
    return [
      ...key.map((_, column) => rows.map(([, row]) => row.key[column] ?? '')),
      ...amounts.map((_, column) => rows.map(([, row]) => row.amounts[column] ?? 0)),
    ]
  }
}

const MEAL_COLUMNS = ['meals', 'price_fen', 'discount_fen', 'subsidy_fen', 'wallet_fen', 'cash_fen']

/** The tables of sums, each with its key after canteen and station and the columns that are added to. */
const TABLES = {
  day_meals: {
    key: ['business_date', 'meal_period'],
    sums: [...MEAL_COLUMNS, ...MEAL_COLUMNS.map((column) => `voided_${column}`)],
  },
  day_funders: { key: ['business_date', 'funder_id'], sums: ['amount_fen', 'voided_fen'] },
  day_top_ups: { key: ['business_date', 'source'], sums: ['amount_fen', 'reversed_fen'] },
  day_refunds: { key: ['business_date', 'method'], sums: ['count', 'amount_fen'] },
  day_corrections: { key: ['business_date'], sums: ['count', 'added_fen', 'taken_fen'] },
} as const

type Table = keyof typeof TABLES

function additionOf(table: Table): string {
  const { key, sums } = TABLES[table]
  const types = [...key.map(() => 'text'), ...sums.map(() => 'bigint')]
  const lists = types.map((type, index) => `$${index + 3}::${type}[]`)
  return `INSERT INTO ${table} AS held (canteen_id, station_id, ${[...key, ...sums].join(', ')})
    SELECT $1::uuid, $2::text, * FROM unnest(${lists.join(', ')})
    ON CONFLICT (canteen_id, station_id, ${key.join(', ')})
    DO UPDATE SET ${sums.map((column) => `${column} = held.${column} + excluded.${column}`).join(', ')}`
}

/** Adds changes to the totals of their days. */
export async function addToDays(
  connection: Connection,
  origin: OriginKey,
  changes: readonly StationChange[],
): Promise<void> {
  const sums: { readonly [Name in Table]: Sums } = {
    day_meals: new Sums(),
    day_funders: new Sums(),
    day_top_ups: new Sums(),
    day_refunds: new Sums(),
    day_corrections: new Sums(),
  }
  for (const { change } of changes) addUp(sums, change)
  for (const table of Object.keys(TABLES) as Table[]) {
    const columns = sums[table].columns()
    if (columns.length > 0)
      await connection.query(additionOf(table), [origin.canteenId, origin.stationId, ...columns])
  }
  for (const { seq, change } of changes)
    if (change.what === 'close') await putClose(connection, origin, seq, change)
}

function addUp(sums: { readonly [Name in Table]: Sums }, change: DayChange): void {
  const { businessDate } = change
  switch (change.what) {
    case 'sale':
    case 'void': {
      const { mealPeriod, funders } = change
      const { meals, priceFen, discountFen, subsidyFen, walletFen, cashFen } = change.sums
      const amounts = [meals, priceFen, discountFen, subsidyFen, walletFen, cashFen]
      sums.day_meals.add([businessDate, mealPeriod], onSide(change.what === 'sale', amounts))
      for (const { funderId, amountFen } of funders)
        sums.day_funders.add([businessDate, funderId], onSide(change.what === 'sale', [amountFen]))
      break
    }
    case 'top-up':
    case 'top-up-reversal':
      sums.day_top_ups.add(
        [businessDate, change.source],
        onSide(change.what === 'top-up', [change.amountFen]),
      )
      break
    case 'refund':
      sums.day_refunds.add([businessDate, change.method], [1, change.amountFen])
      break
    case 'correction':
      sums.day_corrections.add(
        [businessDate],
        [1, Math.max(0, change.amountFen), Math.max(0, -change.amountFen)],
      )
      break
    case 'close':
      break
  }
}

/** What was done on the left, what was taken back on the right. */
const onSide = (done: boolean, amounts: readonly number[]): readonly number[] => {
  const zeros = amounts.map(() => 0)
  return done ? [...amounts, ...zeros] : [...zeros, ...amounts]
}

async function putClose(
  connection: Connection,
  { originId, canteenId, stationId }: OriginKey,
  seq: number,
  close: Extract<DayChange, { what: 'close' }>,
): Promise<void> {
  await connection.query(
    `INSERT INTO day_closes (canteen_id, station_id, business_date, origin_id, seq, at, expected_fen, counted_fen,
       float_fen, head_seq, head_hash, head_held)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
       EXISTS (SELECT FROM journal WHERE origin_id = $4 AND seq = $10 AND hash = $11))`,
    [
      canteenId,
      stationId,
      close.businessDate,
      originId,
      seq,
      close.at,
      close.expectedFen,
      close.countedFen,
      close.floatFen,
      close.headSeq,
      close.headHash,
    ],
  )
}
