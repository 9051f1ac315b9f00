import fc from 'fast-check'
import { expect, test } from 'vitest'
import { milligrams } from '../units.ts'
import { permissibleErrorMg, profileProblems } from './class-three.ts'

const grams = (value: number) => milligrams(Math.round(value * 1000))
const problems = (max: number, min: number, division: number) =>
  profileProblems({ maxMg: grams(max), minMg: grams(min), divisionMg: grams(division) })

test.each([
  [6_000, 40, 2],
  [15_000, 100, 5],
  [30_000, 200, 10],
  [3_000, 20, 1],
  [600, 2, 0.1],
  [15_000, 40, 2],
  [6_000, 60, 2],
])('MT-1 Max %s g, Min %s g, e %s g is a scale of class III', (max, min, division) => {
  expect(problems(max, min, division)).toEqual([])
})

test.each([
  [6_000, 38, 2, [{ kind: 'min-below-20-divisions', atLeastMg: 40_000 }]],
  [6_000, 41, 2, [{ kind: 'min-not-in-divisions' }]],
  [6_001, 40, 2, [{ kind: 'max-not-in-divisions' }]],
  [6_000, 60, 3, [{ kind: 'division-not-1-2-5' }]],
  [6_000, 40, 0, [{ kind: 'division-not-1-2-5' }]],
  [40, 40, 2, [{ kind: 'max-not-above-min' }]],
  [30_000, 20, 1, [{ kind: 'divisions-out-of-class', divisions: 30_000 }]],
  [150, 40, 2, [{ kind: 'divisions-out-of-class', divisions: 75 }]],
  [6_001, 10, 2, [{ kind: 'min-below-20-divisions', atLeastMg: 40_000 }, { kind: 'max-not-in-divisions' }]],
])('MT-1 Max %s g, Min %s g, e %s g is refused, each mistake by name', (max, min, division, expected) => {
  expect(problems(max, min, division)).toEqual(expected)
})

test.each([
  [0, 2],
  [1_000, 2],
  [1_000.002, 4],
  [4_000, 4],
  [4_000.002, 6],
  [6_000, 6],
])('MT-5 at %s g a scale of 2 g in service may be off by %s g', (load, off) => {
  expect(permissibleErrorMg(grams(load), grams(2))).toBe(grams(off))
})

test('MT-5 the permissible error is whole divisions, grows with the load, and does not ask for its sign', () => {
  const division = fc.constantFrom(1, 2, 5, 10).map((each) => grams(each))
  const load = fc.integer({ min: 0, max: 60_000_000 }).map(milligrams)
  fc.assert(
    fc.property(division, load, load, (divisionMg, one, other) => {
      const [light, heavy] = one < other ? [one, other] : [other, one]
      const least = permissibleErrorMg(light, divisionMg)
      expect(least % divisionMg).toBe(0)
      expect(permissibleErrorMg(heavy, divisionMg)).toBeGreaterThanOrEqual(least)
      expect(permissibleErrorMg(milligrams(-light), divisionMg)).toBe(least)
    }),
  )
})
