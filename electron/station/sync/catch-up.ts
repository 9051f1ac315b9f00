import type { EntriesPage, Position } from '../../../shared/contract/sync-wire.ts'
import { importEntries, type ImportOutcome } from '../book/import-entries.ts'
import type { StoredEntry } from '../book/journal-table.ts'
import type { Book } from '../book/book.ts'
import type { Timers } from '../deps.ts'
import { yieldTurn } from './pace.ts'
import { behind, fork, nothingHeld, type Held } from './positions.ts'
import type { Server } from './server.ts'
import { SyncStopped } from './trouble.ts'

export interface CatchUpDeps {
  readonly book: Book
  readonly timers: Timers
  readonly signal: AbortSignal
  readonly server: Server
  /** Entries of the origin it writes under that a book takes back at once: a counter that sells must not stand still. */
  readonly mostAtOnce: number
}

/** Entries that are written in one transaction; between two of them a sale has its turn. */
const PIECE = 25

/**
 * Fetches what the server holds of an earlier life of this station and the book, put back from a backup, lacks (SPEC LG-28).
 * The book writes under another name by now, so nothing can come in between.
 *
 * @returns how many entries came.
 * @throws SyncStopped
 */
export async function fetchPast(deps: CatchUpDeps, position: Position): Promise<number> {
  const { origin } = position
  const from = heldOf(deps.book, origin)
  let reached = from.seq
  while (reached < position.seq) {
    const { entries } = await page(deps, origin, reached + 1)
    for (let start = 0; start < entries.length; start += PIECE) {
      const outcome = importEntries(deps.book, origin, entries.slice(start, start + PIECE))
      reached = imported(outcome, origin, from)
      await yieldTurn(deps)
    }
  }
  return reached - from.seq
}

/**
 * The server holds entries of the very origin that the book writes under: its disk forgot what it had said was written. They
 * can be taken back without a person only if the book's head is where they go on and nothing was written since, for they
 * are this station's own entries then, and each number is used as it was. All of them come in one transaction: were the
 * station to stop, or to sell, half-way, the next sale would use a number a second time.
 *
 * @returns how many entries came back.
 * @throws SyncStopped `fork` when the book wrote something of its own since, `book-behind-server` when too many are missing.
 */
export async function fetchOwn(deps: CatchUpDeps, position: Position): Promise<number> {
  const { origin } = position
  const from = heldOf(deps.book, origin)
  const entries: StoredEntry[] = []
  for (let reached = from.seq; reached < position.seq; reached = from.seq + entries.length) {
    const next = await page(deps, origin, reached + 1)
    entries.push(...next.entries)
    if (entries[0]?.prevHash !== from.hash) throw fork(origin, from.seq + 1)
    if (position.seq - from.seq > deps.mostAtOnce) throw behind(origin, from.seq, position.seq)
  }
  return imported(importEntries(deps.book, origin, entries), origin, from) - from.seq
}

const heldOf = (book: Book, origin: string): Held =>
  book.read(({ journal }) => journal.newest(origin, 1)[0] ?? nothingHeld(origin))

async function page(deps: CatchUpDeps, origin: string, fromSeq: number): Promise<EntriesPage> {
  const answer = await deps.server.entries(origin, fromSeq)
  const [first] = answer.entries
  if (answer.origin !== origin || first?.seq !== fromSeq)
    throw new SyncStopped(
      'damaged-answer',
      `the server was asked for ${origin}/${fromSeq} and sent another page`,
    )
  return answer
}

/** Up to which number the book holds the origin now. */
function imported(outcome: ImportOutcome, origin: string, from: Held): number {
  if (outcome.kind === 'imported') return outcome.seq
  const { reason, seq, detail } = outcome
  const elsewhere = reason === 'other-entry' || (reason === 'chain' && seq === from.seq + 1)
  throw elsewhere ? fork(origin, seq) : new SyncStopped('damaged-answer', detail)
}
