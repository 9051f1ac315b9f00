import fc from 'fast-check'
import { expect, test } from 'vitest'
import { yuanText } from './format.ts'
import { fenOfText } from './yuan.ts'

test('SC-4 an amount that is written is read back to the fen, for every amount', () => {
  fc.assert(
    fc.property(fc.nat(100_000_000), (fen) => {
      expect(fenOfText(yuanText(fen))).toBe(fen)
    }),
    { numRuns: 1_000, seed: 11 },
  )
})

test('SC-4 amounts are read as people write them', () => {
  expect(['12', '12.', '12.5', '12.50', '0.07', ' 8 元', '￥', '１２。５', '007'].map(fenOfText)).toEqual([
    1200,
    1200,
    1250,
    1250,
    7,
    800,
    null,
    1250,
    700,
  ])
})

test('SC-4 what is no amount is none: nothing is guessed and nothing cut off', () => {
  const wrong = ['', '.', '.5', '12.345', '-1', '+1', '1,200', '1e3', '12 5', 'abc', '1000000.01', '99999999']
  expect(wrong.map(fenOfText)).toEqual(wrong.map(() => null))
})
