import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CheckoutDriver, known, RICE, smallMenu } from '../../tests/fixtures/checkout-driver.ts'
import { ALLERGEN_CODES, DIET_CODES, dietWarnings, WARNING_TAGS, type EatingRules } from './diet.ts'
import type { CardLookup } from './member.ts'

const eater = (cardUid: string, eating: EatingRules): CardLookup => {
  const lookup = known(cardUid)
  return lookup.kind === 'known' ? { ...lookup, member: { ...lookup.member, eating } } : lookup
}
const PEANUT = { allergens: ['peanut'], diets: ['low-sugar'] }

/** A counter whose every dish has peanuts in it. */
function ready(tags: readonly string[] = ['allergen-peanut']): CheckoutDriver {
  const counter = new CheckoutDriver()
  counter.menu = { ...smallMenu, dishes: smallMenu.dishes.map((dish) => ({ ...dish, tags })) }
  return counter.clear()
}

test('CK-24 property: exactly the tags of what she may not and should not eat warn, each once', () => {
  const tags = [...WARNING_TAGS.keys(), 'meat', 'set-meal']
  const eating = fc.record({
    allergens: fc.subarray([...ALLERGEN_CODES]),
    diets: fc.subarray([...DIET_CODES]),
  })
  const name = { zh: '菜', en: 'Dish' }
  fc.assert(
    fc.property(eating, fc.array(fc.subarray(tags), { maxLength: 4 }), (rules, baskets) => {
      const dishes = baskets.map((own, index) => ({ dishId: `d-${index}`, name, tags: [...own, ...own] }))
      const expected = baskets.flatMap((own) =>
        own.filter(
          (tag) =>
            rules.allergens.some((code) => tag === `allergen-${code}`) ||
            rules.diets.some((code) => tag === `unfit-${code}`),
        ),
      )
      expect(dietWarnings(rules, [...dishes, ...dishes])).toHaveLength(expected.length)
    }),
  )
})

test('CK-24 a known card and then the plate: said before anything settles, settled when staff acknowledged it', () => {
  const counter = ready().tap(eater('A', PEANUT)).plate(215)
  expect(counter.settled).toEqual([])
  expect(counter.view).toMatchObject({
    phase: 'diet-warning',
    speech: { kind: 'diet-warning' },
    warnings: [{ why: { zh: '含花生', en: 'contains peanut' } }],
  })
  expect(counter.view.keys).toContain('accept-warning')
  counter.press({ kind: 'accept-warning' })
  expect(counter.settled).toHaveLength(1)
  expect(counter.view.warnings).toEqual([])
})

test('CK-24 while the dish is still moving she is warned already', () => {
  const counter = ready().tap(eater('A', PEANUT)).weigh('unstable', 300)
  expect(counter.view).toMatchObject({ phase: 'weighing', speech: { kind: 'diet-warning' } })
  expect(counter.view.warnings).toHaveLength(1)
})

test('CK-24 the plate and then the card: the warning comes at the tap, once, and another card is another question', () => {
  const counter = ready().plate(215)
  expect(counter.view.warnings).toEqual([])
  counter.tap(eater('A', PEANUT)).tap(eater('A', PEANUT))
  expect(counter.settled).toEqual([])
  const said = counter.view.speech?.sequence
  counter.wait(120_000)
  expect(counter.view).toMatchObject({ phase: 'diet-warning', speech: { sequence: said } })
})

test('CK-24 a plate that goes takes her card along: the next plate is not charged to her', () => {
  const counter = ready().plate(215).tap(eater('A', PEANUT))
  counter.lift().plate(300)
  expect(counter.settled).toEqual([])
  expect(counter.view).toMatchObject({ phase: 'ready', member: null })
})

test('CK-24 another dish after the acknowledgement is another warning', () => {
  const counter = ready()
  counter.press({ kind: 'add-portion', dishId: RICE, quantity: 1 })
  counter.press({ kind: 'hold' })
  counter.tap(eater('A', PEANUT))
  counter.press({ kind: 'release' })
  expect(counter.view.phase).toBe('diet-warning')
  counter.press({ kind: 'accept-warning' })
  expect(counter.settled).toHaveLength(1)
})

test('CK-24 a dish that suits her, a senior without rules, and a guest are served as ever', () => {
  expect(ready(['allergen-egg']).plate(215).tap(eater('A', PEANUT)).settled).toHaveLength(1)
  expect(ready().plate(215).tap(known('A')).settled).toHaveLength(1)
  const guest = ready().plate(215)
  guest.press({ kind: 'guest-cash' })
  expect(guest.settled).toHaveLength(1)
  expect(ready(['unfit-low-sugar']).plate(215).tap(eater('A', PEANUT)).view.phase).toBe('diet-warning')
})
