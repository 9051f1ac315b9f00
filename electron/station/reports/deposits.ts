import type { DayReport } from '../../../shared/contract/reports.ts'
import type { BookReader } from '../book/reader.ts'

interface DepositRow {
  readonly after_fen: number
  readonly taken_count: number
  readonly taken_fen: number
  readonly returned_count: number
  readonly returned_fen: number
}

/** Deposits on cards, from the sums that the fold keeps for each date (SPEC LG-35). */
export function depositsOf(reader: BookReader, businessDate: string): DayReport['deposits'] {
  const row = reader
    .statement<string[], DepositRow>(
      `SELECT
         (SELECT coalesce(sum(taken_fen - returned_fen), 0) FROM day_deposits WHERE business_date <= ?) AS after_fen,
         coalesce(sum(taken_count), 0) AS taken_count, coalesce(sum(taken_fen), 0) AS taken_fen,
         coalesce(sum(returned_count), 0) AS returned_count, coalesce(sum(returned_fen), 0) AS returned_fen
       FROM day_deposits WHERE business_date = ?`,
    )
    .get(businessDate, businessDate)
  const { after_fen: afterFen = 0, taken_fen: takenFen = 0, returned_fen: returnedFen = 0 } = row ?? {}
  return {
    beforeFen: afterFen - takenFen + returnedFen,
    takenCount: row?.taken_count ?? 0,
    takenFen,
    returnedCount: row?.returned_count ?? 0,
    returnedFen,
    afterFen,
  }
}
