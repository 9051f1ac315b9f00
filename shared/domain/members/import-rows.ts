import { addDays } from '../calendar.ts'
import { birthdayOf } from '../id-number.ts'
import type { WedgeBase } from '../keyboard-wedge.ts'
import { ZERO_FEN, type Fen } from '../units.ts'
import {
  birthdayCell,
  cardCell,
  categoriesCell,
  dateCell,
  cellText,
  idNumberCell,
  nameCell,
  openingCell,
  phoneCell,
  plainCell,
  sameBirthday,
  type CellAnswer,
  type CellFault,
  type ImportCell,
} from './import-cells.ts'
import { columnsOf, type ImportColumn } from './import-columns.ts'

/** Nobody on earth is known to have grown older than 122. */
export const OLDEST_DAYS = 130 * 366

/** One senior of the list, checked as far as the list alone says. */
export interface ImportRow {
  /** As the spreadsheet counts it: the headline is usually 1. */
  readonly row: number
  readonly fullName: string
  readonly formOfAddress: string
  readonly idNumber: string | null
  /** YYYY-MM-DD */
  readonly bornOn: string
  readonly phone: string | null
  readonly cardUid: string | null
  readonly categories: readonly string[]
  /** The dates on which they hold, YYYY-MM-DD, both included; null is without a bound. A list from before has neither. */
  readonly categoriesFrom?: string | null
  readonly categoriesUntil?: string | null
  readonly householdArea: string
  readonly residenceArea: string
  readonly openingFen: Fen
}

export type RowFaultCode =
  | CellFault
  | 'ends-before-it-begins'
  | 'birthday-missing'
  | 'birthday-differs'
  | 'birthday-impossible'
  /** The same number, card or person stands in an earlier row. */
  | 'id-number-twice'
  | 'card-twice'
  | 'person-twice'
  /** The book has it already: the card is somebody's, somebody of this name and birthday is registered. */
  | 'card-in-book'
  | 'person-in-book'

export interface RowFault {
  readonly row: number
  readonly column: ImportColumn
  readonly code: RowFaultCode
  /** What stands in the cell, cut short. */
  readonly text: string
  /** The earlier row that says the same; null where there is none. */
  readonly otherRow: number | null
}

export type ListFault = 'empty' | 'no-headline' | 'no-birthday-column' | 'too-many-rows'

export type ListAnswer =
  | { readonly kind: 'refused'; readonly why: ListFault }
  | { readonly kind: 'read'; readonly rows: readonly ImportRow[]; readonly faults: readonly RowFault[] }

export interface ListPlace {
  /** YYYY-MM-DD, for birthdays that cannot be. */
  readonly today: string
  /** How a card's number is written: as the canteen's reader types it. */
  readonly cardBase: WedgeBase
}

const MOST_IMPORT_ROWS = 50_000
/** A title may stand above the headline. */
const HEADLINE_WITHIN = 10
const TEXT_SHOWN = 24

/**
 * Reads a list of members: finds its headline, reads each row, and says of each fault where it is (SPEC ME-9). Pure; rows
 * without any content are passed by.
 */
export function readList(table: readonly (readonly ImportCell[])[], place: ListPlace): ListAnswer {
  const at = table
    .slice(0, HEADLINE_WITHIN)
    .findIndex((cells) => columnsOf(cells.map(cellText)).includes('fullName'))
  const headline = table[at]
  if (headline === undefined) return { kind: 'refused', why: table.length === 0 ? 'empty' : 'no-headline' }
  const columns = columnsOf(headline.map(cellText))
  if (!columns.includes('idNumber') && !columns.includes('bornOn'))
    return { kind: 'refused', why: 'no-birthday-column' }
  const reader = new RowReader(columns, place)
  let count = 0
  for (let index = at + 1; index < table.length; index += 1) {
    const cells = table[index] ?? []
    if (cells.every((cell) => cellText(cell) === '')) continue
    count += 1
    if (count > MOST_IMPORT_ROWS) return { kind: 'refused', why: 'too-many-rows' }
    reader.read(index + 1, cells)
  }
  if (count === 0) return { kind: 'refused', why: 'empty' }
  return { kind: 'read', rows: reader.rows, faults: reader.faults }
}

