import { expect, test } from 'vitest'
import { PACK, saleDraft, TODAY } from '../../../tests/fixtures/books.ts'
import type { BenefitUse, Limit, PolicyPack } from '../policy/types.ts'
import { fen } from '../units.ts'
import { brokenLimit } from './benefit-limits.ts'

const sale = saleDraft({ subsidised: true })

const use = (change: Partial<BenefitUse> = {}): BenefitUse => ({
  benefitId: 'daily-3',
  businessDate: TODAY,
  mealPeriod: 'lunch',
  amountFen: fen(300),
  here: true,
  saleId: 'earlier',
  ...change,
})

const limited = (limits: readonly Limit[], together: readonly Limit[] = []): PolicyPack => ({
  ...PACK,
  steps: PACK.steps.map((step) =>
    step.kind === 'benefits'
      ? { ...step, limits: together, benefits: step.benefits.map((benefit) => ({ ...benefit, limits })) }
      : step,
  ),
})

test('LG-18 the first use of the day holds, the second does not', () => {
  expect(brokenLimit(sale, PACK, [])).toBeNull()
  expect(brokenLimit(sale, PACK, [use()])).toBe('daily-3')
  expect(
    brokenLimit(sale, PACK, [use({ businessDate: '2026-11-02' }), use({ benefitId: 'other' })]),
  ).toBeNull()
})

test('LG-18 an amount may be used up to the fen and not beyond', () => {
  const upTo = (amountFen: number): PolicyPack =>
    limited([{ per: 'month', amountFen: fen(amountFen), scope: 'here' }])
  const uses = [use({ businessDate: '2026-11-01' })]
  expect(brokenLimit(sale, upTo(600), uses)).toBeNull()
  expect(brokenLimit(sale, upTo(599), uses)).toBe('daily-3')
  expect(brokenLimit(sale, upTo(599), [use({ businessDate: '2026-11-01', here: false })])).toBeNull()
})

test('LG-18 a limit on the whole step counts all its benefits', () => {
  const pack = limited([], [{ per: 'meal-period', count: 1, scope: 'everywhere' }])
  expect(brokenLimit(sale, pack, [])).toBeNull()
  expect(brokenLimit(sale, pack, [use()])).toBe('daily-3')
  expect(brokenLimit(sale, pack, [use({ mealPeriod: 'dinner' })])).toBeNull()
})

test('LG-18 a benefit that the pack does not know never holds', () => {
  expect(brokenLimit(sale, { ...PACK, steps: [] }, [])).toBe('daily-3')
})
