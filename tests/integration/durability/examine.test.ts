import { mkdtempSync, rmSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SaleDraft } from '../../../shared/domain/sale.ts'
import { seededRandom } from '../../fixtures/random.ts'
import { examine } from '../../proof/examine.ts'
import { mealFor, seededIds } from '../../proof/lunch.ts'
import { memoryFolder } from '../../proof/memory-folder.ts'
import { Story } from '../../proof/story.ts'
import { bookFileOf, handClock, openTill, setUpTill } from '../../proof/till.ts'

// What the campaigns measure with is itself measured: each planted fault must be seen.

const random = seededRandom('examine')
const clock = handClock()
const ids = seededIds(random, () => clock.nowMs())
let folder: string
let story: Story

const meal = (memberNumber: number | null): SaleDraft =>
  mealFor({ saleId: ids.next(), memberNumber, businessDate: '2026-03-01', mealPeriod: 'lunch' }, random)

function sell(draft: SaleDraft, acknowledged: boolean): void {
  const book = openTill({ folder, random: random.fork('till'), clock })
  expect(book.settle(draft).kind).toBe('settled')
  book.close()
  if (acknowledged) acknowledge(draft)
}
function acknowledge(draft: SaleDraft): void {
  story.note({ begins: { kind: 'sale', draft } })
  story.note({ done: 'sale', result: 'settled' })
}
let examinations = 0
const examined = (): { lost: readonly string[]; broken: readonly string[] } => {
  examinations += 1
  const { lost, broken } = examine({ folder, story, random: random.fork(examinations) })
  return { lost, broken }
}
function tamper(sql: string): void {
  const db = new Sqlite(bookFileOf(folder))
  db.exec(sql)
  db.close()
}

beforeEach(() => {
  folder = mkdtempSync(memoryFolder('examine-'))
  story = new Story()
  const book = openTill({ folder, random: random.fork('till'), clock })
  story.note({ begins: { kind: 'set-up' } })
  setUpTill(book)
  story.note({ done: 'set-up', result: 'ok' })
  book.close()
  sell(meal(12), true)
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('LG-21 a book with all that was acknowledged is found in order, again and again', () => {
  expect(examined()).toEqual({ lost: [], broken: [] })
  expect(examined()).toEqual({ lost: [], broken: [] })
})

test('LG-21 an acknowledged sale that is not in the book is seen', () => {
  const draft = meal(13)
  acknowledge(draft)
  expect(examined()).toEqual({ lost: [`sale ${draft.saleId}`], broken: [] })
})

test('LG-21 an acknowledged sale that is in the book with another amount is seen', () => {
  const draft = meal(null)
  sell(draft, false)
  acknowledge({ ...draft, mealPeriod: 'dinner' })
  expect(examined()).toEqual({ lost: [`sale ${draft.saleId}`], broken: [] })
})

test('LG-21 a sale that nobody was told of is seen', () => {
  const draft = meal(14)
  sell(draft, false)
  expect(examined().broken).toEqual([`sale ${draft.saleId} is in the journal, but nobody was told`])
})

test('LG-21 a sale in flight may be there or not, and is charged once', () => {
  const there = meal(15)
  sell(there, false)
  story.note({ begins: { kind: 'sale', draft: there } })
  story = story.continued()
  story.note({ begins: { kind: 'sale', draft: meal(16) } })
  const finding = examine({ folder, story, random })
  expect(finding).toEqual({ lost: [], broken: [], thereAfterAll: 1, notThere: 1 })
})

test('LG-8 LG-19 a changed table and a changed entry are seen', () => {
  tamper("UPDATE balances SET credit_fen = credit_fen + 1 WHERE account = 'member:member-05:cash'")
  expect(examined().broken.join()).toContain('LG-8')
  tamper("UPDATE journal SET at = '2026-03-01T02:00:00.001Z' WHERE seq = 7")
  expect(examined().broken.join()).toContain('LG-19 kiosk-proof 7')
})
