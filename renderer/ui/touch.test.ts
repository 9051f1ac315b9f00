import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SAME_TOUCH_MS, touch, type Touches } from './touch.ts'

function countedOf(times: readonly number[]): readonly number[] {
  let touches: Touches = new Map()
  return times.filter((atMs) => {
    const next = touch(touches, 'rice', atMs)
    touches = next.touches
    return next.counts
  })
}

describe('touch', () => {
  test('SC-5 a second touch within half a second is the same touch, after that it is another', () => {
    expect(countedOf([1_000, 1_499])).toEqual([1_000])
    expect(countedOf([1_000, 1_500])).toEqual([1_000, 1_500])
    expect(countedOf([0])).toEqual([0])
  })

  test('SC-5 a long tremble is one touch', () => {
    expect(countedOf([0, 200, 450, 800, 1_200])).toEqual([0])
  })

  test('SC-5 two keys do not share their touches', () => {
    const first = touch(new Map(), 'rice', 100)
    expect(touch(first.touches, 'soup', 120).counts).toBe(true)
  })

  test('SC-5 touches that count are never closer than half a second', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20_000)), (raw) => {
        const counted = countedOf(raw.toSorted((a, b) => a - b))
        const gaps = counted.slice(1).map((atMs, index) => atMs - (counted[index] ?? 0))
        expect(gaps.every((gap) => gap >= SAME_TOUCH_MS)).toBe(true)
      }),
      { numRuns: 500, seed: 7 },
    )
  })
})
