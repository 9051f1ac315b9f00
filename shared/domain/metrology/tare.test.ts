import fc from 'fast-check'
import { expect, test } from 'vitest'
import { milligrams, UnitError } from '../units.ts'
import { tareOnScale } from './tare.ts'

const twoGrams = { divisionMg: milligrams(2_000) }

test.each([
  [0, 0],
  [200_000, 200_000],
  [200_001, 202_000],
  [201_000, 202_000],
  [201_999, 202_000],
])('MT-2 a plate of %s mg counts as %s mg on a scale of 2 g', (plate, tare) => {
  expect(tareOnScale(milligrams(plate), twoGrams)).toBe(tare)
})

test('MT-2 a tare is whole divisions, never lighter than the plate, by less than one division heavier', () => {
  const division = fc.constantFrom(1_000, 2_000, 5_000, 10_000).map(milligrams)
  fc.assert(
    fc.property(fc.nat({ max: 5_000_000 }).map(milligrams), division, (plateMg, divisionMg) => {
      const tareMg = tareOnScale(plateMg, { divisionMg })
      expect(tareMg % divisionMg).toBe(0)
      expect(tareMg).toBeGreaterThanOrEqual(plateMg)
      expect(tareMg - plateMg).toBeLessThan(divisionMg)
      // Taken once more it is what it was (SPEC MT-3).
      expect(tareOnScale(tareMg, { divisionMg })).toBe(tareMg)
    }),
  )
})

test('MT-2 no plate weighs less than nothing', () => {
  expect(() => tareOnScale(milligrams(-1), twoGrams)).toThrow(UnitError)
})
