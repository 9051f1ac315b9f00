import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { verify } from '../../../electron/commands/verify.ts'
import { openBook } from '../../../electron/station/book/book.ts'
import { PROJECTIONS } from '../../../electron/station/book/projections.ts'
import { verifyBook, verifyDatabase } from '../../../electron/station/book/verify-book.ts'
import { aroundTheCounter, bookOptions, furnish, saleDraft } from '../../fixtures/books.ts'
import { tamper } from './rows.ts'

/** A closed book with a bit of everything in it. */
function closedBook(): string {
  const options = bookOptions()
  const book = openBook(options)
  furnish(book)
  book.settle(saleDraft({ subsidised: true }))
  book.settle(saleDraft({ memberId: null }))
  book.settle(saleDraft({ memberId: 'm-2', cashFen: 100 }))
  book.reportCardLost('0000000003', 'office')
  book.append({ kind: 'clock.confirmed', body: { deviceMs: 1, newestMs: 2 } }, 'office')
  aroundTheCounter(book)
  book.close()
  return options.folder
}

const copyOf = (folder: string): string => {
  const copy = mkdtempSync(join(tmpdir(), 'book-'))
  cpSync(folder, copy, { recursive: true })
  return copy
}

const folder = closedBook()
const ENTRIES = 42

test('LG-8 a sound book has no findings, and its sums are equal', () => {
  const report = verifyBook(folder)
  expect(report).toMatchObject({ ok: true, entries: ENTRIES, findings: [] })
  expect(report.debitFen).toBe(report.creditFen)
  expect(report.debitFen).toBeGreaterThan(15_000)
  expect(report.heads).toEqual([
    { origin: 'kiosk-1', seq: ENTRIES, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
  ])
})

test('LG-8 an open book can be verified from the same connection and from another', () => {
  const options = bookOptions()
  const book = openBook(options)
  furnish(book)
  book.settle(saleDraft())
  expect(verifyBook(options.folder)).toMatchObject({ ok: true, entries: 12 })
  const db = new Sqlite(join(options.folder, 'book.sqlite'))
  expect(verifyDatabase(db)).toMatchObject({ ok: true, entries: 12 })
  db.close()
  expect(book.settle(saleDraft()).kind).toBe('settled')
  book.close()
})

const positions = Array.from({ length: ENTRIES }, (_, index) => index + 1)

test.each(positions)(
  'LG-19 a changed byte in the body of entry %i breaks the chain there, and is named',
  (position) => {
    const copy = copyOf(folder)
    tamper(
      copy,
      `UPDATE journal SET body = replace(substr(body, 1, 12), '"', '''') || substr(body, 13) WHERE position = ${position}`,
    )
    const { ok, findings } = verifyBook(copy)
    expect(ok).toBe(false)
    const chain = findings.filter(({ rule }) => rule === 'LG-19' || rule === 'LG-9')
    expect(chain).toContainEqual(expect.objectContaining({ rule: 'LG-19', origin: 'kiosk-1', seq: position }))
    expect(new Set(chain.map(({ seq }) => seq))).toEqual(new Set([position]))
  },
)

test.each(['id', 'kind', 'hlc', 'at', 'business_date', 'actor', 'prev_hash', 'hash'])(
  'LG-19 a changed %s breaks the chain at its entry',
  (column) => {
    const copy = copyOf(folder)
    tamper(
      copy,
      `UPDATE journal SET ${column} = replace(${column}, substr(${column}, -1), 'x') WHERE position = 7`,
    )
    expect(verifyBook(copy).findings).toContainEqual(
      expect.objectContaining({ rule: 'LG-19', origin: 'kiosk-1', seq: 7 }),
    )
  },
)

test('LG-19 an entry that was hashed again no longer fits the one after it', () => {
  const copy = copyOf(folder)
  tamper(copy, `UPDATE journal SET hash = '${'a'.repeat(64)}' WHERE position = 7`)
  expect(verifyBook(copy).findings).toContainEqual(expect.objectContaining({ rule: 'LG-9', seq: 8 }))
})

test('LG-6 LG-10 a removed entry leaves a gap that is named', () => {
  const copy = copyOf(folder)
  tamper(copy, 'DELETE FROM journal WHERE position = 7')
  expect(verifyBook(copy).findings).toContainEqual(
    expect.objectContaining({ rule: 'LG-10', origin: 'kiosk-1', seq: 8 }),
  )
})

const filled = Object.keys(PROJECTIONS).filter((table) => table !== 'waiting_entries')

test.each(filled)('LG-8 a row missing from %s is found and named by its key', (table) => {
  const copy = copyOf(folder)
  const key = (PROJECTIONS[table] ?? []).map((column) => `CAST(${column} AS TEXT)`).join(" || '/' || ")
  const db = new Sqlite(join(copy, 'book.sqlite'))
  const row = db.prepare<[], { key: string }>(`SELECT ${key} AS key FROM ${table} LIMIT 1`).get()
  db.close()
  tamper(copy, `DELETE FROM ${table} WHERE ${key} = '${row?.key ?? ''}'`)
  expect(verifyBook(copy).findings).toContainEqual(
    expect.objectContaining({ rule: 'LG-8', table, key: row?.key }),
  )
})

test.each([
  ['sales', 'price_fen'],
  ['sale_lines', 'net_mg'],
  ['postings', 'debit_fen'],
  ['balances', 'credit_fen'],
  ['day_periods', 'meals'],
  ['day_funders', 'amount_fen'],
  ['day_provider_payments', 'reversed_fen'],
  ['day_dishes', 'count'],
  ['benefit_uses', 'amount_fen'],
  ['top_ups', 'amount_fen'],
  ['voids', 'subsidy_fen'],
  ['reversed_periods', 'meals'],
  ['reversed_funders', 'amount_fen'],
  ['reversed_dishes', 'net_mg'],
  ['top_up_reversals', 'amount_fen'],
  ['day_top_ups', 'reversed_fen'],
  ['drawer_moves', 'amount_fen'],
  ['day_closes', 'counted_fen'],
  ['prices', 'price_version'],
  ['dishes', 'retired'],
  ['sold_out', 'sold_out'],
  ['staff', 'active'],
])('LG-8 a changed number in %s.%s is found', (table, column) => {
  const copy = copyOf(folder)
  tamper(copy, `UPDATE ${table} SET ${column} = ${column} + 1`)
  const { findings } = verifyBook(copy)
  expect(findings).toContainEqual(
    expect.objectContaining({ rule: 'LG-8', table, message: expect.stringContaining(column) as unknown }),
  )
})

test.each([
  ['voids', 'note'],
  ['top_up_reversals', 'approved_by'],
  ['drawer_moves', 'note'],
  ['day_closes', 'head_hash'],
  ['dishes', 'name'],
  ['prices', 'pricing'],
  ['menu_plans', 'dish_ids'],
  ['staff', 'role'],
  ['audit', 'act'],
  ['day_runs', 'business_date'],
])('LG-8 a changed word in %s.%s is found', (table, column) => {
  const copy = copyOf(folder)
  tamper(copy, `UPDATE ${table} SET ${column} = ${column} || '!'`)
  expect(verifyBook(copy).findings).toContainEqual(
    expect.objectContaining({ rule: 'LG-8', table, message: expect.stringContaining(column) as unknown }),
  )
})

test('LG-8 a row that the journal knows nothing of is found', () => {
  const copy = copyOf(folder)
  tamper(
    copy,
    "INSERT INTO cards (uid, member_id, state, hlc, origin) VALUES ('FF', 'm-1', 'valid', 'x', 'y')",
  )
  expect(verifyBook(copy).findings).toEqual([expect.objectContaining({ table: 'cards', key: 'FF' })])
})

test('LG-5 a wallet below its limit is found', () => {
  const copy = copyOf(folder)
  tamper(copy, "UPDATE balances SET debit_fen = debit_fen + 9000 WHERE account = 'member:m-1:cash'")
  const rules = verifyBook(copy).findings.map(({ rule }) => rule)
  expect(rules).toContain('LG-5')
  expect(rules).toContain('LG-3')
})

test('LG-19 a station does not start on a tail that was changed', () => {
  const options = bookOptions()
  const book = openBook(options)
  furnish(book)
  book.close()
  tamper(options.folder, "UPDATE journal SET actor = 'someone' WHERE position = 9")
  expect(() => openBook(options)).toThrow(expect.objectContaining({ code: 'damaged' }))
})

test('LG-15 an entry that waited is folded by the first program that knows it', () => {
  const options = bookOptions()
  const book = openBook(options)
  furnish(book)
  book.settle(saleDraft())
  book.close()
  // As an older program would have left it: the card entry stored, but waiting.
  tamper(
    options.folder,
    `INSERT INTO waiting_entries (origin, seq, kind, version) VALUES ('kiosk-1', 4, 'card.issued', 1);
     DELETE FROM cards WHERE uid = '0000000001'`,
  )
  const again = openBook(options)
  expect(again.lookUpCard('0000000001', '2026-11-03').kind).toBe('known')
  again.close()
  expect(verifyBook(options.folder).findings).toEqual([])
})

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}
async function run(...args: string[]): Promise<Ran> {
  const written = { out: '', err: '' }
  const code = await verify.run(args, {
    out: { write: (line) => void (written.out += `${line}\n`) },
    err: { write: (line) => void (written.err += `${line}\n`) },
  })
  return { code, ...written }
}

