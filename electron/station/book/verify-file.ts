import type { Database } from 'better-sqlite3'
import { messageOf, storageFault } from './errors.ts'
import type { Findings } from './findings.ts'

interface SchemaRow {
  readonly name: string
  readonly tbl_name: string
  readonly sql: string | null
}

/** Lets SQLite look at every page; what it says of an index is told of its table. */
export function checkPages(book: Database, findings: Findings): void {
  try {
    const tableOf = new Map(schemaOf(book).map(({ name, tbl_name }) => [name, tbl_name]))
    const lines = book.prepare<[], string>('PRAGMA integrity_check(20)').pluck().all()
    for (const line of lines.filter((each) => each !== 'ok')) {
      const named = line.split(/[\s.,:]+/).findLast((word) => tableOf.has(word))
      const table = named === undefined ? {} : { table: tableOf.get(named) ?? named }
      findings.add({ rule: 'LG-8', ...table, message: `integrity: ${line}` })
    }
  } catch (error) {
    if (storageFault(error) !== 'damaged') throw error
    findings.add({ rule: 'LG-8', message: `integrity: ${messageOf(error)}` })
  }
}

/**
 * The book's tables and indexes are those of the migrations, word by word.
 *
 * @returns false when SQLite cannot make sense of them, which is a finding.
 */
export function checkSchema(wanted: Database, book: Database, findings: Findings): boolean {
  let rows: readonly SchemaRow[]
  try {
    rows = schemaOf(book)
  } catch (error) {
    if (storageFault(error) !== 'damaged') throw error
    const message = messageOf(error)
    const [, table] = MALFORMED.exec(message) ?? []
    findings.add({ rule: 'LG-14', ...(table === undefined ? {} : { table }), message })
    return false
  }
  const found = new Map(rows.map((row) => [row.name, row]))
  for (const { name, tbl_name: table, sql } of schemaOf(wanted)) {
    const row = found.get(name)
    found.delete(name)
    if (row === undefined) findings.add({ rule: 'LG-14', table, key: name, message: 'is not in the book' })
    else if (row.sql !== sql)
      findings.add({ rule: 'LG-14', table, key: name, message: 'is not defined as the migrations say' })
  }
  for (const { name, tbl_name: table } of found.values())
    findings.add({ rule: 'LG-14', table, key: name, message: 'is in the book, and no migration makes it' })
  return true
}

/** As SQLite names what it could not read. */
const MALFORMED = /malformed database schema \((\w+)\)/

/** Without what SQLite keeps for itself, but with the indexes behind primary keys. */
const schemaOf = (db: Database): readonly SchemaRow[] =>
  db
    .prepare<[], SchemaRow>(
      "SELECT name, tbl_name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_stat*' ORDER BY name",
    )
    .all()
