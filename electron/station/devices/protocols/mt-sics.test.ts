import { describe, expect, test } from 'vitest'
import { MtSicsFramer, parseMtSics } from './mt-sics.ts'
import type { Refusal } from './protocol.ts'

const weight = (stable: boolean, weightMg: number): object => ({ kind: 'weight', stable, weightMg })

describe('parseMtSics', () => {
  const KNOWN: readonly (readonly [string, object | null])[] = [
    ['S S     100.00 g', weight(true, 100_000)],
    ['S D      0.360 Kg', weight(false, 360_000)],
    ['S S 0.360 KG', weight(true, 360_000)],
    ['S S     -0.012 kg', weight(true, -12_000)],
    ['S S     -0.000 kg', weight(true, 0)],
    ['S S      1.005 kg', weight(true, 1_005_000)],
    ['S S          7 kg', weight(true, 7_000_000)],
    ['S +', { kind: 'overload' }],
    ['S -', { kind: 'underload' }],
    ['S I', { kind: 'no-weight' }],
    ['S L', { kind: 'refused', refusal: { reason: 'device-error', code: 'parameter' } }],
    ['ES', { kind: 'refused', refusal: { reason: 'device-error', code: 'syntax' } }],
    ['ET', { kind: 'refused', refusal: { reason: 'device-error', code: 'transmission' } }],
    ['EL', { kind: 'refused', refusal: { reason: 'device-error', code: 'parameter' } }],
    ['S S 1.2.3 kg', null],
    ['S S 1,234 kg', null],
    ['S S', null],
    ['S S 1.000 kg extra', null],
    ['S X 1.000 kg', null],
    ['constructor', null],
    ['', null],
  ]
  for (const [text, reply] of KNOWN)
    test(`DV-1 '${text}' says ${JSON.stringify(reply)}`, () => {
      expect(parseMtSics(text)).toEqual(reply)
    })
})

describe('foreign units', () => {
  for (const unit of ['lb', 'oz', '斤', 't', 'PCS', 'mg', '%', ''])
    test(`DV-9 a weight in '${unit}' is refused by name`, () => {
      expect(parseMtSics(`S S      1.234 ${unit}`)).toEqual({
        kind: 'refused',
        refusal: { reason: 'foreign-unit', unit },
      })
    })

  test('DV-9 what is finer than a milligram or beyond all counting is refused, not rounded', () => {
    for (const text of ['S S 0.0005 g', 'S S 99999999999999 kg'])
      expect(parseMtSics(text)).toEqual({ kind: 'refused', refusal: { reason: 'not-exact' } })
    expect(parseMtSics('S S 0.5000 g')).toEqual(weight(true, 500))
  })
})

test('DV-9 a weight in 斤 is refused in either encoding a scale may print it in', () => {
  for (const hex of ['BDEF', 'E696A4']) {
    const refusals: Refusal[] = []
    const framer = new MtSicsFramer({
      frame: (kind) => {
        throw new Error(`taken as ${kind}`)
      },
      refused: (refusal) => refusals.push(refusal),
    })
    framer.push(Buffer.concat([Buffer.from('S S      1.234 '), Buffer.from(hex, 'hex'), Buffer.from('\r\n')]))
    expect(refusals).toMatchObject([{ reason: 'foreign-unit' }])
  }
})
