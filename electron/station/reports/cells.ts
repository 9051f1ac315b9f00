import type { CellObject, Row } from 'write-excel-file/node'
import { gramNumber, kilogramNumber, wallDate, yuanNumber } from './amounts.ts'

/** Typed cells of a spreadsheet: a sum over a column works, and a text never runs as a formula. */

const BORDER = { borderStyle: 'thin', borderColor: '#d9d2c3' } as const

export const textCell = (text: string): CellObject => ({ value: text, type: String, format: '@', ...BORDER })
export const countCell = (count: number): CellObject => ({
  value: count,
  type: Number,
  format: '#,##0',
  align: 'right',
  ...BORDER,
})
export const yuanCell = (amountFen: number): CellObject => ({
  value: yuanNumber(amountFen),
  type: Number,
  format: '#,##0.00',
  align: 'right',
  ...BORDER,
})
export const kilogramCell = (weightMg: number): CellObject => ({
  value: kilogramNumber(weightMg),
  type: Number,
  format: '#,##0.000',
  align: 'right',
  ...BORDER,
})
export const gramCell = (weightMg: number): CellObject => ({
  value: gramNumber(weightMg),
  type: Number,
  format: '#,##0.0',
  align: 'right',
  ...BORDER,
})
export const dateCell = (date: string): CellObject => ({
  value: new Date(`${date}T00:00:00Z`),
  type: Date,
  format: 'yyyy-mm-dd',
  align: 'left',
  ...BORDER,
})
export const momentCell = (atMs: number, timeZone: string): CellObject => ({
  value: wallDate(atMs, timeZone),
  type: Date,
  format: 'yyyy-mm-dd hh:mm:ss',
  align: 'left',
  ...BORDER,
})

export const headRow = (...words: readonly string[]): Row =>
  words.map((value) => ({
    value,
    type: String,
    fontWeight: 'bold',
    textColor: '#ffffff',
    backgroundColor: '#8a4b2a',
    align: 'center',
    alignVertical: 'center',
    height: 22,
    ...BORDER,
  }))

/** A row of sums under its table. */
export const sumRow = (cells: readonly CellObject[]): Row =>
  cells.map((cell) => ({ ...cell, fontWeight: 'bold', backgroundColor: '#f5ece0' }))
