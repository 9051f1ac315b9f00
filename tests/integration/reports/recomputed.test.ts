import { join } from 'node:path'
import { rmSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { drawerNow } from '../../../electron/station/day/drawer.ts'
import { dayReport, daysInBrief } from '../../../electron/station/reports/day-report.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import type { DayReport } from '../../../shared/contract/reports.ts'
import { BusyMonth } from '../../fixtures/busy-month.ts'
import { figuresFromJournal } from '../../fixtures/figures-from-journal.ts'

/** What the journal does not say: names, and who the canteen is. */
function withoutNames({
  canteenName,
  stationId,
  byDish,
  notSold,
  byFunder,
  grants,
  ...figures
}: DayReport): object {
  expect([canteenName, stationId]).toEqual(['测试食堂', 'kiosk-1'])
  return {
    ...figures,
    byDish: byDish.map(({ name: _, ...dish }) => dish),
    notSold: notSold.map(({ name: _, ...row }) => row),
    byFunder: byFunder.map(({ name: _, ...funder }) => funder),
    grants: grants.map(({ name: _, ...grant }) => grant),
  }
}

const SEEDS = ['spring', 'summer', 'autumn', 'winter', 'qixi', 'laba'] as const

test.each(SEEDS)(
  'LG-27 LG-26 every figure of every day of month %s is worked out again from the journal alone',
  (seed) => {
    const month = new BusyMonth(seed, 31)
    const raw = new Sqlite(join(month.folder, 'book.sqlite'), { readonly: true })
    const reports = month.dates.map((date) => month.book.read((file) => dayReport(file, date, '测试食堂')))
    for (const report of reports)
      expect(withoutNames(report)).toEqual(figuresFromJournal(raw, report.businessDate))

    // The month was a month: voids, closes with a difference, dates locked along with a later one.
    expect(reports.flatMap(({ voids }) => voids).length).toBeGreaterThan(10)
    expect(reports.filter(({ close }) => close !== null && close.differenceFen !== 0).length).toBeGreaterThan(
      1,
    )
    expect(reports.filter(({ total }) => total.sold.meals > 0).length).toBeGreaterThan(15)

    expect(reports.filter(({ notSold }) => notSold.length > 0).length).toBeGreaterThan(10)
    expect(reports.filter(({ notSold }) => notSold.length === 0).length).toBeGreaterThan(5)
    expect(Math.max(...reports.map(({ deposits }) => deposits.takenCount))).toBeGreaterThan(0)
    expect(Math.max(...reports.map(({ deposits }) => deposits.returnedFen))).toBeGreaterThan(0)

    // What ends a day begins the next one, and at last it is what the wallets hold.
    for (const [index, report] of reports.entries())
      expect(report.walletLiability.beforeFen).toBe(reports[index - 1]?.walletLiability.afterFen ?? 0)
    const wallets = ['m-1', 'm-2', 'm-3'].reduce((sum, id) => sum + month.book.balanceOf(id), 0)
    const afterwards = month.book.read((file) => dayReport(file, '2099-01-01', '测试食堂'))
    expect(afterwards.walletLiability).toEqual({ beforeFen: wallets, afterFen: wallets })
    expect(month.book.read(drawerNow)).toEqual(afterwards.drawer)

    const days = month.book.read((file) => daysInBrief(file, month.firstDate, '2099-01-01'))
    for (const { businessDate, net, closed } of days) {
      const report = month.book.read((file) => dayReport(file, businessDate, '测试食堂'))
      expect({ net, closed }).toEqual({ net: report.total.net, closed: report.close !== null })
    }
    raw.close()
    month.book.close()
    expect(verifyBook(month.folder).findings).toEqual([])
    rmSync(month.folder, { recursive: true })
  },
)
