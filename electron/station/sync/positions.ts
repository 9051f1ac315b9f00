import { FIRST_PREV_HASH } from '../../../shared/domain/journal/entry.ts'
import { stationOf } from '../../../shared/domain/ledger/accounts.ts'
import type { Position } from '../../../shared/contract/sync-wire.ts'
import type { Book } from '../book/book.ts'
import { SyncStopped } from './trouble.ts'

/** How far the book holds an origin. */
export interface Held {
  readonly seq: number
  readonly hash: string
}

/** The origins of this station: the one its book writes under now, and those of its earlier lives, oldest name first. */
export interface OwnOrigins {
  readonly living: string
  readonly held: ReadonlyMap<string, Held>
}

export function ownOrigins(book: Book): OwnOrigins {
  return book.read((file) => {
    const living = file.originId
    const held = new Map<string, Held>([[living, { seq: file.head.seq, hash: file.head.hash }]])
    for (const origin of file.journal.origins()) {
      const newest = file.journal.newest(origin, 1)[0]
      if (newest !== undefined && stationOf(origin) === stationOf(living)) held.set(origin, newest)
    }
    return { living, held }
  })
}

export const nothingHeld = (origin: string): Position => ({ origin, seq: 0, hash: FIRST_PREV_HASH })

/**
 * Holds what the server has against what the book has.
 *
 * @throws SyncStopped `fork` when another entry stands under the server's number (SPEC SY-6), `book-behind-server` when the
 *   book does not reach it (SPEC SY-5).
 */
export function assertSameBook(book: Book, { origin, seq, hash }: Position): void {
  if (seq === 0) return
  const { here, reached } = book.read(({ journal }) => ({
    here: journal.bySeq(origin, seq),
    reached: journal.newest(origin, 1)[0]?.seq ?? 0,
  }))
  if (here === undefined) throw behind(origin, reached, seq)
  if (here.hash !== hash) throw fork(origin, seq)
}

export const fork = (origin: string, seq: number): SyncStopped =>
  new SyncStopped(
    'fork',
    `the server and this book hold different entries ${origin}/${seq}: two books write under one name`,
  )

export const behind = (origin: string, reached: number, held: number): SyncStopped =>
  new SyncStopped(
    'book-behind-server',
    `this book ends at ${origin}/${reached}, and the server holds entries up to ${held}: ${held - reached} are missing here`,
    { missing: held - reached },
  )
