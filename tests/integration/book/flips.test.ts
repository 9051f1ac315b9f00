import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import Sqlite, { type Database } from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBook } from '../../../electron/station/book/book.ts'
import { PROJECTIONS } from '../../../electron/station/book/projections.ts'
import { SEALED_TABLES } from '../../../electron/station/book/row-seals.ts'
import { Verifier, type Finding } from '../../../electron/station/book/verifier.ts'
import { aroundTheCounter, bookOptions, furnish, saleDraft } from '../../fixtures/books.ts'
import { seededRandom, type Random } from '../../fixtures/random.ts'

/** Any bit of any row of any table is flipped in one book, as rows and in its pages; each is found, named, and alone. */

const FLIPS_OF_ROWS = 240
const FLIPS_IN_PAGES = 60

type Cell = string | bigint | Buffer | null
type Row = Readonly<Record<string, Cell>>

let bytes: Buffer
let db: Database
let verifier: Verifier
const KEYS: Readonly<Record<string, readonly string[]>> = {
  ...PROJECTIONS,
  ...Object.fromEntries(Object.entries(SEALED_TABLES).map(([table, key]) => [table, [key]])),
  journal: ['position'],
  row_seals: ['table_name', 'row_key'],
}

beforeAll(() => {
  bytes = wholeBook()
  db = opened(bytes)
  verifier = new Verifier()
})

afterAll(() => {
  db.close()
  verifier.close()
})

/** The file of a book with a row in every table, without a byte of what was deleted. */
function wholeBook(): Buffer {
  const book = openBook(bookOptions())
  furnish(book)
  book.settle(saleDraft({ subsidised: true }))
  book.settle(saleDraft({ memberId: null }))
  book.reportCardLost('0000000003', 'office')
  aroundTheCounter(book)
  const packed = join(mkdtempSync(join(tmpdir(), 'flips-')), 'book.sqlite')
  book.write((file) => {
    const pin = file.statement('INSERT INTO staff_pins VALUES (?, ?, ?, 0, 0)')
    pin.run('staff-1', Buffer.alloc(16, 1), Buffer.alloc(32, 2))
    const herPin = file.statement('INSERT INTO member_pins VALUES (?, ?, ?, 0, 0)')
    herPin.run('m-1', Buffer.alloc(16, 4), Buffer.alloc(32, 5))
    const photo = file.statement('INSERT INTO person_photos VALUES (?, ?, ?)')
    photo.run('m-1', 'photo-1', Buffer.alloc(48, 6))
    file.statement('INSERT INTO bay_pans VALUES (?, ?, ?)').run('bay-1', 'kiosk-1', '{"levelMg":1}')
    const pending = file.statement('INSERT INTO pending_imports VALUES (1, ?, ?, 1, ?)')
    pending.run('kiosk-1', 'staff:s-1', Buffer.alloc(40, 3))
    file.statement('INSERT INTO open_trays VALUES (?, ?, ?)').run('tray-1', 'kiosk-1', '{"lines":[]}')
    file.seals.sealAll()
  })
  book.read((file) => file.db.exec(`VACUUM INTO '${packed}'`))
  book.close()
  return readFileSync(packed)
}

/** A book in memory, with nothing that would keep a damaged row out. */
function opened(content: Buffer): Database {
  const file = Buffer.from(content)
  const made = new Sqlite(file)
  made.pragma('foreign_keys = OFF')
  made.pragma('ignore_check_constraints = ON')
  return made
}

/** Null when SQLite itself says which definition of the schema is damaged. */
function openedOrNull(content: Buffer): Database | null {
  try {
    return opened(content)
  } catch (error) {
    if (error instanceof Error && /^malformed database schema \(\w+\)/.test(error.message)) return null
    throw error
  }
}

const tablesWithRows = (): readonly string[] =>
  Object.keys(KEYS).filter((table) => db.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() !== undefined)

test('LG-30 every table of the schema is replayed, chained or sealed', () => {
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
  expect(tables.toSorted()).toEqual(Object.keys(KEYS).toSorted())
  expect(Object.keys(KEYS).filter((table) => !tablesWithRows().includes(table))).toEqual(['waiting_entries'])
  expect(verifier.verify(db).findings).toEqual([])
})

interface Flip {
  readonly table: string
  readonly column: string
  /** Of the row before and after. */
  readonly keys: readonly string[]
  readonly entry: { readonly origin: string; readonly seq: number } | null
}

