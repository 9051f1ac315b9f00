import type { Log, SerialBus, SerialLine, Timers } from '../deps.ts'
import { findPort, portWords } from './find-port.ts'
import { LineSession, words, type LineCounters, type LineEnd, type LineUse } from './line-session.ts'
import { RawRing } from './raw-ring.ts'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 5000
/** A line that held this long was a good one: after its loss the pauses start anew. */
const GOOD_LINE_MS = 1000
/** A driver that neither does nor refuses must not hold the counter. */
const DRIVER_TIMEOUT_MS = 5000

export interface LineDeps {
  readonly bus: SerialBus
  readonly timers: Timers
  readonly log: Log
}

const down = (reason: string): LineEnd => ({ kind: 'down', reason, heldMs: 0 })

/**
 * The one owner of a line: finds the port, opens it, asks, watches, and opens it again with growing pauses for as long as
 * it takes (SPEC DV-5). Nothing is delivered after `close`.
 */
export class Line {
  readonly #deps: LineDeps
  readonly #use: LineUse
  readonly #ring = new RawRing()
  readonly #counters: LineCounters = { bytes: 0, opens: 0, losses: 0, timeouts: 0 }
  readonly #finished: Promise<void>
  #closing = false
  /** Ends whatever the loop waits for. */
  #interrupt: () => void = () => undefined
  #path: string | null = null
  #problem: string | null = null

  constructor(deps: LineDeps, use: LineUse) {
    this.#deps = deps
    this.#use = use
    this.#finished = this.#run()
  }

  /** The port that is open now. */
  get path(): string | null {
    return this.#path
  }

  /** Why the line is down; null while it is open. */
  get problem(): string | null {
    return this.#problem
  }

  get counters(): Readonly<LineCounters> {
    return { ...this.#counters }
  }

  /** The last bytes received, in hexadecimal. */
  rawTail(): string {
    return this.#ring.tail()
  }

  /** Resolves when the port is free again. */
  async close(): Promise<void> {
    this.#closing = true
    this.#interrupt()
    await this.#finished
  }

  async #run(): Promise<void> {
    // The maker of this line gets to keep it before it hears anything.
    await Promise.resolve()
    let pauseMs = FIRST_PAUSE_MS
    while (!this.#closing) {
      const end = await this.#attempt()
      this.#path = null
      if (this.#closing || end.kind === 'closed') return
      if (end.kind === 'silent') {
        this.#deps.log.info('device.silent', { device: this.#use.device })
        continue
      }
      if (end.heldMs >= GOOD_LINE_MS) pauseMs = FIRST_PAUSE_MS
      this.#goDown(end.reason)
      await this.#pause(pauseMs)
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)
    }
  }

  #goDown(reason: string): void {
    if (reason !== this.#problem)
      this.#deps.log.warn('device.down', {
        device: this.#use.device,
        port: portWords(this.#use.port),
        reason,
      })
    this.#problem = reason
    this.#use.onDown()
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#deps.timers.after(delayMs, resolve)
      this.#interrupt = () => {
        cancel()
        resolve()
      }
    })
  }

  async #attempt(): Promise<LineEnd> {
    try {
      const listed =
        'path' in this.#use.port ? [] : await this.#inTime(this.#deps.bus.list(), 'listing ports')
      const port = findPort(this.#use.port, listed)
      if (port.kind === 'absent') return down('no such port is plugged in')
      if (port.kind === 'ambiguous') return down(`several ports have this name: ${port.paths.join(', ')}`)
      return this.#closing ? { kind: 'closed' } : await this.#serve(port.path)
    } catch (error) {
      return down(words(error))
    }
  }

  /** Opens the port and stays until it is lost, silent for too long, or no longer wanted. */
  async #serve(path: string): Promise<LineEnd> {
    const session = new LineSession(this.#deps.timers, this.#use, this.#ring, this.#counters)
    this.#interrupt = () => session.end({ kind: 'closed' })
    const line = await this.#open(path, session)
    this.#counters.opens += 1
    this.#path = path
    this.#problem = null
    this.#deps.log.info('device.open', { device: this.#use.device, path })
    const end = await session.run(line)
    if (end.kind === 'down') this.#counters.losses += 1
    await this.#release(line)
    return end
  }

  /** @throws Error in the system's words. A driver that answers after its time does not keep the port. */
  async #open(path: string, session: LineSession): Promise<SerialLine> {
    let late = false
    const opening = this.#deps.bus.open(path, this.#use.settings, session).then(async (line) => {
      if (late) await this.#release(line)
      return line
    })
    try {
      return await this.#inTime(opening, `opening ${path}`)
    } catch (error) {
      late = true
      session.end({ kind: 'closed' })
      throw error
    }
  }

  async #release(line: SerialLine): Promise<void> {
    try {
      await this.#inTime(line.close(), 'closing')
    } catch (error) {
      this.#deps.log.warn('device.close-failed', { device: this.#use.device, reason: words(error) })
    }
  }

  /** @throws Error when the driver takes too long; what it says after that is not heard. */
  async #inTime<Value>(work: Promise<Value>, what: string): Promise<Value> {
    const tooLong = Promise.withResolvers<never>()
    const cancel = this.#deps.timers.after(DRIVER_TIMEOUT_MS, () =>
      tooLong.reject(new Error(`${what} took longer than ${DRIVER_TIMEOUT_MS} ms`)),
    )
    try {
      return await Promise.race([work, tooLong.promise])
    } finally {
      cancel()
    }
  }
}
