import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { CheckFinding, CheckResult } from '../../../shared/domain/book-checks.ts'
import { messageOf } from '../book/errors.ts'
import { BOOK_FILE_NAME } from '../book/session.ts'
import { verifyBook } from '../book/verify-book.ts'
import { acknowledgedIn } from '../sync/memory.ts'
import { said, type Check, type Checked } from './check.ts'
import { balance, dailyFigures, drawer, funders, subsidies, wallets } from './money.ts'
import { chain, numbers, outbox, persons, seals, tables } from './records.ts'
import { prices, quotes } from './sales.ts'

/** Every check, in the order of `BOOK_CHECKS`. */
export const CHECKS: readonly Check[] = [
  chain,
  tables,
  seals,
  balance,
  wallets,
  subsidies,
  funders,
  drawer,
  dailyFigures,
  numbers,
  prices,
  quotes,
  persons,
  outbox,
]

const MOST_SHOWN = 5

/** Asks every check of an open book (SPEC LG-31). Reads only. */
export const runChecks = (book: Checked): readonly CheckResult[] =>
  CHECKS.map(({ id, find }) => {
    const findings: CheckFinding[] = []
    let count = 0
    try {
      for (const finding of find(book)) {
        count += 1
        if (findings.length < MOST_SHOWN) findings.push(finding)
      }
    } catch (error) {
      // A damaged book may not answer one of them; the others are asked all the same.
      count += 1
      findings.push(said(id, messageOf(error)))
    }
    return { id, count, findings }
  })

/** The same of a book's file. @throws SQLite's error when it cannot be opened */
export function checkBookFile(path: string, rest: Omit<Checked, 'db'>): readonly CheckResult[] {
  const db = new Sqlite(path, { readonly: true, fileMustExist: true })
  try {
    db.exec('BEGIN')
    return runChecks({ db, ...rest })
  } finally {
    db.close()
  }
}

/**
 * Replays a folder's book and asks every check, beside a counter that may be running.
 *
 * @throws BookError when it cannot be opened
 */
export function checkBook(
  folder: string,
  place: Checked['place'],
): { readonly entries: number; readonly checks: readonly CheckResult[] } {
  // Before the book: what the server acknowledges meanwhile is beyond the moment that is read.
  const acknowledged = acknowledgedIn(folder)
  const report = verifyBook(folder)
  const checks = checkBookFile(join(folder, BOOK_FILE_NAME), { report, place, acknowledged })
  return { entries: report.entries, checks }
}
