import { ageOn } from '../business-day.ts'
import { weekdayOf } from '../calendar.ts'
import type { BenefitUse, Condition, MealDish, MealFacts } from './types.ts'

/** The facts of one meal plus what the pack's steps have done so far. */
export interface Situation {
  readonly facts: MealFacts
  /** Whole years on the business date; null for a guest. */
  readonly age: number | null
  readonly foodDiscountFen: number
  readonly deliveryDiscountFen: number
  readonly subsidyFen: number
}

const LEVELS = { province: 1, city: 2, district: 3, town: 4 } as const

/** The age on the meal date, worked out once per meal (SPEC PO-7). */
export function memberAge({ member, businessDate }: MealFacts): number | null {
  return member === null ? null : ageOn(member.bornOn, businessDate)
}

/** Does the area path lie in `within`, a path from the province on or a single code of it? */
export function liesWithin(area: string, within: string): boolean {
  return `/${area}/`.includes(`/${within}/`)
}

function sharesLevel(area: string, other: string, level: keyof typeof LEVELS): boolean {
  const depth = LEVELS[level]
  const mine = area.split('/')
  const theirs = other.split('/')
  if (mine.length < depth || theirs.length < depth) return false
  return mine.slice(0, depth).join('/') === theirs.slice(0, depth).join('/')
}

type AreaCondition = Extract<Condition, { readonly area: unknown }>['area']
type SpendCondition = Extract<Condition, { readonly spend: unknown }>['spend']
type DishCondition = Extract<Condition, { readonly dish: unknown }>['dish']
type TimeCondition = Extract<Condition, { readonly time: unknown }>['time']
type AgeCondition = Extract<Condition, { readonly age: unknown }>['age']

function holdsArea(area: AreaCondition, { member, canteenArea }: MealFacts): boolean {
  if (area.of === 'canteen') return liesWithin(canteenArea, area.within)
  if (member === null) return false
  const home = area.of === 'household' ? member.householdArea : member.residenceArea
  if ('within' in area) return liesWithin(home, area.within)
  return sharesLevel(home, canteenArea, area.sameAsCanteen)
}

function holdsAge({ from, to, fromExclusive, toExclusive }: AgeCondition, age: number | null): boolean {
  if (age === null) return false
  if (from !== undefined && (fromExclusive === true ? age <= from : age < from)) return false
  return to === undefined || (toExclusive === true ? age < to : age <= to)
}

function holdsSpend(spend: SpendCondition, situation: Situation): boolean {
  const { foodFen, deliveryFen } = situation.facts
  const discounted = spend.after === 'discounts'
  const food = foodFen - (discounted ? situation.foodDiscountFen : 0)
  const delivery = deliveryFen - (discounted ? situation.deliveryDiscountFen : 0)
  const spent = spend.of === 'food' ? food : food + delivery
  if (spend.atLeastFen !== undefined && spent < spend.atLeastFen) return false
  if (spend.moreThanFen !== undefined && spent <= spend.moreThanFen) return false
  return spend.atMostFen === undefined || spent <= spend.atMostFen
}

/** The dishes of the meal, each with its price; one with all the tags where the facts tell no more. */
export const dishesOf = ({ dishes, dishTags, foodFen }: MealFacts): readonly MealDish[] =>
  dishes ?? [{ tags: dishTags, priceFen: foodFen, amountFen: foodFen }]

function holdsDish({ tag, atLeastFen, atMostFen }: DishCondition, facts: MealFacts): boolean {
  return dishesOf(facts).some(
    ({ tags, priceFen }) =>
      tags.includes(tag) &&
      (atLeastFen === undefined || priceFen >= atLeastFen) &&
      (atMostFen === undefined || priceFen <= atMostFen),
  )
}

/** Minutes since midnight of HH:MM. */
export const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

function holdsTime({ from, until }: TimeCondition, { minuteOfDay }: MealFacts): boolean {
  if (minuteOfDay === undefined) return false
  return (
    (from === undefined || minuteOfDay >= minuteOf(from)) &&
    (until === undefined || minuteOfDay < minuteOf(until))
  )
}

const holdsDate = (
  { from, to }: { readonly from?: string; readonly to?: string },
  { businessDate }: MealFacts,
): boolean => (from === undefined || businessDate >= from) && (to === undefined || businessDate <= to)

