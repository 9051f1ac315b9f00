import type { CloseHindrance } from '../../../shared/contract/day.ts'
import { dayAfter } from '../../../shared/domain/calendar.ts'
import type { BookReader } from '../book/reader.ts'
import { newestCloses } from './closes.ts'

/** Which date a close would lock, and what in the book speaks against it. */
export interface DueDate {
  readonly toClose: string
  readonly hindrance: Extract<CloseHindrance, 'nothing-sold' | 'closed-already'> | null
}

/** A canteen that begins to close its days after more days than these does not catch up with each of them. */
const MOST_TO_CATCH_UP = 7

/** Carrying balances over from the paper book is no day's business. */
const BUSINESS_DATES = `SELECT business_date FROM (
    SELECT business_date FROM day_periods UNION SELECT business_date FROM reversed_periods
    UNION SELECT business_date FROM day_top_ups WHERE source <> 'opening' UNION SELECT business_date FROM drawer_moves)
  WHERE business_date > ? AND business_date <= ?`

/**
 * The oldest date that nobody has closed and on which money moved, up to today; days without anything need no close. Never
 * a date after today: closed before its own day it would push every later one along (SPEC LG-26).
 *
 * @param today the business date by the canteen's clocks, whatever is closed
 */
export function dueDate(reader: BookReader, today: string): DueDate {
  const closedThrough = newestCloses(reader, 1)[0]?.closed_date ?? null
  if (closedThrough !== null && today <= closedThrough)
    return { toClose: dayAfter(closedThrough), hindrance: 'closed-already' }
  const dates = businessDates(reader, 'ASC', closedThrough, today)
  const isCatchingUp = closedThrough !== null || dates.length <= MOST_TO_CATCH_UP
  const [toClose] = isCatchingUp ? dates : businessDates(reader, 'DESC', closedThrough, today)
  return toClose === undefined ? { toClose: today, hindrance: 'nothing-sold' } : { toClose, hindrance: null }
}

const businessDates = (
  reader: BookReader,
  order: 'ASC' | 'DESC',
  after: string | null,
  until: string,
): readonly string[] =>
  reader
    .statement<[string, string, number], { business_date: string }>(
      `${BUSINESS_DATES} ORDER BY business_date ${order} LIMIT ?`,
    )
    .all(after ?? '', until, MOST_TO_CATCH_UP + 1)
    .map((row) => row.business_date)
