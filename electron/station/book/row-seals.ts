import { hash } from 'node:crypto'
import type { Database, Statement } from 'better-sqlite3'

/** The tables that are no fold of the journal, each with its key. What writes one of their rows seals it. */
export const SEALED_TABLES = {
  persons: 'member_id',
  person_photos: 'member_id',
  staff_pins: 'staff_id',
  member_pins: 'member_id',
  bay_pans: 'bay_id',
  open_trays: 'tray_id',
  meta: 'key',
  pending_imports: 'part_no',
} as const
export type SealedTable = keyof typeof SEALED_TABLES

const TABLES = Object.keys(SEALED_TABLES) as readonly SealedTable[]
const isSealed = (table: string): table is SealedTable => Object.hasOwn(SEALED_TABLES, table)

type Cell = string | number | bigint | Uint8Array | null
type Row = Readonly<Record<string, Cell>>

/** A row that is not what was written, or a seal without its row. */
export interface BrokenSeal {
  readonly table: string
  readonly key: string
  readonly message: string
}

/**
 * Seals on the rows that no chain protects (SPEC LG-30): a changed cell, a row that went and one that came are found
 * without any key. Against chance and clumsy hands, as the journal's own hashes are: not against whoever writes a new seal.
 */
export class RowSeals {
  readonly #row: ReadonlyMap<SealedTable, Statement<[string], Row>>
  readonly #keys: ReadonlyMap<SealedTable, Statement<[], string>>
  readonly #put: Statement<[string, string, string]>
  readonly #drop: Statement<[string, string]>
  readonly #any: Statement<[], { readonly row_key: string }>

  constructor(db: Database) {
    const each = <Made>(make: (table: SealedTable, key: string) => Made): ReadonlyMap<SealedTable, Made> =>
      new Map(TABLES.map((table) => [table, make(table, SEALED_TABLES[table])]))
    this.#row = each((table, key) =>
      db.prepare<[string], Row>(`SELECT * FROM ${table} WHERE ${key} = ?`).safeIntegers(),
    )
    this.#keys = each((table, key) =>
      db.prepare<[], string>(`SELECT CAST(${key} AS TEXT) FROM ${table}`).pluck(),
    )
    this.#put = db.prepare(
      `INSERT INTO row_seals (table_name, row_key, seal) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET seal = excluded.seal`,
    )
    this.#drop = db.prepare('DELETE FROM row_seals WHERE table_name = ? AND row_key = ?')
    this.#any = db.prepare('SELECT row_key FROM row_seals LIMIT 1')
  }

  /** True of a book from before there were seals: every sealed one has at least its owner's name. */
  get none(): boolean {
    return this.#any.get() === undefined
  }

  /** Seals the row as it stands now, or takes its seal away with it. Inside the transaction that wrote it. */
  seal(table: SealedTable, key: string): void {
    const row = this.#row.get(table)?.get(key)
    if (row === undefined) this.#drop.run(table, key)
    else this.#put.run(table, key, sealOf(table, row))
  }

  /** Seals every row of a table; of all tables unless one is named. */
  sealAll(tables: readonly SealedTable[] = TABLES): void {
    for (const table of tables) for (const key of this.#keys.get(table)?.all() ?? []) this.seal(table, key)
  }
}

/** Each row and seal that do not belong together. Reads only. */
export function brokenSeals(db: Database, report: (broken: BrokenSeal) => void): void {
  const sealed = new Map<string, string>()
  const seals = db.prepare<[], Readonly<Record<string, string>>>('SELECT * FROM row_seals')
  for (const { table_name = '', row_key = '', seal = '' } of seals.iterate())
    if (isSealed(table_name)) sealed.set(placeOf(table_name, row_key), seal)
    else
      report({
        table: 'row_seals',
        key: `${table_name}/${row_key}`,
        message: `is a seal for ${table_name}, which has none`,
      })
  for (const table of TABLES) {
    const rows = db.prepare<[], Row>(`SELECT * FROM ${table}`).safeIntegers()
    for (const row of rows.iterate()) {
      const key = String(row[SEALED_TABLES[table]])
      const seal = sealed.get(placeOf(table, key))
      sealed.delete(placeOf(table, key))
      if (seal === undefined)
        report({ table, key, message: 'is there without a seal: this program did not write it' })
      else if (seal !== sealOf(table, row))
        report({ table, key, message: 'is not what was written, or its seal is not' })
    }
  }
  for (const place of sealed.keys()) {
    const [table = '', key = ''] = JSON.parse(place) as readonly string[]
    report({ table, key, message: 'is missing: its seal is there' })
  }
}

const placeOf = (table: string, key: string): string => JSON.stringify([table, key])

const sealOf = (table: string, row: Row): string =>
  hash('sha256', JSON.stringify([table, ...Object.values(row).map(textOf)]), 'hex')

/** A cell with its type, so that no two cells look alike. */
function textOf(cell: Cell): string | null {
  if (cell === null) return null
  if (typeof cell === 'string') return `'${cell}`
  return typeof cell === 'object' ? `x${Buffer.from(cell).toString('hex')}` : `#${cell}`
}
