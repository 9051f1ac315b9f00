import type { Cancel, SerialBus, SerialEvents, SerialLine, Timers } from '../../deps.ts'
import type { Capture, CapturedChunk } from './capture.ts'

/** The one port of a bus that plays a capture. */
export const CAPTURE_PATH = 'capture'

/**
 * A serial bus whose port says what a capture says. What the device said by itself comes at its recorded times; in a capture
 * of a scale that was asked, each request of the station brings the next recorded answer.
 */
export class CaptureBus implements SerialBus {
  readonly #capture: Capture
  readonly #timers: Timers
  readonly #played = Promise.withResolvers<void>()

  constructor(capture: Capture, timers: Timers) {
    this.#capture = capture
    this.#timers = timers
  }

  /** Resolves when the last byte was delivered to whoever opened the port first to hear it all. */
  get played(): Promise<void> {
    return this.#played.promise
  }

  list(): Promise<readonly []> {
    return Promise.resolve([])
  }

  async open(path: string, _settings: unknown, events: SerialEvents): Promise<SerialLine> {
    if (path !== CAPTURE_PATH) throw new Error(`a capture has no port ${path}`)
    const playing = new Playing(this.#capture.chunks, this.#timers, events, this.#played.resolve)
    await Promise.resolve()
    playing.begin()
    return {
      write: () => playing.asked(),
      flush: () => Promise.resolve(),
      close: () => {
        playing.stop()
        return Promise.resolve()
      },
    }
  }
}

/** One listener's way through the capture. */
class Playing {
  readonly #chunks: readonly CapturedChunk[]
  readonly #timers: Timers
  readonly #events: SerialEvents
  readonly #over: () => void
  readonly #answersOnly: boolean
  readonly #cancels = new Set<Cancel>()
  #next = 0

  constructor(chunks: readonly CapturedChunk[], timers: Timers, events: SerialEvents, over: () => void) {
    this.#chunks = chunks
    this.#timers = timers
    this.#events = events
    this.#over = over
    this.#answersOnly = chunks.some(({ sent }) => sent)
  }

  begin(): void {
    if (!this.#answersOnly) this.#playUntil(this.#chunks.length, 0)
  }

  /** A request went out: the next recorded answer comes as long after it as it did then. */
  asked(): void {
    if (!this.#answersOnly) return
    const request = this.#chunks.findIndex(({ sent }, index) => sent && index >= this.#next)
    if (request < 0) return
    this.stop()
    const following = this.#chunks.findIndex(({ sent }, index) => sent && index > request)
    this.#next = request + 1
    this.#playUntil(following < 0 ? this.#chunks.length : following, this.#chunks[request]?.atMs ?? 0)
  }

  stop(): void {
    for (const cancel of this.#cancels) cancel()
    this.#cancels.clear()
  }

  /** One timer at a time, however long the capture is. */
  #playUntil(end: number, zeroMs: number): void {
    const chunk = this.#next < end ? this.#chunks[this.#next] : undefined
    if (chunk === undefined) {
      if (end === this.#chunks.length) this.#over()
      return
    }
    const cancel = this.#timers.after(chunk.atMs - zeroMs, () => {
      this.#cancels.delete(cancel)
      this.#next += 1
      this.#events.onData(chunk.bytes)
      this.#playUntil(end, chunk.atMs)
    })
    this.#cancels.add(cancel)
  }
}
