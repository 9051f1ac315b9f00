import type { Cancel, LineSettings, PortName, SerialEvents, SerialLine, Timers } from '../deps.ts'
import type { Poll } from './protocols/protocol.ts'
import type { RawRing } from './raw-ring.ts'

/** How often we look whether the port is still there: the close event does not always come. */
const WATCH_EVERY_MS = 1000

/** Whether bytes completed an answer: the round is over, there is a request that follows in it, or there was no answer. */
export type LineAnswer = 'over' | 'wait' | Uint8Array

/** How a line is asked: as one device is, or another of several with each round. */
interface LinePoll extends Omit<Poll, 'ask'> {
  readonly ask: Uint8Array | (() => Uint8Array)
  /** At least so long between an answer and the next round. */
  readonly gapMs?: number
}

/** What a device makes of its line. */
export interface LineUse {
  /** For the log: 'scale', 'reader', 'id-reader', 'printer' or 'display'. */
  readonly device: string
  readonly port: PortName
  readonly settings: LineSettings
  readonly poll: LinePoll | null
  /** After this much silence behind some bytes, `onQuiet` is told; left out, it never is. */
  readonly quietMs?: number
  /** What comes over the line is a person's: none of it is kept for support. */
  readonly personal?: boolean
  /** Reopen a line that says nothing for this long; null where silence is normal. */
  readonly reopenAfterSilenceMs: number | null
  /** Bytes in this time after opening were sent before anyone listened, and are not for us. */
  readonly deafAfterOpenMs: number
  /** @param line for a device that is told things; nothing may be written to it after `onDown` */
  onOpen(nowMs: number, line: SerialLine): void
  /** A request goes out: what was half received belongs to an older answer. */
  beforePoll(): void
  onBytes(bytes: Uint8Array, nowMs: number): LineAnswer
  /** What came is all there is for now. */
  onQuiet?(nowMs: number): LineAnswer
  /** The port is lost, missing or refused. Called for each failed attempt. */
  onDown(): void
}

/** The numbers only rise. */
export interface LineCounters {
  bytes: number
  opens: number
  losses: number
  /** Requests of a poll that nobody answered in time. */
  timeouts: number
}

/** Why a line ended. A silent one is opened again at once and is not down meanwhile. */
export type LineEnd =
  | { readonly kind: 'down'; readonly reason: string; readonly heldMs: number }
  | { readonly kind: 'silent' }
  | { readonly kind: 'closed' }

export const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** One opened line, from its first byte to its loss. */
export class LineSession implements SerialEvents {
  readonly #timers: Timers
  readonly #use: LineUse
  readonly #ring: RawRing
  readonly #counters: LineCounters
  readonly #ended = Promise.withResolvers<LineEnd>()
  #over = false
  #line: SerialLine | null = null
  #openedMs = 0
  #heardMs = 0
  #askedMs = 0
  #cancelPoll: Cancel = () => undefined
  /** Requests of the greeting that are still to be sent. */
  #hello: readonly Uint8Array[]
  #cancelWatch: Cancel = () => undefined
  #cancelQuiet: Cancel | null = null

  constructor(timers: Timers, use: LineUse, ring: RawRing, counters: LineCounters) {
    this.#timers = timers
    this.#use = use
    this.#ring = ring
    this.#counters = counters
    this.#hello = use.poll?.hello ?? []
  }

  /** Serves the opened line; resolves when it is lost, silent for too long, or ended. */
  async run(line: SerialLine): Promise<LineEnd> {
    if (!this.#over) {
      this.#heardMs = this.#timers.monotonicMs()
      this.#cancelWatch = this.#timers.every(WATCH_EVERY_MS, () => this.#watch(line))
      // What the system queued before we listened is old. Flushing drops both directions: nothing is said before it.
      this.#guard(line.flush().then(() => this.#begin(line)))
    }
    return this.#ended.promise
  }

  #begin(line: SerialLine): void {
    if (this.#over) return
    this.#line = line
    this.#openedMs = this.#timers.monotonicMs()
    this.#heardMs = this.#openedMs
    this.#use.onOpen(this.#openedMs, line)
    this.#ask(line)
  }