test('LG-19 the command exits 0 for a sound book and 1 for findings, with a report a machine can read', async () => {
  const sound = await run(folder)
  expect([sound.code, JSON.parse(sound.out)]).toEqual([0, verifyBook(folder)])
  const copy = copyOf(folder)
  tamper(copy, "UPDATE journal SET actor = 'someone' WHERE position = 5")
  const broken = await run(join(copy, 'book.sqlite'))
  expect(broken.code).toBe(1)
  expect(JSON.parse(broken.out)).toMatchObject({
    ok: false,
    findings: [{ rule: 'LG-19', origin: 'kiosk-1', seq: 5 }],
  })
})

test('LG-19 the command exits 2 for what it does not understand', async () => {
  expect((await run('a', 'b')).code).toBe(2)
  await expect(run('--fast')).rejects.toThrow(
    expect.objectContaining({ code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' }),
  )
})

test('LG-19 from the command line what is no book exits 3, with words and nothing on stdout', () => {
  const nothing = mkdtempSync(join(tmpdir(), 'none-'))
  const canteen = join(import.meta.dirname, '../../../electron/commands/canteen.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [canteen, 'verify', nothing], {
    encoding: 'utf8',
  })
  expect([status, stdout]).toEqual([3, ''])
  expect(stderr).toContain('there is no book')
})
