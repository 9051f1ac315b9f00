import { uidOfTyped, type WedgeBase } from '../../../shared/domain/keyboard-wedge.ts'
import type { CardListener, Timers } from '../deps.ts'
import { Alarm } from './alarm.ts'
import { CardPresence } from './card-presence.ts'

/**
 * A reader that types: the windows hear its keys and pass the digits on. Of them come the same events as of every reader,
 * one per presence (SPEC DV-20). It is no port: whether it is plugged in cannot be seen.
 */
export class WedgeReader {
  readonly #timers: Timers
  readonly #base: WedgeBase
  readonly #listener: CardListener
  readonly #alarm: Alarm
  readonly #presence = new CardPresence(1)

  constructor(timers: Timers, base: WedgeBase, listener: CardListener) {
    this.#timers = timers
    this.#base = base
    this.#listener = listener
    this.#alarm = new Alarm(timers)
    listener.onCard({ kind: 'connected' })
  }

  /** @returns false for digits that are no card's. */
  typed(digits: string): boolean {
    const uid = uidOfTyped(digits, this.#base)
    if (uid === null || /^(?:0+|F+)$/.test(uid)) return false
    this.#deliver(this.#presence.seen([uid], '', this.#timers.monotonicMs()))
    return true
  }

  close(): void {
    this.#alarm.clear()
  }

  #deliver(events: ReturnType<CardPresence['tick']>): void {
    for (const event of events) this.#listener.onCard(event)
    const nextMs = this.#presence.nextTickMs()
    if (nextMs === null) this.#alarm.clear()
    else this.#alarm.set(nextMs, () => this.#deliver(this.#presence.tick(this.#timers.monotonicMs())))
  }
}
