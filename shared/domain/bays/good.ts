import { isSoldOut, type Dish, type Menu, type WeightPrice } from '../menu.ts'

/** What a bay sells by weight, and for how much. */
export interface WeighedGood {
  readonly dish: Pick<Dish, 'id' | 'name' | 'tags'>
  readonly price: WeightPrice
  readonly priceVersion: number
}

/** The dish of a bay as the menu sells it now; null when it is not on it, sold out, or not sold by weight. */
export function goodOf(menu: Menu, dishId: string): WeighedGood | null {
  const dish = menu.dishes.find(({ id }) => id === dishId)
  if (dish === undefined || dish.pricing.kind !== 'weight' || isSoldOut(menu, dishId)) return null
  const { id, name, tags, pricing, priceVersion } = dish
  return { dish: { id, name, tags }, price: pricing.price, priceVersion }
}