/** Flips a bit of a random cell; null when SQLite itself refuses the row, as for a key that is there already. */
function flipCell(random: Random): Flip | null {
  const table = random.pick(tablesWithRows())
  const row = random.pick(db.prepare<[], Row>(`SELECT * FROM ${table}`).safeIntegers().all())
  const column = random.pick(Object.keys(row).filter((name) => row[name] !== null && row[name] !== ''))
  const before = row[column] ?? null
  const after = typeof before === 'bigint' ? flippedInteger(before, random) : flippedBytes(before, random)
  if (after === null) return null
  const key = KEYS[table] ?? []
  const where = key.map((name) => `${name} = ?`).join(' AND ')
  const cast = typeof before === 'string' ? 'CAST(? AS TEXT)' : '?'
  try {
    db.prepare(`UPDATE ${table} SET ${column} = ${cast} WHERE ${where}`).run(
      after,
      ...key.map((name) => row[name]),
    )
  } catch (error) {
    if (error instanceof Error && error.message.includes('UNIQUE')) return null
    throw error
  }
  // A number beyond JavaScript's own is told as near as may be.
  const told = (cell: Cell | undefined): string => String(typeof cell === 'bigint' ? Number(cell) : cell)
  const keyOf = (cells: Row): string => key.map((name) => told(cells[name])).join('/')
  const changed = { ...row, [column]: typeof before === 'string' ? String(after) : after }
  const entry = table === 'journal' ? { origin: String(row['origin']), seq: Number(row['seq']) } : null
  return { table, column, keys: [keyOf(row), keyOf(changed)], entry }
}

function flippedInteger(value: bigint, random: Random): bigint {
  return BigInt.asIntN(64, value ^ (1n << BigInt(random.integer(0, 63))))
}

function flippedBytes(value: string | Buffer | null, random: Random): Buffer | null {
  if (value === null || value.length === 0) return null
  const changed = Buffer.from(value as string)
  const at = random.integer(0, changed.length - 1)
  changed[at] = (changed[at] ?? 0) ^ (1 << random.integer(0, 7))
  return changed
}

const isOf = ({ table, keys, entry }: Flip, finding: Finding): boolean => {
  if (entry !== null) return finding.origin === entry.origin && finding.seq === entry.seq
  if (finding.table === table && (finding.key === undefined || keys.includes(finding.key))) return true
  // Of a seal that does not fit, nobody can say whether it or its row was changed.
  return table === 'row_seals' && keys.some((key) => key === `${finding.table ?? ''}/${finding.key ?? ''}`)
}

test(`LG-30 each of ${FLIPS_OF_ROWS} random bits flipped in rows is found and named, and nothing else is blamed`, () => {
  const failures: unknown[] = []
  for (let seed = 0; seed < FLIPS_OF_ROWS; seed++) {
    db.exec('BEGIN')
    let flip: Flip | null = null
    for (let attempt = 0; flip === null; attempt++) flip = flipCell(seededRandom(`flip/${seed}/${attempt}`))
    const { findings } = verifier.verify(db, { integrityCheck: false })
    db.exec('ROLLBACK')
    const named = flip
    const words = findings.map(({ message }) => message).join(' ')
    const sealed = Object.hasOwn(SEALED_TABLES, flip.table) || flip.table === 'row_seals'
    const keyChanged = flip.keys[0] !== flip.keys[1]
    const told = sealed || keyChanged || words.includes(flip.column)
    if (findings.length === 0 || !told || !findings.every((finding) => isOf(named, finding)))
      failures.push({ seed, flip, findings })
  }
  expect(failures).toEqual([])
}, 120_000)

/** The texts and blobs that stand in the file, long enough to be found there. */
function contents(): readonly Buffer[] {
  const found: Buffer[] = []
  for (const table of tablesWithRows())
    for (const cells of rowsOf(db, table))
      for (const cell of Object.values(cells))
        if (cell !== null && typeof cell !== 'bigint' && cell.length >= 6)
          found.push(Buffer.from(cell as string))
  return found
}

const rowsOf = (book: Database, table: string): readonly Row[] =>
  book.prepare<[], Row>(`SELECT * FROM ${table}`).safeIntegers().all()

/** Every place in the file where these bytes stand: in rows, in indexes, and where the file keeps what it no longer needs. */
function placesOf(cell: Buffer): readonly number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(cell); at >= 0; at = bytes.indexOf(cell, at + 1)) places.push(at)
  return places
}

const everyRow = (book: Database): readonly unknown[] => Object.keys(KEYS).map((table) => rowsOf(book, table))

test(`LG-30 each of ${FLIPS_IN_PAGES} random bits flipped in the file's pages is found, with its table or entry`, () => {
  const cells = contents()
  const failures: unknown[] = []
  for (let seed = 0, found = 0; found < FLIPS_IN_PAGES; seed++) {
    const random = seededRandom(`page/${seed}`)
    const cell = random.pick(cells)
    const at = random.pick(placesOf(cell)) + random.integer(0, cell.length - 1)
    const damaged = Buffer.from(bytes)
    damaged[at] = (damaged[at] ?? 0) ^ (1 << random.integer(0, 7))
    const book = openedOrNull(damaged)
    if (book === null) {
      found += 1
      continue
    }
    const { findings } = verifier.verify(book)
    const named = findings.some(({ table, seq }) => table !== undefined || seq !== undefined)
    if (named) found += 1
    // A byte that belongs to no row changes nothing that anybody reads.
    else if (findings.length > 0 || !isDeepStrictEqual(everyRow(book), everyRow(db)))
      failures.push({ seed, at, cell: cell.toString('utf8').slice(0, 40), findings })
    book.close()
    if (failures.length > 5) break
  }
  expect(failures).toEqual([])
}, 120_000)
