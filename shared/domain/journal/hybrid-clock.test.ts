import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HYBRID_TIME_ZERO, hybridTime, laterOf, nextHybridTime, physicalMsOf } from './hybrid-clock.ts'

const deviceMs = fc.integer({ min: 0, max: 2 ** 48 - 1 })

test('LG-11 whatever the device clock does, each reading is after the one before it, also as text', () => {
  fc.assert(
    fc.property(fc.array(deviceMs, { minLength: 1, maxLength: 200 }), (clock) => {
      let newest = HYBRID_TIME_ZERO
      for (const nowMs of clock) {
        const next = nextHybridTime(newest, nowMs)
        expect(next > newest).toBe(true)
        expect(next).toHaveLength(17)
        expect(physicalMsOf(next)).toBeGreaterThanOrEqual(Math.max(physicalMsOf(newest), nowMs))
        newest = next
      }
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('LG-11 with a clock that goes forward the physical part is the clock', () => {
  fc.assert(
    fc.property(fc.uniqueArray(deviceMs, { minLength: 1 }), (clock) => {
      let newest = HYBRID_TIME_ZERO
      for (const nowMs of clock.toSorted((a, b) => a - b).filter((ms) => ms > 0)) {
        newest = nextHybridTime(newest, nowMs)
        expect(physicalMsOf(newest)).toBe(nowMs)
      }
    }),
    { seed: 2 },
  )
})

test('LG-11 a full counter carries into the milliseconds', () => {
  expect(nextHybridTime(hybridTime('0193e0a1b2c3-ffff'), 0)).toBe('0193e0a1b2c4-0000')
  expect(nextHybridTime(hybridTime('0193e0a1b2c3-fffe'), 0)).toBe('0193e0a1b2c3-ffff')
})

test('LG-11 the later of two readings is the same whoever asks', () => {
  const [one, other] = [hybridTime('0193e0a1b2c3-0001'), hybridTime('0193e0a1b2c3-0002')]
  expect(laterOf(one, other)).toBe(other)
  expect(laterOf(other, one)).toBe(other)
})

test.each([-1, 0.5, Number.NaN, 2 ** 48])('LG-11 %s is no time of this era', (nowMs) => {
  expect(() => nextHybridTime(HYBRID_TIME_ZERO, nowMs)).toThrow(RangeError)
})

test('LG-11 a text that is no reading is refused', () => {
  expect(() => hybridTime('0193E0A1B2C3-0000')).toThrow(RangeError)
})
