import { describe, expect, test } from 'vitest'
import { Framer } from '../framer.ts'
import type { Said } from '../said.ts'
import { meaningOf } from '../scale-frames.ts'
import { mtSics, parseMtSics } from './mt-sics.ts'

const meaning = (line: string): object | null => {
  const said = parseMtSics(line)
  return said === null ? null : meaningOf(said, 'kg')
}
const weight = (stable: boolean, weightMg: number): object => ({
  kind: stable ? 'stable-weight' : 'moving-weight',
  weightMg,
})
const deviceError = (code: string): object => ({ kind: 'refused', refusal: { reason: 'device-error', code } })

describe('an answer and what it means', () => {
  const KNOWN: readonly (readonly [string, object | null])[] = [
    ['S S     100.00 g', weight(true, 100_000)],
    ['S D      0.360 Kg', weight(false, 360_000)],
    ['S S 0.360 KG', weight(true, 360_000)],
    ['S S     -0.012 kg', weight(true, -12_000)],
    ['S S     -0.000 kg', weight(true, 0)],
    ['S S      1.005 kg', weight(true, 1_005_000)],
    ['S S          7 kg', weight(true, 7_000_000)],
    ['S S      0.007 t', weight(true, 7_000_000)],
    ['S +', { kind: 'overload', weightMg: 0 }],
    ['S -', { kind: 'underload', weightMg: 0 }],
    ['S I', { kind: 'no-weight', weightMg: 0 }],
    ['S L', deviceError('logical')],
    ['ES', deviceError('syntax')],
    ['ET', deviceError('transmission')],
    ['EL', deviceError('logical')],
    ['S S 1.2.3 kg', null],
    ['S S 1,234 kg', null],
    ['S S', null],
    ['S S 1.000 kg extra', null],
    ['S X 1.000 kg', null],
    ['constructor', null],
    ['', null],
  ]
  for (const [line, wanted] of KNOWN)
    test(`DV-1 '${line}' means ${JSON.stringify(wanted)}`, () => {
      expect(meaning(line)).toEqual(wanted)
    })
})

describe('foreign units', () => {
  for (const unit of ['lb', 'oz', '斤', 'pcs', '%', ''])
    test(`DV-9 a weight in '${unit}' is refused by name`, () => {
      expect(meaning(`S S      1.234 ${unit}`)).toEqual({
        kind: 'refused',
        refusal: { reason: 'foreign-unit', unit },
      })
    })

  test('DV-9 what is finer than a milligram or beyond all counting is refused, not rounded', () => {
    for (const line of ['S S 0.0005 g', 'S S 99999999999999 kg'])
      expect(meaning(line)).toEqual({ kind: 'refused', refusal: { reason: 'not-exact' } })
    expect(meaning('S S 0.5000 g')).toEqual(weight(true, 500))
  })

  test('DV-9 a weight in 斤 is refused in either encoding a scale may print it in', () => {
    for (const hex of ['BDEF', 'E696A4']) {
      const heard: Said[] = []
      const framer = new Framer(mtSics.grammar, (said) => heard.push(said))
      framer.push(
        Buffer.concat([Buffer.from('S S      1.234 '), Buffer.from(hex, 'hex'), Buffer.from('\r\n')]),
      )
      expect(heard.map((said) => meaningOf(said, 'kg'))).toMatchObject([
        { kind: 'refused', refusal: { reason: 'foreign-unit' } },
      ])
    }
  })
})

test('DV-9 answers without a weight are understood and give none', () => {
  for (const line of ['Z A', 'I4 A "1234567"', 'T S      1.234 kg']) {
    expect(parseMtSics(line)).not.toBeNull()
    expect(meaning(line)).toBeNull()
  }
})
