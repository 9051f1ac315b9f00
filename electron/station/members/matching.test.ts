import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginningsOf, FIT, matcherOf, searchText, type Fit } from './matching.ts'
import { Speller } from './spelling.ts'

const speller = new Speller()

function fitOf(fullName: string, text: string, phone = ''): Fit | null {
  const syllables = speller.syllablesOf(fullName)
  const known = { memberId: 'm', name: searchText(fullName), phone, idNumber: '' }
  const searchable = { ...known, syllables, beginnings: beginningsOf(syllables) }
  return matcherOf(text)(searchable)
}

const first = (fullName: string): string =>
  speller
    .syllablesOf(fullName)
    .map(([reading]) => reading)
    .join(' ')

test('ME-5 surnames with a reading of their own, and compound ones', () => {
  const names = [
    '单田芳',
    '仇英',
    '曾国藩',
    '解晓东',
    '区丽',
    '朴实',
    '查良镛',
    '尉迟恭',
    '万俟卨',
    '单于',
    '欧阳修',
  ]
  expect(names.map(first)).toEqual([
    'shan tian fang',
    'qiu ying',
    'zeng guo fan',
    'xie xiao dong',
    'ou li',
    'piao shi',
    'zha liang yong',
    'yu chi gong',
    'mo qi xie',
    'shan yu',
    'ou yang xiu',
  ])
})

test('ME-5 exact before begun before inside', () => {
  const fits = (text: string) => fitOf('林雅梅', text)
  expect(['林雅梅', 'linyamei', 'lym', 'LYM'].map(fits)).toEqual([FIT.exact, FIT.exact, FIT.exact, FIT.exact])
  expect(['林', 'lin', 'li', 'l', 'linya', 'liny', 'lyam', '林ym'].map(fits)).toEqual(
    Array(8).fill(FIT.prefix),
  )
  expect(['雅', '雅m', 'ya', 'yamei', 'ym', 'mei'].map(fits)).toEqual(Array(6).fill(FIT.inner))
  expect(['陈', 'in', 'nya', 'lm', 'linyameix', '林m', '138'].map(fits)).toEqual(Array(7).fill(null))
})

test('ME-5 the rarer reading of a character finds too, but after the usual one', () => {
  expect([fitOf('单田芳', 'shantf'), fitOf('单田芳', 'dantf')]).toEqual([FIT.prefix, FIT.inner])
  expect(fitOf('王乐', 'wangyue')).not.toBeNull()
})

test('ME-5 whoever types the beginning of each syllable finds her, whatever she typed of it', () => {
  const names = ['林秀英', '欧阳志远', '张长庚', '吕丽华', '买买提', '诸葛亮', '曾一一']
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 4 }),
      (name, cuts) => {
        const typed = speller
          .syllablesOf(name)
          .map(([reading = ''], at) => reading.slice(0, cuts[at]))
          .join('')
        expect(fitOf(name, typed), `typed ${typed}`).not.toBeNull()
        expect(fitOf(name, typed.toUpperCase()), `typed ${typed}`).not.toBeNull()
      },
    ),
  )
})

test('ME-5 anything may be typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      const fit = fitOf('林秀英', text, '13800138000')
      expect(fit === null || [0, 1, 2].includes(fit)).toBe(true)
    }),
  )
})
