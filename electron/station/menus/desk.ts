import type { LibraryDish, MenuPlan } from '../../../shared/contract/menus.ts'
import type { DishPricing, MealPeriod } from '../../../shared/domain/menu.ts'
import { priceAfter, priceAt } from '../../../shared/domain/menu-plan.ts'
import type { Append, BookFile } from '../book/book.ts'
import { readLibrary, readPublished, readServed, readSoldOut, type Meal } from './library.ts'

/** A dish that the library does not know; thrown inside a write, so that nothing of it is kept. */
export class NoSuchDish extends Error {
  override readonly name = 'NoSuchDish'
  readonly dishId: string

  constructor(dishId: string) {
    super(`no dish ${dishId}`)
    this.dishId = dishId
  }
}

/** The library as the office lists it, with the prices of a moment. */
export const libraryAt = (file: BookFile, atMs: number): readonly LibraryDish[] =>
  readLibrary(file).map(({ id, name, emoji, tags, retired, prices }) => {
    const price = priceAt(prices, atMs)
    const next = priceAfter(prices, atMs)
    return {
      dishId: id,
      name,
      emoji,
      tags,
      retired,
      pricing: price?.pricing ?? null,
      priceVersion: price?.priceVersion ?? 0,
      nextPrice: next === null ? null : { pricing: next.pricing, fromMs: next.fromMs },
    }
  })

/** A meal's plan as the office edits it: dishes that were retired since are left out. */
export function planOf(file: BookFile, meal: Meal): MenuPlan {
  const { source, carriedFrom, dishIds } = readServed(file, meal, readPublished(file))
  const retired = new Set(readLibrary(file).flatMap((dish) => (dish.retired ? [dish.id] : [])))
  const { businessDate, mealPeriod } = meal
  return {
    businessDate,
    mealPeriod,
    dishIds: dishIds.filter((id) => !retired.has(id)),
    source,
    carriedFrom,
    soldOut: readSoldOut(file, meal),
  }
}

/** @throws NoSuchDish unless the library knows it. */
export function assertKnown(file: BookFile, dishId: string): void {
  const known = file.statement<[string]>('SELECT 1 FROM dishes WHERE dish_id = ?').get(dishId)
  if (known === undefined) throw new NoSuchDish(dishId)
}

export interface PriceChange {
  readonly dishId: string
  readonly pricing: DishPricing
  readonly effectiveFromMs: number
}

/** Sets a price from a moment on. @returns its version. @throws NoSuchDish */
export function setPrice(file: BookFile, append: Append, change: PriceChange, actor: string): number {
  assertKnown(file, change.dishId)
  const newest = file
    .statement<[string], { version: number | null }>(
      'SELECT max(price_version) AS version FROM prices WHERE dish_id = ?',
    )
    .get(change.dishId)
  const priceVersion = (newest?.version ?? 0) + 1
  append({ kind: 'price.set', body: { ...change, priceVersion } }, actor)
  return priceVersion
}

/** Plans a meal; a dish that is named twice is served once. @throws NoSuchDish */
export function setPlan(
  file: BookFile,
  append: Append,
  plan: Meal & { readonly dishIds: readonly string[] },
  actor: string,
): void {
  const { businessDate, mealPeriod } = plan
  const dishIds = [...new Set(plan.dishIds)]
  for (const dishId of dishIds) assertKnown(file, dishId)
  append({ kind: 'menu.planned', body: { businessDate, mealPeriod, dishIds } }, actor)
}

export interface DayCopy {
  readonly from: string
  readonly to: string
  /** The meals that this canteen serves. */
  readonly mealPeriods: readonly MealPeriod[]
}

/** Plans for `to` what was served on `from`. @returns how many meals were copied. */
export function copyDay(file: BookFile, append: Append, copy: DayCopy, actor: string): number {
  let meals = 0
  for (const mealPeriod of copy.mealPeriods) {
    const { dishIds } = planOf(file, { businessDate: copy.from, mealPeriod })
    if (dishIds.length === 0) continue
    append({ kind: 'menu.planned', body: { businessDate: copy.to, mealPeriod, dishIds } }, actor)
    meals += 1
  }
  return meals
}

/** Marks a dish as used up, or as there again. What stands so already is not written again. @throws NoSuchDish */
export function setSoldOut(
  file: BookFile,
  append: Append,
  mark: Meal & { readonly dishId: string; readonly soldOut: boolean },
  actor: string,
): void {
  const { businessDate, mealPeriod, dishId, soldOut } = mark
  assertKnown(file, dishId)
  if (readSoldOut(file, mark).includes(dishId) === soldOut) return
  append({ kind: 'dish.sold-out', body: { businessDate, mealPeriod, dishId, soldOut } }, actor)
}
