import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openBook, type Book } from '../../../electron/station/book/book.ts'
import { migrate, migrationsFolder, readMigrations } from '../../../electron/station/book/migrate.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import type { Dish, Menu } from '../../../shared/domain/menu.ts'
import { fen, fenPer100g } from '../../../shared/domain/units.ts'
import { bookOptions, furnish, MENU, saleDraft, testClock, type TestClock } from '../../fixtures/books.ts'
import { rowsOf } from './rows.ts'

const FIRST_STEP = 10
const real = readMigrations(migrationsFolder())

const dish = (id: string, zh: string, priceVersion: number): Dish => ({
  id,
  name: { zh, en: 'x' },
  pricing:
    priceVersion % 2 === 0
      ? { kind: 'portion', priceFen: fen(100 * priceVersion) }
      : { kind: 'weight', price: { per: '100g', fen: fenPer100g(200 + priceVersion) } },
  tags: ['soft', id],
  priceVersion,
  emoji: zh.slice(0, 1),
})

const menuOf = (id: string, version: number, ...dishes: readonly Dish[]): Menu => ({
  ...MENU,
  id,
  version,
  dishes,
})

/** A few days as the first release wrote them: menus published again and again, top-ups of all sources, sales. */
function useAsFirstRelease(book: Book, clock: TestClock): void {
  const publish = (menu: Menu): void => {
    clock.ms += 1_234_567
    book.append({ kind: 'menu.published', body: { menu } }, 'seed')
  }
  furnish(book)
  publish(menuOf('daily', 2, dish('fish', '鱼\t"块\\"\u001f', 1), dish('rice', '米饭𠮷', 2)))
  publish(menuOf('daily', 3, dish('rice', '大米饭', 3)))
  // Two menus within one millisecond, the clock set back, and a dish that stands on one menu twice.
  book.append({ kind: 'menu.published', body: { menu: menuOf('feast', 1, dish('rice', '年饭', 8)) } }, 'seed')
  clock.ms -= 9_999_999
  publish(menuOf('daily', 4, dish('soup', '汤', 1), dish('soup', '老汤', 4), dish('fish', '鱼', 5)))
  for (const [index, source] of (['cash', 'transfer', 'opening', 'cash'] as const).entries()) {
    book.topUp({ topUpId: `t-${index}`, memberId: 'm-1', amountFen: fen(1000 + index), source }, 'office')
    clock.ms += 12 * 3_600_000
    book.settle(saleDraft({ businessDate: `2026-11-0${3 + index}`, subsidised: true }))
  }
}

/** Takes everything away that came after the first step: what is left is what the first release had written. */
function takeBackToFirstStep(path: string): void {
  const db = new Sqlite(path)
  const first = new Sqlite(':memory:')
  migrate(
    first,
    real.filter(({ number }) => number === FIRST_STEP),
  )
  db.pragma('foreign_keys = OFF')
  const before = namesIn(first)
  for (const kind of ['index', 'table'])
    for (const name of namesIn(db, kind)) if (!before.includes(name)) db.exec(`DROP ${kind} ${name}`)
  for (const table of namesIn(first, 'table'))
    for (const column of columnsOf(db, table))
      if (!columnsOf(first, table).includes(column)) db.exec(`ALTER TABLE ${table} DROP COLUMN ${column}`)
  db.pragma(`user_version = ${FIRST_STEP}`)
  expect(shapeOf(db)).toEqual(shapeOf(first))
  db.close()
  first.close()
}

const namesIn = (db: Database, kind = '%'): readonly string[] =>
  db
    .prepare<[string], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type LIKE ? AND name NOT LIKE 'sqlite_%'",
    )
    .all(kind)
    .map(({ name }) => name)

const columnsOf = (db: Database, table: string): readonly string[] =>
  db
    .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map(({ name }) => name)

const shapeOf = (db: Database): unknown =>
  namesIn(db)
    .toSorted()
    .map((name) => [name, columnsOf(db, name)])

test('LG-14 LG-8 a book of the first release is brought up to date, and its new tables are what a replay gives', () => {
  const clock = testClock()
  const options = bookOptions({ clock })
  const path = join(options.folder, 'book.sqlite')
  const book = openBook(options)
  useAsFirstRelease(book, clock)
  book.close()
  const asFolded = rowsOf(options.folder)
  expect(asFolded['prices']).toHaveLength(5)
  expect(asFolded['dishes']).toHaveLength(3)
  expect(asFolded['day_top_ups']?.length).toBeGreaterThan(3)
  expect(asFolded['day_runs']?.length).toBeGreaterThan(3)

  takeBackToFirstStep(path)
  const again = openBook(options)
  expect(again.settle(saleDraft({ businessDate: '2026-11-09' })).kind).toBe('settled')
  again.close()
  expect(verifyBook(options.folder)).toMatchObject({ ok: true, findings: [] })

  takeBackToFirstStep(path)
  openBook(options).close()
  const { journal: _, ...migrated } = rowsOf(options.folder)
  for (const table of ['dishes', 'prices', 'persons', 'menu_plans', 'staff', 'voids'])
    expect([table, migrated[table]]).toEqual([table, asFolded[table]])
})
