import { mkdtempSync, rmSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Book } from '../../../electron/station/book/book.ts'
import { seededRandom } from '../../fixtures/random.ts'
import { examine } from '../../proof/examine.ts'
import { mealFor, memberIdOf, seededIds } from '../../proof/lunch.ts'
import { memoryFolder } from '../../proof/memory-folder.ts'
import { Story } from '../../proof/story.ts'
import { bookFileOf, handClock, openTill, payIn, setUpTill } from '../../proof/till.ts'

const HOUR_MS = 3_600_000
/** Noon of 2026-03-02 in China. */
const NOON_MS = Date.UTC(2026, 2, 2, 4)

interface Row {
  readonly seq: number
  readonly hlc: string
  readonly at: string
  readonly business_date: string
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(memoryFolder('clock-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** One guest's cash meal and a top-up, as the counter does them at this moment. */
function serve(book: Book, story: Story, saleId: string, topUpId: string, businessDate: string): void {
  const random = seededRandom(saleId)
  const draft = mealFor({ saleId, memberNumber: null, businessDate, mealPeriod: 'lunch' }, random)
  story.note({ begins: { kind: 'sale', draft } })
  const outcome = book.settle(draft)
  expect(outcome.kind).toBe('settled')
  story.note({ done: 'sale', result: outcome.kind })
  const topUp = { topUpId, memberId: memberIdOf(1), amountFen: 100 }
  story.note({ begins: { kind: 'top-up', topUp } })
  payIn(book, topUp)
  story.note({ done: 'top-up', result: 'appended' })
}

test.each([
  { name: 'three hours', backMs: 3 * HOUR_MS, topUpDate: '2026-03-02' },
  { name: 'a day', backMs: 24 * HOUR_MS, topUpDate: '2026-03-01' },
  { name: 'to 1970', backMs: NOON_MS, topUpDate: '1970-01-01' },
])(
  'LG-10 LG-11 CK-14 a clock set back $name: no gap, time goes forward, the sale keeps its date',
  ({ backMs, topUpDate }) => {
    const clock = handClock(NOON_MS)
    const random = seededRandom('clock')
    const ids = seededIds(random, () => clock.nowMs())
    const story = new Story()
    const open = (): Book => openTill({ folder, random: random.fork('till'), clock })
    const first = open()
    setUpTill(first)
    serve(first, story, ids.next(), ids.next(), '2026-03-02')
    clock.set(NOON_MS - backMs)
    serve(first, story, ids.next(), ids.next(), '2026-03-02')
    first.close()
    // The next start finds the clock still behind.
    const second = open()
    serve(second, story, ids.next(), ids.next(), '2026-03-02')
    second.close()

    const rows = rowsOf(folder)
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1))
    expect(rows.map(({ hlc }) => hlc)).toEqual([...new Set(rows.map(({ hlc }) => hlc))].toSorted())
    const atNoon = new Date(NOON_MS).toISOString()
    const behind = new Date(NOON_MS - backMs).toISOString()
    expect(rows.slice(-6).map(({ at, business_date }) => [at, business_date])).toEqual([
      [atNoon, '2026-03-02'],
      [atNoon, '2026-03-02'],
      [behind, '2026-03-02'],
      [behind, topUpDate],
      [behind, '2026-03-02'],
      [behind, topUpDate],
    ])
    const { lost, broken } = examine({ folder, story, random })
    expect({ lost, broken }).toEqual({ lost: [], broken: [] })
  },
)

function rowsOf(of: string): Row[] {
  const db = new Sqlite(bookFileOf(of), { readonly: true })
  try {
    return db.prepare<[], Row>('SELECT seq, hlc, at, business_date FROM journal ORDER BY position').all()
  } finally {
    db.close()
  }
}
