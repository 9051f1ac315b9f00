import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NO_KEYS, uidOfTyped, WEDGE_GAP_MS, wedgeKey, type WedgeAnswer } from './keyboard-wedge.ts'

/** Types these keys with the given gaps in milliseconds; the last is repeated. */
function typed(keys: readonly string[], gaps: readonly number[]): WedgeAnswer[] {
  let state = NO_KEYS
  let atMs = 1000
  return keys.map((key, index) => {
    atMs += gaps[index] ?? gaps.at(-1) ?? 0
    const answer = wedgeKey(state, { key, code: '', atMs })
    ;({ state } = answer)
    return answer
  })
}
const cards = (answers: readonly WedgeAnswer[]): string[] =>
  answers.flatMap((answer) => (answer.kind === 'card' ? [answer.digits] : []))
const keysOf = (text: string): string[] => text.split('')
const CARD = [...keysOf('0013530444'), 'Enter']

describe('a reader that types', () => {
  test('DV-20 ten digits and Enter, fast: a card; the next one too', () => {
    expect(cards(typed(CARD, [8]))).toEqual(['0013530444'])
    expect(cards(typed([...CARD, ...CARD], [8]))).toEqual(['0013530444', '0013530444'])
    expect(cards(typed([...keysOf('24d34f59'), 'Enter'], [WEDGE_GAP_MS - 1]))).toEqual(['24D34F59'])
  })

  test('DV-20 what a person types is no card: at any pace with one pause, in any keys but digits, or too short', () => {
    expect(cards(typed(CARD, [WEDGE_GAP_MS]))).toEqual([])
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: WEDGE_GAP_MS, max: 5000 }),
        (at, pause) => {
          const gaps = CARD.map((_, index) => (index === at ? pause : 8))
          const digits = cards(typed(CARD, gaps))
          // What came before the pause is not the card's; what is left of it must not pass for one.
          expect(digits.every((each) => each.length >= 8 && '0013530444'.endsWith(each) && at <= 2)).toBe(
            true,
          )
        },
      ),
    )
    expect(cards(typed([...keysOf('12345'), 'x', ...keysOf('67890'), 'Enter'], [8]))).toEqual([])
    expect(cards(typed([...keysOf('1234567'), 'Enter'], [8]))).toEqual([])
    expect(cards(typed([...keysOf('1'.repeat(21)), 'Enter'], [8]))).toEqual([])
    expect(typed(['Enter'], [8])).toMatchObject([{ kind: 'person' }])
  })

  test('DV-20 under an input method the keys’ places tell the digits', () => {
    let state = NO_KEYS
    const codes = keysOf('0012a4f5').map((c) => (/\d/.test(c) ? `Digit${c}` : `Key${c.toUpperCase()}`))
    const answers = [...codes, 'NumpadEnter'].map((code, index) => {
      const answer = wedgeKey(state, { key: 'Process', code, atMs: index * 5 })
      ;({ state } = answer)
      return answer
    })
    expect(cards(answers)).toEqual(['0012A4F5'])
  })

  test('DV-20 digits are a UID in the base that is configured', () => {
    expect(uidOfTyped('0013530444', 'decimal')).toBe('00CE754C')
    expect(uidOfTyped('13530444', 'decimal')).toBe('00CE754C')
    expect(uidOfTyped('3808980205', 'decimal')).toBe('E3086CED')
    for (const wrong of ['9999999999', '24D34F59', '1234567']) expect(uidOfTyped(wrong, 'decimal')).toBeNull()
    expect(uidOfTyped('04112233445566', 'hexadecimal')).toBe('04112233445566')
    expect(uidOfTyped('4112233445566', 'hexadecimal')).toBeNull()
  })
})
