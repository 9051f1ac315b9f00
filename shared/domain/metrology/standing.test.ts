import { describe, expect, test } from 'vitest'
import {
  scaleAdvice,
  USUAL_POLICY,
  verificationDaysLeft,
  weighingLock,
  type LatestCheck,
  type MetrologyPolicy,
  type ScaleDay,
} from './standing.ts'

const TODAY = '2026-11-03'
const day = (change: Partial<ScaleDay> = {}, policy: Partial<MetrologyPolicy> = {}): ScaleDay => ({
  profile: { verifiedUntil: '2027-06-30' },
  policy: { ...USUAL_POLICY, openingCheck: 'off', ...policy },
  latest: null,
  businessDate: TODAY,
  ...change,
})
const check = (change: Partial<LatestCheck> = {}): LatestCheck => ({
  checkId: 'c-1',
  businessDate: TODAY,
  verdict: 'good',
  releasedOn: null,
  ...change,
})
const standing = (change: Partial<ScaleDay>, policy: Partial<MetrologyPolicy> = {}) => [
  weighingLock(day(change, policy)),
  ...scaleAdvice(day(change, policy)),
]

describe('the opening check', () => {
  const required = { openingCheck: 'required' } as const
  const advised = { openingCheck: 'advised' } as const

  test('MT-7 required: nothing is weighed on a date before a good check on that date', () => {
    expect(standing({}, required)).toEqual(['scale-check-due'])
    expect(standing({ latest: check({ businessDate: '2026-11-02' }) }, required)).toEqual(['scale-check-due'])
    expect(standing({ latest: check() }, required)).toEqual([null])
  })

  test('MT-7 advised: it is asked for and sells; off: nobody is asked', () => {
    expect(standing({}, advised)).toEqual([null, 'check-due'])
    expect(standing({ latest: check() }, advised)).toEqual([null])
    expect(standing({}, { openingCheck: 'off' })).toEqual([null])
    expect(USUAL_POLICY.openingCheck).toBe('advised')
  })
})

describe('a check that failed', () => {
  const failed = check({ verdict: 'failed' })

  test.each(['required', 'advised', 'off'] as const)(
    'MT-8 with checks %s it locks, also on later days, until one is good',
    (openingCheck) => {
      expect(standing({ latest: failed }, { openingCheck })).toEqual(['scale-check-failed'])
      const later = { latest: { ...failed, businessDate: '2026-10-01' } }
      expect(standing(later, { openingCheck })).toEqual(['scale-check-failed'])
      expect(standing({ latest: check() }, { openingCheck })).toEqual([null])
    },
  )

  test('MT-8 a manager lets it sell for her day and no longer', () => {
    const released = { latest: { ...failed, releasedOn: TODAY } }
    for (const openingCheck of ['required', 'advised', 'off'] as const)
      expect(standing(released, { openingCheck })).toContain(null)
    expect(standing(released)).toEqual([null, 'check-released'])
    expect(standing({ ...released, businessDate: '2026-11-04' })).toEqual(['scale-check-failed'])
  })

  test('MT-8 where the canteen says so, only a good check unlocks', () => {
    const released = { latest: { ...failed, releasedOn: TODAY } }
    expect(standing(released, { failedCheck: 'lock' })).toEqual(['scale-check-failed'])
  })
})

describe('the certificate', () => {
  const until = (verifiedUntil: string) => ({ profile: { verifiedUntil } })

  test('MT-9 its last day is a day to sell on; the day after, it locks or warns by the setting', () => {
    expect(standing(until(TODAY))).toEqual([null, 'verification-soon'])
    expect(standing(until('2026-11-02'))).toEqual(['scale-verification-expired'])
    expect(standing(until('2026-11-02'), { expiredVerification: 'warn' })).toEqual([
      null,
      'verification-expired',
    ])
  })

  test('MT-9 it is spoken of thirty days before, beside whatever else there is', () => {
    expect(standing(until('2026-12-04'))).toEqual([null])
    expect(standing(until('2026-12-03'))).toEqual([null, 'verification-soon'])
    expect(standing(until('2026-12-03'), { openingCheck: 'advised' })).toEqual([
      null,
      'check-due',
      'verification-soon',
    ])
    const failed = { ...until('2026-12-03'), latest: check({ verdict: 'failed' }) }
    expect(standing(failed)).toEqual(['scale-check-failed', 'verification-soon'])
    expect(verificationDaysLeft(day(until('2026-12-03')))).toBe(30)
  })
})
