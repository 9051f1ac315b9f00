import fc from 'fast-check'
import { expect, test } from 'vitest'
import { superfluous, type Kept } from './retention.ts'

const DAY_MS = 86_400_000
const CHINA_MS = 8 * 3_600_000
const nightly = (nights: number): readonly Kept[] =>
  Array.from({ length: nights }, (_, night) => ({
    name: `night-${night}`,
    takenAtMs: Date.UTC(2026, 0, 1, 13, 30) + night * DAY_MS,
  }))

const keptOf = (backups: readonly Kept[], justMade: string | null = null): readonly Kept[] => {
  const gone = new Set(superfluous(backups, CHINA_MS, justMade))
  return backups.filter(({ name }) => !gone.has(name))
}

test('LG-29 after two years of nights 7 days, 4 weeks and 12 months are left', () => {
  let backups: readonly Kept[] = []
  for (const night of nightly(730)) backups = keptOf([...backups, night], night.name)
  const dates = backups.map(({ takenAtMs }) => new Date(takenAtMs + CHINA_MS).toISOString().slice(0, 10))
  const months =
    '2027-01-31 2027-02-28 2027-03-31 2027-04-30 2027-05-31 2027-06-30 2027-07-31 2027-08-31 2027-09-30'
  const weeks = '2027-10-31 2027-11-30 2027-12-12 2027-12-19'
  const days = '2027-12-25 2027-12-26 2027-12-27 2027-12-28 2027-12-29 2027-12-30 2027-12-31'
  expect(dates.join(' ')).toBe(`${months} ${weeks} ${days}`)
})

const anyBackups = fc
  .uniqueArray(fc.integer({ min: 0, max: 40 * 365 * 24 }), { minLength: 1, maxLength: 80 })
  .map((hours) => hours.map((hour) => ({ name: `hour-${hour}`, takenAtMs: hour * 3_600_000 })))

test('LG-29 the newest backup is never let go, nor the one just made, whatever the clock said', () => {
  fc.assert(
    fc.property(anyBackups, fc.nat(), (backups, pick) => {
      const justMade = backups[pick % backups.length]
      const kept = keptOf(backups, justMade?.name)
      const newest = backups.toSorted((one, other) => other.takenAtMs - one.takenAtMs)[0]
      expect(kept).toContain(newest)
      expect(kept).toContain(justMade)
      expect(kept.length).toBeLessThanOrEqual(7 + 4 + 12 + 1)
    }),
    { seed: 20261103, numRuns: 1000 },
  )
})

test('LG-29 the seven newest days with a backup each keep one, and pruning again removes nothing', () => {
  fc.assert(
    fc.property(anyBackups, (backups) => {
      const kept = keptOf(backups)
      const dayOf = ({ takenAtMs }: Kept): number => Math.floor((takenAtMs + CHINA_MS) / DAY_MS)
      const days = [...new Set(backups.map(dayOf))].toSorted((one, other) => other - one).slice(0, 7)
      for (const day of days) expect(kept.some((backup) => dayOf(backup) === day)).toBe(true)
      expect(superfluous(kept, CHINA_MS)).toEqual([])
    }),
    { seed: 20261104, numRuns: 1000 },
  )
})
