import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayAfter } from '../calendar.ts'
import { fen } from '../units.ts'
import { claimOf, claimPeriodOf } from './claims.ts'

describe('claims', () => {
  test.each([
    ['month', '2028-02-29', '2028-02-01', '2028-02-29', '2028-03-10'],
    ['quarter', '2026-12-31', '2026-10-01', '2026-12-31', '2027-01-10'],
    ['quarter', '2026-04-01', '2026-04-01', '2026-06-30', '2026-07-10'],
    ['half-year', '2026-06-30', '2026-01-01', '2026-06-30', '2026-07-10'],
    ['year', '2026-07-01', '2026-01-01', '2026-12-31', '2027-01-10'],
  ] as const)(
    'PO-17 a %s that holds %s goes from %s to %s and is due on %s',
    (period, date, from, to, dueOn) => {
      expect(claimPeriodOf({ period, dueDays: 10 }, date)).toEqual({ from, to, dueOn })
    },
  )

  test('PO-17 every day lies in one period, and the next period begins the day after', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('month' as const, 'quarter' as const, 'half-year' as const, 'year' as const),
        fc.integer({ min: 0, max: 20_000 }),
        (period, days) => {
          const date = addDays('2000-01-01', days)
          const { from, to } = claimPeriodOf({ period, dueDays: 0 }, date)
          expect(from <= date && date <= to).toBe(true)
          expect(claimPeriodOf({ period, dueDays: 0 }, dayAfter(to)).from).toBe(dayAfter(to))
        },
      ),
    )
  })

  test('PO-17 an advance is taken off the claim; what was not spent of it is owed back', () => {
    expect(claimOf({}, fen(500))).toEqual({ claimFen: 500, owedBackFen: 0 })
    expect(claimOf({ advanceFen: fen(300) }, fen(500))).toEqual({ claimFen: 200, owedBackFen: 0 })
    expect(claimOf({ advanceFen: fen(800) }, fen(500))).toEqual({ claimFen: 0, owedBackFen: 300 })
  })
})
