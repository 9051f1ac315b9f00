import { z } from 'zod'
import type { Condition } from '../domain/policy/types.ts'
import * as parts from './policy-pack-parts.ts'

const MOST_ALTERNATIVES = 50

const isInOrder = ({ from, to }: { from?: number; to?: number }): boolean =>
  from === undefined || to === undefined || from <= to
const isBounded = ({ from, to }: { from?: number; to?: number }): boolean =>
  from !== undefined || to !== undefined

const years = z.int().min(0).max(150)
const age = z
  .strictObject({
    from: years.exactOptional(),
    to: years.exactOptional(),
    fromExclusive: z.boolean().exactOptional(),
    toExclusive: z.boolean().exactOptional(),
  })
  .refine(isBounded, 'needs from or to')
  .refine(isInOrder, 'from is above to')

const ordinal = z.int().min(1).max(9)
const mealOfDay = z
  .strictObject({
    from: ordinal.exactOptional(),
    to: ordinal.exactOptional(),
    counting: z.literal('all').exactOptional(),
  })
  .refine(isBounded, 'needs from or to')
  .refine(isInOrder, 'from is above to')

const dates = z
  .strictObject({ from: parts.date.exactOptional(), to: parts.date.exactOptional() })
  .refine(({ from, to }) => from !== undefined || to !== undefined, 'needs from or to')
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, 'from is after to')

const time = z
  .strictObject({ from: parts.clockTime.exactOptional(), until: parts.clockTime.exactOptional() })
  .refine(({ from, until }) => from !== undefined || until !== undefined, 'needs from or until')
  .refine(
    ({ from, until }) => from === undefined || until === undefined || from < until,
    'until is not after from',
  )

const dish = z.strictObject({
  tag: parts.id,
  atLeastFen: parts.amountOrNothingFen.exactOptional(),
  atMostFen: parts.amountOrNothingFen.exactOptional(),
})

const spend = z
  .strictObject({
    atLeastFen: parts.amountOrNothingFen.exactOptional(),
    moreThanFen: parts.amountOrNothingFen.exactOptional(),
    atMostFen: parts.amountOrNothingFen.exactOptional(),
    of: z.enum(['food', 'all']),
    after: z.literal('discounts').exactOptional(),
  })
  .refine(
    ({ atLeastFen, moreThanFen }) => atLeastFen === undefined || moreThanFen === undefined,
    'atLeastFen (inclusive) or moreThanFen (exclusive), not both',
  )
  .refine(
    ({ atLeastFen, moreThanFen, atMostFen }) => (atLeastFen ?? moreThanFen ?? atMostFen) !== undefined,
    'needs atLeastFen, moreThanFen or atMostFen',
  )

const area = parts.keyed<Extract<Condition, { readonly area: unknown }>['area']>({
  within: z.strictObject({ of: z.enum(['household', 'residence', 'canteen']), within: parts.area }),
  sameAsCanteen: z.strictObject({
    of: z.enum(['household', 'residence']),
    sameAsCanteen: z.enum(['province', 'city', 'district', 'town']),
  }),
})

const nested = z.lazy((): z.ZodType<Condition> => condition)
const several = z.array(nested).min(1).max(MOST_ALTERNATIVES)

/** When a benefit, discount, payment or share holds. One key says which question is asked. */
export const condition: z.ZodType<Condition> = parts.keyed<Condition>({
  all: z.strictObject({ all: several }),
  any: z.strictObject({ any: several }),
  not: z.strictObject({ not: nested }),
  age: z.strictObject({ age }),
  category: z.strictObject({ category: parts.id }),
  area: z.strictObject({ area }),
  mealPeriod: z.strictObject({ mealPeriod: z.array(parts.mealPeriod).min(1).max(3) }),
  channel: z.strictObject({ channel: z.array(parts.channel).min(1).max(3) }),
  workingDay: z.strictObject({ workingDay: z.boolean() }),
  weekday: z.strictObject({ weekday: z.array(z.int().min(1).max(7)).min(1).max(7) }),
  date: z.strictObject({ date: dates }),
  time: z.strictObject({ time }),
  mealOfDay: z.strictObject({ mealOfDay }),
  spend: z.strictObject({ spend }),
  dishTag: z.strictObject({ dishTag: parts.id }),
  dish: z.strictObject({ dish }),
  guest: z.strictObject({ guest: z.boolean() }),
  subsidised: z.strictObject({ subsidised: z.boolean() }),
})
