import type { CloseHindrance, DayState } from '../../../shared/contract/day.ts'
import { businessDateOf } from '../../../shared/domain/business-day.ts'
import { fen } from '../../../shared/domain/units.ts'
import type { Book, BookFile } from '../book/book.ts'
import type { Bays } from '../bays/bays.ts'
import type { Counter } from '../counter/counter.ts'
import type { Clock, StationConfig } from '../deps.ts'
import type { Printing } from '../printing/printing.ts'
import { dayCloseOf, newestCloses } from './closes.ts'
import { drawerNow } from './drawer.ts'
import { dueDate } from './due.ts'

export interface DayDeps {
  readonly book: Book
  readonly counter: Pick<Counter, 'view' | 'clockState'>
  readonly clock: Clock
  readonly config: Pick<StationConfig, 'canteen'>
  /** Null in a canteen without bays. */
  readonly bays: Pick<Bays, 'view'> | null
  readonly printing: Pick<Printing, 'written'> | null
}

const CLOSES_SHOWN = 30

/** The business date by the canteen's clocks, also when it is closed already. */
export function todayOf({ book, counter, clock, config }: DayDeps): string {
  const { timeZone, cutOverHour } = config.canteen
  const atMs = counter.clockState() === 'behind' ? book.newestPhysicalMs() : clock.nowMs()
  return businessDateOf(atMs, timeZone, cutOverHour)
}

/** What at the counter speaks against a close: somebody is being served, or nobody knows what day it is. */
export function counterHindrance({ counter }: DayDeps): CloseHindrance | null {
  if (counter.clockState() === 'to-confirm') return 'clock-to-confirm'
  const { saleId, phase } = counter.view.current
  return phase === 'checking' || (saleId !== null && phase !== 'paid') ? 'sale-in-progress' : null
}

/** How the day stands. @throws BookError when the book does not answer */
export function dayState(deps: DayDeps): DayState {
  const today = todayOf(deps)
  const businessDate = deps.book.openDate(today)
  return deps.book.read((file) => {
    const { toClose, hindrance } = dueDate(file, today)
    const closes = newestCloses(file, CLOSES_SHOWN)
    return {
      businessDate,
      mealsToday: mealsOf(file, businessDate),
      toClose,
      closedThrough: closes[0]?.closed_date ?? null,
      drawer: drawerNow(file),
      openTrays: openTraysOf(deps),
      hindrance: counterHindrance(deps) ?? hindrance,
      closes: closes.map((row) => dayCloseOf(file, row)),
    }
  })
}

function openTraysOf({ bays }: DayDeps): DayState['openTrays'] {
  const trays = bays?.view.current.trays ?? []
  return { trays: trays.length, totalFen: fen(trays.reduce((sum, { totalFen }) => sum + totalFen, 0)) }
}

/** Meals of a date, less those taken back on it. */
const mealsOf = (file: BookFile, businessDate: string): number =>
  file
    .statement<[string, string], { meals: number }>(
      `SELECT coalesce((SELECT sum(meals) FROM day_periods WHERE business_date = ?), 0)
            - coalesce((SELECT sum(meals) FROM reversed_periods WHERE business_date = ?), 0) AS meals`,
    )
    .get(businessDate, businessDate)?.meals ?? 0
