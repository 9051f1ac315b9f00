import { existsSync, mkdirSync, rmdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openBook, type Book, type BookOptions } from '../../../electron/station/book/book.ts'
import { openDatabase } from '../../../electron/station/book/connection.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { bookOptions, furnish, saleDraft } from '../../fixtures/books.ts'

type Step = 'BEGIN IMMEDIATE' | 'COMMIT' | 'ROLLBACK' | 'INSERT INTO postings'

/** A connection on which the next statement of a kind fails with a code of SQLite's, before or after it did its work. */
interface Fault {
  step: Step
  code: string
  afterwards: boolean
}

function faultyBook(change: Partial<BookOptions> = {}): {
  book: Book
  folder: string
  fail: (fault: Fault) => void
} {
  const armed: Fault[] = []
  const faulty = (path: string): Database => {
    const db = openDatabase(path)
    const prepare = db.prepare.bind(db)
    const watched = (sql: string): unknown => {
      const statement = prepare(sql)
      const run = statement.run.bind(statement)
      statement.run = (...parameters: unknown[]) => {
        const fault = armed.find(({ step }) => sql.startsWith(step))
        if (fault === undefined) return run(...parameters)
        armed.splice(armed.indexOf(fault), 1)
        if (fault.afterwards) run(...parameters)
        throw Object.assign(new Error(`staged ${fault.code}`), { code: fault.code })
      }
      return statement
    }
    return Object.assign(db, { prepare: watched })
  }
  const options = bookOptions({ openDatabase: faulty, ...change })
  const book = openBook(options)
  furnish(book)
  return {
    book,
    folder: options.folder,
    fail: (fault) => {
      armed.push(fault)
    },
  }
}

test.each([
  ['that wrote the sale', true],
  ['that wrote nothing', false],
])(
  'LG-7 after a failed COMMIT %s the book refuses everything until it was opened again, and then knows',
  (_what, written) => {
    const { book, folder, fail } = faultyBook()
    const { headHash } = book.health()
    const draft = saleDraft()
    fail({ step: 'COMMIT', code: 'SQLITE_IOERR_FSYNC', afterwards: written })
    expect(book.settle(draft)).toEqual({ kind: 'unknown', saleId: draft.saleId })

    const unavailable: unknown = expect.objectContaining({ code: 'unavailable' })
    expect(book.health()).toMatchObject({ state: 'reopening', headHash })
    expect(book.settle(saleDraft())).toEqual({ kind: 'refused', reason: 'book-unavailable' })
    expect(() => book.outcomeOf(draft.saleId)).toThrow(unavailable)
    expect(() => book.issueCard('00000000AA', 'm-1', 'test')).toThrow(unavailable)
    expect(() => book.lookUpCard('00000000AA', draft.businessDate)).toThrow(unavailable)

    book.reopen()
    expect(book.health().state).toBe('open')
    expect(book.outcomeOf(draft.saleId)?.kind).toBe(written ? 'exists' : undefined)
    expect(book.settle(draft).kind).toBe(written ? 'exists' : 'settled')
    expect(book.balanceOf('m-1')).toBe(5000 - 1280)
    expect(book.settle(saleDraft()).kind).toBe('settled')
    book.close()
    expect(verifyBook(folder)).toMatchObject({ ok: true, findings: [] })
  },
)

test('LG-7 a rollback that fails is unknown too: the connection is not to be trusted', () => {
  const { book, fail } = faultyBook()
  const draft = saleDraft()
  fail({ step: 'INSERT INTO postings', code: 'SQLITE_IOERR_WRITE', afterwards: false })
  fail({ step: 'ROLLBACK', code: 'SQLITE_IOERR_WRITE', afterwards: true })
  expect(book.settle(draft)).toEqual({ kind: 'unknown', saleId: draft.saleId })
  book.reopen()
  expect(book.outcomeOf(draft.saleId)).toBeNull()
  expect(book.settle(draft).kind).toBe('settled')
  book.close()
})

test.each<[Step, string, string]>([
  ['BEGIN IMMEDIATE', 'SQLITE_BUSY', 'book-unavailable'],
  ['INSERT INTO postings', 'SQLITE_IOERR_READ', 'book-unavailable'],
  ['INSERT INTO postings', 'SQLITE_CORRUPT', 'book-unavailable'],
  ['INSERT INTO postings', 'SQLITE_FULL', 'disk-full'],
  ['INSERT INTO postings', 'SQLITE_READONLY', 'read-only'],
  ['COMMIT', 'SQLITE_FULL', 'disk-full'],
])(
  'LG-17 %s failing with %s refuses the sale as %s, changes nothing, and the next sale goes through',
  (step, code, reason) => {
    const { book, folder, fail } = faultyBook()
    const before = book.health()
    fail({ step, code, afterwards: false })
    expect(book.settle(saleDraft())).toEqual({ kind: 'refused', reason })
    expect(book.health()).toMatchObject({ entries: before.entries, headHash: before.headHash })
    expect(book.health().state).not.toBe('open')
    expect(book.settle(saleDraft()).kind).toBe('settled')
    expect(book.health()).toMatchObject({ state: 'open', entries: before.entries + 1 })
    book.close()
    expect(verifyBook(folder).findings).toEqual([])
  },
)

