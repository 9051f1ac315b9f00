import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gramsText, writtenMoment, yuanText } from './format.ts'

test('SC-4 amounts are written exactly, with two digits and their sign', () => {
  expect([0, 5, 60, 660, 12_50, 100_00, -300, -5].map(yuanText)).toEqual([
    '0.00',
    '0.05',
    '0.60',
    '6.60',
    '12.50',
    '100.00',
    '−3.00',
    '−0.05',
  ])
  fc.assert(
    fc.property(fc.maxSafeInteger(), (fen) => {
      expect(BigInt(yuanText(fen).replace('.', '').replace('−', '-'))).toBe(BigInt(fen))
    }),
    { numRuns: 1_000, seed: 3 },
  )
})

test('SC-4 grams are written exactly, without empty digits', () => {
  expect([215_000, 12_500, 1, -12_000, 0].map(gramsText)).toEqual(['215', '12.5', '0.001', '−12', '0'])
})

test('SC-4 the clock on the screen is the canteen’s, whatever zone the machine is in', () => {
  const moment = writtenMoment(Date.UTC(2026, 9, 11, 16, 5), 'zh-CN', 'Asia/Shanghai')
  expect(moment.time).toBe('00:05')
  expect(moment.date).toContain('12')
  expect(writtenMoment(Date.UTC(2026, 9, 11, 16, 5), 'en', 'Asia/Shanghai').date).toContain('Monday')
})
