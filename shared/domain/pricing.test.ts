import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { WeightPrice } from './menu.ts'
import { basketTags, basketTotal, countedLine, priceByWeight, weighedLine, type Weighing } from './pricing.ts'
import { ROUND_HALF_UP_TO_FEN, roundedFen, shareOf, type RoundingRule } from './rounding.ts'
import {
  basisPoints,
  fen,
  fenPer100g,
  fenPer500g,
  fenPer50g,
  fenPerKg,
  milligrams,
  sumFen,
  UnitError,
  type Fen,
  type FenPer100g,
  type FenPer500g,
  type FenPer50g,
  type FenPerKg,
  type Milligrams,
} from './units.ts'

const runs = { numRuns: 1_000 }
const rule: fc.Arbitrary<RoundingRule> = fc.record({
  to: fc.constantFrom('fen', 'jiao'),
  mode: fc.constantFrom('half-up', 'down', 'up'),
})
const price: fc.Arbitrary<WeightPrice> = fc
  .nat({ max: 100_000 })
  .chain((perUnit) =>
    fc.constantFrom<WeightPrice>(
      { per: '50g', fen: fenPer50g(perUnit) },
      { per: '100g', fen: fenPer100g(perUnit) },
      { per: '500g', fen: fenPer500g(perUnit) },
      { per: 'kg', fen: fenPerKg(perUnit) },
    ),
  )
const net = fc.integer({ min: -60_000_000, max: 60_000_000 }).map(milligrams)

const rice = { id: 'rice', name: { zh: '米饭', en: 'Rice' }, tags: ['staple'] }
const scale = {
  scaleId: 'S1',
  maxMg: milligrams(15_000_000),
  minMg: milligrams(100_000),
  divisionMg: milligrams(5_000),
  verifiedUntil: '2027-06-30',
}
const weighing = (grossMg: number, tareMg = 350_000): Weighing => ({
  dish: rice,
  price: { per: '500g', fen: fenPer500g(1_880) },
  priceVersion: 3,
  grossMg: milligrams(grossMg),
  plate: { id: 'plate', tareMg: milligrams(tareMg) },
  scale,
  rawHex: '02',
  rounding: ROUND_HALF_UP_TO_FEN,
})

describe('prices by weight', () => {
  test('PR-1 prices per 50 g, 100 g, 500 g and kg, fen and milligrams are types apart', () => {
    expectTypeOf<FenPer500g>().not.toExtend<FenPerKg>()
    expectTypeOf<FenPerKg>().not.toExtend<FenPer500g>()
    expectTypeOf<FenPer50g>().not.toExtend<FenPer100g>()
    expectTypeOf<FenPer100g>().not.toExtend<FenPer500g>()
    expectTypeOf<FenPerKg>().not.toExtend<Fen>()
    expectTypeOf<Milligrams>().not.toExtend<Fen>()
    expectTypeOf<number>().not.toExtend<FenPerKg>()
    expectTypeOf<{ per: '500g'; fen: FenPerKg }>().not.toExtend<WeightPrice>()
    expectTypeOf<{ per: '500g'; fen: FenPer500g }>().toExtend<WeightPrice>()
    expectTypeOf(priceByWeight).parameter(0).toEqualTypeOf<Milligrams>()
  })

  test.each<[string, number, WeightPrice, number]>([
    [
      '317 g at 3.69 per 两: the half fen below goes down',
      317_000,
      { per: '50g', fen: fenPer50g(369) },
      2_339,
    ],
    ['500 g at 18.80 per 斤', 500_000, { per: '500g', fen: fenPer500g(1_880) }, 1_880],
    ['the same food by the kg', 500_000, { per: 'kg', fen: fenPerKg(3_760) }, 1_880],
    ['exactly half a fen goes up', 250, { per: '500g', fen: fenPer500g(1_000) }, 1],
    ['just below half a fen goes down', 249, { per: '500g', fen: fenPer500g(1_000) }, 0],
    ['235 g at 4.00 per 100 g', 235_000, { per: '100g', fen: fenPer100g(400) }, 940],
    ['a free dish', 300_000, { per: '100g', fen: fenPer100g(0) }, 0],
  ])('PR-2 %s', (_name, netMg, weightPrice, expected) => {
    expect(priceByWeight(milligrams(netMg), weightPrice, ROUND_HALF_UP_TO_FEN)).toBe(expected)
  })

  test('PR-3 the price of a reversed weight is the exact opposite, under every rounding', () => {
    fc.assert(
      fc.property(net, price, rule, (netMg, weightPrice, rounding) => {
        const forward = priceByWeight(netMg, weightPrice, rounding)
        const back = priceByWeight(milligrams(0 - netMg), weightPrice, rounding)
        expect(forward + back).toBe(0)
      }),
      runs,
    )
  })

  test('PR-3 more food never costs less, under every rounding', () => {
    fc.assert(
      fc.property(net, fc.nat({ max: 1_000_000 }), price, rule, (netMg, more, weightPrice, rounding) => {
        const heavier = milligrams(netMg + more)
        expect(priceByWeight(heavier, weightPrice, rounding)).toBeGreaterThanOrEqual(
          priceByWeight(netMg, weightPrice, rounding),
        )
      }),
      runs,
    )
  })
})

