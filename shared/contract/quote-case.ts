import { z } from 'zod'
import { isDate, workingDayOf, type WorkingCalendar } from '../domain/calendar.ts'
import { fullPriceQuote, packInForce, quote } from '../domain/policy/engine.ts'
import type { BenefitUse, MealFacts, PolicyPack, Quote } from '../domain/policy/types.ts'
import { fen } from '../domain/units.ts'

/**
 * One meal to be quoted, as a district officer writes it down: who eats, what, when and where. The names are those of a
 * golden case; docs/policy-packs.md explains them.
 */

const mealPeriod = z.enum(['breakfast', 'lunch', 'dinner'])
const amount = z.int().min(0).max(100_000_000).transform(fen)
const text = z.string().max(200)
const texts = z.array(text).max(50)
const date = z.string().refine(isDate, 'a date such as 2026-11-23')

export const quotePerson = z.strictObject({
  bornOn: date,
  household: text.default(''),
  residence: text.default(''),
  categories: texts.default([]),
})

const use = z.strictObject({
  benefit: text,
  date,
  mealPeriod: mealPeriod.default('lunch'),
  amountFen: amount,
  here: z.boolean().default(true),
  saleId: text.exactOptional(),
})

/** What a case says about the meal, apart from who eats it. */
export const quoteMeal = {
  date,
  canteen: text,
  mealPeriod: mealPeriod.default('lunch'),
  /** By the public notice of the year, unless it is said here. */
  workingDay: z.boolean().exactOptional(),
  channel: z.enum(['counter', 'take-away', 'delivery']).default('counter'),
  foodFen: amount,
  deliveryFen: amount.default(fen(0)),
  dishTags: texts.default([]),
  uses: z.array(use).max(500).default([]),
} as const

/** `member`: null for a guest without a card. */
export const quoteCase = z.strictObject({ member: quotePerson.nullable(), ...quoteMeal })

export type QuoteCase = z.output<typeof quoteCase>
/** As it is written down: what may be left out is left out. */
export type QuoteCaseInput = z.input<typeof quoteCase>
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

/** A quote as a claim adds it up: each funder's part and the provider's, in fen, and every step in words. */
export interface QuotedCase extends Omit<Quote, 'benefits' | 'providerPayments'> {
  readonly funders: Readonly<Record<string, number>>
  readonly providerFen: number
}

/** What the case costs under the version that is in force on its date; the full price where none is. */
export function quotedCase(
  versions: readonly PolicyPack[],
  meal: QuoteCase,
  calendar: WorkingCalendar,
): QuotedCase {
  const pack = packInForce(versions, versions[0]?.id ?? '', meal.date)
  const { benefits, providerPayments, ...rest } =
    pack === null
      ? fullPriceQuote(meal.foodFen, meal.deliveryFen)
      : quote(pack, factsOfCase(meal, meal.member, 'case', calendar))
  const funders: Record<string, number> = {}
  for (const { funderId, amountFen } of benefits.flatMap((benefit) => benefit.funders))
    funders[funderId] = (funders[funderId] ?? 0) + amountFen
  const providerFen = providerPayments.reduce((sum, { amountFen }) => sum + amountFen, 0)
  return { ...rest, funders, providerFen }
}
