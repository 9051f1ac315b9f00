import type { DayTotals, SaleExplained, SaleSummary } from '../../../shared/contract/sales.ts'
import type { JournalBodies } from '../../../shared/domain/journal/entry.ts'
import { auditSteps, providerWords } from '../../../shared/domain/policy/audit-words.ts'
import { funderNamedById, funderNamesIn } from '../../../shared/domain/policy/payers.ts'
import type { SaleDraft } from '../../../shared/domain/sale.ts'
import { fen, milligrams, sumFen } from '../../../shared/domain/units.ts'
import type { BookFile } from './book-file.ts'
import { quantitiesLeft } from '../../../shared/domain/ledger/part-reversal.ts'
import { partsOf } from '../sales/parts.ts'
import { BookError } from './errors.ts'
import { shownName, type NamesOnScreen } from './members.ts'
import type { SaleRow } from './queries.ts'

/** The newest sales, newest first. */
export function recentSales(file: BookFile, limit: number, names: NamesOnScreen): readonly SaleSummary[] {
  return file.queries.recentSales.all(limit).map((row) => summaryOf(file, row, names))
}

function summaryOf(file: BookFile, row: SaleRow, names: NamesOnScreen): SaleSummary {
  const person = row.member_id === null ? null : file.persons.get(row.member_id)
  return {
    saleId: row.sale_id,
    atMs: Date.parse(row.at),
    businessDate: row.business_date,
    mealPeriod: row.meal_period,
    displayName: person === null ? null : shownName(person, names),
    priceFen: fen(row.price_fen),
    subsidyFen: fen(row.subsidy_fen),
    selfPayFen: fen(row.self_pay_fen),
    cashFen: fen(row.cash_fen),
    lineCount: row.line_count,
    voided: file.queries.voidOf.get(row.sale_id) !== undefined,
  }
}

/** "Why this price": the sale as its entry tells it, or null. */
export function explainSale(file: BookFile, saleId: string, names: NamesOnScreen): SaleExplained | null {
  const row = file.queries.sale.get(saleId)
  if (row === undefined) return null
  const stored = file.journal.bySeq(row.origin, row.seq)
  if (stored === undefined)
    throw new BookError('damaged', `sale ${saleId} has no entry ${row.origin}/${row.seq}`)
  const { sale } = JSON.parse(stored.bodyText) as JournalBodies['sale.settled']
  const summary = summaryOf(file, row, names)
  const { packId, packVersion } = sale.quote
  const pack = file.policies.pack(packId, packVersion)
  const nameOf = pack === null ? funderNamedById : funderNamesIn(pack)
  return {
    ...summary,
    lines: sale.lines,
    steps: sale.quote.steps,
    auditSteps: auditSteps(sale.quote, nameOf),
    providerPayments: providerWords(sale.quote, nameOf),
    tender: sale.tender,
    packId,
    packVersion,
    entryHash: stored.hash,
    left: summary.voided ? sale.lines.map(() => 0) : quantitiesLeft(sale, partsOf(file, saleId)),
  }
}

/** The sale as it was settled, or null: what the counter shows again after a restart. */
export function draftOf(file: BookFile, saleId: string): SaleDraft | null {
  const row = file.queries.sale.get(saleId)
  const stored = row === undefined ? undefined : file.journal.bySeq(row.origin, row.seq)
  return stored === undefined ? null : (JSON.parse(stored.bodyText) as JournalBodies['sale.settled']).sale
}

/**
 * A day's totals, voids taken off, read from its summary rows: as fast in a book of ten years as in one of ten days.
 */
export function dayTotals(file: BookFile, businessDate: string): DayTotals {
  const periods = withoutVoids(
    file.queries.dayPeriods.all(businessDate),
    file.queries.reversedPeriods.all(businessDate),
    ({ meal_period }) => meal_period,
  )
  const funders = withoutVoids(
    file.queries.dayFunders.all(businessDate),
    file.queries.reversedFunders.all(businessDate),
    ({ funder_id }) => funder_id,
  )
  const dishes = withoutVoids(
    file.queries.dayDishes.all(businessDate),
    file.queries.reversedDishes.all(businessDate),
    ({ dish_id }) => dish_id,
  )
  return {
    businessDate,
    meals: periods.reduce((meals, period) => meals + period.meals, 0),
    priceFen: sumFen(periods.map((period) => fen(period.price_fen))),
    discountFen: sumFen(periods.map((period) => fen(period.discount_fen))),
    subsidyFen: sumFen(periods.map((period) => fen(period.subsidy_fen))),
    walletFen: sumFen(periods.map((period) => fen(period.wallet_fen))),
    cashFen: sumFen(periods.map((period) => fen(period.cash_fen))),
    byPeriod: periods.map((period) => ({
      mealPeriod: period.meal_period,
      meals: period.meals,
      priceFen: fen(period.price_fen),
      subsidyFen: fen(period.subsidy_fen),
    })),
    byFunder: funders.map((row) => ({ funderId: row.funder_id, amountFen: fen(row.amount_fen) })),
    byDish: dishes.map((row) => ({
      dishId: row.dish_id,
      count: row.count,
      netMg: milligrams(row.net_mg),
      amountFen: fen(row.amount_fen),
    })),
  }
}

/**
 * Sums less what was taken back that day, row by row of the same key. A void of an earlier day's sale may stand where
 * nothing was sold today: then the row is negative.
 */
function withoutVoids<Row extends object>(
  sold: readonly Row[],
  reversed: readonly Row[],
  keyOf: (row: Row) => string,
): readonly Row[] {
  if (reversed.length === 0) return sold
  const rows = new Map(sold.map((row) => [keyOf(row), row]))
  for (const back of reversed) rows.set(keyOf(back), difference(rows.get(keyOf(back)) ?? {}, back))
  return [...rows.values()]
}

/** Numbers are subtracted, everything else is the key and the same in both. */
const difference = <Row extends object>(from: Partial<Row>, less: Row): Row =>
  Object.fromEntries(
    Object.entries(less).map(([name, value]) => {
      const before: unknown = from[name as keyof Row] ?? 0
      return [name, typeof value === 'number' ? Number(before) - value : value]
    }),
  ) as Row