describe('rounding', () => {
  const whole = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
  const part = fc.integer({ min: 1, max: 1_000_000 })

  test('PR-3 the result is a multiple of the step and less than a step away, to the side the rule names', () => {
    fc.assert(
      fc.property(whole, part, rule, (numerator, denominator, rounding) => {
        const step = rounding.to === 'jiao' ? 10n : 1n
        const rounded = BigInt(roundedFen(numerator, denominator, rounding))
        const magnitude = rounded < 0n ? -rounded : rounded
        const exact = BigInt(Math.abs(numerator))
        const parts = BigInt(denominator)
        expect(rounded % step).toBe(0n)
        const over = magnitude * parts - exact
        const within: Record<RoundingRule['mode'], boolean> = {
          down: over <= 0n && over > -step * parts,
          up: over >= 0n && over < step * parts,
          'half-up': over * 2n <= step * parts && over * 2n > -step * parts,
        }
        expect(within[rounding.mode]).toBe(true)
      }),
      runs,
    )
  })

  test('PR-3 rounding twice changes nothing', () => {
    fc.assert(
      fc.property(whole, part, rule, (numerator, denominator, rounding) => {
        const once = roundedFen(numerator, denominator, rounding)
        expect(roundedFen(once, 1, rounding)).toBe(once)
      }),
      runs,
    )
  })

  test('PR-3 a rate and its reversal cancel; the whole rate changes nothing to the fen', () => {
    fc.assert(
      fc.property(whole.map(fen), fc.nat({ max: 10_000 }), rule, (amount, rate, rounding) => {
        const there = shareOf(amount, basisPoints(rate), rounding)
        expect(there + shareOf(fen(0 - amount), basisPoints(rate), rounding)).toBe(0)
        expect(shareOf(amount, basisPoints(10_000), ROUND_HALF_UP_TO_FEN)).toBe(amount)
      }),
      runs,
    )
  })

  test('PR-3 a jiao is ten fen: 9.95 becomes 10.0, 9.94 becomes 9.9', () => {
    expect(roundedFen(995, 1, { to: 'jiao', mode: 'half-up' })).toBe(1_000)
    expect(roundedFen(994, 1, { to: 'jiao', mode: 'half-up' })).toBe(990)
    expect(roundedFen(-995, 1, { to: 'jiao', mode: 'half-up' })).toBe(-1_000)
    expect(roundedFen(991, 1, { to: 'jiao', mode: 'up' })).toBe(1_000)
    expect(roundedFen(999, 1, { to: 'jiao', mode: 'down' })).toBe(990)
  })

  test('PR-3 what is no integer is no amount', () => {
    expect(() => roundedFen(1.5, 2, ROUND_HALF_UP_TO_FEN)).toThrow(UnitError)
    expect(() => roundedFen(1, 0, ROUND_HALF_UP_TO_FEN)).toThrow(UnitError)
    expect(() => fen(0.1)).toThrow(UnitError)
    expect(() => fenPerKg(-1)).toThrow(UnitError)
    expect(() => sumFen([fen(Number.MAX_SAFE_INTEGER), fen(1)])).toThrow(UnitError)
    expect(Object.is(fen(-0), 0)).toBe(true)
  })
})

