import type { JournalBodies } from '../../../shared/domain/journal/entry.ts'
import type { Append, Book, BookFile } from '../book/book.ts'
import { BookError } from '../book/errors.ts'
import type { Log } from '../deps.ts'

export type CardAlarm = Omit<JournalBodies['card.seen-twice'], 'memberId'>

/**
 * Writes an alarm, inside the caller's transaction; nothing when it is known, or the card is nobody's here.
 *
 * @returns true when it was new.
 */
export function raiseInside(file: BookFile, append: Append, alarm: CardAlarm, actor: string): boolean {
  const card = file.queries.card.get(alarm.uid)
  const known = file
    .statement<[string]>('SELECT 1 FROM card_alarms WHERE alarm_id = ? LIMIT 1')
    .get(alarm.alarmId)
  if (card === undefined || known !== undefined) return false
  append({ kind: 'card.seen-twice', body: { ...alarm, memberId: card.member_id } }, actor)
  return true
}

/** The newest alarm of a card; null when there is none. */
export const newestAlarm = (file: BookFile, uid: string): SeenTwice | null =>
  file
    .statement<[string], SeenTwice>(
      `SELECT here, here_at_ms AS atMs, there FROM card_alarms WHERE uid = ? ORDER BY here_at_ms DESC LIMIT 1`,
    )
    .get(uid) ?? null

export interface SeenTwice {
  readonly here: string
  readonly there: string
  readonly atMs: number
}

/** Cards that can still pay and were seen twice since a moment. */
export const openAlarms = (file: BookFile, sinceMs: number): number =>
  file
    .statement<[number], { count: number }>(
      `SELECT count(DISTINCT uid) AS count FROM card_alarms JOIN cards USING (uid)
       WHERE here_at_ms >= ? AND cards.state = 'valid'`,
    )
    .get(sinceMs)?.count ?? 0

interface Seen {
  readonly place: string
  readonly atMs: number
}

const MOST_CARDS = 200

/**
 * Every reader of the station tells where it saw which card. The same one at another reader sooner than anybody walks there
 * raises an alarm; the sale goes on, for nobody knows which of the two is the copy (SPEC CK-23).
 */
export class CardSightings {
  readonly #deps
  readonly #seen = new Map<string, Seen>()

  constructor(deps: {
    readonly book: Book
    readonly log: Log
    /** By the monotonic clock, so that a clock that is set raises nothing. */
    readonly monotonicMs: () => number
    readonly nowMs: () => number
    readonly twoPlacesSeconds: number
  }) {
    this.#deps = deps
  }

  saw(uid: string, place: string): void {
    const { monotonicMs, nowMs, twoPlacesSeconds } = this.#deps
    const now = monotonicMs()
    const before = this.#seen.get(uid)
    this.#seen.delete(uid)
    this.#seen.set(uid, { place, atMs: now })
    for (const [oldest] of this.#seen) if (this.#seen.size > MOST_CARDS) this.#seen.delete(oldest)
    if (before === undefined || before.place === place) return
    const apartMs = now - before.atMs
    if (apartMs >= twoPlacesSeconds * 1000) return
    const atMs = nowMs()
    this.#raise({
      alarmId: `${uid}/${atMs}`,
      uid,
      here: { place, atMs },
      there: { place: before.place, atMs: atMs - Math.round(apartMs) },
    })
  }

  #raise(alarm: CardAlarm): void {
    const { book, log } = this.#deps
    try {
      const isNew = book.write((file, append) => raiseInside(file, append, alarm, 'counter'))
      if (isNew) log.warn('one card at two readers', { here: alarm.here.place, there: alarm.there.place })
    } catch (error) {
      if (!(error instanceof BookError) || error.code === 'broken-invariant') throw error
      log.warn('a card at two readers could not be noted', { reason: error.message })
    }
  }
}
