import { isLeapYear, requireDate } from './calendar.ts'
import type { MealPeriod } from './menu.ts'

/** Where a canteen's day turns, and which meal is served from when. */
export interface CanteenDay {
  /** IANA name, e.g. 'Asia/Shanghai'. */
  readonly timeZone: string
  /** Hour 0 … 23 at which a new business day starts: with 4, a sale at 02:00 belongs to yesterday. */
  readonly cutOverHour: number
  readonly mealPeriods: readonly MealWindow[]
}

/** A meal period runs from 'HH:MM' until the next one begins. */
export interface MealWindow {
  readonly period: MealPeriod
  readonly from: string
}

export interface BusinessMoment {
  readonly businessDate: string
  readonly mealPeriod: MealPeriod
  /** Minutes since midnight on the zone's clock. */
  readonly minuteOfDay: number
}

export class BusinessDayError extends Error {
  override readonly name = 'BusinessDayError'
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MINUTES = 1_440

/** Distance of a zone's wall clock from UTC in one minute; the last answer is remembered, as views ask each second. */
interface ZoneMemory {
  readonly formatter: Intl.DateTimeFormat
  minute: number
  offsetMs: number
}

const zones = new Map<string, ZoneMemory>()

function zoneMemory(timeZone: string): ZoneMemory {
  const known = zones.get(timeZone)
  if (known !== undefined) return known
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  const memory: ZoneMemory = { formatter, minute: Number.NaN, offsetMs: 0 }
  zones.set(timeZone, memory)
  return memory
}

/** Distance of the zone's wall clock from UTC at a moment, in milliseconds; whole minutes are told apart. */
export function offsetMsAt(epochMs: number, timeZone: string): number {
  const memory = zoneMemory(timeZone)
  const minute = Math.floor(epochMs / MINUTE_MS)
  if (memory.minute === minute) return memory.offsetMs
  const fields = { year: 0, month: 0, day: 0, hour: 0, minute: 0 }
  for (const { type, value } of memory.formatter.formatToParts(minute * MINUTE_MS))
    if (type in fields) fields[type as keyof typeof fields] = Number(value)
  const wallMs = Date.UTC(fields.year, fields.month - 1, fields.day, fields.hour, fields.minute)
  memory.minute = minute
  memory.offsetMs = wallMs - minute * MINUTE_MS
  return memory.offsetMs
}

/** Wall-clock milliseconds in the zone, moved back so that the business day starts at zero o'clock. */
function businessMs(epochMs: number, timeZone: string, cutOverHour: number): number {
  if (!Number.isSafeInteger(epochMs)) throw new BusinessDayError(`not a moment: ${epochMs}`)
  if (!Number.isInteger(cutOverHour) || cutOverHour < 0 || cutOverHour > 23)
    throw new BusinessDayError(`cut-over hour must be 0 to 23, got ${cutOverHour}`)
  return epochMs + offsetMsAt(epochMs, timeZone) - cutOverHour * HOUR_MS
}

/**
 * The business date, YYYY-MM-DD, of a moment: the zone's calendar date, turning at `cutOverHour`.
 *
 * @param epochMs milliseconds since 1970
 * @throws BusinessDayError on a moment or hour out of range, RangeError on an unknown zone
 */
export function businessDateOf(epochMs: number, timeZone: string, cutOverHour: number): string {
  return new Date(businessMs(epochMs, timeZone, cutOverHour)).toISOString().slice(0, 10)
}

function minuteOfDay(time: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time)
  if (match === null) throw new BusinessDayError(`a meal window starts at HH:MM, got '${time}'`)
  return Number(match[1]) * 60 + Number(match[2])
}

/**
 * The meal served at a moment: the window that began last in this business day. Before the first window of the day the
 * first meal is answered, so a sale at 04:30 is an early breakfast, never yesterday's dinner; with a cut-over at 4 a
 * sale at 02:00 is still yesterday's dinner.
 *
 * @throws BusinessDayError on an empty list, or a window that is not HH:MM
 */
export function mealPeriodOf(
  epochMs: number,
  timeZone: string,
  windows: readonly MealWindow[],
  cutOverHour = 0,
): MealPeriod {
  const sinceStart = Math.floor(businessMs(epochMs, timeZone, cutOverHour) / MINUTE_MS)
  const now = ((sinceStart % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES
  let first: { readonly at: number; readonly period: MealPeriod } | null = null
  let current: { readonly at: number; readonly period: MealPeriod } | null = null
  for (const { period, from } of windows) {
    const at = (minuteOfDay(from) - cutOverHour * 60 + DAY_MINUTES) % DAY_MINUTES
    if (first === null || at < first.at) first = { at, period }
    if (at <= now && (current === null || at > current.at)) current = { at, period }
  }
  const served = current ?? first
  if (served === null) throw new BusinessDayError('a canteen serves at least one meal')
  return served.period
}

/** Minutes since midnight on the zone's wall clock. */
function minuteOfDayAt(epochMs: number, timeZone: string): number {
  const minutes = Math.floor((epochMs + offsetMsAt(epochMs, timeZone)) / MINUTE_MS)
  return ((minutes % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES
}

/** Business date and meal period of a moment, both from the same day's turn: prefer this to asking twice. */
export function businessMomentOf(epochMs: number, day: CanteenDay): BusinessMoment {
  return {
    businessDate: businessDateOf(epochMs, day.timeZone, day.cutOverHour),
    mealPeriod: mealPeriodOf(epochMs, day.timeZone, day.mealPeriods, day.cutOverHour),
    minuteOfDay: minuteOfDayAt(epochMs, day.timeZone),
  }
}

/**
 * Age in whole years on a date; the birthday itself counts (SPEC PO-7). Who was born on 29 February has the birthday of
 * a common year on its last day of February: the reading of 《民法典》 202 for a month without the day.
 * Negative before birth.
 *
 * @throws DateError unless both are YYYY-MM-DD
 */
export function ageOn(bornOn: string, date: string): number {
  requireDate(bornOn)
  requireDate(date)
  const year = Number(date.slice(0, 4))
  const birthday = bornOn.endsWith('-02-29') && !isLeapYear(year) ? '02-28' : bornOn.slice(5)
  return year - Number(bornOn.slice(0, 4)) - (date.slice(5) < birthday ? 1 : 0)
}
