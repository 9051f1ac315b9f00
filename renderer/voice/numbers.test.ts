import { describe, expect, test } from 'vitest'
import { LANGUAGES, type Language } from '../i18n/language.ts'
import { amountToClips, numberToClips, weightToClips, type ClipId } from './numbers.ts'
import { PHRASES } from './phrases.ts'

/** Reads numbers back from the words that are heard, with no knowledge of how they were put together. */
const DIGITS = '零一二三四五六七八九'
const PLACES: Record<string, number> = { 十: 10, 百: 100, 千: 1_000, 万: 10_000 }

function readChinese(text: string): number {
  let total = 0
  let digit: number | null = null
  for (const character of text.replaceAll('两', '二')) {
    const place = PLACES[character]
    if (place === undefined) {
      if (digit !== null && digit !== 0) throw new Error(`two digits in a row in ${text}`)
      digit = DIGITS.indexOf(character)
      if (digit < 0) throw new Error(`no digit: ${character} in ${text}`)
    } else {
      total += (digit === null || digit === 0 ? 1 : digit) * place
      digit = null
    }
  }
  return total + (digit ?? 0)
}

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

function readEnglish(text: string): number {
  let total = 0
  let current = 0
  for (const word of text.split(/[ -]/).filter((part) => part !== 'and' && part !== '')) {
    if (word === 'thousand') {
      total += current * 1_000
      current = 0
    } else if (word === 'hundred') current *= 100
    else if (SMALL.includes(word)) current += SMALL.indexOf(word)
    else {
      if (!TENS.includes(word)) throw new Error(`no number: ${word}`)
      current += (TENS.indexOf(word) + 1) * 10
    }
  }
  return total + current
}

function heard(clips: readonly ClipId[] | null, language: Language): string {
  if (clips === null) throw new Error('silence')
  return clips
    .map((clip) => {
      const text = PHRASES[language][clip]
      if (text === undefined) throw new Error(`${clip} is in no manifest`)
      return text
    })
    .join(language === 'zh-CN' ? '' : ' ')
}

function amountHeard(fen: number, language: Language): number {
  const text = heard(amountToClips(fen, language), language)
  if (language === 'en') {
    const [, yuan, small] = /^(?:(.+) yuan)?(?: and )?(?:(.+) fen)?$/.exec(text) ?? []
    return readEnglish(yuan ?? 'zero') * 100 + readEnglish(small ?? 'zero')
  }
  const [, yuan, jiao, small] = /^(?:(.+)元)?(?:(.)角)?(?:零?(.)分)?$/.exec(text) ?? []
  return readChinese(yuan ?? '零') * 100 + readChinese(jiao ?? '零') * 10 + readChinese(small ?? '零')
}

function weightHeard(grams: number, language: Language): number {
  const number = heard(weightToClips(grams * 1_000, language), language).replace(/(?:克| grams?)$/, '')
  return language === 'zh-CN' ? readChinese(number) : readEnglish(number)
}

/** The numbers that come back as another one. */
const misheard = (hear: (value: number) => number): readonly number[] =>
  Array.from({ length: 100_000 }, (_, value) => value).filter((value) => hear(value) !== value)

describe('reading numbers', () => {
  for (const language of LANGUAGES) {
    test(`SC-8 every amount from 0 to 99 999 fen is heard as itself (${language})`, () => {
      expect(misheard((fen) => amountHeard(fen, language))).toEqual([])
    })

    test(`SC-8 every weight from 0 to 99 999 g is heard as itself (${language})`, () => {
      expect(misheard((grams) => weightHeard(grams, language))).toEqual([])
    })
  }

  test('SC-8 amounts and weights are said as people say them', () => {
    const said = (fen: number) => heard(amountToClips(fen, 'zh-CN'), 'zh-CN')
    expect([210, 1205, 8240, 860, 300, 660, 20, 2, 5, 0, 10_000, 10_010, 200].map(said)).toEqual([
      '两元一角',
      '十二元零五分',
      '八十二元四角',
      '八元六角',
      '三元',
      '六元六角',
      '两角',
      '两分',
      '五分',
      '零元',
      '一百元',
      '一百元一角',
      '两元',
    ])
    const weighed = (milligrams: number) => heard(weightToClips(milligrams, 'zh-CN'), 'zh-CN')
    expect([215_000, 2_000, 1_005_000, 1_050_000, 10_010_000, 12_500, 110_000].map(weighed)).toEqual([
      '二百一十五克',
      '两克',
      '一千零五克',
      '一千零五十克',
      '一万零一十克',
      '十二点五克',
      '一百一十克',
    ])
    expect(heard(amountToClips(8_240, 'en'), 'en')).toBe('eighty-two yuan and forty fen')
    expect(heard(weightToClips(1_000, 'en'), 'en')).toBe('one gram')
  })

  test('SC-8 what cannot be read is silence', () => {
    for (const language of LANGUAGES) {
      for (const wrong of [-1, 0.5, Number.NaN, Infinity, 100_000])
        expect(numberToClips(wrong, language)).toBeNull()
      expect(amountToClips(-1, language)).toBeNull()
      expect(amountToClips(10_000_000, language)).toBeNull()
      expect(weightToClips(-1_000, language)).toBeNull()
      expect(weightToClips(100_000_000, language)).toBeNull()
    }
  })
})
