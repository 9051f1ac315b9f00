import { stringify } from 'csv-stringify/sync'
import { gramText, kilogramText, wallText, yuanText } from './amounts.ts'
import type { DayPaper } from './day-paper.ts'
import { figuresOf, type FigureValue } from './figures.ts'

const COLUMNS = ['营业日', '部分', '名称', '项目', '数值', '单位', '代码']

/**
 * One figure a line, with a byte order mark, so that a spreadsheet reads the Chinese. A text that a spreadsheet would run
 * as a formula, full-width signs among them, is put behind a quote mark; an amount below zero stays a number.
 */
export function csvOf(paper: DayPaper): Uint8Array {
  const { businessDate } = paper.report
  const rows = figuresOf(paper).map(({ section, name, measure, value, code }) => [
    businessDate,
    section,
    name,
    measure,
    value,
    value.unit === '毫秒' ? '' : value.unit,
    code,
  ])
  const text = stringify([COLUMNS, ...rows], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
    cast: { object: (value) => castOf(value as unknown as FigureValue, paper.timeZone) },
  })
  return new TextEncoder().encode(text)
}

/** Only what a person may have typed needs the guard. */
function castOf(value: FigureValue, timeZone: string): { value: string; escape_formulas: boolean } {
  switch (value.unit) {
    case '元':
      return { value: yuanText(value.fen), escape_formulas: false }
    case '千克':
      return { value: kilogramText(value.mg), escape_formulas: false }
    case '克':
      return { value: gramText(value.mg), escape_formulas: false }
    case '毫秒':
      return { value: wallText(value.atMs, timeZone), escape_formulas: false }
    case '':
      return { value: value.text, escape_formulas: true }
    case '份':
    case '笔':
    case '号':
      return { value: String(value.count), escape_formulas: false }
  }
}
