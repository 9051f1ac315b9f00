import { z } from 'zod'
import { isDate, weekdayOf } from '../domain/calendar.ts'
import { basisPoints, fen, type BasisPoints, type Fen } from '../domain/units.ts'

export const text = z.string().trim().min(1).max(200)
export const words = z.strictObject({ zh: text, en: text })
export const id = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'lower-case letters and digits with single hyphens')
export const date = z.string().refine(isDate, 'a day of the calendar, YYYY-MM-DD')

const MOST_FEN = 1_000_000
const asFen = (value: number): Fen => fen(value)
const asRate = (value: number): BasisPoints => basisPoints(value)
/** Amounts are whole fen, up to 10 000 yuan: 2 元 is 200. */
export const amountFen = z.int().min(1).max(MOST_FEN).transform(asFen)
export const amountOrNothingFen = z.int().min(0).max(MOST_FEN).transform(asFen)
/** Whole basis points: 25 % is 2500, 九折 is 9000. */
export const rate = z.int().min(1).max(10_000).transform(asRate)
export const multiplier = z.int().min(0).max(10_000).transform(asRate)

const AREA_PATH = /^\d{2}(?:\/\d{4}(?:\/\d{6}(?:\/\d{9})?)?)?$/
const AREA_CODE = /^(?:\d{4}|\d{6}|\d{9})$/
export const areaPath = z.string().regex(AREA_PATH, 'a path from the province on: 44/4404/440402')
export const area = z
  .string()
  .refine(
    (value) => AREA_PATH.test(value) || AREA_CODE.test(value),
    'a path from the province on (44/4404/440402), or one code of it',
  )

/** One year's notice: which days are off, and which weekend days are worked in exchange. */
export const calendarYear = z
  .strictObject({
    year: z.int().min(2000).max(2200),
    source: text,
    holidays: z.array(z.strictObject({ name: words, from: date, to: date })).max(50),
    makeUpDays: z.array(date).max(60),
  })
  .superRefine(({ year, holidays, makeUpDays }, context) => {
    const problem = (path: (string | number)[], message: string): void => {
      context.addIssue({ code: 'custom', path, message })
    }
    const isOfYear = (day: string): boolean => day.startsWith(`${year}-`)
    for (const [index, { from, to }] of holidays.entries()) {
      if (!isOfYear(from) || !isOfYear(to)) problem(['holidays', index], `is not in ${year}`)
      if (to < from) problem(['holidays', index, 'to'], 'is before from')
    }
    for (const [index, day] of makeUpDays.entries()) {
      if (!isOfYear(day)) problem(['makeUpDays', index], `is not in ${year}`)
      else if (weekdayOf(day) <= 5) problem(['makeUpDays', index], 'is no Saturday or Sunday')
    }
  })

export const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 11:30')

export const part = z.enum(['food', 'delivery', 'all'])
export const mealPeriod = z.enum(['breakfast', 'lunch', 'dinner'])
export const channel = z.enum(['counter', 'take-away', 'delivery'])

/**
 * An object that is one of several kinds, told apart by the one key that names its kind. Unlike a plain union, a
 * mistake is reported at its own path and not as "no alternative fits".
 */
export function keyed<Value>(kinds: Readonly<Record<string, z.ZodType<Value>>>): z.ZodType<Value> {
  const names = Object.keys(kinds)
  return z.unknown().transform((input, context): Value => {
    const schema = kindOf(input, names, kinds)
    if (schema === undefined) {
      context.issues.push({ code: 'custom', message: `exactly one of: ${names.join(', ')}`, input })
      return z.NEVER
    }
    const parsed = schema.safeParse(input)
    if (parsed.success) return parsed.data
    for (const { path, message } of parsed.error.issues)
      context.issues.push({ code: 'custom', path: [...path], message, input })
    return z.NEVER
  })
}

function kindOf<Value>(
  input: unknown,
  names: readonly string[],
  kinds: Readonly<Record<string, z.ZodType<Value>>>,
): z.ZodType<Value> | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  const named = names.filter((name) => Object.hasOwn(input, name))
  return named.length === 1 ? kinds[named[0] ?? ''] : undefined
}

/** Is the value nested deeper than this? Walked without recursion, so that no input can exhaust the stack. */
export function isDeeperThan(value: unknown, most: number): boolean {
  let level: ReadonlySet<unknown> = new Set([value])
  for (let depth = 0; level.size > 0; depth += 1) {
    if (depth > most) return true
    level = new Set([...level].flatMap(childrenOf))
  }
  return false
}

const childrenOf = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : []
