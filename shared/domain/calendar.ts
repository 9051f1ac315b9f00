import type { Words } from './menu.ts'

/** Dates as data: which days a year's public notice makes free, and which weekend days it makes working days. */
export interface CalendarYear {
  readonly year: number
  /** Where the days were read. */
  readonly source: string
  /** Days off by the notice, first and last inclusive, YYYY-MM-DD; weekends among them or not. */
  readonly holidays: readonly { readonly name: Words; readonly from: string; readonly to: string }[]
  /** Weekend days worked in exchange, YYYY-MM-DD. */
  readonly makeUpDays: readonly string[]
}

export type WorkingCalendar = readonly CalendarYear[]

export interface WorkingDayAnswer {
  readonly workingDay: boolean
  /** False when no notice for the year is known: then Monday to Friday count, and staff should be told. */
  readonly fromNotice: boolean
}

export class DateError extends Error {
  override readonly name = 'DateError'
}

const DAY_MS = 86_400_000
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Is this a day of the calendar, written YYYY-MM-DD? */
export function isDate(date: string): boolean {
  if (!ISO_DATE.test(date)) return false
  const month = Number(date.slice(5, 7))
  const day = Number(date.slice(8))
  const leapDay = month === 2 && isLeapYear(Number(date.slice(0, 4))) ? 1 : 0
  return day >= 1 && day <= (DAYS_IN_MONTH[month - 1] ?? 0) + leapDay
}

/** Is this a month, written YYYY-MM? */
export const isMonth = (month: string): boolean => isDate(`${month}-01`)

/** @throws DateError unless `date` is a day of the calendar, YYYY-MM-DD. */
export function requireDate(date: string): void {
  if (!isDate(date)) throw new DateError(`not a date: '${date}'`)
}

/** Monday 1 … Sunday 7. @throws DateError unless `date` is YYYY-MM-DD. */
export function weekdayOf(date: string): number {
  requireDate(date)
  const daysSince1970 = Date.parse(`${date}T00:00:00Z`) / DAY_MS
  // 1970-01-01 was a Thursday.
  return ((((daysSince1970 + 3) % 7) + 7) % 7) + 1
}

/**
 * Is this a working day? A make-up day is one although it is a weekend; a public holiday is none although it is not.
 *
 * @throws DateError unless `date` is YYYY-MM-DD
 */
export function workingDayOf(calendar: WorkingCalendar, date: string): WorkingDayAnswer {
  const weekday = weekdayOf(date)
  const year = calendar.find((candidate) => candidate.year === Number(date.slice(0, 4)))
  if (year === undefined) return { workingDay: weekday <= 5, fromNotice: false }
  if (year.makeUpDays.includes(date)) return { workingDay: true, fromNotice: true }
  const off = year.holidays.some(({ from, to }) => from <= date && date <= to)
  return { workingDay: weekday <= 5 && !off, fromNotice: true }
}

/** The date `days` later, or earlier when negative. @throws DateError unless `date` is YYYY-MM-DD. */
export function addDays(date: string, days: number): string {
  requireDate(date)
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Days from one date to another; negative when `until` lies before. @throws DateError unless both are YYYY-MM-DD. */
export function daysBetween(from: string, until: string): number {
  requireDate(from)
  requireDate(until)
  return (Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS
}

/** The next day of the calendar. @throws DateError unless `date` is YYYY-MM-DD. */
export const dayAfter = (date: string): string => addDays(date, 1)
