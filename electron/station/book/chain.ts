import type { Database } from 'better-sqlite3'
import { FIRST_PREV_HASH } from '../../../shared/domain/journal/entry.ts'
import type { Findings } from './findings.ts'
import { FlippedBit, hashIfAny, wordsOfMended } from './flipped-bit.ts'
import { JournalTable, type StoredEntry } from './journal-table.ts'

export interface Head {
  readonly seq: number
  readonly hash: string
  readonly hlc: string
}

export type PlacedEntry = StoredEntry & { readonly position: number }

/** Looking for a flipped bit takes a moment; a book with more broken entries has more than one bit wrong. */
const MOST_MENDED = 5

/**
 * Follows the journal's chains, one for each origin, and says of each entry what is wrong with it. An entry of which one bit
 * was flipped is named with its field and goes on as it was written, so that what follows from it is not blamed as well.
 */
export class Chain {
  readonly heads = new Map<string, Head>()
  readonly #findings: Findings
  readonly #flippedBit: FlippedBit
  #mayMend = MOST_MENDED

  constructor(book: Database, findings: Findings) {
    this.#findings = findings
    this.#flippedBit = new FlippedBit(book)
  }

  /** @returns the entry as it was written, as far as that is known. */
  follow({ position, ...found }: PlacedEntry): StoredEntry {
    const entry = this.#asWritten(found, position)
    const { origin, seq, hash, hlc } = entry
    const before = this.heads.get(origin)
    const wrong = (rule: string, message: string): void => this.#findings.add({ rule, origin, seq, message })
    const expectedSeq = (before?.seq ?? 0) + 1
    if (seq !== expectedSeq) wrong('LG-10', `${expectedSeq} was expected here`)
    if (entry.prevHash !== (before?.hash ?? FIRST_PREV_HASH))
      wrong('LG-9', 'does not name the hash of the entry before it')
    if (before !== undefined && hlc <= before.hlc)
      wrong('LG-11', `hybrid time ${hlc} is not after ${before.hlc}`)
    this.heads.set(origin, { seq, hash, hlc })
    return entry
  }

  #asWritten(found: StoredEntry, position: number): StoredEntry {
    if (hashIfAny(found) === found.hash) return found
    this.#mayMend -= 1
    const mended = this.#mayMend < 0 ? null : this.#flippedBit.mend(found, position)
    const { origin, seq } = mended?.entry ?? found
    const message =
      mended === null ? 'is not what was written: its hash differs' : wordsOfMended(mended, found)
    this.#findings.add({ rule: 'LG-19', origin, seq, message })
    return mended?.entry ?? found
  }
}

/** The journal in order of arrival. A single row whose number was changed stands where its chain says. */
export function* inOrderOfArrival(book: Database): Generator<PlacedEntry> {
  const journal = new JournalTable(book)
  const stray = strayOf(book)
  if (stray === null) {
    yield* journal.all()
    return
  }
  yield* journal.between(1, stray.belongs - 1)
  yield* journal.between(stray.position, stray.position)
  for (const entry of journal.between(stray.belongs, stray.count)) yield entry
}

interface Stray {
  /** Of all entries: no other row stands beyond it. */
  readonly count: number
  /** Exact, however far a flipped bit has carried it. */
  readonly position: bigint
  readonly belongs: number
}

/** The one row outside of 1 to the number of rows, when the chain of its origin has its gap where a number is free. */
function strayOf(book: Database): Stray | null {
  const count = book.prepare<[], number>('SELECT count(*) FROM journal').pluck().get() ?? 0
  const outside = book
    .prepare<[number], { position: bigint; origin: string; seq: bigint }>(
      'SELECT position, origin, seq FROM journal WHERE position < 1 OR position > ? LIMIT 2',
    )
    .safeIntegers()
    .all(count)
  const [found] = outside
  if (found === undefined || outside.length > 1) return null
  const belongs =
    book
      .prepare<[number], number>(
        `SELECT min(place) FROM (SELECT position, row_number() OVER (ORDER BY position) AS place FROM journal
           WHERE position >= 1 AND position <= ?) WHERE position <> place`,
      )
      .pluck()
      .get(count) ?? count
  const before = book
    .prepare<[string, number], number>(
      'SELECT max(seq) FROM journal WHERE origin = ? AND position >= 1 AND position < ?',
    )
    .pluck()
    .get(found.origin, belongs)
  return (before ?? 0) === Number(found.seq) - 1 ? { position: found.position, belongs, count } : null
}
