import { expect, test } from 'vitest'
import { decodeEscPos, GLYPH_BYTES, textBytes } from '../devices/protocols/escpos.ts'
import { paperBytes } from './paper-bytes.ts'
import { withRareDrawn } from './rare-glyphs.ts'

const HEAD_BYTES = 5

/** The dots of a drawn character, row by row. */
function rowsOf(drawn: Uint8Array): string[] {
  const glyph = drawn.subarray(HEAD_BYTES)
  const dot = (x: number, y: number): boolean => (((glyph[3 * x + (y >> 3)] ?? 0) >> (7 - (y & 7))) & 1) === 1
  return Array.from({ length: 24 }, (_, y) =>
    Array.from({ length: 24 }, (__, x) => (dot(x, y) ? '█' : '·')).join(''),
  )
}

test.each(['㛃', '䶮', '𬱖', '𬭎', '䲟'])('PT-1 %s is drawn in a square of its own dots', (character) => {
  const bytes = withRareDrawn(character)
  expect(bytes).toHaveLength(HEAD_BYTES + GLYPH_BYTES)
  const rows = rowsOf(bytes)
  const black = rows.join('').replaceAll('·', '').length
  // Strokes, and neither an empty square nor a black one.
  expect(black).toBeGreaterThan(60)
  expect(black).toBeLessThan(400)
  expect(rows.filter((row) => row.includes('█')).length).toBeGreaterThan(16)
})

test('PT-1 no two of them look alike, and what every font has stays text', () => {
  const drawn = Array.from('㛃䶮𬱖𬭎䲟', (character) => Buffer.from(withRareDrawn(character)).toString('hex'))
  expect(new Set(drawn).size).toBe(drawn.length)
  expect(withRareDrawn('老年食堂 3.60')).toEqual(textBytes('老年食堂 3.60'))
})

test('PT-1 a character that was never drawn is text: none is lost', () => {
  expect(decodeEscPos(withRareDrawn('王𠀀'))).toEqual([{ kind: 'print', text: '王𠀀' }])
})

test('PT-1 PT-5 a receipt with such a name is the same lines, its rare characters pictures where that is set', () => {
  const markup = '姓名 | 王䶮'
  const plain = decodeEscPos(paperBytes(markup, 32))
  expect(JSON.stringify(plain)).toContain('王䶮')
  const drawn = decodeEscPos(paperBytes(markup, 32, 'bitmap'))
  expect(drawn).toContainEqual({ kind: 'command', command: 'image', direction: 'host' })
  expect(drawn.filter(({ kind }) => kind === 'error')).toEqual([])
  const lines = (things: typeof plain): number =>
    things
      .map((thing) => (thing.kind === 'print' ? thing.text : ''))
      .join('')
      .split('\n').length
  expect(lines(drawn)).toBe(lines(plain))
})
