import { z } from 'zod'
import { isDate, workingDayOf, type WorkingCalendar } from '../domain/calendar.ts'
import { fullPriceQuote, packInForce, quote } from '../domain/policy/engine.ts'
import type { Words } from '../domain/menu.ts'
import { auditSteps, providerWords } from '../domain/policy/audit-words.ts'
import { funderNamedById, funderNamesIn } from '../domain/policy/payers.ts'
import { packForArea } from '../domain/policy/packs.ts'
import { minuteOf } from '../domain/policy/conditions.ts'
import { claimPeriodOf, type ClaimPeriod } from '../domain/policy/claims.ts'
import type { BenefitUse, MealDish, MealFacts, PolicyPack, Quote } from '../domain/policy/types.ts'
import { fen, sumFen, type Fen } from '../domain/units.ts'
import { clockTime } from './policy-pack-parts.ts'

/**
 * One meal to be quoted, as a district officer writes it down: who eats, what, when and where. The names are those of a
 * golden case; docs/policy-packs.md explains them.
 */

const mealPeriod = z.enum(['breakfast', 'lunch', 'dinner'])
const amount = z.int().min(0).max(100_000_000).transform(fen)
const text = z.string().max(200)
const texts = z.array(text).max(50)
const date = z.string().refine(isDate, 'a date such as 2026-11-23')

const dish = z.strictObject({
  priceFen: amount,
  quantity: z.int().min(1).max(99).default(1),
  tags: texts.default([]),
})

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
  /** When it is eaten, on the canteen's clock. */
  time: clockTime.exactOptional(),
  /** Meals she ate earlier that day, subsidised or not; those of `uses` need not be said again. */
  earlierMeals: z.int().min(0).max(20).exactOptional(),
  /** May be left out where `dishes` say it. */
  foodFen: amount.exactOptional(),
  dishes: z.array(dish).max(100).exactOptional(),
  deliveryFen: amount.default(fen(0)),
  dishTags: texts.default([]),
  uses: z.array(use).max(500).default([]),
} as const

interface Food {
  readonly foodFen?: number
  readonly dishes?: readonly z.output<typeof dish>[]
}

/** What the food costs is said once: by itself, or by the dishes. Both are refused unless they agree. */
export function foodFault({ foodFen, dishes }: Food): { path: string[]; message: string } | null {
  if (dishes === undefined)
    return foodFen === undefined ? { path: ['foodFen'], message: 'needs foodFen or dishes' } : null
  const sum = dishes.reduce((total, { priceFen, quantity }) => total + priceFen * quantity, 0)
  if (foodFen === undefined || foodFen === sum) return null
  return { path: ['foodFen'], message: `the dishes come to ${sum}` }
}

/** `member`: null for a guest without a card. */
export const quoteCase = z
  .strictObject({ member: quotePerson.nullable(), ...quoteMeal })
  .superRefine((meal, context) => {
    const fault = foodFault(meal)
    if (fault !== null) context.addIssue({ code: 'custom', ...fault })
  })

export type QuoteCase = z.output<typeof quoteCase>
/** As it is written down: what may be left out is left out. */
export type QuoteCaseInput = z.input<typeof quoteCase>
export type QuotePerson = z.output<typeof quotePerson>

const foodFenOf = ({ foodFen, dishes = [] }: Pick<QuoteCase, 'foodFen' | 'dishes'>): Fen =>
  foodFen ?? sumFen(dishes.map(({ priceFen, quantity }) => fen(priceFen * quantity)))

/** The facts that the engine looks at. */
export function factsOfCase(
  meal: Omit<QuoteCase, 'member'>,
  member: QuotePerson | null,
  memberId: string,
  calendar: WorkingCalendar,
): MealFacts {
  const dishes = meal.dishes?.map(({ tags, priceFen, quantity }): MealDish => {
    return { tags, priceFen, amountFen: fen(priceFen * quantity) }
  })
  return {
    businessDate: meal.date,
    mealPeriod: meal.mealPeriod,
    workingDay: meal.workingDay ?? workingDayOf(calendar, meal.date).workingDay,
    channel: meal.channel,
    canteenArea: meal.canteen,
    foodFen: foodFenOf(meal),
    deliveryFen: meal.deliveryFen,
    dishTags: [...new Set([...meal.dishTags, ...(dishes ?? []).flatMap(({ tags }) => tags)])],
    ...(dishes === undefined ? {} : { dishes }),
    ...(meal.time === undefined ? {} : { minuteOfDay: minuteOf(meal.time) }),
    ...(meal.earlierMeals === undefined ? {} : { earlierMeals: meal.earlierMeals }),
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
export interface QuotedCase extends Omit<Quote, 'benefits' | 'providerPayments' | 'steps'> {
  /** `words` for the senior, `audit` for an auditor. */
  readonly steps: readonly (Quote['steps'][number] & { readonly audit: Words })[]
  readonly providerPayments: readonly Words[]
  readonly funders: Readonly<Record<string, number>>
  readonly providerFen: number
  /** By when the canteen claims what each funder owes, where the pack says so. */
  readonly claims: Readonly<Record<string, ClaimPeriod>>
}

/**
 * What the case costs under the pack that is in force on its date, the full price where none is. Of versions of one pack it is
 * the highest; of several packs the one of the smallest area around the canteen, so a district's comes before its city's.
 */
export function quotedCase(
  packs: readonly PolicyPack[],
  meal: QuoteCase,
  calendar: WorkingCalendar,
): QuotedCase {
  const pack = packFor(packs, meal)
  const quoted =
    pack === null
      ? fullPriceQuote(foodFenOf(meal), meal.deliveryFen)
      : quote(onCasesCalendar(pack, meal), factsOfCase(meal, meal.member, 'case', calendar))
  const { benefits, providerPayments, steps, ...rest } = quoted
  const nameOf = pack === null ? funderNamedById : funderNamesIn(pack)
  const audit = auditSteps(quoted, nameOf)
  const funders: Record<string, number> = {}
  for (const { funderId, amountFen } of benefits.flatMap((benefit) => benefit.funders))
    funders[funderId] = (funders[funderId] ?? 0) + amountFen
  const providerFen = providerPayments.reduce((sum, { amountFen }) => sum + amountFen, 0)
  return {
    ...rest,
    steps: steps.map((step, index) => ({ ...step, audit: audit[index] ?? step.words })),
    funders,
    providerFen,
    providerPayments: providerWords(quoted, nameOf),
    claims: claimsOf(pack, meal.date),
  }
}

function packFor(packs: readonly PolicyPack[], { date: day, canteen }: QuoteCase): PolicyPack | null {
  const [first] = packs
  if (first === undefined) return null
  return packs.every(({ id }) => id === first.id)
    ? packInForce(packs, first.id, day)
    : packForArea(packs, canteen, day)
}

/** What the case itself says of the day comes before the pack's calendar. */
function onCasesCalendar(pack: PolicyPack, { workingDay }: QuoteCase): PolicyPack {
  return workingDay === undefined ? pack : { ...pack, calendar: [] }
}

const claimsOf = (pack: PolicyPack | null, day: string): QuotedCase['claims'] =>
  Object.fromEntries((pack?.claims ?? []).map((rule) => [rule.funderId, claimPeriodOf(rule, day)]))
