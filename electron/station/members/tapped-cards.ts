import type { TappedCard } from '../../../shared/contract/members.ts'
import type { CardEvent } from '../../../shared/domain/scale.ts'
import type { Book, BookFile } from '../book/book.ts'
import { BookError } from '../book/errors.ts'
import type { Clock, Log } from '../deps.ts'
import { Live } from '../live.ts'

interface Follower {
  readonly cards: Live<TappedCard | null>
  /** Aborts when whoever waits for a card has left, or her window locked itself. */
  readonly session: AbortSignal
}

/** Cards at the reader while the office waits for one. They go there and not to the counter (SPEC ME-7). */
export class TappedCards {
  readonly #deps
  readonly #followers = new Set<Follower>()

  constructor(deps: { readonly book: Book; readonly clock: Clock; readonly log: Log }) {
    this.#deps = deps
  }

  /** No card yet, then each that is held at the reader, until `signal` or `session` aborts. */
  async *follow(
    session: AbortSignal,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<TappedCard | null, void, void> {
    const ends = AbortSignal.any(signal === undefined ? [session] : [session, signal])
    const follower: Follower = { cards: new Live<TappedCard | null>(null), session: ends }
    this.#followers.add(follower)
    try {
      yield* follower.cards.watch(ends)
    } finally {
      this.#followers.delete(follower)
    }
  }

  /** Takes what the reader says if somebody waits for it. @returns false when it is the counter's. */
  takes(event: CardEvent): boolean {
    if (event.kind !== 'present' && event.kind !== 'several') return false
    const waiting = [...this.#followers].filter(({ session }) => !session.aborted)
    if (waiting.length === 0) return false
    // Two cards at once are nobody's: the office goes on waiting, and the counter is not disturbed.
    if (event.kind === 'present') {
      const card = this.#read(event.uid)
      for (const { cards } of waiting) if (card !== null) cards.publish(card)
    }
    return true
  }

  #read(uid: string): TappedCard | null {
    const { book, clock, log } = this.#deps
    try {
      const atMs = clock.nowMs()
      return book.read((file) => ({ uid, atMs, ...holderOf(file, uid) }))
    } catch (error) {
      if (!(error instanceof BookError) || error.code === 'broken-invariant') throw error
      log.warn('a card for the office cannot be looked up', { reason: error.message })
      return null
    }
  }
}

function holderOf(file: BookFile, uid: string): Pick<TappedCard, 'member' | 'state'> {
  const card = file.queries.card.get(uid)
  const person = card === undefined ? null : file.persons.get(card.member_id)
  if (card === undefined || person === null) return { member: null, state: 'unknown' }
  return { member: { memberId: card.member_id, fullName: person.fullName }, state: card.state }
}
