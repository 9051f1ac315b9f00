import type { IdCard } from '../../../shared/domain/id-card.ts'
import type { LineAnswer } from './line-session.ts'
import type { Hearer } from './open-device.ts'
import { answerTo } from './poll-answer.ts'
import { Framer, type FrameCounters } from './protocols/framer.ts'
import type { IdReaderProtocol } from './protocols/protocol.ts'

export interface IdCardListener {
  onIdCard(card: IdCard): void
  /** Told on each change of the line, and when it cannot be opened at first. */
  onConnection?(connected: boolean): void
  /** It answered, whatever it said. */
  onAnswer?(): void
}

/**
 * A reader of identity cards. What it reads goes to the listener and nowhere else: no byte of it is logged or kept for
 * support, and the buffer of a card is wiped before the next request (SPEC ME-8).
 */
export class HeardIdCards implements Hearer {
  readonly state = null
  readonly problem = null
  readonly #framer: Framer
  readonly #listener: IdCardListener
  #answer: LineAnswer = 'wait'
  #closed = false
  #connected: boolean | null = null

  constructor(protocol: IdReaderProtocol, listener: IdCardListener) {
    this.#listener = listener
    this.#framer = new Framer(protocol.grammar, (said) => {
      this.#answer = answerTo(protocol.poll, said, this.#answer)
      if (this.#closed) return
      listener.onAnswer?.()
      if (said.kind === 'idcard') listener.onIdCard(said.card)
      else if (said.kind === 'error' && said.error !== 'checksum' && said.error !== 'no_card')
        this.#framer.counters.refused += 1
    })
  }

  get counters(): Readonly<FrameCounters> {
    return this.#framer.counters
  }

  opened(): void {
    this.#framer.reset()
    this.#connect(true)
  }

  forgetPartial(): void {
    this.#framer.reset()
  }

  take(bytes: Uint8Array): LineAnswer {
    this.#answer = 'wait'
    this.#framer.push(bytes)
    return this.#answer
  }

  lost(): void {
    this.#framer.reset()
    this.#connect(false)
  }

  close(): void {
    this.#closed = true
    this.#framer.reset()
  }

  #connect(now: boolean): void {
    if (this.#closed || this.#connected === now) return
    this.#connected = now
    this.#listener.onConnection?.(now)
  }
}
