import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import type { DayReport } from '../../../shared/contract/reports.ts'
import { figuresFromJournal } from '../../fixtures/figures-from-journal.ts'
import { act, Canteen } from './money-canteen.ts'

/** What the journal does not say: names. Whoever signed a close or a void stands in it by her id. */
function withoutNames(report: DayReport): object {
  const { canteenName: _canteen, stationId: _station, byDish, byFunder, close, voids, ...figures } = report
  return {
    ...figures,
    close: close === null ? null : { ...close, closedByName: '' },
    voids: voids.map((each) => ({ ...each, approvedByName: '' })),
    byDish: byDish.map(({ name: _, ...dish }) => dish),
    byFunder: byFunder.map(({ name: _, ...funder }) => funder),
  }
}

interface Figures {
  readonly close: object | null
  readonly voids: readonly object[]
}

function figuresOf(db: Sqlite.Database, date: string): object {
  const figures = figuresFromJournal(db, date) as Figures
  return {
    ...figures,
    close: figures.close === null ? null : { ...figures.close, closedByName: '' },
    voids: figures.voids.map((each) => ({ ...each, approvedByName: '' })),
  }
}

test('LG-3 LG-5 LG-24 LG-25 LG-26 LG-27 whatever is sold, taken back, paid in, moved and closed: every account is as answered, every report as the journal', async () => {
  const met = { acts: new Set<string>(), refused: new Set<string>(), voidsOfClosed: 0, discounts: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 12, maxLength: 45 }), async (acts) => {
      const canteen = new Canteen()
      const { till } = canteen
      try {
        for (const wish of acts) {
          await canteen.act(wish)
          canteen.assertAccounts()
          met.acts.add(wish.kind)
        }
        const raw = new Sqlite(join(till.folder, 'book.sqlite'), { readonly: true })
        for (const report of await canteen.reports()) {
          expect(withoutNames(report)).toEqual(figuresOf(raw, report.businessDate))
          met.voidsOfClosed += report.voids.filter(({ soldOn }) => soldOn !== report.businessDate).length
          met.discounts += report.total.sold.discountFen
        }
        raw.close()
        for (const code of canteen.refused) met.refused.add(code)
        await till.stop()
        const verified = verifyBook(till.folder)
        expect(verified.findings).toEqual([])
        expect(verified.debitFen).toBe(verified.creditFen)
      } finally {
        await till.stop()
        rmSync(till.folder, { recursive: true, force: true })
      }
    }),
    { seed: 27, numRuns: 16 },
  )
  // The acts were what they are named for: voids of locked days, discounts, refusals of each kind.
  expect(met.acts.size).toBe(9)
  expect(met.voidsOfClosed).toBeGreaterThan(3)
  expect(met.discounts).toBeGreaterThan(500)
  expect([...met.refused]).toEqual(
    expect.arrayContaining(['ALREADY_VOIDED', 'ALREADY_REVERSED', 'subsidy-used']),
  )
}, 120_000)