  end(end: LineEnd): void {
    if (this.#over) return
    this.#over = true
    this.#cancelPoll()
    this.#cancelWatch()
    this.#cancelQuiet?.()
    this.#ended.resolve(end)
  }

  onLost(reason: string): void {
    this.#down(reason)
  }

  onData(bytes: Uint8Array): void {
    if (this.#over || this.#line === null) return
    const nowMs = this.#timers.monotonicMs()
    this.#counters.bytes += bytes.length
    this.#heardMs = nowMs
    if (this.#use.personal !== true) this.#ring.push(bytes)
    if (nowMs - this.#openedMs < this.#use.deafAfterOpenMs) return
    this.#answer(this.#line, this.#use.onBytes(bytes, nowMs), nowMs)
    if (this.#cancelQuiet === null) this.#lookForQuiet(this.#line)
  }

  #answer(line: SerialLine, answer: LineAnswer, nowMs: number): void {
    if (answer === 'over') this.#answered(line, nowMs)
    else if (answer !== 'wait') this.#request(line, answer)
  }

  /** A look that comes late, after a busy moment, came before the bytes that have arrived meanwhile: it does not count. */
  #lookForQuiet(line: SerialLine): void {
    const { quietMs } = this.#use
    if (quietMs === undefined || this.#over) return
    const lookedMs = this.#timers.monotonicMs()
    const bytesThen = this.#counters.bytes
    this.#cancelQuiet = this.#timers.after(quietMs, () => {
      this.#cancelQuiet = null
      const nowMs = this.#timers.monotonicMs()
      const quiet = this.#counters.bytes === bytesThen && nowMs - lookedMs < 2 * quietMs
      if (quiet) this.#answer(line, this.#use.onQuiet?.(nowMs) ?? 'wait', nowMs)
      else this.#lookForQuiet(line)
    })
  }

  #down(reason: string): void {
    const heldMs = this.#line === null ? 0 : this.#timers.monotonicMs() - this.#openedMs
    this.end({ kind: 'down', reason, heldMs })
  }

  /** An operation on the line that fails means that the line is lost. */
  #guard(work: Promise<void>): void {
    work.catch((error: unknown) => this.#down(words(error)))
  }

  #watch(line: SerialLine): void {
    const { reopenAfterSilenceMs } = this.#use
    if (reopenAfterSilenceMs !== null && this.#timers.monotonicMs() - this.#heardMs >= reopenAfterSilenceMs)
      this.end({ kind: 'silent' })
    else if (line.present !== undefined)
      this.#guard(
        line.present().then((present) => {
          if (!present) this.#down('the port is gone')
        }),
      )
  }

  /** Asks for the next weight. One request is outstanding at a time. */
  #ask(line: SerialLine): void {
    const { poll } = this.#use
    if (poll === null || this.#over) return
    this.#askedMs = this.#timers.monotonicMs()
    this.#use.beforePoll()
    const [greeting, ...rest] = this.#hello
    this.#hello = rest
    this.#request(line, greeting ?? (typeof poll.ask === 'function' ? poll.ask() : poll.ask))
  }

  #request(line: SerialLine, bytes: Uint8Array): void {
    const { poll } = this.#use
    if (poll === null || this.#over) return
    this.#cancelPoll()
    line.write(bytes)
    this.#cancelPoll = this.#timers.after(poll.patienceMs?.(bytes) ?? poll.replyTimeoutMs, () => {
      this.#counters.timeouts += 1
      this.#askAfresh(line)
    })
  }

  /** A late answer must not be taken for the next one: what has arrived by now is dropped first. */
  #askAfresh(line: SerialLine): void {
    this.#guard(line.flush().then(() => this.#ask(line)))
  }

  #answered(line: SerialLine, nowMs: number): void {
    const { poll } = this.#use
    if (poll === null) return
    this.#cancelPoll()
    const waitMs =
      this.#hello.length > 0 ? 0 : Math.max(poll.gapMs ?? 0, this.#askedMs + poll.periodMs - nowMs)
    this.#cancelPoll = this.#timers.after(waitMs, () => this.#askAfresh(line))
  }
}
