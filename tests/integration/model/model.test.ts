import { rmSync } from 'node:fs'
import fc from 'fast-check'
import Sqlite from 'better-sqlite3'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runChecks } from '../../../electron/station/book-checks/run.ts'
import { openBook, type Book } from '../../../electron/station/book/book.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { CHINA_CALENDAR } from '../../../shared/domain/calendar-china.ts'
import type { PolicyPack } from '../../../shared/domain/policy/types.ts'
import { fen } from '../../../shared/domain/units.ts'
import { bookOptions, MENU, PACK, TODAY } from '../../fixtures/books.ts'
import { CanteenModel } from './canteen-model.ts'
import { beginning, memberId, steps, uidOf, type Real } from './steps.ts'

const SEQUENCES = 1_000
const AREA = '35/3501'
const town = [{ funderId: 'town', name: { zh: '镇', en: 'Town' }, share: { remainder: true } }] as const
const elderly = { age: { from: 60 } } as const

/** Once a day up to 3 yuan, and up to 2.50 a meal while the month has 10: limits by count and by amount. */
const MODEL_PACK: PolicyPack = {
  ...PACK,
  steps: [
    {
      kind: 'benefits',
      combine: 'stack',
      benefits: [
        {
          id: 'daily',
          title: { zh: '每日补贴', en: 'Daily subsidy' },
          when: elderly,
          amount: { fixedFen: fen(300) },
          limits: [{ per: 'day', count: 1, scope: 'everywhere' }],
          funders: town,
        },
        {
          id: 'monthly',
          title: { zh: '每月补贴', en: 'Monthly subsidy' },
          when: elderly,
          amount: { fixedFen: fen(250) },
          limits: [{ per: 'month', amountFen: fen(1_000), scope: 'everywhere' }],
          funders: town,
        },
      ],
    },
  ],
}

const options = bookOptions()
let book: Book

beforeAll(() => {
  book = openBook(options)
  book.append({ kind: 'menu.published', body: { menu: MENU } }, 'test')
  book.append({ kind: 'policy.published', body: { pack: MODEL_PACK } }, 'test')
  // Change enough for every meal that is taken back.
  const float = { moveId: 'float', amountFen: fen(100_000_000), note: '', approvedBy: 's-1' }
  book.append({ kind: 'drawer.moved', body: float }, 'test')
})
afterAll(() => {
  book.close()
  rmSync(options.folder, { recursive: true, force: true })
})

/** Every purse, and every card at the counter, as the model has them. */
function compare(model: CanteenModel, real: Real): void {
  for (const [owner, balanceFen] of model.purses)
    expect(book.balanceOf(memberId(real, owner)), `purse ${owner}`).toBe(balanceFen)
  for (const [card, { state }] of model.cards) {
    const { kind } = book.lookUpCard(uidOf(real, card), model.date)
    expect(kind, `card ${card}`).toBe(state === 'valid' ? 'known' : state)
  }
}

test(`LG-1 LG-3 LG-5 LG-24 LG-25 LG-32 LG-35 ME-6 CK-6 PO-6 ${SEQUENCES} sequences of whatever people do: cards, purses, meals and limits are those of a model on one page`, () => {
  let sequence = 0
  const seen = { sales: 0, taken: 0, topUps: 0 }
  fc.assert(
    fc.property(steps, (commands) => {
      const real: Real = { book, pack: MODEL_PACK, sequence: (sequence += 1), ids: 0 }
      const model = new CanteenModel(TODAY)
      for (const each of beginning) each.run(model, real)
      fc.modelRun(() => ({ model, real }), commands)
      compare(model, real)
      seen.sales += model.sales.length
      seen.taken += model.sales.filter(({ standing }) => !standing).length
      seen.topUps += model.topUps.length
    }),
    { seed: 55, numRuns: SEQUENCES },
  )
  // A model that is never asked for a meal agrees with anything.
  expect(seen.sales).toBeGreaterThan(SEQUENCES)
  expect(seen.taken).toBeGreaterThan(100)
  expect(seen.topUps).toBeGreaterThan(SEQUENCES)
}, 120_000)

test('LG-8 LG-31 the book of all of them verifies, and its checks find nothing', () => {
  const report = verifyBook(options.folder)
  expect(report).toMatchObject({ ok: true, findings: [] })
  const db = new Sqlite(join(options.folder, 'book.sqlite'), { readonly: true })
  const place = { canteenArea: AREA, calendar: CHINA_CALENDAR }
  const results = runChecks({ db, report, place, acknowledged: null })
  db.close()
  expect(results.filter(({ count }) => count > 0)).toEqual([])
}, 120_000)
