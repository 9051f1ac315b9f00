import type { Dish, DishPricing, Menu } from './menu.ts'

/** A price of one dish, from a moment on (SPEC ME-1). */
export interface DatedPrice {
  readonly fromMs: number
  readonly pricing: DishPricing
  readonly priceVersion: number
}

/** A dish of the library with all its prices, the earliest first. */
export interface KnownDish extends Omit<Dish, 'pricing' | 'priceVersion'> {
  readonly retired: boolean
  readonly prices: readonly DatedPrice[]
}

/** The price that holds at a moment: the newest that has begun; null before the first one. */
export const priceAt = (prices: readonly DatedPrice[], atMs: number): DatedPrice | null =>
  prices.findLast(({ fromMs }) => fromMs <= atMs) ?? null

/** The price that is announced next after a moment, or null. */
export const priceAfter = (prices: readonly DatedPrice[], atMs: number): DatedPrice | null =>
  prices.find(({ fromMs }) => fromMs > atMs) ?? null

/** The newest plan of a meal up to a date, as far as there is one. */
export interface LatestPlan {
  readonly businessDate: string
  readonly dishIds: readonly string[]
}

/** What is served in a meal, and who said so. */
export interface Served {
  /**
   * `planned` for this very day; `carried-over` from an earlier day of the same meal, because nobody has set this one;
   * `published` from the canteen's first menu; `empty` when there is nothing at all.
   */
  readonly source: 'planned' | 'carried-over' | 'published' | 'empty'
  readonly carriedFrom: string | null
  readonly dishIds: readonly string[]
}

/** What is served on a date in a meal: its plan, else the last one of that meal, else what was published (SPEC ME-2). */
export function servedOn(
  businessDate: string,
  latest: LatestPlan | null,
  published: readonly Pick<Dish, 'id'>[],
): Served {
  if (latest === null) {
    const dishIds = published.map(({ id }) => id)
    return { source: dishIds.length === 0 ? 'empty' : 'published', carriedFrom: null, dishIds }
  }
  const { dishIds } = latest
  return latest.businessDate === businessDate
    ? { source: 'planned', carriedFrom: null, dishIds }
    : { source: 'carried-over', carriedFrom: latest.businessDate, dishIds }
}

export interface OfferParts {
  /** How the canteen weighs, and on which plates: the newest menu that was published whole. */
  readonly published: Menu
  readonly library: readonly KnownDish[]
  readonly dishIds: readonly string[]
  readonly soldOut: readonly string[]
}

/** A menu, and the moments between which it is the same: from `sinceMs` until before `untilMs`. */
export interface Offer {
  readonly menu: Menu
  readonly sinceMs: number
  readonly untilMs: number
}

/**
 * The menu that the counter sells from at a moment. A dish that is retired or has no price is not on it. A lane that weighs
 * one dish goes on weighing it, whatever is planned.
 */
export function offerAt(parts: OfferParts, atMs: number): Offer {
  const { published, library, soldOut } = parts
  const known = new Map(library.map((dish) => [dish.id, dish]))
  const dishes: Dish[] = []
  let sinceMs = Number.NEGATIVE_INFINITY
  let untilMs = Number.POSITIVE_INFINITY
  for (const id of servedIds(parts)) {
    const dish = known.get(id)
    if (dish === undefined || dish.retired) continue
    untilMs = Math.min(untilMs, priceAfter(dish.prices, atMs)?.fromMs ?? untilMs)
    const price = priceAt(dish.prices, atMs) ?? published.dishes.find((each) => each.id === id) ?? null
    if (price === null) continue
    if ('fromMs' in price) sinceMs = Math.max(sinceMs, price.fromMs)
    const { name, tags, emoji } = dish
    dishes.push({ id, name, tags, emoji, pricing: price.pricing, priceVersion: price.priceVersion })
  }
  return { menu: { ...published, dishes, soldOut }, sinceMs, untilMs }
}

function servedIds({ published: { weighing }, dishIds }: OfferParts): ReadonlySet<string> {
  return new Set(weighing.kind === 'fixed-dish' ? [...dishIds, weighing.dishId] : dishIds)
}
