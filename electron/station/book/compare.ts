import type { Database } from 'better-sqlite3'

export interface Difference {
  /** The row's key, its parts joined by '/'. */
  readonly key: string
  readonly message: string
}

type Cell = string | number | null
type Row = readonly Cell[]

/** Rows of one table in the order of its key, with a place to stand. */
class Reader {
  readonly columns: readonly string[]
  readonly #rows: Iterator<Row>
  row: Row | null

  constructor(db: Database, table: string, key: readonly string[]) {
    const statement = db.prepare<[], Row>(`SELECT * FROM ${table} ORDER BY ${key.join(', ')}`).raw()
    this.columns = statement.columns().map(({ name }) => name)
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
  replayed: Database,
  book: Database,
  table: string,
  key: readonly string[],
  report: (difference: Difference) => void,
): void {
  const wanted = new Reader(replayed, table, key)
  const found = new Reader(book, table, key)
  const keyAt = key.map((name) => wanted.columns.indexOf(name))
  while (wanted.row !== null || found.row !== null) {
    const order = orderOf(wanted.row, found.row, keyAt)
    const row = order <= 0 ? wanted.row : found.row
    const named = keyAt.map((column) => String(row?.[column])).join('/')
    if (order < 0) report({ key: named, message: 'is missing: the journal says it is there' })
    else if (order > 0) report({ key: named, message: 'is there, and the journal knows nothing of it' })
    else reportCells(wanted, found, named, report)
    if (order <= 0) wanted.advance()
    if (order >= 0) found.advance()
  }
}

function reportCells(
  wanted: Reader,
  found: Reader,
  key: string,
  report: (difference: Difference) => void,
): void {
  for (const [column, name] of wanted.columns.entries()) {
    const should = wanted.row?.[column]
    const does = found.row?.[column]
    if (should !== does)
      report({ key, message: `${name} is ${String(does)}, the journal says ${String(should)}` })
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