/** 1 + the meals of this business date, here and elsewhere: the subsidised ones, or all that are known. */
function mealOfDay(facts: MealFacts, counting?: 'all'): number {
  const subsidised = subsidisedMealOfDay(facts)
  return counting === 'all' ? Math.max(subsidised, 1 + (facts.earlierMeals ?? 0)) : subsidised
}

function subsidisedMealOfDay(facts: MealFacts): number {
  const sales = new Set<string>()
  const withoutSale = new Map<string, number>()
  for (const use of facts.uses) {
    if (use.businessDate !== facts.businessDate || use.amountFen <= 0) continue
    if (use.saleId === undefined) countUse(withoutSale, use)
    else sales.add(use.saleId)
  }
  return 1 + sales.size + Math.max(0, ...withoutSale.values())
}

function countUse(counts: Map<string, number>, { benefitId }: BenefitUse): void {
  counts.set(benefitId, (counts.get(benefitId) ?? 0) + 1)
}

function isBetween(value: number, { from, to }: { readonly from?: number; readonly to?: number }): boolean {
  return (from === undefined || value >= from) && (to === undefined || value <= to)
}

/** Does the condition hold? Total: every condition answers on every situation (SPEC PO-2). */
export function holds(condition: Condition, situation: Situation): boolean {
  const { facts } = situation
  if ('all' in condition) return condition.all.every((each) => holds(each, situation))
  if ('any' in condition) return condition.any.some((each) => holds(each, situation))
  if ('not' in condition) return !holds(condition.not, situation)
  if ('age' in condition) return holdsAge(condition.age, situation.age)
  if ('category' in condition) return facts.member?.categories.includes(condition.category) ?? false
  if ('area' in condition) return holdsArea(condition.area, facts)
  if ('mealPeriod' in condition) return condition.mealPeriod.includes(facts.mealPeriod)
  if ('channel' in condition) return condition.channel.includes(facts.channel)
  if ('workingDay' in condition) return facts.workingDay === condition.workingDay
  if ('weekday' in condition) return condition.weekday.includes(weekdayOf(facts.businessDate))
  if ('date' in condition) return holdsDate(condition.date, facts)
  if ('time' in condition) return holdsTime(condition.time, facts)
  if ('mealOfDay' in condition)
    return isBetween(mealOfDay(facts, condition.mealOfDay.counting), condition.mealOfDay)
  if ('spend' in condition) return holdsSpend(condition.spend, situation)
  if ('dishTag' in condition) return facts.dishTags.includes(condition.dishTag)
  if ('dish' in condition) return holdsDish(condition.dish, facts)
  if ('guest' in condition) return (facts.member === null) === condition.guest
  return situation.subsidyFen > 0 === condition.subsidised
}

/** The part of a condition that does not hold, for the words; a plain leaf, or a `not`. */
export type Unmet = Exclude<Condition, { readonly all: unknown } | { readonly any: unknown }>

const isAboutPerson = (unmet: Unmet): boolean =>
  'age' in unmet || 'category' in unmet || 'area' in unmet || 'guest' in unmet

/**
 * Which part to name when a condition does not hold: of several, first one about the person (nobody should be told to
 * spend more for a benefit that is not hers), of alternatives one she can change. Null when the condition holds.
 */
export function unmetPart(condition: Condition, situation: Situation): Unmet | null {
  if (holds(condition, situation)) return null
  if ('all' in condition) {
    const parts = unmetParts(condition.all, situation)
    return parts.find(isAboutPerson) ?? parts[0] ?? null
  }
  if ('any' in condition) {
    const parts = unmetParts(condition.any, situation)
    return parts.find((part) => !isAboutPerson(part)) ?? parts[0] ?? null
  }
  return 'spend' in condition ? { spend: unmetBound(condition.spend, situation) } : condition
}

/** Of a spend between two bounds, the one that was missed. */
function unmetBound(spend: SpendCondition, situation: Situation): SpendCondition {
  const { atMostFen, ...lowest } = spend
  if (atMostFen === undefined || !holdsSpend(lowest, situation)) return lowest
  return { of: spend.of, atMostFen }
}

const unmetParts = (conditions: readonly Condition[], situation: Situation): readonly Unmet[] =>
  conditions.flatMap((each) => unmetPart(each, situation) ?? [])
