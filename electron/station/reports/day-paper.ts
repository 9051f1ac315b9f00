import type { DayReport } from '../../../shared/contract/reports.ts'
import type { BookReader } from '../book/reader.ts'
import { dayReport } from './day-report.ts'
import { mealsOf, type Meal } from './meals.ts'

/** Everything that a file of a day is made from, read in one moment. */
export interface DayPaper {
  readonly report: DayReport
  readonly meals: readonly Meal[]
  readonly timeZone: string
  readonly madeAtMs: number
  /** A trial's figures are no claim, and its files say so. */
  readonly trial: boolean
}

/** What of a file does not stand in the book. */
export interface PaperHead {
  readonly canteenName: string
  readonly timeZone: string
  readonly nowMs: number
  readonly trial: boolean
}

/** @throws BookError as `dayReport` */
export const dayPaper = (reader: BookReader, businessDate: string, head: PaperHead): DayPaper => ({
  report: dayReport(reader, businessDate, head.canteenName),
  meals: mealsOf(reader, businessDate),
  timeZone: head.timeZone,
  madeAtMs: head.nowMs,
  trial: head.trial,
})
