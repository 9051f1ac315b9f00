import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import type { Book } from '../../electron/station/book/book.ts'
import { BOOK_FILE_NAME } from '../../electron/station/book/station-book.ts'
import { Verifier } from '../../electron/station/book/verifier.ts'
import { canonicalJson } from '../../shared/domain/journal/canonical.ts'
import type { JournalBodies } from '../../shared/domain/journal/entry.ts'
import type { SaleDraft } from '../../shared/domain/sale.ts'
import type { Random } from '../fixtures/random.ts'
import { mealFor, MEMBER_COUNT, memberIdOf, seededIds } from './lunch.ts'
import type { Story } from './story.ts'
import { handClock, openTill, payIn, setUpTill, type HandClock } from './till.ts'

/** What a book was found to be after it was opened again. All lists empty: as it must be. */
export interface Finding {
  /** Acknowledged sales and top-ups that are not in the book, or not as they were acknowledged. */
  readonly lost: readonly string[]
  /** Everything else: it does not open, does not add up, holds what it must not hold, or does not sell again. */
  readonly broken: readonly string[]
}

export interface Examined {
  readonly folder: string
  /** What the world knows of this book. */
  readonly story: Story
  readonly random: Random
  readonly migrationsFolder?: string
}

/** A year after any proof's lunches: what is sold to see that it sells is nobody's meal of the story. */
const AFTERWARDS_MS = Date.UTC(2027, 5, 1, 4)

/**
 * Opens a book as the next start of the station would, without a person's help, and compares it with what the world
 * knows: nothing acknowledged is lost, nothing is there twice, and it sells again. Leaves the book closed.
 */
export function examine({ folder, story, random, migrationsFolder }: Examined): Finding {
  const clock = handClock(AFTERWARDS_MS)
  const till = { folder, random: random.fork('till'), clock }
  let book: Book
  try {
    book = openTill(migrationsFolder === undefined ? till : { ...till, migrationsFolder })
  } catch (error) {
    return { lost: [], broken: [`does not open: ${String(error)}`] }
  }
  try {
    const found = compared(folder, story)
    if (!story.setUp || found.lost.includes(SET_UP)) setUpTill(book)
    return { lost: found.lost, broken: [...found.broken, ...sellsAgain(book, folder, story, random, clock)] }
  } catch (error) {
    return { lost: [], broken: [`fails while it is examined: ${String(error)}`] }
  } finally {
    book.close()
  }
}

const SET_UP = 'members and their cards'
const cardCount = (db: Database): number =>
  db.prepare<[], { count: number }>('SELECT count(*) AS count FROM cards').get()?.count ?? 0

/** Reads beside the writer, as `canteen verify` does. */
function reading<Result>(folder: string, query: (db: Database) => Result): Result {
  const db = new Sqlite(join(folder, BOOK_FILE_NAME), { readonly: true })
  try {
    return query(db)
  } finally {
    db.close()
  }
}

function compared(folder: string, story: Story): Finding {
  return reading(folder, (db) => {
    const lost: string[] = story.setUp && cardCount(db) < MEMBER_COUNT ? [SET_UP] : []
    const broken = unsound(db)
    const unanswered = new Set(
      story.unanswered.map((deed) => (deed.kind === 'sale' ? deed.draft.saleId : deed.topUp.topUpId)),
    )
    compareEntries({
      what: 'sale',
      found: bodiesOf(db, 'sale.settled').map(({ sale }) => [sale.saleId, canonicalJson(sale)]),
      acknowledged: new Map([...story.sales].map(([id, draft]) => [id, canonicalJson(draft)])),
      unanswered,
      lost,
      broken,
    })
    compareEntries({
      what: 'top-up',
      found: bodiesOf(db, 'wallet.topped-up')
        .filter(({ topUpId }) => !topUpId.startsWith('opening-'))
        .map(({ topUpId, memberId, amountFen }) => [
          topUpId,
          canonicalJson({ topUpId, memberId, amountFen }),
        ]),
      acknowledged: new Map([...story.topUps].map(([id, topUp]) => [id, canonicalJson({ ...topUp })])),
      unanswered,
      lost,
      broken,
    })
    return { lost, broken }
  })
}

