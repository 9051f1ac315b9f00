import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../calendar.ts'
import { categoriesOn, runningOut, writtenCategory, type RegisteredCategory } from './dated-categories.ts'

const holding = (registered: readonly RegisteredCategory[], date: string): boolean =>
  categoriesOn(registered, date).categories.includes('low')
const low = (from: string | null, until: string | null): RegisteredCategory =>
  writtenCategory({ category: 'low', from, until })

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days))

describe('ME-14 categories with dates', () => {
  test.each([
    ['2026-01-01', '2026-01-31'],
    ['2028-02-01', '2028-02-29'],
    ['2027-02-28', '2027-02-28'],
    ['2026-12-31', '2027-01-01'],
  ])('from %s to %s: not the day before, the first, the last, not the day after', (from, until) => {
    const registered = [low(from, until)]
    const days = [addDays(from, -1), from, until, addDays(until, 1)]
    expect(days.map((date) => holding(registered, date))).toEqual([false, true, true, false])
  })

  test('property: the bounds are the first and the last day, whatever month or leap year they lie in', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: -5, max: 905 }),
        (from, span, at) => {
          const until = addDays(from, span)
          const date = addDays(from, at)
          expect(holding([low(from, until)], date)).toBe(at >= 0 && at <= span)
          expect(holding([low(from, null)], date)).toBe(at >= 0)
          expect(holding([low(null, until)], date)).toBe(at <= span)
          expect(holding(['low'], date)).toBe(true)
        },
      ),
      { numRuns: 10_000 },
    )
  })

  test('property: registered is holding or lapsed, never both, and a lapsed one says when it ended or begins', () => {
    const times = fc.array(
      fc
        .record({ from: fc.option(day), span: fc.option(fc.integer({ min: 0, max: 400 })) })
        .map(({ from, span }) => low(from, span === null ? null : addDays(from ?? '2020-02-29', span))),
      { minLength: 1, maxLength: 4 },
    )
    fc.assert(
      fc.property(times, day, (registered, date) => {
        const { categories, lapsed } = categoriesOn(registered, date)
        expect([...categories, ...lapsed.map(({ category }) => category)]).toEqual(['low'])
        for (const { from, until } of lapsed) {
          expect(from !== null || until !== null).toBe(true)
          expect(until === null || until < date).toBe(true)
          expect(from === null || date < from).toBe(true)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test('one that was renewed holds without a gap, and says of a gap when it begins again', () => {
    const renewed = [low('2026-01-01', '2026-06-30'), low('2026-07-01', '2026-12-31')]
    expect(['2026-06-30', '2026-07-01'].map((date) => holding(renewed, date))).toEqual([true, true])
    const gap = [low('2026-01-01', '2026-06-30'), low('2026-08-01', null)]
    expect(categoriesOn(gap, '2026-07-15').lapsed).toEqual([
      { category: 'low', until: '2026-06-30', from: '2026-08-01' },
    ])
  })
})

describe('ME-15 what runs out', () => {
  const endingOn = (registered: readonly RegisteredCategory[], date: string) =>
    runningOut(registered, date, 30).map(({ daysLeft }) => daysLeft)

  test('is told from 30 days before until its last day', () => {
    const registered = [low(null, '2028-03-01')]
    expect(endingOn(registered, '2028-01-30')).toEqual([])
    expect(endingOn(registered, '2028-01-31')).toEqual([30])
    expect(endingOn(registered, '2028-03-01')).toEqual([0])
    expect(endingOn(registered, '2028-03-02')).toEqual([])
    expect(endingOn(['low'], '2028-03-01')).toEqual([])
  })

  test('is not told when it is renewed from the next day on, and is when a day is missing', () => {
    const next = (from: string) => [low(null, '2026-06-30'), low(from, '2027-06-30')]
    expect(endingOn(next('2026-07-01'), '2026-06-20')).toEqual([])
    expect(endingOn(next('2026-06-01'), '2026-06-20')).toEqual([])
    expect(endingOn(next('2026-07-02'), '2026-06-20')).toEqual([10])
  })
})
