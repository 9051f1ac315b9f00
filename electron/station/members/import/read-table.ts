import iconv from 'iconv-lite'
import { csvRows } from '../../../../shared/domain/members/csv.ts'
import type { ImportCell } from '../../../../shared/domain/members/import-cells.ts'
import { unpacksWithinBounds } from './zip-size.ts'

export type Table = readonly (readonly ImportCell[])[]

export type TableFault = 'old-excel' | 'not-a-list' | 'too-large'

export type TableAnswer =
  { readonly kind: 'table'; readonly table: Table } | { readonly kind: 'refused'; readonly why: TableFault }

const refused = (why: TableFault): TableAnswer => ({ kind: 'refused', why })

/** What a file begins with says more than its name. */
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1')
/** The container of Excel before 2007, and of a workbook with a password. */
const COMPOUND = Buffer.from('D0CF11E0A1B11AE1', 'hex')

/** The first sheet of a workbook, or a text of separated values in UTF-8, UTF-16 or GB18030, as cells. */
export async function readTable(bytes: Buffer): Promise<TableAnswer> {
  if (bytes.subarray(0, COMPOUND.length).equals(COMPOUND)) return refused('old-excel')
  if (bytes.subarray(0, ZIP.length).equals(ZIP)) return await workbook(bytes)
  const text = decoded(bytes)
  return text === null ? refused('not-a-list') : { kind: 'table', table: csvRows(text).map(textCells) }
}

const textCells = (row: readonly string[]): readonly ImportCell[] =>
  row.map((text) => (text === '' ? null : { kind: 'text', text }))

/** Chinese spreadsheets write GBK, others UTF-8 or UTF-16; null for what is no text at all. */
function decoded(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return iconv.decode(bytes, 'utf-16le')
  if (bytes.includes(0)) return null
  const text = utf8(bytes) ?? iconv.decode(bytes, 'gb18030')
  return text.includes('\uFFFD') ? null : text.replace(/^\uFEFF/, '')
}

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** A number as its digits stand in the file, before a binary fraction makes something else of them. */
class Digits {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

async function workbook(bytes: Buffer): Promise<TableAnswer> {
  if (!unpacksWithinBounds(bytes)) return refused('too-large')
  // Loaded in the thread that reads a list: a station starts without it.
  const { readSheet } = await import('read-excel-file/universal')
  try {
    const sheet = await readSheet(new Blob([new Uint8Array(bytes)]), {
      parseNumber: (text) => new Digits(text),
    })
    return { kind: 'table', table: sheet.map((row) => row.map(cellOf)) }
  } catch (error) {
    // Whatever the library makes of a damaged workbook, nobody can read it.
    if (error instanceof Error) return refused('not-a-list')
    throw error
  }
}

function cellOf(value: unknown): ImportCell {
  if (value === null || value === undefined || value === '') return null
  if (value instanceof Digits) return { kind: 'number', text: value.text }
  if (value instanceof Date) return { kind: 'date', date: value.toISOString().slice(0, 10) }
  return typeof value === 'string' || typeof value === 'boolean'
    ? { kind: 'text', text: String(value) }
    : null
}