/** Reads row after row, and remembers what it has seen. */
class RowReader {
  readonly rows: ImportRow[] = []
  readonly faults: RowFault[] = []
  readonly #columns: ReadonlyMap<ImportColumn, number>
  readonly #today: string
  readonly #cardBase: WedgeBase
  readonly #seen = new Map<string, number>()

  constructor(columns: readonly (ImportColumn | null)[], { today, cardBase }: ListPlace) {
    this.#columns = new Map(columns.flatMap((column, at) => (column === null ? [] : [[column, at] as const])))
    this.#today = today
    this.#cardBase = cardBase
  }

  read(row: number, cells: readonly ImportCell[]): void {
    const before = this.faults.length
    const cellOf = (column: ImportColumn): ImportCell => cells[this.#columns.get(column) ?? -1] ?? null
    const fault = (column: ImportColumn, code: RowFaultCode, otherRow: number | null = null): void => {
      this.faults.push({ row, column, code, text: cellText(cellOf(column)).slice(0, TEXT_SHOWN), otherRow })
    }
    const take = <Value>(
      column: ImportColumn,
      read: (cell: ImportCell) => CellAnswer<Value>,
      or: Value,
    ): Value => {
      const answer = read(cellOf(column))
      if ('value' in answer) return answer.value
      fault(column, answer.fault)
      return or
    }
    const fullName = take('fullName', nameCell, '')
    const idNumber = take('idNumber', idNumberCell, null)
    const written = take('bornOn', birthdayCell, null)
    const faultsOfBirthday = this.faults.length
    const draft = {
      row,
      fullName,
      idNumber,
      phone: take('phone', phoneCell, null),
      cardUid: take('cardUid', (cell) => cardCell(cell, this.#cardBase), null),
      formOfAddress: take('formOfAddress', (cell) => plainCell(cell, 20), ''),
      categories: take('categories', categoriesCell, []),
      categoriesFrom: take('categoriesFrom', dateCell, null),
      categoriesUntil: take('categoriesUntil', dateCell, null),
      householdArea: take('householdArea', (cell) => plainCell(cell, 60), ''),
      residenceArea: take('residenceArea', (cell) => plainCell(cell, 60), ''),
      openingFen: take('openingFen', openingCell, ZERO_FEN),
    }
    const bornOn = idNumber === null ? written : birthdayOf(idNumber)
    if (!sameBirthday(idNumber, written)) fault('bornOn', 'birthday-differs')
    else if (bornOn === null) {
      if (faultsOfBirthday === before) fault('bornOn', 'birthday-missing')
    } else if (bornOn > this.#today || bornOn < addDays(this.#today, -OLDEST_DAYS))
      fault(idNumber === null ? 'bornOn' : 'idNumber', 'birthday-impossible')
    this.#meet(row, 'idNumber', 'id-number-twice', idNumber, fault)
    this.#meet(row, 'cardUid', 'card-twice', draft.cardUid, fault)
    if (idNumber === null && bornOn !== null)
      this.#meet(row, 'fullName', 'person-twice', `${fullName}\n${bornOn}`, fault)
    const { categoriesFrom: from, categoriesUntil: until } = draft
    if (from !== null && until !== null && until < from) fault('categoriesUntil', 'ends-before-it-begins')
    if (this.faults.length === before && bornOn !== null) this.rows.push({ ...draft, bornOn })
  }

  /** Says it when an earlier row had the same. */
  #meet(
    row: number,
    column: ImportColumn,
    code: RowFaultCode,
    value: string | null,
    fault: (column: ImportColumn, code: RowFaultCode, otherRow: number) => void,
  ): void {
    if (value === null) return
    const key = `${code}\n${value}`
    const earlier = this.#seen.get(key)
    if (earlier === undefined) this.#seen.set(key, row)
    else fault(column, code, earlier)
  }
}
