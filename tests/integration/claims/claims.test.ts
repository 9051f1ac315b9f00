import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import readXlsxFile from 'read-excel-file/node'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { startPrinter } from '../../../electron/setup/print.mjs'
import { openBook } from '../../../electron/station/book/book.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { claimsFile } from '../../../electron/station/claims/claims-file.ts'
import { claimsOf, type ClaimsAsked } from '../../../electron/station/claims/claims.ts'
import { yuanShown } from '../../../electron/station/reports/amounts.ts'
import { claimPeriodOf } from '../../../shared/domain/policy/claims.ts'
import type { ClaimRule } from '../../../shared/domain/policy/types.ts'
import { fen } from '../../../shared/domain/units.ts'
import { PACK, saleDraft, TODAY } from '../../fixtures/books.ts'
import { BusyMonth } from '../../fixtures/busy-month.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { takeBackTo } from '../../fixtures/older-book.ts'
import { csvRows } from '../../fixtures/report-from-csv.ts'
import { signedIn } from '../../fixtures/signed-in.ts'

const STEP_BEFORE = 129

let month: BusyMonth
beforeAll(() => {
  month = new BusyMonth('claims', 45)
  const grant = { grantId: 'g:2026-11:m-3', memberId: 'm-3', funderId: 'village' } as const
  const given = { title: { zh: '助餐金', en: 'Grant' }, amountFen: fen(5_000), lastDay: '2026-12-31' }
  month.book.append({ kind: 'grant.given', body: { ...grant, ...given } }, 'test')
  month.book.append({ kind: 'grant.expired', body: { ...grant, amountFen: fen(1_200) } }, 'test')
})
afterAll(() => {
  month.book.close()
  rmSync(month.folder, { recursive: true })
})

const claims = (asked: ClaimsAsked, rules: readonly ClaimRule[] = []) =>
  month.book.read((file) =>
    claimsOf(file, asked, { canteenName: '东山街长者食堂', packOn: () => ({ ...PACK, claims: rules }) }),
  )

/** What the accounts say each funder came to owe on the business dates of a span. */
function receivables(from: string, to: string): ReadonlyMap<string, number> {
  const raw = new Sqlite(join(month.folder, 'book.sqlite'), { readonly: true })
  onTestFinished(() => void raw.close())
  const rows = raw
    .prepare<[string, string], { account: string; fen: number }>(
      `SELECT account, sum(debit_fen - credit_fen) AS fen FROM postings JOIN journal USING (origin, seq)
       WHERE account GLOB 'funder:*:receivable' AND business_date BETWEEN ? AND ? GROUP BY account`,
    )
    .all(from, to)
  return new Map(rows.map(({ account, fen: owed }) => [account.split(':')[1] ?? '', owed]))
}

describe('LG-41 what is claimed', () => {
  test.each(['month', 'quarter', 'half-year', 'year'] as const)(
    'of each funder for a %s is what its account says of these days, to the fen',
    (period) => {
      const found = claims({ period, date: TODAY })
      const { from, to } = claimPeriodOf({ period, dueDays: 0 }, TODAY)
      expect(found).toMatchObject({ period, from, to })
      const owed = receivables(from, to)
      expect(new Map(found.funders.map(({ funderId, totalFen }) => [funderId, totalFen]))).toEqual(owed)
      expect(found.total.totalFen).toBe([...owed.values()].reduce((sum, each) => sum + each, 0))
      const { subsidyFen, providerFen, grantsFen, totalFen } = found.total
      expect(subsidyFen + providerFen + grantsFen).toBe(totalFen)
      // There was something of each kind, also what no subsidy goes with.
      expect(Math.min(subsidyFen, providerFen, grantsFen === 0 ? subsidyFen : grantsFen)).toBeGreaterThan(0)
      expect(found.funders.find(({ funderId }) => funderId === 'charity')).toMatchObject({ subsidyFen: 0 })
    },
  )

  test('is settled by the period that the pack names, less the advance; other periods are sums alone', () => {
    const rules: readonly ClaimRule[] = [
      { funderId: 'city', period: 'quarter', dueDays: 15, advanceFen: fen(100_000_000) },
      { funderId: 'town', period: 'month', dueDays: 10 },
    ]
    const quarter = claims({ date: TODAY }, rules)
    expect(quarter.period).toBe('quarter')
    const city = quarter.funders.find(({ funderId }) => funderId === 'city')
    expect(city).toMatchObject({
      claimedBy: 'quarter',
      settlement: {
        dueOn: '2027-01-15',
        advanceFen: 100_000_000,
        claimFen: 0,
        owedBackFen: 100_000_000 - (city?.totalFen ?? 0),
      },
    })
    const town = quarter.funders.find(({ funderId }) => funderId === 'town')
    expect(town).toMatchObject({ claimedBy: 'month', settlement: null, toClaimFen: null })
    const charity = quarter.funders.find(({ funderId }) => funderId === 'charity')
    expect(charity).toMatchObject({ claimedBy: null, toClaimFen: charity?.totalFen })
    expect(quarter.toClaimFen).toBe(
      (charity?.totalFen ?? 0) +
        (quarter.funders.find(({ funderId }) => funderId === 'village')?.totalFen ?? 0),
    )
    const monthly = claims({ period: 'month', date: TODAY }, rules).funders
    expect(monthly.find(({ funderId }) => funderId === 'town')?.settlement).toMatchObject({
      dueOn: '2026-12-10',
      owedBackFen: 0,
    })
  })

  test('names the days that nobody closed', () => {
    const { openDates, days } = claims({ period: 'year', date: TODAY })
    const dates = [...new Set(days.map(({ businessDate }) => businessDate))]
    expect(openDates).toEqual(dates.slice(dates.length - openDates.length))
    expect(openDates.length).toBeGreaterThan(0)
    expect(openDates.length).toBeLessThan(dates.length)
    expect(claims({ period: 'month', date: '2031-01-01' })).toMatchObject({ funders: [], days: [] })
  })
})

