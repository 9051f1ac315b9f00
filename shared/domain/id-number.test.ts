import fc from 'fast-check'
import { expect, test } from 'vitest'
import { birthdayOf, idNumberFault, sexOf } from './id-number.ts'

// The two numbers that GB 11643-1999 itself gives as examples.
const OF_THE_STANDARD = ['11010519491231002X', '440524188001010014']

test('ME-4 the numbers of the standard count, and give birthday and sex', () => {
  expect(OF_THE_STANDARD.map(idNumberFault)).toEqual([null, null])
  expect(OF_THE_STANDARD.map(birthdayOf)).toEqual(['1949-12-31', '1880-01-01'])
  expect(OF_THE_STANDARD.map(sexOf)).toEqual(['female', 'male'])
})

test('ME-4 a wrong form, a day that is none and a wrong check digit are told apart', () => {
  for (const wrong of [
    '',
    '1101051949123100',
    '11010519491231002x',
    '01010519491231002X',
    '1101051949123100２X',
  ])
    expect(idNumberFault(wrong), `number ${wrong}`).toBe('form')
  for (const wrong of ['110105194902300020', '110105194913010020', '110105000101010020'])
    expect(idNumberFault(wrong), `number ${wrong}`).toBe('birthday')
  expect(idNumberFault('110105194912310021')).toBe('check-digit')
})

test('ME-4 one digit mistyped, or two neighbours exchanged, never counts', () => {
  const place = fc.nat(16)
  const digit = fc.integer({ min: 0, max: 9 })
  fc.assert(
    fc.property(fc.constantFrom(...OF_THE_STANDARD), place, digit, (number, at, other) => {
      const mistyped = number.slice(0, at) + String(other) + number.slice(at + 1)
      const exchanged =
        number.slice(0, at) + (number[at + 1] ?? '') + (number[at] ?? '') + number.slice(at + 2)
      const counting = [mistyped, exchanged].filter((all) => all !== number && idNumberFault(all) === null)
      expect(counting).toEqual([])
    }),
  )
})