test('LG-7 an error that is no disk’s is a defect: rolled back and thrown on', () => {
  const { book, fail } = faultyBook()
  const { entries } = book.health()
  fail({ step: 'INSERT INTO postings', code: 'SQLITE_CONSTRAINT_CHECK', afterwards: false })
  expect(() => book.settle(saleDraft())).toThrow(expect.objectContaining({ code: 'broken-invariant' }))
  fail({ step: 'INSERT INTO postings', code: 'SQLITE_MISUSE', afterwards: false })
  expect(() => book.settle(saleDraft())).toThrow('staged SQLITE_MISUSE')
  expect(book.health()).toMatchObject({ state: 'open', entries })
  book.close()
})

test('LG-7 any other write whose COMMIT failed says so', () => {
  const { book, fail } = faultyBook()
  fail({ step: 'COMMIT', code: 'SQLITE_IOERR_FSYNC', afterwards: true })
  expect(() => book.issueCard('00000000AA', 'm-1', 'test')).toThrow(
    expect.objectContaining({ code: 'unknown-outcome' }),
  )
  book.reopen()
  expect(book.lookUpCard('00000000AA', '2026-11-03').kind).toBe('known')
  book.close()
})

test('LG-7 a book that does not open again stays closed and may be asked again', () => {
  const { book, fail } = faultyBook()
  const draft = saleDraft()
  fail({ step: 'COMMIT', code: 'SQLITE_IOERR_FSYNC', afterwards: true })
  book.settle(draft)
  fail({ step: 'BEGIN IMMEDIATE', code: 'SQLITE_IOERR_READ', afterwards: false })
  expect(() => book.reopen()).toThrow(expect.objectContaining({ code: 'cannot-open' }))
  expect(book.settle(draft)).toEqual({ kind: 'refused', reason: 'book-unavailable' })
  expect(book.health().state).toBe('reopening')
  book.reopen()
  expect(book.outcomeOf(draft.saleId)?.kind).toBe('exists')
  book.close()
})

test('LG-17 with the disk full what is pending takes from the reserve, selling waits until it is laid by again', () => {
  const { book, folder, fail } = faultyBook({ reserveBytes: 100_000 })
  const reserve = join(folder, 'book.reserve')
  expect(statSync(reserve).size).toBe(100_000)

  fail({ step: 'COMMIT', code: 'SQLITE_FULL', afterwards: false })
  expect(book.settle(saleDraft())).toEqual({ kind: 'refused', reason: 'disk-full' })
  expect(existsSync(reserve)).toBe(true)

  fail({ step: 'COMMIT', code: 'SQLITE_FULL', afterwards: false })
  expect(book.reportCardLost('0000000003', 'office')?.kind).toBe('card.reported-lost')
  expect(existsSync(reserve)).toBe(false)
  expect(book.health().state).toBe('disk-full')

  // A folder in its place stands for a disk that has no room for it.
  mkdirSync(reserve)
  expect(book.settle(saleDraft())).toEqual({ kind: 'refused', reason: 'disk-full' })
  expect(book.health().state).toBe('disk-full')
  rmdirSync(reserve)
  expect(book.settle(saleDraft()).kind).toBe('settled')
  expect(statSync(reserve).size).toBe(100_000)
  book.close()
})

test('LG-17 an unknown outcome is found out on a full disk too, from the reserve', () => {
  const { book, folder, fail } = faultyBook({ reserveBytes: 100_000 })
  const draft = saleDraft()
  fail({ step: 'COMMIT', code: 'SQLITE_IOERR_FSYNC', afterwards: true })
  expect(book.settle(draft).kind).toBe('unknown')
  fail({ step: 'COMMIT', code: 'SQLITE_FULL', afterwards: false })
  book.reopen()
  expect(existsSync(join(folder, 'book.reserve'))).toBe(false)
  expect(book.outcomeOf(draft.saleId)?.kind).toBe('exists')
  book.checkpoint()
  expect(existsSync(join(folder, 'book.reserve'))).toBe(true)
  book.close()
})
