import { z } from 'zod'
import { isDate, workingDayOf, type WorkingCalendar } from '../domain/calendar.ts'
import type { BenefitUse, MealFacts } from '../domain/policy/types.ts'
import { fen } from '../domain/units.ts'

/**
 * One meal to be quoted, as a district officer writes it down: who eats, what, when and where. The names are those of a
 * golden case; docs/policy-packs.md explains them.
 */

const mealPeriod = z.enum(['breakfast', 'lunch', 'dinner'])
const amountFen = z.int().min(0).max(100_000_000).transform(fen)
const date = z.string().refine(isDate, 'a date such as 2026-11-23')

export const quotePerson = z.strictObject({
  bornOn: date,
  household: z.string().default(''),
  residence: z.string().default(''),
  categories: z.array(z.string()).default([]),
})

const use = z.strictObject({
  benefit: z.string(),
  date,
  mealPeriod: mealPeriod.default('lunch'),
  amountFen,
  here: z.boolean().default(true),
  saleId: z.string().exactOptional(),
})

/** What a case says about the meal, apart from who eats it. */
export const quoteMeal = {
  date,
  canteen: z.string(),
  mealPeriod: mealPeriod.default('lunch'),
  /** By the public notice of the year, unless it is said here. */
  workingDay: z.boolean().exactOptional(),
  channel: z.enum(['counter', 'take-away', 'delivery']).default('counter'),
  foodFen: amountFen,
  deliveryFen: amountFen.default(fen(0)),
  dishTags: z.array(z.string()).default([]),
  uses: z.array(use).default([]),
} as const

/** `member`: null for a guest without a card. */
export const quoteCase = z.strictObject({ member: quotePerson.nullable(), ...quoteMeal })

export type QuoteCase = z.output<typeof quoteCase>
export type QuotePerson = z.output<typeof quotePerson>

/** The facts that the engine looks at. */
export function factsOfCase(
  meal: Omit<QuoteCase, 'member'>,
  member: QuotePerson | null,
  memberId: string,
  calendar: WorkingCalendar,
): MealFacts {
  return {
    businessDate: meal.date,
    mealPeriod: meal.mealPeriod,
    workingDay: meal.workingDay ?? workingDayOf(calendar, meal.date).workingDay,
    channel: meal.channel,
    canteenArea: meal.canteen,
    foodFen: meal.foodFen,
    deliveryFen: meal.deliveryFen,
    dishTags: meal.dishTags,
    member: member && {
      memberId,
      bornOn: member.bornOn,
      categories: member.categories,
      householdArea: member.household,
      residenceArea: member.residence,
    },
    uses: meal.uses.map(({ benefit, date: businessDate, ...rest }): BenefitUse => ({
      benefitId: benefit,
      businessDate,
      ...rest,
    })),
  }
}
