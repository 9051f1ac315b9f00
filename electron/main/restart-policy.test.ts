import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RESTART_LIMITS, supervise } from './restart-policy.ts'

const crashesAt = (...secondsAgo: readonly number[]) => secondsAgo.map((seconds) => 100_000 - seconds * 1_000)

test('ST-3 the first crash is answered quickly, each further one within the minute more slowly', () => {
  expect(supervise(crashesAt(0), 100_000)).toEqual({ restartAfterMs: 200 })
  expect(supervise(crashesAt(5, 0), 100_000)).toEqual({ restartAfterMs: 400 })
  expect(supervise(crashesAt(20, 10, 5, 0), 100_000)).toEqual({ restartAfterMs: 1_600 })
})

test('ST-3 the fifth crash within a minute is the last', () => {
  expect(supervise(crashesAt(59, 30, 20, 10, 0), 100_000)).toEqual({ giveUp: true })
})

test('ST-3 crashes of more than a minute ago are forgiven', () => {
  expect(supervise(crashesAt(60, 30, 20, 10, 0), 100_000)).toEqual({ restartAfterMs: 1_600 })
  expect(supervise(crashesAt(99, 98, 97, 96, 95, 0), 100_000)).toEqual({ restartAfterMs: 200 })
})

test('ST-3 however often it crashes, a window never holds more starts than the limit', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 60 }), (gapsMs) => {
      const crashTimesMs: number[] = []
      let nowMs = 0
      for (const gapMs of gapsMs) {
        nowMs += gapMs
        crashTimesMs.push(nowMs)
        const decision = supervise(crashTimesMs, nowMs)
        if ('giveUp' in decision) return
        const recent = crashTimesMs.filter((atMs) => nowMs - atMs < RESTART_LIMITS.windowMs)
        expect(recent.length).toBeLessThan(RESTART_LIMITS.crashes)
        nowMs += decision.restartAfterMs
      }
    }),
  )
})
