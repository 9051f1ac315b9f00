import { describe, expect, test } from 'vitest'
import { asciiBytes } from '../protocols/bytes.ts'
import { BAD_CHECKSUM, type Said } from '../protocols/said.ts'
import { MORE, NOTHING, xorOf, type Grammar } from '../protocols/grammar.ts'
import type { ScaleProtocol } from '../protocols/protocol.ts'
import type { Language } from './languages.ts'
import { decisionOf, ranked, rivals } from './ranking.ts'

const LINE = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const

function language(protocol: string, grammar: Grammar, kind: Language['kind'] = 'scale'): Language {
  const spoken: ScaleProtocol = {
    title: protocol,
    confidence: 'likely',
    line: LINE,
    poll: null,
    grammar,
    usualUnit: 'kg',
    staleAfterMs: 800,
    stability: { readings: 5, forMs: 600 },
  }
  return { kind, protocol, alsoCalled: [], spoken, unit: 'kg' }
}

/** '=' and so many characters, read as they stand or from the back; no checksum. */
const equals = (characters: number, order: 'forward' | 'reversed'): Grammar => ({
  longest: characters + 1,
  read(bytes, from, to) {
    if (bytes[from] !== 0x3d) return NOTHING
    if (to - from <= characters) return MORE
    const text = Buffer.from(bytes.subarray(from + 1, from + 1 + characters)).toString('latin1')
    const said = numberSaid(order === 'forward' ? text : text.split('').toReversed().join(''))
    return said === null ? NOTHING : { length: characters + 1, said }
  },
})

function numberSaid(text: string): Said | null {
  const match = /^(\d+)\.(\d+)$/.exec(text)
  if (match === null) return null
  const [, whole = '', fraction = ''] = match
  return { kind: 'weight', digits: Number(whole + fraction), decimals: fraction.length, unit: null }
}

/** STX, three digits, their exclusive or: no shape but the checksum. */
const checkedDigits: Grammar = {
  longest: 8,
  read(bytes, from, to) {
    if (bytes[from] !== 0x02) return NOTHING
    if (to - from < 8) return MORE
    const text = Buffer.from(bytes.subarray(from + 1, from + 7)).toString('latin1')
    if (!/^\d{6}$/.test(text)) return NOTHING
    if (bytes[from + 7] !== xorOf(bytes, from + 1, from + 7)) return { length: 1, said: BAD_CHECKSUM }
    return { length: 8, said: { kind: 'weight', digits: Number(text), decimals: 3, unit: null } }
  },
}
const uncheckedDigits: Grammar = {
  longest: 8,
  read(bytes, from, to) {
    const found = checkedDigits.read(bytes, from, to, false)
    if (typeof found !== 'object' || found.length === 8) return found
    return { length: 8, said: { kind: 'weight', digits: 1, decimals: 3, unit: null } }
  },
}

const FORWARD = language('forward', equals(8, 'forward'))
const REVERSED = language('reversed', equals(8, 'reversed'))
const SHORT = language('short', equals(7, 'reversed'))
const look = (text: string, ...languages: readonly Language[]) =>
  rivals(ranked(asciiBytes(text), LINE, languages, false))
const names = (found: ReturnType<typeof look>) => found.map(({ candidate }) => candidate.protocol).toSorted()

describe('rivals', () => {
  test('DV-15 forward and reversed digits are both named, with what each reads, and a known kilogram decides', () => {
    const found = look('=000.3000'.repeat(8), FORWARD, REVERSED)
    expect(names(found)).toEqual(['forward', 'reversed'])
    expect(found.map(({ candidate }) => candidate.evidence.last)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ grams: 300 }),
        expect.objectContaining({ grams: 3000 }),
      ]),
    )
    expect(decisionOf(found)).toBe('weigh-known')
  })

  test('DV-15 an empty scale says nothing about the order of its digits: something is to be put on it', () => {
    expect(decisionOf(look('=000.0000'.repeat(8), FORWARD, REVERSED))).toBe('put-something')
  })

  test('DV-15 eight and nine bytes are told apart by the bytes alone', () => {
    expect(names(look('=000.3000'.repeat(8), SHORT, REVERSED))).toEqual(['reversed'])
    expect(names(look('=053.100'.repeat(8), SHORT, REVERSED))).toEqual(['short'])
  })

  test('DV-15 look-alikes that read everything alike are left to the plate', () => {
    expect(decisionOf(look('=0003.000'.repeat(8), FORWARD, language('clone', equals(8, 'forward'))))).toBe(
      'by-the-plate',
    )
  })

  test('DV-15 a fitting checksum outweighs a language that would have taken any digits', () => {
    const frame = String.fromCharCode(0x02, ...asciiBytes('001250'), xorOf(asciiBytes('001250'), 0, 6))
    const found = look(
      frame.repeat(6),
      language('careless', uncheckedDigits),
      language('checked', checkedDigits),
    )
    expect(names(found)).toEqual(['checked'])
    expect(found[0]?.candidate).toMatchObject({ grade: 'certain', evidence: { checked: true } })
  })

  test('DV-15 a frame in the middle of noise is no proof, nor is one frame alone', () => {
    const frame = '=0003.000'
    expect(look(`${'\u0081'.repeat(40)}${frame}${'\u0081'.repeat(40)}`, FORWARD)).toEqual([])
    expect(look(frame, FORWARD)[0]?.candidate.grade).toBe('weak')
  })
})