describe('lines', () => {
  test('PR-2 a weighed line is (gross − tare) × price and carries its evidence', () => {
    const outcome = weighedLine(weighing(605_000))
    expect(outcome).toEqual({
      kind: 'line',
      line: {
        kind: 'weighed',
        dishId: 'rice',
        name: rice.name,
        tags: ['staple'],
        grossMg: 605_000,
        tareMg: 350_000,
        netMg: 255_000,
        divisionMg: 5_000,
        price: { per: '500g', fen: 1_880 },
        priceVersion: 3,
        amountFen: 959,
        evidence: { rawHex: '02', scaleId: 'S1', verifiedUntil: '2027-06-30', plateId: 'plate' },
      },
    })
  })

  test.each([
    ['an empty plate', 350_000, 'nothing-on-plate'],
    ['no plate under a tare', 0, 'nothing-on-plate'],
    ['a negative weight', -5_000, 'nothing-on-plate'],
    ['one division below Min', 445_000, 'below-minimum'],
    ['one division above Max', 15_005_000, 'above-maximum'],
  ])('PR-4 %s is no line', (_name, grossMg, kind) => {
    expect(weighedLine(weighing(grossMg))).toMatchObject({ kind: 'refused', refusal: { kind } })
  })

  test.each([
    ['Min', 450_000],
    ['Max', 15_000_000],
  ])('PR-4 exactly %s may be sold', (_name, grossMg) => {
    expect(weighedLine(weighing(grossMg)).kind).toBe('line')
  })

  test('PR-4 a negative tare is a broken plate, not a price', () => {
    expect(() => weighedLine(weighing(605_000, -1))).toThrow(UnitError)
  })

  test.each([1, 2, 99])('PR-6 %i portions cost that many times the price', (quantity) => {
    const outcome = countedLine({
      kind: 'portion',
      dish: rice,
      priceFen: fen(150),
      priceVersion: 1,
      quantity,
    })
    expect(outcome).toMatchObject({ kind: 'line', line: { quantity, amountFen: 150 * quantity } })
  })

  test.each([0, 100, -1, 1.5, Number.NaN])('PR-6 a quantity of %d is refused', (quantity) => {
    const outcome = countedLine({
      kind: 'set-meal',
      dish: rice,
      priceFen: fen(150),
      priceVersion: 1,
      quantity,
    })
    expect(outcome).toEqual({ kind: 'refused', refusal: { kind: 'quantity', quantity } })
  })

  test('PR-6 a negative price is a broken menu', () => {
    const counting = { kind: 'portion', dish: rice, priceFen: fen(-1), priceVersion: 1, quantity: 1 } as const
    expect(() => countedLine(counting)).toThrow(UnitError)
  })

  test('PR-3 a basket is the exact sum of its rounded lines, and its tags each once', () => {
    const lines = [
      { amountFen: fen(959), tags: ['staple'] },
      { amountFen: fen(1), tags: ['staple', 'vegetable'] },
    ]
    expect(basketTotal(lines)).toBe(960)
    expect(basketTotal([])).toBe(0)
    expect(basketTags(lines)).toEqual(['staple', 'vegetable'])
  })
})
