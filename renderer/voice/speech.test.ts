import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TROUBLE_CODES, type Speech } from '../../shared/domain/checkout/view.ts'
import { fen, milligrams } from '../../shared/domain/units.ts'
import { LANGUAGES } from '../i18n/language.ts'
import { PHRASES } from './phrases.ts'
import { newSpeech, speechToClips } from './speech.ts'
import { TONES } from './tones.ts'

const fish = { zh: '红烧鱼块', en: 'Braised fish' }
const amount = fc.integer({ min: 0, max: 9_999_999 }).map(fen)
const anySpeech: fc.Arbitrary<Speech> = fc.oneof(
  fc.record({
    sequence: fc.nat(),
    kind: fc.constantFrom('place-plate', 'tap-card', 'take-plate', 'please-wait'),
  }),
  fc.record({
    sequence: fc.nat(),
    kind: fc.constant('line' as const),
    name: fc.constantFrom(fish, { zh: '别的菜', en: 'Another dish' }),
    dishId: fc.string(),
    netMg: fc.integer({ min: 0, max: 99_999_999 }).map(milligrams),
    amountFen: amount,
  }),
  fc.record({ sequence: fc.nat(), kind: fc.constant('total' as const), amountFen: amount }),
  fc.record({
    sequence: fc.nat(),
    kind: fc.constant('paid' as const),
    subsidyFen: amount,
    selfPayFen: amount,
    balanceFen: fc.option(amount),
  }),
  fc.record({ sequence: fc.nat(), kind: fc.constant('insufficient' as const), shortfallFen: amount }),
  fc.record({
    sequence: fc.nat(),
    kind: fc.constant('trouble' as const),
    code: fc.constantFrom(...TROUBLE_CODES),
  }),
)

const saidInChinese = (speech: Speech) =>
  speechToClips(speech, 'zh-CN')
    .groups.map((group) => group.map((clip) => PHRASES['zh-CN'][clip]).join(''))
    .join('，')

describe('speech', () => {
  test('CK-15 announcements put the amount last, as a person would say them', () => {
    expect(
      saidInChinese({
        sequence: 1,
        kind: 'line',
        name: fish,
        dishId: 'x',
        netMg: milligrams(215_000),
        amountFen: fen(860),
      }),
    ).toBe('红烧鱼块，二百一十五克，八元六角')
    expect(
      saidInChinese({
        sequence: 2,
        kind: 'paid',
        subsidyFen: fen(300),
        selfPayFen: fen(660),
        balanceFen: fen(8_240),
      }),
    ).toBe('补贴三元，您付六元六角，余额八十二元四角')
    expect(
      saidInChinese({
        sequence: 3,
        kind: 'paid',
        subsidyFen: fen(0),
        selfPayFen: fen(900),
        balanceFen: null,
      }),
    ).toBe('您付九元')
    expect(saidInChinese({ sequence: 4, kind: 'insufficient', shortfallFen: fen(210) })).toBe(
      '余额不够，还差两元一角，请找工作人员',
    )
    expect(saidInChinese({ sequence: 5, kind: 'trouble', code: 'card-lost' })).toBe(
      '这张卡已挂失，请找工作人员',
    )
  })

  test('SC-8 a dish without a clip is left out, its amount is not', () => {
    const speech: Speech = {
      sequence: 1,
      kind: 'line',
      name: { zh: '没有录音的菜', en: 'No clip' },
      dishId: 'braised-fish',
      netMg: milligrams(100_000),
      amountFen: fen(500),
    }
    expect(saidInChinese(speech)).toBe('一百克，五元')
  })

  test('SC-8 every clip of every announcement stands in the manifest, in both languages', () => {
    fc.assert(
      fc.property(anySpeech, fc.constantFrom(...LANGUAGES), (speech, language) => {
        const { groups } = speechToClips(speech, language)
        expect(groups.flat().filter((clip) => PHRASES[language][clip] === undefined)).toEqual([])
      }),
      { numRuns: 2_000, seed: 20_261_101 },
    )
  })

  test('CK-17 every trouble has its own clip in both languages', () => {
    for (const language of LANGUAGES) {
      const texts = TROUBLE_CODES.map((code) => PHRASES[language][`trouble-${code}`])
      expect(new Set(texts).size).toBe(TROUBLE_CODES.length)
      expect(texts).not.toContain(undefined)
    }
  })

  test('CK-15 only a later announcement of the same connection is said', () => {
    const said = (sequence: number): Speech => ({ sequence, kind: 'tap-card' })
    expect(newSpeech(null, said(4))).toBeNull()
    expect(newSpeech(4, said(4))).toBeNull()
    expect(newSpeech(4, said(3))).toBeNull()
    expect(newSpeech(4, null)).toBeNull()
    expect(newSpeech(4, said(5))).toEqual(said(5))
  })

  test('SC-9 signal tones lie where old ears hear, and do not overlap', () => {
    for (const notes of Object.values(TONES)) {
      for (const note of notes) {
        expect(note.frequencyHz).toBeGreaterThanOrEqual(500)
        expect(note.frequencyHz).toBeLessThanOrEqual(1_000)
      }
      notes.slice(1).forEach((note, index) => {
        const before = notes[index]
        expect(before && before.startMs + before.durationMs).toBeLessThanOrEqual(note.startMs)
      })
    }
  })
})
