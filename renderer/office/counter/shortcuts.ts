import type { StaffKey } from '../../../shared/domain/checkout/state.ts'
import type { Dish, Menu, PlateType } from '../../../shared/domain/menu.ts'

/** Keyboard keys for today's dishes, portions and plates, in the order in which they stand on the screen. */
const DISH_KEYS = '1234567890'
const PORTION_KEYS = 'QWERTYUIOP'
const PLATE_KEYS = 'ZXCVB'

export const ACTION_KEYS = {
  'add-plate': 'F2',
  hold: 'F4',
  release: 'F4',
  'take-cash': 'F9',
  'guest-cash': 'F1',
  cancel: 'Esc',
} as const

export const weighedDishes = (menu: Menu): readonly Dish[] =>
  menu.dishes.filter((dish) => dish.pricing.kind === 'weight')
export const countedDishes = (menu: Menu): readonly Dish[] =>
  menu.dishes.filter((dish) => dish.pricing.kind !== 'weight')

export const dishKey = (index: number): string | null => DISH_KEYS.charAt(index) || null
export const portionKey = (index: number): string | null => PORTION_KEYS.charAt(index) || null
export const plateKey = (index: number): string | null => PLATE_KEYS.charAt(index) || null

/** What a key on the keyboard asks for; the number of portions is the screen's to add. */
export type Shortcut = { readonly key: StaffKey; readonly subject: Dish | PlateType | null }

/**
 * Finds what a pressed key means.
 *
 * @param pressed the `key` of a keyboard event
 * @param held whether cards are on hold, because one key does both
 */
export function shortcutOf(pressed: string, menu: Menu | null, held: boolean): Shortcut | null {
  const action = actionOf(pressed, held)
  if (action !== null) return { key: { kind: action }, subject: null }
  const character = pressed.toUpperCase()
  if (menu === null || character.length !== 1) return null
  const dish = weighedDishes(menu)[DISH_KEYS.indexOf(character)]
  if (dish !== undefined) return { key: { kind: 'choose-dish', dishId: dish.id }, subject: dish }
  const portion = countedDishes(menu)[PORTION_KEYS.indexOf(character)]
  if (portion !== undefined)
    return { key: { kind: 'add-portion', dishId: portion.id, quantity: 1 }, subject: portion }
  const plate = menu.plates[PLATE_KEYS.indexOf(character)]
  return plate === undefined ? null : { key: { kind: 'choose-plate', plateId: plate.id }, subject: plate }
}

function actionOf(pressed: string, held: boolean) {
  switch (pressed) {
    case 'F1':
      return 'guest-cash'
    case 'F2':
      return 'add-plate'
    case 'F4':
      return held ? 'release' : 'hold'
    case 'F9':
      return 'take-cash'
    case 'Escape':
      return 'cancel'
    default:
      return null
  }
}
