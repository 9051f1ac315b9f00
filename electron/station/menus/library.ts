import type { DishPricing, MealPeriod, Menu, Words } from '../../../shared/domain/menu.ts'
import { NO_MENU } from '../../../shared/domain/menu.ts'
import { servedOn, type DatedPrice, type KnownDish, type Served } from '../../../shared/domain/menu-plan.ts'
import type { Book, BookFile } from '../book/book.ts'
import type { Clock } from '../deps.ts'

/** One meal of one day. */
export interface Meal {
  readonly businessDate: string
  readonly mealPeriod: MealPeriod
}

interface DishRow {
  readonly dish_id: string
  readonly name: string
  readonly tags: string
  readonly emoji: string
  readonly retired: number
}

interface PriceRow {
  readonly dish_id: string
  readonly effective_from_ms: number
  readonly pricing: string
  readonly price_version: number
}

/**
 * The moment whose prices hold. Never before the newest entry: a clock that was set back does not bring old prices back,
 * nor hide a price that was set before.
 */
export const priceMoment = (clock: Clock, book: Pick<Book, 'newestPhysicalMs'>): number =>
  Math.max(clock.nowMs(), book.newestPhysicalMs())

/** Every dish that was ever known, with all its prices, by name of its id. */
export function readLibrary(file: BookFile): readonly KnownDish[] {
  const prices = new Map<string, DatedPrice[]>()
  const rows = file.statement<[], PriceRow>(
    'SELECT dish_id, effective_from_ms, pricing, price_version FROM prices ORDER BY dish_id, effective_from_ms',
  )
  for (const row of rows.iterate()) {
    const ofDish = prices.get(row.dish_id) ?? []
    if (ofDish.length === 0) prices.set(row.dish_id, ofDish)
    ofDish.push({
      fromMs: row.effective_from_ms,
      pricing: JSON.parse(row.pricing) as DishPricing,
      priceVersion: row.price_version,
    })
  }
  return file
    .statement<[], DishRow>('SELECT dish_id, name, tags, emoji, retired FROM dishes ORDER BY dish_id')
    .all()
    .map((row) => ({
      id: row.dish_id,
      name: JSON.parse(row.name) as Words,
      tags: JSON.parse(row.tags) as readonly string[],
      emoji: row.emoji,
      retired: row.retired === 1,
      prices: prices.get(row.dish_id) ?? [],
    }))
}

/** The newest menu that was published whole, or the one of a canteen that has none. */
export function readPublished(file: BookFile): Menu {
  const row = file.queries.menu.get()
  return row === undefined ? NO_MENU : (JSON.parse(row.body) as Menu)
}

/** What is served in a meal (SPEC ME-2). */
export function readServed(file: BookFile, meal: Meal, published: Menu): Served {
  const { businessDate, mealPeriod } = meal
  const row = file
    .statement<[string, string], { business_date: string; dish_ids: string }>(
      `SELECT business_date, dish_ids FROM menu_plans WHERE meal_period = ? AND business_date <= ?
       ORDER BY business_date DESC LIMIT 1`,
    )
    .get(mealPeriod, businessDate)
  const latest =
    row === undefined
      ? null
      : { businessDate: row.business_date, dishIds: JSON.parse(row.dish_ids) as readonly string[] }
  return servedOn(businessDate, latest, published.dishes)
}

/** The dishes that are used up in a meal. */
export const readSoldOut = (file: BookFile, { businessDate, mealPeriod }: Meal): readonly string[] =>
  file
    .statement<[string, string], { dish_id: string }>(
      `SELECT dish_id FROM sold_out WHERE business_date = ? AND meal_period = ? AND sold_out = 1 ORDER BY dish_id`,
    )
    .all(businessDate, mealPeriod)
    .map(({ dish_id }) => dish_id)
