import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openBook } from '../../../electron/station/book/book.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { milligrams } from '../../../shared/domain/units.ts'
import { bookOptions, furnish, saleDraft } from '../../fixtures/books.ts'
import { takeBackTo } from '../../fixtures/older-book.ts'
import { rowsOf } from './rows.ts'

const STEP_BEFORE = 20
const kilogram = milligrams(1_000_000)
const read = { weightMg: kilogram, rawHex: '02' }

test('LG-14 MT-6 a book of the release before gets the tables of scale checks and of bays, keeps its rows, and checks are folded', () => {
  const options = bookOptions()
  const book = openBook(options)
  furnish(book)
  book.settle(saleDraft({ subsidised: true }))
  book.close()
  const before = rowsOf(options.folder)
  const db = new Sqlite(join(options.folder, 'book.sqlite'))
  takeBackTo(db, STEP_BEFORE)
  db.close()

  const again = openBook(options)
  expect(rowsOf(options.folder)).toEqual(before)
  const scale = { scaleId: 'S1', divisionMg: milligrams(2_000), verifiedUntil: '2027-03-31' }
  const judged = { zero: read, measured: read, errorMg: milligrams(0), permissibleMg: milligrams(2_000) }
  const body = { checkId: 'c-1', ...scale, nominalMg: kilogram, ...judged, verdict: 'good' } as const
  again.append({ kind: 'scale.checked', body }, 'staff:staff-1')
  again.close()
  expect(rowsOf(options.folder)['scale_checks']).toMatchObject([{ check_id: 'c-1', verdict: 'good' }])
  expect(verifyBook(options.folder)).toMatchObject({ ok: true, findings: [] })
})
