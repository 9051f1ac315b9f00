import Sqlite, { type Database } from 'better-sqlite3'
import type { Book } from '../../electron/station/book/book.ts'
import { migrationsFolder as shippedMigrations, readMigrations } from '../../electron/station/book/migrate.ts'
import { Verifier } from '../../electron/station/book/verifier.ts'
import { canonicalJson } from '../../shared/domain/journal/canonical.ts'
import type { JournalBodies } from '../../shared/domain/journal/entry.ts'
import type { Random } from '../fixtures/random.ts'
import { sellAgain } from './aftermath.ts'
import { MEMBER_COUNT } from './lunch.ts'
import type { Story } from './story.ts'
import { bookFileOf, handClock, openTill, setUpTill } from './till.ts'

/** What a book was found to be after it was opened again. */
export interface Finding {
  /** Acknowledged sales and top-ups that are not in the book, or not as they were acknowledged. Must be empty. */
  readonly lost: string[]
  /** Everything else that is wrong: it does not open, does not add up, or does not sell again. Must be empty. */
  readonly broken: string[]
  /** Sales in flight at the crash that were in the book after all, and such that were not. Both are right. */
  thereAfterAll: number
  notThere: number
}

export const isFaulty = ({ lost, broken }: Finding): boolean => lost.length + broken.length > 0

/** What is wrong, in a line; a long list is cut short. */
export function faultText({ lost, broken }: Finding): string {
  const some = [...lost.map((what) => `lost ${what}`), ...broken]
  return some.length > 3 ? `${some.slice(0, 3).join('; ')}; and ${some.length - 3} more` : some.join('; ')
}

/** A book that could not even be looked at. */
export const brokenFinding = (problem: string): Finding => ({
  lost: [],
  broken: [problem],
  thereAfterAll: 0,
  notThere: 0,
})

export interface Examined {
  readonly folder: string
  /** What the world knows of this book. */
  readonly story: Story
  readonly random: Random
  readonly migrationsFolder?: string
}

/** Years after any proof's lunches: what is sold to see that it sells is nobody's meal of the story. */
const AFTERWARDS_MS = Date.UTC(2040, 5, 1, 4)

/**
 * Opens a book as the next start of the station would, without a person's help, and compares it with what the world
 * knows: nothing acknowledged is lost, nothing is there twice, and it sells again. What it sells itself is added to the
 * story, so that the same book can be examined again with other random
 * numbers. Leaves the book closed.
 */
export function examine({ folder, story, random, migrationsFolder }: Examined): Finding {
  const clock = handClock(AFTERWARDS_MS)
  const till = { folder, random: random.fork('till'), clock }
  let book: Book
  try {
    book = openTill(migrationsFolder === undefined ? till : { ...till, migrationsFolder })
  } catch (error) {
    return brokenFinding(`does not open: ${String(error)}`)
  }
  const finding: Finding = { lost: [], broken: [], thereAfterAll: 0, notThere: 0 }
  try {
    reading(folder, (db) => compare(db, verifierOf(migrationsFolder), story, finding))
    if (!story.setUp || finding.lost.includes(SET_UP)) setUpTill(book)
    sellAgain(book, story, finding, random, clock)
  } catch (error) {
    finding.broken.push(`fails while it is examined: ${String(error)}`)
    verifiers.clear()
  } finally {
    book.close()
  }
  return finding
}

/** Reads beside the writer, as `canteen verify` does. */
function reading(folder: string, look: (db: Database) => void): void {
  const db = new Sqlite(bookFileOf(folder), { readonly: true })
  try {
    look(db)
  } finally {
    db.close()
  }
}

const SET_UP = 'members and their cards'

/** One for all examinations of this process: its empty tables are made once, and again after a book that broke it. */
const verifiers = new Map<string, Verifier>()

function verifierOf(folder = shippedMigrations()): Verifier {
  const verifier = verifiers.get(folder) ?? new Verifier(readMigrations(folder))
  verifiers.set(folder, verifier)
  return verifier
}

function compare(db: Database, verifier: Verifier, story: Story, finding: Finding): void {
  // Pages, hash chain, replay against tables, debits against credits, limits.
  for (const { rule, message, origin, seq, table, key } of verifier.verify(db).findings)
    finding.broken.push(
      [rule, origin, seq, table, key, message].filter((part) => part !== undefined).join(' '),
    )
  const cards = db.prepare<[], { count: number }>('SELECT count(*) AS count FROM cards').get()?.count ?? 0
  if (story.setUp && cards < MEMBER_COUNT) finding.lost.push(SET_UP)
  const unanswered = new Set(
    story.unanswered.map((deed) => (deed.kind === 'sale' ? deed.draft.saleId : deed.topUp.topUpId)),
  )
  const sales: Comparison = {
    what: 'sale',
    found: bodiesOf(db, 'sale.settled').map(({ sale }) => [sale.saleId, canonicalJson(sale)]),
    acknowledged: new Map([...story.sales].map(([id, draft]) => [id, canonicalJson(draft)])),
    unanswered,
  }
  const topUps: Comparison = {
    what: 'top-up',
    found: bodiesOf(db, 'wallet.topped-up')
      .filter(({ source }) => source !== 'opening')
      .map(({ topUpId, memberId, amountFen }) => [topUpId, canonicalJson({ topUpId, memberId, amountFen })]),
    acknowledged: new Map([...story.topUps].map(([id, topUp]) => [id, canonicalJson({ ...topUp })])),
    unanswered,
  }
  compareEntries(sales, finding)
  compareEntries(topUps, finding)
}

interface Comparison {
  readonly what: string
  /** Id and content of each entry, as the journal has them. */
  readonly found: readonly (readonly [string, string])[]
  readonly acknowledged: ReadonlyMap<string, string>
  /** What was being written when the world stopped: it may be there or not. */
  readonly unanswered: ReadonlySet<string>
}

function compareEntries({ what, found, acknowledged, unanswered }: Comparison, finding: Finding): void {
  const contents = new Map<string, string>()
  for (const [id, content] of found) {
    if (contents.has(id)) finding.broken.push(`${what} ${id} is in the journal twice`)
    if (!acknowledged.has(id) && !unanswered.has(id))
      finding.broken.push(`${what} ${id} is in the journal, but nobody was told`)
    contents.set(id, content)
  }
  for (const [id, content] of acknowledged)
    if (contents.get(id) !== content) finding.lost.push(`${what} ${id}`)
}

function bodiesOf<Kind extends keyof JournalBodies>(db: Database, kind: Kind): JournalBodies[Kind][] {
  const rows = db.prepare<[string], { body: string }>('SELECT body FROM journal WHERE kind = ?').all(kind)
  return rows.map(({ body }) => JSON.parse(body) as JournalBodies[Kind])
}
