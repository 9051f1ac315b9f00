import { describe, expect, test } from 'vitest'
import { COUNTER_SCALE } from '../../../tests/fixtures/scale-profile.ts'
import type { ScaleReading } from '../scale.ts'
import { milligrams } from '../units.ts'
import { isCheckWeight, judge, withReading, type CheckUnderWay } from './check.ts'

/** Max 15 kg, e = 5 g: a kilogram may be off by 5 g, three by 10 g. */
const scale = COUNTER_SCALE
const grams = (value: number) => milligrams(Math.round(value * 1000))
const shows = (value: number, state: 'ok' | 'unstable' | 'negative' = 'ok'): ScaleReading => ({
  state,
  weightMg: grams(value),
  rawHex: `frame ${value}`,
})
const begun: CheckUnderWay = { checkId: 'c-1', nominalMg: grams(1_000), zero: null }
const zeroed = withReading(begun, shows(0), scale)

describe('a check with a known weight', () => {
  test('MT-6 begins with the empty scale at rest on zero, seen once', () => {
    for (const reading of [
      shows(5),
      shows(0, 'unstable'),
      shows(-5, 'negative'),
      { state: 'stale' } as const,
    ])
      expect(withReading(begun, reading, scale)).toBe(begun)
    expect(judge(begun, shows(1_000), scale)).toBe('not-zeroed')
    expect(zeroed.zero).toEqual({ weightMg: 0, rawHex: 'frame 0' })
    expect(withReading(zeroed, shows(-2, 'negative'), scale)).toBe(zeroed)
    expect(withReading(begun, shows(-2, 'negative'), scale).zero).toMatchObject({ weightMg: -2_000 })
  })

  test('MT-6 has no result before the weight lies there at rest', () => {
    expect(judge(zeroed, shows(0), scale)).toBe('nothing-on-scale')
    expect(judge(zeroed, shows(95), scale)).toBe('nothing-on-scale')
    expect(judge(zeroed, shows(1_000, 'unstable'), scale)).toBe('not-at-rest')
    expect(judge(zeroed, shows(-5, 'negative'), scale)).toBe('not-at-rest')
    expect(judge(zeroed, { state: 'overload', rawHex: '' }, scale)).toBe('not-at-rest')
    expect(judge(zeroed, { state: 'disconnected' }, scale)).toBe('not-at-rest')
  })

  test.each([
    [1_000, 1_000, 0, 'good'],
    [1_000, 1_005, 5, 'good'],
    [1_000, 995, -5, 'good'],
    [1_000, 1_010, 10, 'failed'],
    [1_000, 990, -10, 'failed'],
    [3_000, 3_010, 10, 'good'],
    [3_000, 3_015, 15, 'failed'],
    [1_000, 500, -500, 'failed'],
  ])('MT-5 MT-6 a weight of %s g that shows as %s g is off by %s g: %s', (nominal, shown, off, verdict) => {
    const result = judge({ ...zeroed, nominalMg: grams(nominal) }, shows(shown), scale)
    expect(result).toMatchObject({
      errorMg: grams(off),
      verdict,
      zero: { rawHex: 'frame 0' },
      measured: { weightMg: grams(shown), rawHex: `frame ${shown}` },
    })
  })

  test('MT-6 the weight has to lie within what the scale can weigh and may sell', () => {
    for (const nominal of [100, 1_000, 15_000]) expect(isCheckWeight(grams(nominal), scale)).toBe(true)
    for (const nominal of [0, 99, 15_001]) expect(isCheckWeight(grams(nominal), scale)).toBe(false)
  })
})
