import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { PROJECTIONS } from '../../../electron/station/book/projections.ts'

/** Every row of the journal, the projections and the persons of a book, table by table; an older book has fewer tables. */
export function rowsOf(folder: string): Readonly<Record<string, readonly unknown[]>> {
  const db = new Sqlite(join(folder, 'book.sqlite'), { readonly: true })
  try {
    return Object.fromEntries(
      ['journal', 'persons', ...Object.keys(PROJECTIONS)]
        .filter((table) => db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(table) !== undefined)
        .map((table) => [table, db.prepare(`SELECT * FROM ${table}`).all()]),
    )
  } finally {
    db.close()
  }
}

/** Changes a book behind the station's back, as a flipped bit or a person with a tool would. */
export function tamper(folder: string, sql: string): void {
  const db = new Sqlite(join(folder, 'book.sqlite'))
  try {
    db.pragma('foreign_keys = OFF')
    db.pragma('ignore_check_constraints = ON')
    db.exec(sql)
  } finally {
    db.close()
  }
}
