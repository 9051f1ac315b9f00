import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ageOn,
  BusinessDayError,
  businessDateOf,
  businessMomentOf,
  mealPeriodOf,
  type CanteenDay,
} from './business-day.ts'
import { CHINA_CALENDAR } from './calendar-china.ts'
import { DateError, isDate, weekdayOf, workingDayOf } from './calendar.ts'

const shanghai: CanteenDay = {
  timeZone: 'Asia/Shanghai',
  cutOverHour: 4,
  mealPeriods: [
    { period: 'breakfast', from: '05:30' },
    { period: 'lunch', from: '10:00' },
    { period: 'dinner', from: '15:30' },
  ],
}
const at = (iso: string): number => Date.parse(iso)

describe('business day', () => {
  test.each([
    ['2026-11-21T23:59:59.999+08:00', '2026-11-21', 'dinner'],
    ['2026-11-22T00:00:00.000+08:00', '2026-11-21', 'dinner'],
    ['2026-11-22T03:59:59.999+08:00', '2026-11-21', 'dinner'],
    ['2026-11-22T04:00:00.000+08:00', '2026-11-22', 'breakfast'],
    ['2026-11-22T05:30:00.000+08:00', '2026-11-22', 'breakfast'],
    ['2026-11-22T09:59:59.999+08:00', '2026-11-22', 'breakfast'],
    ['2026-11-22T10:00:00.000+08:00', '2026-11-22', 'lunch'],
    ['2026-11-22T15:29:59.999+08:00', '2026-11-22', 'lunch'],
    ['2026-11-22T15:30:00.000+08:00', '2026-11-22', 'dinner'],
    ['2026-01-01T02:00:00.000+08:00', '2025-12-31', 'dinner'],
    ['2024-03-01T03:00:00.000+08:00', '2024-02-29', 'dinner'],
  ])('CK-14 %s belongs to %s, %s', (iso, businessDate, mealPeriod) => {
    const minuteOfDay = Number(iso.slice(11, 13)) * 60 + Number(iso.slice(14, 16))
    expect(businessMomentOf(at(iso), shanghai)).toEqual({ businessDate, mealPeriod, minuteOfDay })
  })

  test('CK-14 the date follows the canteen’s zone, also across a change of clocks', () => {
    expect(businessDateOf(at('2026-03-29T00:59:59Z'), 'Europe/Berlin', 2)).toBe('2026-03-28')
    expect(businessDateOf(at('2026-03-29T01:00:00Z'), 'Europe/Berlin', 2)).toBe('2026-03-29')
    expect(businessDateOf(at('2026-11-22T18:29:00Z'), 'Asia/Kolkata', 0)).toBe('2026-11-22')
    expect(businessDateOf(at('2026-11-22T18:30:00Z'), 'Asia/Kolkata', 0)).toBe('2026-11-23')
  })

  test('CK-14 in Shanghai the date is the UTC date eight hours on, less the cut-over', () => {
    const moments = fc.integer({ min: at('1992-01-01T00:00Z'), max: at('2090-01-01T00:00Z') })
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 23 }), (epochMs, hour) => {
        const expected = new Date(epochMs + (8 - hour) * 3_600_000).toISOString().slice(0, 10)
        expect(businessDateOf(epochMs, 'Asia/Shanghai', hour)).toBe(expected)
      }),
      { numRuns: 1_000 },
    )
  })

  test('CK-14 the order of the windows in the configuration means nothing', () => {
    const turned = shanghai.mealPeriods.toReversed()
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000_000 }), (epochMs) => {
        expect(mealPeriodOf(epochMs, 'Asia/Shanghai', turned, 4)).toBe(
          mealPeriodOf(epochMs, 'Asia/Shanghai', shanghai.mealPeriods, 4),
        )
      }),
      { numRuns: 1_000 },
    )
  })

  test('CK-14 a broken configuration is an error, never a guess', () => {
    expect(() => businessDateOf(Number.NaN, 'Asia/Shanghai', 4)).toThrow(BusinessDayError)
    expect(() => businessDateOf(0, 'Asia/Shanghai', 24)).toThrow(BusinessDayError)
    expect(() => businessDateOf(0, 'Asia/Nowhere', 4)).toThrow(RangeError)
    expect(() => mealPeriodOf(0, 'Asia/Shanghai', [])).toThrow(BusinessDayError)
    expect(() => mealPeriodOf(0, 'Asia/Shanghai', [{ period: 'lunch', from: '25:00' }])).toThrow(
      BusinessDayError,
    )
  })
})

