import type { CardListener, Timers } from '../deps.ts'
import { Alarm } from './alarm.ts'
import { CardPresence, REMOVED_AFTER_MS } from './card-presence.ts'
import type { LineAnswer } from './line-session.ts'
import type { Hearer } from './open-device.ts'
import { answerTo } from './poll-answer.ts'
import { hexOf } from './protocols/bytes.ts'
import { cardsOf } from './protocols/card-frames.ts'
import { Framer, type FrameCounters } from './protocols/framer.ts'
import type { Poll, ReaderProtocol } from './protocols/protocol.ts'
import type { Said } from './protocols/said.ts'

/** A polled card has left when two rounds in a row did not see it and one answer may have been lost besides. */
const removedAfterMs = (poll: Poll | null): number =>
  poll === null ? REMOVED_AFTER_MS : Math.max(REMOVED_AFTER_MS, 3 * poll.periodMs + poll.replyTimeoutMs)

/** Answers of a polled reader on which nothing lies; wrong checksums are counted by themselves. */
const COMES_ALL_DAY = new Set(['no_card', 'request_failed', 'checksum'])

/** A well-formed frame that is about something which never is a card, a ghost or a card of no lasting number. */
const isRefused = (said: Said): boolean =>
  said.kind === 'card' || (said.kind === 'error' && !COMES_ALL_DAY.has(said.error))

/** A card reader: `connected` and `disconnected` on each change of the line, cards as CardPresence tells them. */
export class HeardCards implements Hearer {
  readonly state = null
  readonly problem = null
  readonly #timers: Timers
  readonly #listener: CardListener
  readonly #presence: CardPresence
  readonly #alarm: Alarm
  readonly #framer: Framer
  #answer: LineAnswer = 'wait'
  #closed = false
  #connected: boolean | null = null

  constructor(timers: Timers, protocol: ReaderProtocol, listener: CardListener) {
    this.#timers = timers
    this.#listener = listener
    this.#presence = new CardPresence(protocol.readings, removedAfterMs(protocol.poll))
    this.#alarm = new Alarm(timers)
    this.#framer = new Framer(protocol.grammar, (said, raw, from, to) => {
      this.#answer = answerTo(protocol.poll, said, this.#answer)
      const uids = cardsOf(said)
      if (uids.length > 0)
        this.#deliver(this.#presence.seen(uids, hexOf(raw, from, to), timers.monotonicMs()))
      else if (isRefused(said)) this.#framer.counters.refused += 1
    })
  }

  get counters(): Readonly<FrameCounters> {
    return this.#framer.counters
  }

  opened(): void {
    this.#connect(true)
  }

  forgetPartial(): void {
    this.#framer.reset()
  }

  take(bytes: Uint8Array): LineAnswer {
    this.#answer = 'wait'
    this.#framer.push(bytes)
    this.#wait()
    return this.#answer
  }

  lost(): void {
    this.#framer.reset()
    this.#deliver(this.#presence.lost())
    this.#wait()
    this.#connect(false)
  }

  close(): void {
    this.#closed = true
    this.#alarm.clear()
  }

  #deliver(events: ReturnType<CardPresence['tick']>): void {
    for (const event of events) if (!this.#closed) this.#listener.onCard(event)
  }

  #wait(): void {
    const nextMs = this.#presence.nextTickMs()
    if (nextMs === null || this.#closed) this.#alarm.clear()
    else
      this.#alarm.set(nextMs, () => {
        this.#deliver(this.#presence.tick(this.#timers.monotonicMs()))
        this.#wait()
      })
  }

  #connect(now: boolean): void {
    if (this.#connected === now) return
    this.#connected = now
    this.#deliver([{ kind: now ? 'connected' : 'disconnected' }])
  }
}
