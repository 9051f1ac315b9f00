import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TROUBLE_CODES } from '../../shared/domain/checkout/view.ts'
import { longMenuFixture, menuFixture } from '../../tests/fixtures/menus-shown.ts'
import { phaseFixtures, troubleFixtures } from '../../tests/fixtures/views.ts'
import { LANGUAGES } from '../i18n/language.ts'
import { linesThatFit } from './basket.tsx'
import { pagesOf, sectionsOf } from './menu-sheet.tsx'
import { figureOf, messageOf } from './message.ts'
import { reckoningOf } from './reckoning.tsx'

describe('the seniors’ screen', () => {
  test('SC-3 every phase and every trouble has a sign and words', () => {
    for (const view of Object.values(phaseFixtures)) expect(messageOf(view).sign).toBeTruthy()
    for (const code of TROUBLE_CODES) {
      const view = troubleFixtures[code]
      expect(view && messageOf(view)).toMatchObject({ trouble: code })
    }
    expect(messageOf(phaseFixtures.paid)).toEqual({ sign: 'good', words: 'paid' })
    expect(messageOf(phaseFixtures['paid-again'])).toEqual({ sign: 'wait', trouble: 'already-paid' })
    expect(messageOf(phaseFixtures['ready-held'])).toEqual({ sign: 'wait', words: 'held' })
  })

  test('SC-4 the amount is one of the station’s own', () => {
    expect(figureOf(phaseFixtures.idle)).toBeNull()
    expect(figureOf(phaseFixtures.ready)).toEqual({ label: 'total', amountFen: 960 })
    expect(figureOf(phaseFixtures.checking)).toEqual({ label: 'youPay', amountFen: 660 })
    expect(figureOf(phaseFixtures.paid)).toEqual({ label: 'paid', amountFen: 660 })
    expect(figureOf(phaseFixtures.insufficient)).toEqual({ label: 'short', amountFen: 210 })
    expect(figureOf({ ...phaseFixtures.idle, phase: 'awaiting-plate' })).toBeNull()
  })

  test('SC-4 the reckoning shows the quote in order, and the balance last', () => {
    expect(reckoningOf(phaseFixtures.paid)).toEqual([
      { label: 'price', fen: 960 },
      { label: 'subsidy', fen: -300 },
      { label: 'balance', fen: 8_240 },
    ])
    expect(reckoningOf(phaseFixtures['paid-mixed']).map((row) => row.label)).toEqual([
      'price',
      'discount',
      'subsidy',
      'wallet',
      'cash',
      'balance',
    ])
    expect(reckoningOf(phaseFixtures.insufficient).at(-1)).toEqual({ label: 'balance', fen: 450 })
    expect(reckoningOf(phaseFixtures.ready)).toEqual([])
  })

  test('SC-4 a card tapped before there is a plate shows its balance', () => {
    expect(reckoningOf(phaseFixtures['awaiting-plate'])).toEqual([{ label: 'balance', fen: 8_900 }])
  })

  test('SC-11 eight lines fit in Chinese, and what does not fit is the oldest', () => {
    const { lines } = phaseFixtures['ready-many']
    expect(linesThatFit(lines, 'zh-CN')).toEqual(lines)
    const twice = [...lines, ...lines].map((line, lineNo) => ({ ...line, lineNo }))
    for (const language of LANGUAGES) {
      const shown = linesThatFit(twice, language)
      expect(shown.length).toBeGreaterThanOrEqual(5)
      expect(shown.length).toBeLessThan(twice.length)
      expect(shown).toEqual(twice.slice(-shown.length))
    }
  })

  test('SC-11 pages hold every dish once, in order, whatever the menu', () => {
    const shortPages = pagesOf(sectionsOf(menuFixture.dishes), 'zh-CN')
    expect(shortPages).toHaveLength(1)
    expect(pagesOf(sectionsOf(longMenuFixture.dishes), 'zh-CN').length).toBeGreaterThan(1)
    expect(pagesOf(sectionsOf([]), 'zh-CN')).toEqual([[]])
    const anyDishes = fc.array(fc.constantFrom(...longMenuFixture.dishes), { maxLength: 60 })
    fc.assert(
      fc.property(anyDishes, fc.constantFrom(...LANGUAGES), (dishes, language) => {
        const sections = sectionsOf(dishes)
        const onPages = pagesOf(sections, language)
          .flat()
          .flatMap((section) => section.dishes)
        expect(onPages).toEqual(sections.flatMap((section) => section.dishes))
      }),
      { numRuns: 300, seed: 11 },
    )
  })
})