test('LG-41 the files, read back, carry each day, each funder and each sum', async () => {
  const rules: readonly ClaimRule[] = [
    { funderId: 'city', period: 'month', dueDays: 10, advanceFen: fen(1_000) },
  ]
  const found = claims({ period: 'month', date: TODAY }, rules)
  const paper = { claims: found, timeZone: 'Asia/Shanghai', madeAtMs: 0, trial: false }
  const [head, ...rows] = csvRows(new TextDecoder().decode(await claimsFile(paper, 'csv', null)))
  expect(head).toEqual(['营业日', '资金方', '代码', '补贴', '付给食堂', '助餐金', '合计'])
  expect(rows.map((row) => [row[0], row[2], Math.round(Number(row[6]) * 100)])).toEqual(
    found.days.map(({ businessDate, funderId, totalFen }) => [businessDate, funderId, totalFen]),
  )

  const sheets = await readXlsxFile(Buffer.from(await claimsFile(paper, 'xlsx', null)))
  const [byFunder, byDay] = sheets.map(({ data }) => data)
  const fenIn = (cell: unknown) => Math.round(Number(cell) * 100)
  for (const [index, { name, totalFen, settlement }] of found.funders.entries()) {
    const row = byFunder?.[index + 1] ?? []
    expect(row[0]).toBe(name.zh)
    expect(fenIn(row[4])).toBe(totalFen)
    expect(fenIn(row[6])).toBe(settlement?.claimFen ?? totalFen)
  }
  expect(fenIn(byFunder?.[found.funders.length + 1]?.[4])).toBe(found.total.totalFen)
  expect(byDay).toHaveLength(found.days.length + 2)
  expect(fenIn(byDay?.at(-1)?.[5])).toBe(found.total.totalFen)

  const printer = await startPrinter()
  onTestFinished(() => printer.close())
  const pdf = await getDocumentProxy(new Uint8Array(await claimsFile(paper, 'pdf', printer)))
  const [, , width = 0, height = 0] = (await pdf.getPage(1)).view
  expect([Math.round(width), Math.round(height)]).toEqual([595, 842])
  const words = (await extractText(pdf, { mergePages: true })).text.replaceAll(/\s/g, '')
  for (const { totalFen, settlement } of found.funders) {
    expect(words).toContain(yuanShown(totalFen))
    expect(words).toContain(yuanShown(settlement?.claimFen ?? totalFen))
  }
  expect(words).toContain('2026-12-10')
  for (const { totalFen } of found.days) expect(words).toContain(yuanShown(totalFen))
})

test('LG-41 SE-7 SE-8 a manager asks for it and has it written; the export stands in the audit', async () => {
  const counter = new CounterStation()
  onTestFinished(async () => {
    await counter.stop()
    rmSync(counter.folder, { recursive: true, force: true })
  })
  counter.book.settle(saleDraft({ subsidised: true }))
  const { client } = await signedIn(counter.station, 'manager')
  const found = await client.claims.get({ date: TODAY })
  expect(found).toMatchObject({ period: 'month', total: { totalFen: 300 }, openDates: [TODAY] })
  expect(found.funders.map(({ funderId, totalFen }) => [funderId, totalFen])).toEqual([
    ['city', 200],
    ['town', 100],
  ])
  const { path, bytes } = await client.claims.export({ date: TODAY, format: 'csv' })
  expect(path).toBe(join(counter.folder, 'reports', 'claims-2026-11-01-to-2026-11-30.csv'))
  expect(readFileSync(path)).toHaveLength(bytes)
  const noted = counter.book.read((file) =>
    file.statement<[], { subject: string }>("SELECT subject FROM audit WHERE act = 'report-exported'").all(),
  )
  expect(noted).toEqual([{ subject: 'claims-2026-11-01-to-2026-11-30.csv' }])
  const cashier = await signedIn(counter.station, 'cashier')
  await expect(cashier.client.claims.get({ date: TODAY })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
})

test('LG-14 LG-41 a book from before the claims is brought to the same figures', () => {
  const older = new BusyMonth('older', 20)
  onTestFinished(() => rmSync(older.folder, { recursive: true }))
  older.book.close()
  const file = join(older.folder, 'book.sqlite')
  const rowsOf = (): unknown => {
    const db = new Sqlite(file, { readonly: true })
    const rows = db.prepare('SELECT * FROM day_provider_payments ORDER BY business_date, funder_id').all()
    db.close()
    return rows
  }
  const before = rowsOf()
  expect(before).toEqual(expect.arrayContaining([expect.objectContaining({ funder_id: 'charity' })]))
  const db = new Sqlite(file)
  takeBackTo(db, STEP_BEFORE)
  expect(() => db.prepare('SELECT * FROM day_provider_payments').all()).toThrow('no such table')
  db.close()
  openBook(older.options).close()
  expect(rowsOf()).toEqual(before)
  expect(verifyBook(older.folder).findings).toEqual([])
})
