import { isSoldOut, type Menu } from '../../shared/domain/menu.ts'
import type { Random } from '../fixtures/random.ts'
import { isWeighed, type Senior } from './canteen.ts'

export interface Plate {
  readonly plateId: string
  readonly tareMg: number
  foodMg: number
  /** Null where the lane or the buffet says it. */
  readonly dishId: string | null
}

/** What one person comes with, and how she goes about it. */
export interface Wish {
  /** Null: a guest without a card. */
  readonly senior: Senior | null
  readonly plates: Plate[]
  readonly portions: { readonly dishId: string; readonly quantity: number }[]
  /** Taps before the plate stands. */
  readonly cardFirst: boolean
  /** Taps again although it is paid. */
  readonly tapsTwice: boolean
  /** Another card is held against the reader with hers. */
  readonly neighbour: Senior | null
  /** Begins with a card that nobody here ever issued. */
  readonly strangeCard: boolean
  /** Takes the plate away in mid-sale, and comes back or does not. */
  readonly takesAway: 'no' | 'comes-back' | 'leaves'
  /** Puts the plate down before the scale has come to zero. */
  readonly hasty: boolean
  /** What she does when the wallet is short. */
  readonly whenShort: 'cash' | 'top-up' | 'goes-back'
}

const DIVISION_MG = 2000

function plateOf(menu: Menu, random: Random): Plate {
  const kind = random.pick(menu.plates)
  const oddity = random.integer(0, 99)
  // A spoonful that may not be sold, a pot that the scale cannot carry, or a meal.
  const foodDivisions =
    oddity < 3 ? random.integer(1, 19) : oddity < 4 ? random.integer(3000, 3400) : random.integer(50, 340)
  return {
    plateId: kind.id,
    tareMg: kind.tareMg,
    foodMg: foodDivisions * DIVISION_MG,
    dishId: menu.weighing.kind === 'dish-keys' ? random.pick(menu.dishes.filter(isWeighed)).id : null,
  }
}

/** Somebody comes in, with a reasonable wish. */
export function someone(whole: Menu, seniors: readonly Senior[], random: Random): Wish {
  const menu = { ...whole, dishes: whole.dishes.filter(({ id }) => !isSoldOut(whole, id)) }
  const kind = random.integer(0, 99)
  const guest = random.chance(0.07)
  const plateCount = kind < 14 ? 0 : kind < 26 ? random.integer(2, 3) : 1
  const plates = Array.from({ length: plateCount }, () => plateOf(menu, random))
  const counted = menu.dishes.filter((dish) => !isWeighed(dish))
  const portionCount = kind < 14 ? random.integer(1, 2) : kind < 40 ? random.integer(0, 2) : 0
  const portions = random
    .shuffled(counted)
    .slice(0, portionCount)
    .map(({ id }) => ({ dishId: id, quantity: random.chance(0.8) ? 1 : random.integer(2, 3) }))
  const single = plates.length + portions.length === 1
  return {
    senior: guest ? null : random.pick(seniors),
    plates,
    portions,
    cardFirst: !guest && single && random.chance(0.35),
    tapsTwice: random.chance(0.12),
    neighbour: random.chance(0.03) ? random.pick(seniors) : null,
    strangeCard: random.chance(0.02),
    takesAway: random.chance(0.04) ? random.pick(['comes-back', 'leaves'] as const) : 'no',
    hasty: random.chance(0.1),
    whenShort: random.pick(['cash', 'cash', 'top-up', 'goes-back'] as const),
  }
}
