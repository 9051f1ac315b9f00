import type { SaleListed } from '../../../shared/contract/sales.ts'
import type { MealPeriod } from '../../../shared/domain/menu.ts'
import type { VoidReason } from '../../../shared/domain/sale.ts'
import { fen } from '../../../shared/domain/units.ts'
import type { BookFile, NamesOnScreen } from '../book/book.ts'
import { shownName } from '../book/members.ts'

export interface ListRequest {
  readonly businessDate: string
  readonly limit: number
  readonly beforeSaleId: string | null
}

export interface SalesPage {
  readonly sales: readonly SaleListed[]
  readonly more: boolean
}

interface Place {
  readonly origin: string
  readonly seq: number
}

/** A run of one origin's entries of one date: up to the next run, or to the end. */
interface Run {
  readonly origin: string
  readonly first_seq: number
  readonly next_seq: number | null
}

interface ListedRow {
  readonly sale_id: string
  readonly at: string
  readonly business_date: string
  readonly meal_period: MealPeriod
  readonly member_id: string | null
  readonly price_fen: number
  readonly subsidy_fen: number
  readonly self_pay_fen: number
  readonly wallet_fen: number
  readonly cash_fen: number
  readonly line_count: number
  readonly parts_back_fen: number
  readonly voided_at: string | null
  readonly reason: VoidReason | null
  readonly note: string | null
}

const RUNS = `SELECT origin, first_seq,
    (SELECT min(later.first_seq) FROM day_runs AS later
     WHERE later.origin = run.origin AND later.first_seq > run.first_seq) AS next_seq
  FROM day_runs AS run WHERE business_date = ?`

const PLACES = `SELECT origin, seq, hlc FROM journal
  WHERE origin = ? AND seq >= ? AND seq < ? AND kind = 'sale.settled'`

const LISTED = `SELECT sales.sale_id, sales.at, sales.business_date, sales.meal_period, sales.member_id, sales.price_fen,
    sales.subsidy_fen, sales.self_pay_fen, sales.wallet_fen, sales.cash_fen, line_count, voids.at AS voided_at, reason, note,
    (SELECT coalesce(sum(price_fen), 0) FROM part_reversals WHERE part_reversals.sale_id = sales.sale_id) AS parts_back_fen
  FROM journal JOIN sales ON sales.sale_id = json_extract(body, '$.sale.saleId')
  LEFT JOIN voids ON voids.sale_id = sales.sale_id
  WHERE journal.origin = ? AND journal.seq = ?`

/**
 * A page of a day's sales, newest first, of every station in the book. Found by the runs of the day in each journal, so a
 * day is as quick in a book of ten years as in one of ten days.
 */
export function listSales(file: BookFile, request: ListRequest, names: NamesOnScreen): SalesPage {
  const places = placesOf(file, request.businessDate)
  const from = request.beforeSaleId === null ? 0 : indexAfter(file, places, request.beforeSaleId)
  const page = places.slice(from, from + request.limit)
  return {
    sales: page.map((place) => listed(file, place, names)).filter((sale) => sale !== null),
    more: places.length > from + page.length,
  }
}

/** Where the day's sales stand, newest first by the hybrid clock, which no device clock sets back. */
function placesOf(file: BookFile, businessDate: string): readonly Place[] {
  const places: (Place & { readonly hlc: string })[] = []
  for (const { origin, first_seq, next_seq } of file.statement<[string], Run>(RUNS).all(businessDate))
    places.push(
      ...file
        .statement<[string, number, number], Place & { readonly hlc: string }>(PLACES)
        .all(origin, first_seq, next_seq ?? Number.MAX_SAFE_INTEGER),
    )
  return places.toSorted((one, other) => compare(other.hlc, one.hlc) || compare(other.origin, one.origin))
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** A sale that is not of this day ends the list: nothing is shown twice. */
function indexAfter(file: BookFile, places: readonly Place[], saleId: string): number {
  const before = file.queries.sale.get(saleId)
  const index = places.findIndex(({ origin, seq }) => origin === before?.origin && seq === before.seq)
  return index < 0 ? places.length : index + 1
}

function listed(file: BookFile, { origin, seq }: Place, names: NamesOnScreen): SaleListed | null {
  const row = file.statement<[string, number], ListedRow>(LISTED).get(origin, seq)
  // An entry that waits for a newer program is in the journal and is no sale yet (SPEC LG-15).
  if (row === undefined) return null
  const person = row.member_id === null ? null : file.persons.get(row.member_id)
  return {
    saleId: row.sale_id,
    atMs: Date.parse(row.at),
    businessDate: row.business_date,
    mealPeriod: row.meal_period,
    memberId: row.member_id,
    displayName: person === null ? null : shownName(person, names),
    priceFen: fen(row.price_fen),
    subsidyFen: fen(row.subsidy_fen),
    selfPayFen: fen(row.self_pay_fen),
    walletFen: fen(row.wallet_fen),
    cashFen: fen(row.cash_fen),
    lineCount: row.line_count,
    partsBackFen: fen(row.parts_back_fen),
    voided: row.voided_at !== null,
    voidedAs:
      row.voided_at === null || row.reason === null
        ? null
        : { atMs: Date.parse(row.voided_at), reason: row.reason, note: row.note ?? '' },
  }
}
