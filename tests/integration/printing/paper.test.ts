import { transform } from 'receiptline'
import { expect, test } from 'vitest'
import { decodeEscPos } from '../../../electron/station/devices/protocols/escpos.ts'
import { paperBytes } from '../../../electron/station/printing/paper-bytes.ts'
import { Paper } from '../../../electron/station/receipts/paper.ts'
import { textOf } from '../receipts/well-formed.ts'

const receiptFor = (columns: number) =>
  new Paper('消费凭条', columns)
    .heading('邻里长者食堂（演示）')
    .middle('消费凭条')
    .rule()
    .row('姓名', '𠮷㛃䶮依姆')
    .row('很长的菜名很长的菜名很长的菜名 340 克', '12.80')
    .strong('您付', '9.80')
    .left('说明：|{}\\~_"`^=- 一行写不下的话就接着写在下一行上，一个字也不会少。')
    .receipt()

const printed = (bytes: Uint8Array): string =>
  decodeEscPos(bytes)
    .map((thing) => (thing.kind === 'print' ? thing.text : ''))
    .join('')

const lines = (text: string): readonly string[] => text.split('\n').map((line) => line.trimEnd())

/** A double character stands over two columns: layouts as text show it with a gap, paper does not. */
const withoutGaps = (text: string): string => text.replaceAll(/\s/g, '')

test.each([32, 48])(
  'PT-5 on %i columns paper has line for line what the layout of the same document has',
  (columns) => {
    const { markup, svg } = receiptFor(columns)
    const paper = lines(printed(paperBytes(markup, columns)))
    const layout = lines(
      transform(markup, { command: 'text', cpl: columns, encoding: 'gb18030', spacing: true }),
    )
    const headingLines = columns === 32 ? 2 : 1
    expect(paper.slice(headingLines)).toEqual(layout.slice(headingLines))
    expect(paper.slice(0, headingLines).map(withoutGaps)).toEqual(
      layout.slice(0, headingLines).map(withoutGaps),
    )
    const preview = lines(textOf(svg)).filter((line) => line.trim() !== '')
    const words = paper.filter((line) => line !== '' && !/^-+$/.test(line))
    expect(preview.map(withoutGaps)).toEqual(words.map(withoutGaps))
  },
)

test('PT-5 no line is wider than the paper', () => {
  const width = (line: string): number =>
    Array.from(line).reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) < 0x80 ? 1 : 2), 0)
  for (const columns of [24, 32, 42, 48]) {
    const paper = lines(printed(paperBytes(receiptFor(columns).markup, columns)))
    for (const line of paper.slice(2)) expect(width(line)).toBeLessThanOrEqual(columns)
  }
})

test('PT-1 what is printed begins with the printer’s first state, in Chinese, and ends with the cut', () => {
  const bytes = Buffer.from(paperBytes(receiptFor(32).markup, 32))
    .toString('hex')
    .toUpperCase()
  expect(bytes).toMatch(/^1B401C26/)
  expect(bytes).toMatch(/0A1C2E1D564200$/)
  expect(bytes).toContain('1D2111')
  expect(bytes).toContain('1B4501C4FAB8B61B4500')
  expect(printed(Buffer.from(bytes, 'hex'))).toContain('𠮷㛃䶮依姆')
})
