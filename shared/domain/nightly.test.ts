import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lastNightlyMs, nextNightlyMs } from './nightly.ts'

const CHINA = { timeZone: 'Asia/Shanghai', nightlyAt: '21:30' }
const at = (iso: string): number => Date.parse(iso)

test('LG-29 the night’s work is due at the canteen’s own time of day', () => {
  expect(nextNightlyMs(at('2026-11-03T12:00:00+08:00'), CHINA)).toBe(at('2026-11-03T21:30:00+08:00'))
  expect(nextNightlyMs(at('2026-11-03T21:30:00+08:00'), CHINA)).toBe(at('2026-11-04T21:30:00+08:00'))
  expect(lastNightlyMs(at('2026-11-03T21:30:00+08:00'), CHINA)).toBe(at('2026-11-03T21:30:00+08:00'))
  expect(lastNightlyMs(at('2026-11-03T21:29:59+08:00'), CHINA)).toBe(at('2026-11-02T21:30:00+08:00'))
})

test('LG-29 where clocks are put forward and back there is one night a day', () => {
  const berlin = { timeZone: 'Europe/Berlin', nightlyAt: '02:30' }
  // On 29 March 2026 no clock showed 02:30; on 25 October two did.
  expect(nextNightlyMs(at('2026-03-28T12:00:00Z'), berlin)).toBe(at('2026-03-29T01:30:00Z'))
  expect(nextNightlyMs(at('2026-03-29T12:00:00Z'), berlin)).toBe(at('2026-03-30T00:30:00Z'))
  expect(nextNightlyMs(at('2026-10-25T12:00:00Z'), berlin)).toBe(at('2026-10-26T01:30:00Z'))
})

test('LG-29 each moment lies between two nights, at most 25 hours apart', () => {
  const moment = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') })
  const zone = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'Asia/Urumqi', 'UTC', 'America/St_Johns')
  const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  fc.assert(
    fc.property(moment, zone, time, (atMs, timeZone, [hour, minute]) => {
      const nightlyAt = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
      const last = lastNightlyMs(atMs, { timeZone, nightlyAt })
      const next = nextNightlyMs(atMs, { timeZone, nightlyAt })
      expect(last <= atMs && atMs < next).toBe(true)
      expect(next - last).toBeLessThanOrEqual(25 * 3_600_000)
      expect(next - last).toBeGreaterThanOrEqual(22 * 3_600_000)
      expect(nextNightlyMs(last, { timeZone, nightlyAt })).toBe(next)
    }),
    { seed: 20260311, numRuns: 2000 },
  )
})

test('LG-29 what is no time of day is refused', () => {
  expect(() => nextNightlyMs(0, { timeZone: 'UTC', nightlyAt: '24:00' })).toThrow(RangeError)
})