describe('age', () => {
  test.each([
    ['1961-11-22', '2026-11-21', 64],
    ['1961-11-22', '2026-11-22', 65],
    ['1961-11-22', '2027-11-21', 65],
    ['1960-02-29', '2025-02-27', 64],
    ['1960-02-29', '2025-02-28', 65],
    ['1960-02-29', '2025-03-01', 65],
    ['1960-02-29', '2024-02-28', 63],
    ['1960-02-29', '2024-02-29', 64],
    ['1960-02-28', '2025-02-28', 65],
    ['2026-11-22', '2026-11-22', 0],
    ['2026-11-23', '2026-11-22', -1],
    ['1920-12-31', '2026-01-01', 105],
  ])('PO-7 born %s is on %s %i years old', (bornOn, date, age) => {
    expect(ageOn(bornOn, date)).toBe(age)
  })

  test('PO-7 what is no date has no age', () => {
    for (const wrong of [
      '',
      '1961-11',
      '1961-02-29',
      '1961-13-01',
      '1961-00-10',
      '61-11-22',
      '1961-11-22T00:00',
    ])
      expect(() => ageOn(wrong, '2026-11-22')).toThrow(DateError)
    expect(() => ageOn('1961-11-22', 'today')).toThrow(DateError)
  })
})

describe('working days', () => {
  test.each([
    ['2026-11-20', true, 'a Friday'],
    ['2026-11-21', false, 'a Saturday'],
    ['2026-11-22', false, 'a Sunday'],
    ['2026-10-01', false, '国庆'],
    ['2026-10-10', true, 'a Saturday worked for 国庆'],
    ['2026-09-20', true, 'a Sunday worked for 国庆'],
    ['2026-02-14', true, 'a Saturday worked for 春节'],
    ['2026-02-16', false, '除夕, a Monday'],
    ['2026-02-24', true, 'the day after 春节'],
    ['2026-05-09', true, 'a Saturday worked for 劳动节'],
    ['2026-01-04', true, 'a Sunday worked for 元旦'],
  ])('PO-9 %s: working day %s, being %s', (date, workingDay) => {
    expect(workingDayOf(CHINA_CALENDAR, date)).toEqual({ workingDay, fromNotice: true })
  })

  test('PO-9 a year without a notice goes by Monday to Friday and says so', () => {
    expect(workingDayOf(CHINA_CALENDAR, '2030-10-01')).toEqual({ workingDay: true, fromNotice: false })
    expect(workingDayOf([], '2026-11-22')).toEqual({ workingDay: false, fromNotice: false })
    expect(() => workingDayOf(CHINA_CALENDAR, '2026-02-30')).toThrow(DateError)
  })

  test('PO-9 every notice holds whole dates of its year, make-up days on weekends only, and no day twice', () => {
    for (const { year, holidays, makeUpDays } of CHINA_CALENDAR) {
      const days = [...holidays.flatMap(({ from, to }) => [from, to]), ...makeUpDays]
      expect(days.every((day) => isDate(day) && day.startsWith(`${year}-`))).toBe(true)
      expect(makeUpDays.every((day) => weekdayOf(day) >= 6)).toBe(true)
      expect(holidays.every(({ from, to }) => from <= to)).toBe(true)
      expect(makeUpDays.some((day) => holidays.some(({ from, to }) => from <= day && day <= to))).toBe(false)
      expect(new Set(makeUpDays).size).toBe(makeUpDays.length)
    }
  })
})
