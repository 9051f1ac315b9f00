import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimalNumber, exactMilligrams } from './exact-weight.ts'

test('DV-9 a weight is exact in either unit: 1.005 kg and 1005 g are the same', () => {
  expect(exactMilligrams(1005, 3, 'kg')).toBe(1_005_000)
  expect(exactMilligrams(1005, 0, 'g')).toBe(1_005_000)
  expect(exactMilligrams(999_999, 0, 'kg')).toBe(999_999_000_000)
})

test('DV-9 every decimal text is worth exactly what integer arithmetic says', () => {
  const parts = fc.tuple(
    fc.boolean(),
    fc.nat(99_999),
    fc.stringMatching(/^\d{0,6}$/),
    fc.constantFrom('kg', 'g'),
  )
  fc.assert(
    fc.property(parts, ([negative, whole, fraction, unit]) => {
      const text = `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
      const number = decimalNumber(text)
      if (number === null) throw new Error(`${text} was not read`)
      const scaled =
        BigInt(`${whole}${fraction}`) * (unit === 'kg' ? 1_000_000n : 1_000n) * (negative ? -1n : 1n)
      const divisor = 10n ** BigInt(fraction.length)
      const exact = scaled % divisor === 0n ? Number(scaled / divisor) : null
      expect(exactMilligrams(number.digits, number.decimals, unit === 'kg' ? 'kg' : 'g')).toBe(exact)
    }),
  )
})

test('DV-1 a negative zero is zero', () => {
  expect(Object.is(decimalNumber('-0.000')?.digits, 0)).toBe(true)
})
