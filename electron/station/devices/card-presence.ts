import type { CardEvent } from '../../../shared/domain/scale.ts'

/** Two equal frames this close together make a card; one alone is a ghost. */
export const CONFIRM_WITHIN_MS = 300
/** Without a frame of a reader that talks by itself for this long the card has left. */
export const REMOVED_AFTER_MS = 400
/** A card that comes back sooner is a bounce of the same presence. */
export const REARM_MS = 1500

/** Ghosts each have their own number: the oldest make room. */
const MOST_CANDIDATES = 8
const MOST_REMEMBERED = 8

interface Candidate {
  readonly uid: string
  readonly rawHex: string
  lastMs: number
  /** When it was read a second time; null while it may be a ghost. */
  confirmedMs: number | null
}

/** What lies on the reader. `announced`: its `present` was sent and its `removed` is owed. */
type Field =
  | { readonly kind: 'empty' }
  | { readonly kind: 'one'; readonly uid: string; readonly announced: boolean; lastMs: number }
  | { readonly kind: 'several'; readonly uids: readonly string[]; lastMs: number }

const EMPTY: Field = { kind: 'empty' }

/**
 * Makes card events of single frames (SPEC DV-7): read twice alike before it counts, one `present` per presence, and two
 * cards are never chosen between: they are one `several`, and nothing is present until both have left. Each `present`,
 * and each card of a `several`, ends with one `removed`. The time is an argument; memory is bounded.
 */
export class CardPresence {
  #field: Field = EMPTY
  #candidates: Candidate[] = []
  readonly #readings: 1 | 2
  readonly #removedAfterMs: number
  /** When cards that were announced were last seen, newest last. */
  readonly #lastSeenMs = new Map<string, number>()

  /**
   * @param readings equal frames after which a card counts
   * @param removedAfterMs without a frame for this long the card has left; less than REARM_MS
   */
  constructor(readings: 1 | 2 = 2, removedAfterMs = REMOVED_AFTER_MS) {
    this.#readings = readings
    this.#removedAfterMs = removedAfterMs
  }

  /** One good frame, at `nowMs` on the monotonic clock, about these cards: nearly always one. */
  seen(uids: readonly string[], rawHex: string, nowMs: number): CardEvent[] {
    // Before the time is looked at: a card that is read now has not left, however long the process was held up.
    const others = uids.filter((uid) => !this.#lies(uid, nowMs))
    const events = this.tick(nowMs)
    if (others.length === 0) return events
    if (this.#field.kind === 'several') {
      this.#field.lastMs = nowMs
      return events
    }
    const confirmed = others.filter((uid) => this.#confirms(uid, rawHex, nowMs))
    if (confirmed.length > 0) events.push(...this.#decide(nowMs, false))
    return events
  }

  /** What time alone has changed by `nowMs`. */
  tick(nowMs: number): CardEvent[] {
    const events: CardEvent[] = []
    const field = this.#field
    if (field.kind !== 'empty' && nowMs - field.lastMs >= this.#removedAfterMs) events.push(...this.#clear())
    events.push(...this.#decide(nowMs, true))
    this.#candidates = this.#candidates.filter(
      (candidate) => candidate.confirmedMs !== null || nowMs - candidate.lastMs <= CONFIRM_WITHIN_MS,
    )
    return events
  }

  /** When `tick` next has something to say; null while only a frame can change anything. */
  nextTickMs(): number | null {
    const times: number[] = []
    if (this.#field.kind !== 'empty') times.push(this.#field.lastMs + this.#removedAfterMs)
    for (const { confirmedMs } of this.#candidates)
      if (confirmedMs !== null) times.push(confirmedMs + CONFIRM_WITHIN_MS)
    return times.length === 0 ? null : Math.min(...times)
  }

  /** The reader is gone: whatever lay there is no longer present. */
  lost(): CardEvent[] {
    this.#candidates = []
    return this.#field.kind === 'empty' ? [] : this.#clear()
  }

  /** Whether this card, or one of these several, is in the field; if so it was seen now. */
  #lies(uid: string, nowMs: number): boolean {
    const field = this.#field
    if (field.kind === 'empty' || nowMs - field.lastMs >= REARM_MS) return false
    if (field.kind === 'one' ? field.uid !== uid : !field.uids.includes(uid)) return false
    field.lastMs = nowMs
    return true
  }

  /** Notes one frame of a card that is not in the field; true when it was read often enough to count. */
  #confirms(uid: string, rawHex: string, nowMs: number): boolean {
    const known = this.#candidates.find((candidate) => candidate.uid === uid)
    if (known === undefined) {
      if (this.#candidates.length === MOST_CANDIDATES) this.#candidates.shift()
      const counts = this.#readings === 1
      this.#candidates.push({ uid, rawHex, lastMs: nowMs, confirmedMs: counts ? nowMs : null })
      return counts
    }
    known.lastMs = nowMs
    known.confirmedMs ??= nowMs
    return true
  }

  /**
   * Two confirmed cards are several. A single one waits while another number was read a moment ago, since that may be a
   * second card or a ghost; `CONFIRM_WITHIN_MS` later a ghost would have shown itself.
   */
  #decide(nowMs: number, byTime: boolean): CardEvent[] {
    const confirmed = this.#candidates.filter((candidate) => candidate.confirmedMs !== null)
    const [first, second] = confirmed
    if (first === undefined) return []
    const field = this.#field
    if (field.kind === 'one') return this.#several([field.uid, ...confirmed.map(({ uid }) => uid)], nowMs)
    if (second !== undefined)
      return this.#several(
        confirmed.map(({ uid }) => uid),
        nowMs,
      )
    const waited = nowMs - (first.confirmedMs ?? nowMs) >= CONFIRM_WITHIN_MS
    if (byTime ? waited : this.#candidates.length === 1) return this.#present(first)
    return []
  }

  #present(card: Candidate): CardEvent[] {
    const before = this.#lastSeenMs.get(card.uid)
    const announced = before === undefined || card.lastMs - before >= REARM_MS
    this.#candidates = []
    this.#field = { kind: 'one', uid: card.uid, announced, lastMs: card.lastMs }
    return announced ? [{ kind: 'present', uid: card.uid, rawHex: card.rawHex }] : []
  }

  #several(uids: readonly string[], nowMs: number): CardEvent[] {
    this.#candidates = []
    this.#field = { kind: 'several', uids, lastMs: nowMs }
    return [{ kind: 'several', uids }]
  }

  #clear(): CardEvent[] {
    const field = this.#field
    this.#field = EMPTY
    if (field.kind === 'several') {
      // Asked to tap one card, its owner may do so at once.
      for (const uid of field.uids) this.#lastSeenMs.delete(uid)
      return field.uids.map((uid) => ({ kind: 'removed', uid }))
    }
    if (field.kind !== 'one') return []
    this.#remember(field.uid, field.lastMs)
    return field.announced ? [{ kind: 'removed', uid: field.uid }] : []
  }

  #remember(uid: string, lastMs: number): void {
    this.#lastSeenMs.delete(uid)
    this.#lastSeenMs.set(uid, lastMs)
    const oldest = this.#lastSeenMs.keys().next()
    if (this.#lastSeenMs.size > MOST_REMEMBERED && oldest.done !== true) this.#lastSeenMs.delete(oldest.value)
  }
}
