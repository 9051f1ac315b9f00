import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstTryDelayMs, nightlySyncMs, retryDelayMs } from './schedule.ts'

const CHINA = { timeZone: 'Asia/Shanghai', nightlyAt: '21:30' }
const MINUTE_MS = 60_000
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

test('SY-4 each night’s sync begins within twenty minutes after the night, and never with the backup', () => {
  const night = Date.parse('2026-11-03T21:30:00+08:00')
  const noon = Date.parse('2026-11-03T12:00:00+08:00')
  expect(nightlySyncMs(noon, CHINA, 0)).toBe(night + MINUTE_MS)
  fc.assert(
    fc.property(chance, (drawn) => {
      const late = nightlySyncMs(noon, CHINA, drawn) - night
      expect(late >= MINUTE_MS && late < 20 * MINUTE_MS).toBe(true)
    }),
    { seed: 44 },
  )
})

test('SY-4 pauses grow to an hour, with jitter, and never end before the server said', () => {
  expect([1, 2, 3, 4].map((failures) => retryDelayMs(failures, null, 0))).toEqual([
    5_000, 10_000, 20_000, 40_000,
  ])
  const asked = fc.option(fc.integer({ min: 0, max: 10 * 3_600_000 }))
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), asked, chance, (failures, retryAfterMs, drawn) => {
      const delay = retryDelayMs(failures, retryAfterMs, drawn)
      const whole = Math.min(3_600_000, 10_000 * 2 ** Math.min(20, failures - 1))
      expect(delay).toBeGreaterThanOrEqual(Math.floor(whole / 2))
      expect(delay).toBeGreaterThanOrEqual(Math.min(6 * 3_600_000, retryAfterMs ?? 0))
      expect(delay).toBeLessThanOrEqual(Math.max(whole, 7.5 * 3_600_000))
    }),
    { seed: 45, numRuns: 1000 },
  )
})

test('SY-4 stations that start together do not call together', () => {
  expect(firstTryDelayMs(0)).toBe(2_000)
  expect(firstTryDelayMs(0.999_999)).toBeLessThan(10_000)
})
