import Sqlite from 'better-sqlite3'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openBook } from '../../../electron/station/book/book.ts'
import { migrate, migrationsFolder, readMigrations } from '../../../electron/station/book/migrate.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { bookOptions, cardOf, furnish, saleDraft, TODAY } from '../../fixtures/books.ts'
import { takeBackTo } from '../../fixtures/older-book.ts'

const STEP_BEFORE = 90
const STEP = 101

test('LG-14 LG-35 CK-21 a book with cards and sales is brought to deposits and limits: its cards stay, and what each paid is worked out', () => {
  const options = bookOptions()
  const book = openBook(options)
  furnish(book)
  book.reportCardLost(cardOf('m-2'), 'test')
  const sale = saleDraft({ subsidised: true })
  book.settle(sale)
  book.settle(saleDraft({ memberId: null }))
  book.close()
  const db = new Sqlite(join(options.folder, 'book.sqlite'))
  const cards = db.prepare('SELECT * FROM cards ORDER BY uid').all()
  takeBackTo(db, STEP_BEFORE)
  expect(() => db.prepare('SELECT * FROM card_sales').all()).toThrow('no such table')
  migrate(
    db,
    readMigrations(migrationsFolder()).filter(({ number }) => number <= STEP),
  )
  expect(db.pragma('user_version', { simple: true })).toBe(STEP)
  expect(db.prepare('SELECT * FROM cards ORDER BY uid').all()).toEqual(cards)
  expect(db.prepare('SELECT * FROM card_sales').all()).toEqual([
    { business_date: TODAY, card_uid: cardOf('m-1'), sale_id: sale.saleId, amount_fen: 1_280 },
  ])
  db.close()
  const again = openBook(options)
  again.close()
  expect(verifyBook(options.folder).findings).toEqual([])
})
