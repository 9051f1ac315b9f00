import {
  ZERO_MG,
  type Fen,
  type FenPer100g,
  type FenPer500g,
  type FenPer50g,
  type FenPerKg,
  type Milligrams,
} from './units.ts'

/** Words shown to people: Chinese first, English complete. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** A price by weight. The unit is part of the type, so 斤 and kg cannot be mixed up (SPEC PR-1). */
export type WeightPrice =
  | { readonly per: '50g'; readonly fen: FenPer50g }
  | { readonly per: '100g'; readonly fen: FenPer100g }
  | { readonly per: '500g'; readonly fen: FenPer500g }
  | { readonly per: 'kg'; readonly fen: FenPerKg }

export type DishPricing =
  | { readonly kind: 'weight'; readonly price: WeightPrice }
  | { readonly kind: 'portion'; readonly priceFen: Fen }
  | { readonly kind: 'set-meal'; readonly priceFen: Fen; readonly parts: readonly Words[] }

export interface Dish {
  readonly id: string
  readonly name: Words
  readonly pricing: DishPricing
  readonly tags: readonly string[]
  /** Rises with each change of the price; kept with each line as evidence. */
  readonly priceVersion: number
  /** Two or three characters for a key and the picture on the seniors' screen. */
  readonly emoji: string
}

export interface PlateType {
  readonly id: string
  readonly name: Words
  readonly tareMg: Milligrams
}

export type MealPeriod = 'breakfast' | 'lunch' | 'dinner'

/**
 * Which dish lies on the scale:
 * `dish-keys` staff chooses by a key, `fixed-dish` the lane sells one dish, `uniform` one buffet price for all.
 */
export type WeighingMode =
  | { readonly kind: 'dish-keys' }
  | { readonly kind: 'fixed-dish'; readonly dishId: string }
  | {
      readonly kind: 'uniform'
      readonly name: Words
      readonly price: WeightPrice
      readonly priceVersion: number
    }

export interface Menu {
  readonly id: string
  readonly version: number
  readonly weighing: WeighingMode
  readonly dishes: readonly Dish[]
  readonly plates: readonly PlateType[]
  readonly defaultPlateId: string
  /** Dishes that are used up for now; absent in a menu as it was published. */
  readonly soldOut?: readonly string[]
}

/** True while the dish is on the menu but used up (SPEC ME-3). */
export const isSoldOut = ({ soldOut = [] }: Menu, dishId: string): boolean => soldOut.includes(dishId)

/** Before the first menu is published: nothing to sell, and the screens say so. */
export const NO_MENU: Menu = {
  id: 'none',
  version: 0,
  weighing: { kind: 'dish-keys' },
  dishes: [],
  plates: [{ id: 'none', name: { zh: '无餐盘', en: 'No plate' }, tareMg: ZERO_MG }],
  defaultPlateId: 'none',
}
