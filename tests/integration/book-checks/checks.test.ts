import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { audit } from '../../../electron/commands/audit.ts'
import { CHECKS, runChecks } from '../../../electron/station/book-checks/run.ts'
import { openBook } from '../../../electron/station/book/book.ts'
import { voidInside } from '../../../electron/station/sales/voids.ts'
import { Verifier } from '../../../electron/station/book/verifier.ts'
import { BOOK_CHECKS, type BookCheckId } from '../../../shared/domain/book-checks.ts'
import { CHINA_CALENDAR } from '../../../shared/domain/calendar-china.ts'
import { draftFor } from '../../../shared/domain/checkout/quoting.ts'
import { fen } from '../../../shared/domain/units.ts'
import { bookOptions, cardOf, furnish, PACK, saleDraft, TODAY } from '../../fixtures/books.ts'

const AREA = '35/3501'
const PLACE = { canteenArea: AREA, calendar: CHINA_CALENDAR }

const options = bookOptions()
let bytes: Buffer
let verifier: Verifier

beforeAll(() => {
  bytes = wholeBook()
  verifier = new Verifier()
})
afterAll(() => verifier.close())

/** A day as the counter and the office write it: meals with and without subsidy, cash, a void, change money. */
function wholeBook(): Buffer {
  const book = openBook(options)
  furnish(book)
  const meal = {
    pack: PACK,
    businessDate: TODAY,
    mealPeriod: 'lunch',
    workingDay: true,
    minuteOfDay: 720,
  } as const
  const saleIds = ['m-1', 'm-1', 'm-2', null].map((memberId) => {
    const found = memberId === null ? null : book.lookUpCard(cardOf(memberId), TODAY)
    const member = found?.kind === 'known' ? found.member : null
    const draft = draftFor({ saleId: uuidv7() }, saleDraft().lines, member, { ...meal, canteenArea: AREA })
    expect(book.settle(draft).kind).toBe('settled')
    return draft.saleId
  })
  const [, , voided = ''] = saleIds
  book.write((file, append) =>
    voidInside(
      file,
      append,
      { voidId: uuidv7(), saleId: voided, reason: 'other', note: '', approvedBy: 's-1' },
      'test',
    ),
  )
  const topUp = { topUpId: uuidv7(), memberId: 'm-3', amountFen: fen(700), source: 'cash' } as const
  book.topUp(topUp, 'test')
  const by = { note: '', approvedBy: 's-1' }
  book.append({ kind: 'top-up.reversed', body: { reversalId: uuidv7(), ...topUp, ...by } }, 'test')
  book.append({ kind: 'drawer.moved', body: { moveId: uuidv7(), amountFen: fen(2000), ...by } }, 'test')
  const packed = join(mkdtempSync(join(tmpdir(), 'checks-')), 'book.sqlite')
  book.read((file) => file.db.exec(`VACUUM INTO '${packed}'`))
  book.close()
  return readFileSync(packed)
}

function opened(): Database {
  const db = new Sqlite(Buffer.from(bytes))
  db.pragma('foreign_keys = OFF')
  db.pragma('ignore_check_constraints = ON')
  return db
}

/** The checks that found something, after the book was changed behind its back. */
function failing(sql: string, acknowledged: Record<string, number> | null = null): readonly BookCheckId[] {
  const db = opened()
  try {
    db.exec(sql)
    const report = verifier.verify(db)
    const results = runChecks({ db, report, place: PLACE, acknowledged })
    for (const { count, findings } of results) expect(findings.length).toBe(Math.min(count, 5))
    return results.filter(({ count }) => count > 0).map(({ id }) => id)
  } finally {
    db.close()
  }
}

test('LG-31 every check is listed, and of a sound book none finds anything', () => {
  expect(CHECKS.map(({ id }) => id)).toEqual(Object.keys(BOOK_CHECKS))
  expect(failing('', { 'kiosk-1': 3 })).toEqual([])
})

const changedSale = (path: string, value: string): string =>
  `UPDATE journal SET body = json_set(body, '$.sale.${path}', ${value})
   WHERE position = (SELECT min(position) FROM journal WHERE kind = 'sale.settled')`

/** For each check an error that it must find, whatever the others say of it. */
const PLANTED: { readonly [Id in BookCheckId]: string } = {
  chain: "UPDATE journal SET actor = 'someone' WHERE position = 5",
  tables: "UPDATE cards SET state = 'lost' WHERE uid = '0000000001'",
  seals: 'UPDATE persons SET version = version + 1',
  balance: 'UPDATE postings SET debit_fen = debit_fen + 1 WHERE debit_fen > 0 AND posting_no = 0',
  wallets: "UPDATE balances SET credit_fen = credit_fen + 1 WHERE account = 'member:m-2:cash'",
  subsidies: 'UPDATE benefit_uses SET amount_fen = amount_fen - 1',
  funders: "UPDATE day_funders SET amount_fen = amount_fen + 1 WHERE funder_id = 'town'",
  drawer: 'UPDATE drawer_moves SET amount_fen = amount_fen + 1',
  'daily-figures': 'UPDATE day_periods SET meals = meals + 1',
  numbers: `UPDATE journal SET body = json_set(body, '$.topUpId', 'twice') WHERE kind = 'wallet.topped-up'`,
  prices: changedSale('quote.discountFen', '1'),
  quotes: changedSale('memberAge', '40'),
  persons: "DELETE FROM persons WHERE member_id = 'm-3'",
  outbox: '',
}

describe('LG-31 a planted error is found by its check', () => {
  test.each(Object.entries(PLANTED))('%s', (id, sql) => {
    expect(failing(sql, { 'kiosk-1': id === 'outbox' ? 9_999 : 1 })).toContain(id)
  })
})

test('LG-31 the words of each check are there for what it finds, in both languages', () => {
  for (const { title, proves, found, unit } of Object.values(BOOK_CHECKS))
    for (const language of ['zh', 'en'] as const) {
      expect(title[language].length * proves[language].length).toBeGreaterThan(0)
      expect(found[language]).toContain('{{where}}')
      expect(found[language]).toContain(unit === 'none' ? '{{detail}}' : '{{found}}')
    }
})

async function run(...args: string[]): Promise<{ readonly code: number; readonly out: string }> {
  let out = ''
  const code = await audit.run(args, {
    out: { write: (line) => void (out += `${line}\n`) },
    err: { write: () => undefined },
  })
  return { code, out }
}

test('LG-31 `canteen audit` says of each check whether it holds, in lines and as JSON', async () => {
  const lines = await run(options.folder)
  expect(lines.code).toBe(0)
  expect(lines.out.match(/^ok /gm)).toHaveLength(CHECKS.length)
  const db = new Sqlite(join(options.folder, 'book.sqlite'))
  db.exec('UPDATE benefit_uses SET amount_fen = amount_fen - 1')
  db.close()
  const found = await run(options.folder, '--json')
  expect(found.code).toBe(1)
  const { checks } = JSON.parse(found.out) as { checks: { id: string; findings: { found: number }[] }[] }
  expect(checks.find(({ id }) => id === 'subsidies')?.findings[0]).toMatchObject({
    expected: 300,
    found: 299,
  })
  expect((await run('a', 'b')).code).toBe(2)
})
