import { expect, test } from 'vitest'
import { BaysDriver, bayMenu } from '../../../tests/fixtures/bays-driver.ts'
import type { CardLookup } from '../member.ts'
import { BAY_PATIENCE } from './state.ts'

/** The fish of bay 1 holds fish; A may not eat it, B may. */
class DietBays extends BaysDriver {
  constructor() {
    super()
    const menu = bayMenu()
    this.menu = {
      ...menu,
      dishes: menu.dishes.map((dish) => ({ ...dish, tags: dish.id === 'fish' ? ['allergen-fish'] : [] })),
    }
  }

  override lookup(uid: string): CardLookup {
    const found = super.lookup(uid)
    if (found.kind !== 'known' || uid !== 'A') return found
    return { ...found, member: { ...found.member, eating: { allergens: ['fish'], diets: [] } } }
  }
}

test('BY-18 the bay warns before it is hers: nothing that is taken meanwhile is on her tray', () => {
  const bays = new DietBays().tap('1', 'A')
  expect(bays.view('1')).toMatchObject({ phase: 'trouble', trouble: 'diet-warning', trayId: null })
  bays.take('1', 200)
  expect(bays.trayOf('A')?.lines ?? []).toEqual([])
})

test('BY-18 a second tap takes the bay all the same, and what is taken then is hers', () => {
  const bays = new DietBays().tap('1', 'A').tap('1', 'A')
  expect(bays.view('1')).toMatchObject({ phase: 'taking', displayName: 'A', trouble: null })
  bays.take('1', 200)
  expect(bays.grams('A', '1')).toBe(200)
  // Whoever has the bay is not asked again at each tap.
  bays.tap('1', 'A')
  expect(bays.view('1')).toMatchObject({ phase: 'taking', trouble: null })
})

test('BY-18 another card is another question, and a warning that has passed is asked anew', () => {
  const bays = new DietBays().tap('1', 'A').tap('1', 'B')
  expect(bays.view('1')).toMatchObject({ phase: 'taking', displayName: 'B' })
  const later = new DietBays()
    .tap('1', 'A')
    .wait(BAY_PATIENCE.noticeMs + 1)
    .tap('1', 'A')
  expect(later.view('1').trouble).toBe('diet-warning')
  expect(new DietBays().tap('2', 'A').view('2')).toMatchObject({ phase: 'taking', trouble: null })
})
