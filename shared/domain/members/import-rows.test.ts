import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvRows } from './csv.ts'
import type { ImportCell } from './import-cells.ts'
import { readList, type ListPlace } from './import-rows.ts'

const place: ListPlace = { today: '2026-11-03', cardBase: 'hexadecimal' }
const text = (said: string): ImportCell => (said === '' ? null : { kind: 'text', text: said })
const number = (said: string): ImportCell => ({ kind: 'number', text: said })
const HEAD = ['姓名', '身份证号', '生日', '电话', '卡号', '类别', '余额（元）'].map(text)

function read(cells: readonly ImportCell[], at: Partial<ListPlace> = {}) {
  const answer = readList([HEAD, cells], { ...place, ...at })
  if (answer.kind === 'refused') throw new Error(answer.why)
  return answer
}
const faults = (cells: readonly ImportCell[]) =>
  read(cells).faults.map(({ column, code }) => `${column} ${code}`)

describe('ME-9 a list of members', () => {
  test('a row is read as it was meant', () => {
    const cells = [
      ' 林　秀英\u200B',
      '11010519491231002x',
      '',
      '138-0013-8000',
      'aa:00:00:00:01',
      '低保、独居',
      '１２.50元',
    ].map(text)
    expect(read(cells).rows).toEqual([
      {
        row: 2,
        fullName: '林 秀英',
        idNumber: '11010519491231002X',
        bornOn: '1949-12-31',
        phone: '13800138000',
        cardUid: 'AA00000001',
        formOfAddress: '',
        categories: ['minimum-living', 'living-alone'],
        categoriesFrom: null,
        categoriesUntil: null,
        householdArea: '',
        residenceArea: '',
        openingFen: 1250,
      },
    ])
  })

  test.each([
    ['1948-05-20'],
    ['1948/5/20'],
    ['1948.5.20'],
    ['1948年5月20日'],
    ['19480520'],
    ['1948/5/20 0:00:00'],
  ])('a date written as %s', (written) => {
    expect(read([text('林'), null, text(written)]).rows[0]?.bornOn).toBe('1948-05-20')
  })

  test('a date cell, a date as eight digits, and one that is neither', () => {
    expect(read([text('林'), null, { kind: 'date', date: '1948-05-20' }]).rows[0]?.bornOn).toBe('1948-05-20')
    expect(read([text('林'), null, number('19480520')]).rows[0]?.bornOn).toBe('1948-05-20')
    for (const wrong of ['1948-02-30', '5/20/1948', '17673', '四八年'])
      expect(faults([text('林'), null, text(wrong)])).toEqual(['bornOn birthday-form'])
  })

  test('what a spreadsheet lost is said, never guessed', () => {
    const born = text('1948-05-20')
    expect(faults([text('林'), number('350102194805200000'), null])).toEqual([
      'idNumber id-number-lost-digits',
    ])
    expect(faults([text('林'), text('3.50102E+17'), null])).toEqual(['idNumber id-number-lost-digits'])
    expect(faults([text('林'), text('350102194805200000'), null])).toEqual(['idNumber id-number-lost-digits'])
    expect(faults([text('林'), null, born, null, number('1234567')])).toEqual(['cardUid card-lost-zeros'])
    expect(faults([text('林'), null, born, null, text('123456789')])).toEqual(['cardUid card-lost-zeros'])
    expect(faults([text('林'), null, born, null, text('1.2E+10')])).toEqual(['cardUid card-lost-zeros'])
    const typed = read([text('林'), null, born, null, number('12345678')], { cardBase: 'decimal' })
    expect(typed.rows[0]?.cardUid).toBe('00BC614E')
  })

  test('each fault has its place and its code', () => {
    expect(faults([text(''), text('11010519491231002X')])).toEqual(['fullName name-missing'])
    expect(faults([text('=cmd()'), text('11010519491231002X')])).toEqual(['fullName formula'])
    expect(faults([text('林'), text('110105194912310021')])).toEqual(['idNumber id-number-check-digit'])
    expect(faults([text('林')])).toEqual(['bornOn birthday-missing'])
    expect(faults([text('林'), text('11010519491231002X'), text('1949-12-30')])).toEqual([
      'bornOn birthday-differs',
    ])
    expect(faults([text('林'), null, text('2030-01-01')])).toEqual(['bornOn birthday-impossible'])
    expect(faults([text('林'), null, text('1948-05-20'), text('没有')])).toEqual(['phone phone-form'])
    expect(faults([text('林'), null, text('1948-05-20'), null, text('卡一')])).toEqual(['cardUid card-form'])
    expect(faults([text('林'), null, text('1948-05-20'), null, null, text('皇亲')])).toEqual([
      'categories category-unknown',
    ])
    for (const amount of ['十元', '-1', '1.234', '5001'])
      expect(faults([text('林'), null, text('1948-05-20'), null, null, null, text(amount)])).toEqual([
        'openingFen amount-form',
      ])
  })

  test('the same number, card or person twice names the earlier row', () => {
    const answer = readList(
      [
        HEAD,
        [text('林'), text('11010519491231002X'), null, null, text('AA00000001')],
        [text('陈'), text('11010519491231002x'), null, null, text('aa00000001')],
        [text('黄'), null, text('1948-05-20')],
        [null],
        [text('黄'), null, text('1948年5月20日')],
      ],
      place,
    )
    if (answer.kind === 'refused') throw new Error(answer.why)
    expect(answer.faults.map(({ row, code, otherRow }) => [row, code, otherRow])).toEqual([
      [3, 'id-number-twice', 2],
      [3, 'card-twice', 2],
      [6, 'person-twice', 4],
    ])
  })

  test('a list without what it needs is refused as a whole', () => {
    const refusal = (table: readonly (readonly ImportCell[])[]) => {
      const answer = readList(table, place)
      return answer.kind === 'refused' ? answer.why : null
    }
    expect(refusal([])).toBe('empty')
    expect(refusal([HEAD])).toBe('empty')
    expect(refusal([[text('甲'), text('乙')]])).toBe('no-headline')
    expect(refusal([[text('姓名'), text('电话')]])).toBe('no-birthday-column')
    const row = [text('林'), null, text('1948-05-20')]
    expect(refusal([HEAD, ...Array.from({ length: 50_001 }, () => row)])).toBe('too-many-rows')
    expect(refusal([[text('二〇二六年长者名单')], [], HEAD, row])).toBeNull()
  })

  test('any text splits into rows without an end, and what was quoted comes back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { minLength: 1 }),
        (rows) => {
          const head = ['a', 'b']
          const quoted = [head, ...rows].map((row) =>
            row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','),
          )
          expect(csvRows(quoted.join('\r\n'))).toEqual([head, ...rows])
        },
      ),
    )
    fc.assert(fc.property(fc.string(), (any) => csvRows(any).length <= any.length))
    expect(csvRows('姓名;生日\n林;1948\n')).toEqual([
      ['姓名', '生日'],
      ['林', '1948'],
    ])
    expect(csvRows('a,b,\n"open')).toEqual([['a', 'b', ''], ['open']])
  })

  test('the dates of categories hold for the row; each fault has its place', () => {
    const head = ['姓名', '生日', '类别', '类别生效', '类别到期'].map(text)
    const readDated = (from: string, until: string) =>
      readList([head, ['林', '1948-05-20', '低保', from, until].map(text)], place)
    expect(readDated('2026/1/1', '2026年12月31日')).toMatchObject({
      rows: [{ categories: ['minimum-living'], categoriesFrom: '2026-01-01', categoriesUntil: '2026-12-31' }],
    })
    expect(readDated('2026-02-30', '')).toMatchObject({
      faults: [{ column: 'categoriesFrom', code: 'date-form' }],
    })
    expect(readDated('2026-06-01', '2026-05-31')).toMatchObject({
      faults: [{ column: 'categoriesUntil', code: 'ends-before-it-begins' }],
    })
  })
})
