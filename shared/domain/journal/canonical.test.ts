import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CanonicalError, canonicalJson, CanonicalWriter } from './canonical.ts'

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value')),
  ),
})).value

test('LG-9 canonical text reads back as the same value', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
    { seed: 8785, numRuns: 500 },
  )
})

test('LG-9 the order in which properties were set does not show', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ unit: 'binary' }), fc.maxSafeInteger(), { maxKeys: 60 }),
      (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed())
        expect(canonicalJson(reversed)).toBe(canonicalJson(value))
      },
    ),
    { seed: 8785, numRuns: 300 },
  )
})

test('LG-9 keys stand in the order of UTF-16 code units, as RFC 8785 sorts them', () => {
  const value = { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, ö: 7 }
  expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"\u{1f600}":5,"\ufb33":3}')
})

test('LG-9 strings escape only what they must, in lower-case hexadecimal', () => {
  expect(canonicalJson('€$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"')
  expect(canonicalJson('陈依姆 𠮷 \u2028\u007f')).toBe('"陈依姆 𠮷 \u2028\u007f"')
})

test('LG-9 one writer writes value after value, also when it has to make room', () => {
  const writer = new CanonicalWriter()
  for (const value of [
    ['a'.repeat(50_000)],
    { zh: '陈'.repeat(30_000) },
    '𠮷'.repeat(20_000),
    [1, 23, 456_789],
  ]) {
    writer.clear()
    writer.value(value)
    expect(new TextDecoder().decode(writer.view(0))).toBe(JSON.stringify(value))
  }
})

test('LG-9 every whole number is written with all its digits', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(canonicalJson(value)).toBe(String(value))
    }),
    { seed: 10, numRuns: 1000 },
  )
  for (let power = 1; power < Number.MAX_SAFE_INTEGER; power *= 10)
    for (const value of [power - 1, power, -power]) expect(canonicalJson(value)).toBe(JSON.stringify(value))
})

test('LG-9 numbers are whole: minus zero is zero, the largest are exact', () => {
  expect(canonicalJson([0, -0, -1, Number.MAX_SAFE_INTEGER])).toBe('[0,0,-1,9007199254740991]')
})

test('LG-9 objects that begin alike and have as many keys are not taken for each other', () => {
  const keys = fc.constantFrom('a', 'b', 'c', 'd', 'toString', 'constructor', 'hasOwnProperty')
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(keys, { minLength: 1, maxLength: 4 }), { minLength: 2 }),
      (shapes) => {
        for (const shape of shapes) {
          const value = Object.fromEntries(
            shape.map((key, index) => [key, index % 3 === 2 ? undefined : index]),
          )
          expect(canonicalJson(value)).toBe(JSON.stringify(value, shape.toSorted()))
        }
      },
    ),
    { seed: 9, numRuns: 500 },
  )
})

test('LG-9 a property that is undefined is not there', () => {
  expect(canonicalJson({ b: undefined, a: 1, c: undefined })).toBe('{"a":1}')
})

test.each([
  ['a fraction', 0.5],
  ['an unsafe integer', 2 ** 53],
  ['not a number', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['a big integer', 1n],
  ['undefined in an array', [undefined]],
  ['a lone surrogate', '\ud800'],
  ['a lone surrogate in a key', { '\udfff': 1 }],
  ['a date', new Date(0)],
  ['a map', new Map()],
  ['a function', () => 1],
])('LG-9 %s has no canonical form', (_what, value) => {
  expect(() => canonicalJson(value)).toThrow(CanonicalError)
})
