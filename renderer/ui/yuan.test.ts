import fc from 'fast-check'
import { expect, test } from 'vitest'
import { yuanText } from './format.ts'
import { fenOfYuan } from './yuan.ts'

test('LG-4 what was written as yuan reads back as the same fen', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999 }), (fen) => {
      expect(fenOfYuan(yuanText(fen))).toBe(fen)
    }),
    { seed: 100, numRuns: 1000 },
  )
})

test.each([
  ['12', 1200],
  [' 12.5 ', 1250],
  ['0.07', 7],
  ['3。50', 350],
])('LG-4 %s is read exactly', (text, fen) => {
  expect(fenOfYuan(text)).toBe(fen)
})

test.each(['', '-1', '1.234', '1,5', '1e3', '十元', '12.', '99999999'])('LG-4 %s is no amount', (text) => {
  expect(fenOfYuan(text)).toBeNull()
})
