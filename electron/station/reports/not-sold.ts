import type { DayReport } from '../../../shared/contract/reports.ts'
import type { BayNote } from '../../../shared/domain/bays/state.ts'
import type { BookReader } from '../book/reader.ts'
import { dishName } from './names.ts'

interface NotSoldRow {
  readonly bay_id: string
  readonly dish_id: string
  readonly unattributed_mg: number
  readonly below_minimum_mg: number
  readonly take_refused_mg: number
  readonly line_cancelled_mg: number
}

const sumOf = (what: BayNote['what']): string =>
  `sum(iif(body ->> '$.what' = '${what}', body ->> '$.netMg', 0))`

/** By the index of such entries alone; a refill is no food that left. */
const NOT_SOLD = `SELECT body ->> '$.bayId' AS bay_id, body ->> '$.dishId' AS dish_id,
    ${sumOf('unattributed')} AS unattributed_mg, ${sumOf('below-minimum')} AS below_minimum_mg,
    ${sumOf('take-refused')} AS take_refused_mg, ${sumOf('line-cancelled')} AS line_cancelled_mg
  FROM journal
  WHERE kind = 'bay.noted' AND business_date = ? AND body ->> '$.what' <> 'refilled'
  GROUP BY bay_id, dish_id ORDER BY bay_id, dish_id`

/** What left each bay's pan on a date and was charged to nobody, in milligrams and by why (SPEC BY-19). */
export const notSoldOf = (reader: BookReader, businessDate: string): DayReport['notSold'] =>
  reader
    .statement<[string], NotSoldRow>(NOT_SOLD)
    .all(businessDate)
    .map((row) => ({
      bayId: row.bay_id,
      dishId: row.dish_id,
      name: dishName(reader, row.dish_id),
      unattributedMg: row.unattributed_mg,
      belowMinimumMg: row.below_minimum_mg,
      takeRefusedMg: row.take_refused_mg,
      lineCancelledMg: row.line_cancelled_mg,
      totalMg: row.unattributed_mg + row.below_minimum_mg + row.take_refused_mg + row.line_cancelled_mg,
    }))