interface Comparison {
  readonly what: string
  /** Id and content of each entry, as the journal has them. */
  readonly found: readonly (readonly [string, string])[]
  readonly acknowledged: ReadonlyMap<string, string>
  /** What was being written when the world stopped: it may be there or not. */
  readonly unanswered: ReadonlySet<string>
  readonly lost: string[]
  readonly broken: string[]
}

function compareEntries({ what, found, acknowledged, unanswered, lost, broken }: Comparison): void {
  const contents = new Map<string, string>()
  for (const [id, content] of found) {
    if (contents.has(id)) broken.push(`${what} ${id} is in the journal twice`)
    if (!acknowledged.has(id) && !unanswered.has(id))
      broken.push(`${what} ${id} is in the journal, but nobody was told`)
    contents.set(id, content)
  }
  for (const [id, content] of acknowledged) if (contents.get(id) !== content) lost.push(`${what} ${id}`)
}

function bodiesOf<Kind extends keyof JournalBodies>(db: Database, kind: Kind): JournalBodies[Kind][] {
  const rows = db.prepare<[string], { body: string }>('SELECT body FROM journal WHERE kind = ?').all(kind)
  return rows.map(({ body }) => JSON.parse(body) as JournalBodies[Kind])
}

/** One for all examinations of this process: its empty tables are made once. */
const verifier = new Verifier()

/** What is wrong with a book in itself, whatever was sold: pages, hash chain, replay against tables, sums, limits. */
const unsound = (db: Database): string[] =>
  verifier
    .verify(db)
    .findings.map(({ rule, message, origin, seq, table, key }) =>
      [rule, origin, seq, table, key, message].filter((part) => part !== undefined).join(' '),
    )

/** Finishes what was in flight with its own key, then serves one more guest. */
function sellsAgain(book: Book, folder: string, story: Story, random: Random, clock: HandClock): string[] {
  const faults: string[] = []
  for (const deed of story.unanswered) {
    if (deed.kind === 'sale') faults.push(...retried(book, folder, deed.draft))
    else payIn(book, deed.topUp)
  }
  const ids = seededIds(random.fork('afterwards'), () => clock.nowMs())
  payIn(book, { topUpId: ids.next(), memberId: memberIdOf(0), amountFen: 100_000 })
  const seat = { memberNumber: 0, businessDate: '2027-06-01', mealPeriod: 'lunch' } as const
  const outcome = book.settle(mealFor({ ...seat, saleId: ids.next() }, random))
  if (outcome.kind !== 'settled') faults.push(`does not sell again: ${JSON.stringify(outcome)}`)
  return faults
}

/** The counter asks by the key and settles again with it: one charge, whatever had happened. */
function retried(book: Book, folder: string, draft: SaleDraft): string[] {
  const known = book.outcomeOf(draft.saleId)
  const outcome = book.settle(draft)
  const again = book.settle(draft)
  const count = reading(folder, (db) =>
    bodiesOf(db, 'sale.settled').filter(({ sale }) => sale.saleId === draft.saleId),
  ).length
  const faults: string[] = []
  if (known !== null && outcome.kind !== 'exists')
    faults.push(`sale ${draft.saleId} was found, then ${outcome.kind}`)
  if (known === null && outcome.kind === 'exists')
    faults.push(`sale ${draft.saleId} was not found, but exists`)
  if (outcome.kind !== 'refused' && again.kind !== 'exists')
    faults.push(`sale ${draft.saleId} was settled twice`)
  if (count !== (outcome.kind === 'refused' ? 0 : 1)) faults.push(`sale ${draft.saleId} has ${count} entries`)
  return faults
}
