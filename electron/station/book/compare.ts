import type { Database, Statement } from 'better-sqlite3'

export interface Difference {
  /** The row's key, its parts joined by '/'. */
  readonly key: string
  readonly message: string
}

type Cell = string | number | null
type Row = readonly Cell[]

/** A statement that reads one table in the order of its key. */
export interface TableReading {
  readonly table: string
  /** Where the parts of the key stand in a row. */
  readonly keyAt: readonly number[]
  readonly columns: readonly string[]
  readonly statement: Statement<[], Row>
}

export function readingOf(db: Database, table: string, key: readonly string[]): TableReading {
  const statement = db.prepare<[], Row>(`SELECT * FROM ${table} ORDER BY ${key.join(', ')}`).raw()
  const columns = statement.columns().map(({ name }) => name)
  return { table, columns, keyAt: key.map((name) => columns.indexOf(name)), statement }
}

/** The rows of a reading, with a place to stand. */
class Rows {
  readonly #rows: Iterator<Row>
  row: Row | null

  constructor({ statement }: TableReading) {
    this.#rows = statement.iterate()
    this.row = null
    this.advance()
  }

  advance(): void {
    const next = this.#rows.next()
    this.row = next.done === true ? null : next.value
  }
}

/** Reports each row that the replay and the book do not hold alike (SPEC LG-8). */
export function compareTable(
  replayed: TableReading,
  book: TableReading,
  report: (difference: Difference) => void,
): void {
  const { keyAt, columns } = replayed
  const wanted = new Rows(replayed)
  const found = new Rows(book)
  while (wanted.row !== null || found.row !== null) {
    const order = orderOf(wanted.row, found.row, keyAt)
    const row = order <= 0 ? wanted.row : found.row
    const key = keyAt.map((column) => String(row?.[column])).join('/')
    if (order < 0) report({ key, message: 'is missing: the journal says it is there' })
    else if (order > 0) report({ key, message: 'is there, and the journal knows nothing of it' })
    else
      for (const [column, name] of columns.entries()) {
        const should = wanted.row?.[column]
        const does = found.row?.[column]
        if (should !== does)
          report({ key, message: `${name} is ${String(does)}, the journal says ${String(should)}` })
      }
    if (order <= 0) wanted.advance()
    if (order >= 0) found.advance()
  }
}

/** Which of two rows comes first by its key; a table at its end comes last. */
function orderOf(one: Row | null, other: Row | null, keyAt: readonly number[]): number {
  if (one === null) return 1
  if (other === null) return -1
  for (const column of keyAt) {
    const order = orderOfCells(one[column] ?? null, other[column] ?? null)
    if (order !== 0) return order
  }
  return 0
}

/** As SQLite orders them: numbers by value, texts by their UTF-8 bytes. */
function orderOfCells(one: Cell, other: Cell): number {
  if (one === other) return 0
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)))
}
