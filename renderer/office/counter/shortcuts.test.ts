import { describe, expect, test } from 'vitest'
import { menuFixture } from '../../../tests/fixtures/menus-shown.ts'
import { countedDishes, dishKey, plateKey, portionKey, shortcutOf, weighedDishes } from './shortcuts.ts'

describe('shortcuts', () => {
  test('SC-10 each key on the screen is the key on the keyboard that it shows', () => {
    weighedDishes(menuFixture).forEach((dish, index) => {
      expect(shortcutOf(dishKey(index) ?? '', menuFixture, false)?.key).toEqual({
        kind: 'choose-dish',
        dishId: dish.id,
      })
    })
    countedDishes(menuFixture).forEach((dish, index) => {
      expect(shortcutOf(portionKey(index) ?? '', menuFixture, false)?.key).toEqual({
        kind: 'add-portion',
        dishId: dish.id,
        quantity: 1,
      })
    })
    menuFixture.plates.forEach((plate, index) => {
      expect(shortcutOf((plateKey(index) ?? '').toLowerCase(), menuFixture, false)?.key).toEqual({
        kind: 'choose-plate',
        plateId: plate.id,
      })
    })
  })

  test('SC-10 actions have their keys, hold and release share one, and other keys mean nothing', () => {
    const kindOf = (pressed: string, held = false) => shortcutOf(pressed, menuFixture, held)?.key.kind
    expect(['F1', 'F2', 'F9', 'Escape'].map((pressed) => kindOf(pressed))).toEqual([
      'guest-cash',
      'add-plate',
      'take-cash',
      'cancel',
    ])
    expect([kindOf('F4'), kindOf('F4', true)]).toEqual(['hold', 'release'])
    for (const pressed of ['9', 'P', 'B', 'Enter', 'F8', ' ', '', 'Tab', '鱼'])
      expect(shortcutOf(pressed, menuFixture, false)).toBeNull()
    expect(shortcutOf('1', null, false)).toBeNull()
  })
})
