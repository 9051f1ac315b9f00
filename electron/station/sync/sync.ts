import type { SyncView } from '../../../shared/contract/sync.ts'
import { stationOf } from '../../../shared/domain/ledger/accounts.ts'
import type { Book } from '../book/book.ts'
import { BookError, messageOf } from '../book/errors.ts'
import type { Cancel, Clock, Log, Request, StationConfig, Timers } from '../deps.ts'
import { Live } from '../live.ts'
import { readEnrolment, writeEnrolment, type Enrolment } from './enrolment.ts'
import { Link } from './link.ts'
import { readMemory, writeMemory, type SyncMemory } from './memory.ts'
import { ownOrigins } from './positions.ts'
import { runSync } from './run.ts'
import { firstTryDelayMs, nightlySyncMs, retryDelayMs } from './schedule.ts'
import { enrolAt, Server } from './server.ts'
import { stationKey } from './station-key.ts'
import { asStopped, passesByItself, type SyncStopped } from './trouble.ts'

export interface SyncDeps {
  readonly book: Book
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly request: Request
  /** In [0, 1). */
  readonly random: () => number
  readonly config: Pick<StationConfig, 'canteen' | 'nightlyAt'>
  readonly dataFolder: string
  /** Entries that a book takes back at once in the middle of its life; a counter that sells must not stand still for long. */
  readonly mostAtOnce?: number
}

/** Hands the book in at the community server. Nothing here keeps a sale waiting (SPEC SY-4). */
export interface Sync {
  readonly view: Live<SyncView>
  /** The run that is under way leaves the machine to the counter for a moment. */
  readonly resting: boolean
  /** Begins the schedule: soon, each night, and again after what passes by itself. */
  start(): void
  /**
   * Runs now, or joins the run that is under way. Never rejects for what a server can do: that is in the view.
   *
   * @param note writes down in the book that somebody asked for it. It is called once the book is known to go on where the
   *   server ends, and never when it does not: in a book whose disk forgot its newest entries the note would take the number
   *   of one that the server holds.
   * @throws BookError when the note could not be written after the run was over.
   */
  now(note?: () => void): Promise<SyncView>
  /** @throws SyncStopped when the server cannot be reached or refuses the code (SPEC SY-9). */
  enrol(url: string, code: string): Promise<SyncView>
  close(): Promise<void>
}

const MOST_AT_ONCE = 2_000
/** A clock may be set, and a machine may sleep: the next try is looked at again at least this often. */
const LONGEST_NAP_MS = 5 * 60_000
/** How often the number of entries in the view follows the book. */
const REFRESH_MS = 5_000

/** See Sync. */
export function createSync(deps: SyncDeps): Sync {
  return new BookSync(deps)
}

type Progress = Pick<SyncView, 'state' | 'nextTryMs' | 'trouble' | 'troubleDetail' | 'missing'>

const AT_REST: Progress = {
  state: 'resting',
  nextTryMs: null,
  trouble: null,
  troubleDetail: null,
  missing: 0,
}

class BookSync implements Sync {
  readonly view: Live<SyncView>
  readonly #deps: SyncDeps
  readonly #stationId: string
  readonly #abort = new AbortController()
  #counted = { entries: 0, acknowledged: 0 }
  #enrolment: Enrolment | null
  #memory: SyncMemory | null
  #progress: Progress = AT_REST
  #running: Promise<SyncView> | null = null
  #failures = 0
  resting = false
  #scheduled = false
  #wake: Cancel = () => undefined
  #stopRefreshing: Cancel = () => undefined

  constructor(deps: SyncDeps) {
    this.#deps = deps
    this.#stationId = stationOf(deps.book.read((file) => file.originId))
    this.#enrolment = readEnrolment(deps.dataFolder, deps.log)
    this.#memory = this.#enrolment === null ? null : readMemory(deps.dataFolder, this.#enrolment.serverId)
    this.view = new Live(this.#viewNow())
  }

  start(): void {
    this.#scheduled = true
    if (this.#enrolment === null) return
    const { clock, timers, random } = this.#deps
    this.#stopRefreshing()
    this.#stopRefreshing = timers.every(REFRESH_MS, () => this.#refresh())
    this.#show({ ...this.#progress, nextTryMs: clock.nowMs() + firstTryDelayMs(random()) })
  }

  async now(note: () => void = () => undefined): Promise<SyncView> {
    const { signal } = this.#abort
    if (this.#enrolment === null || signal.aborted) return this.view.current
    let noted = false
    const noteOnce = (): void => {
      if (!noted) note()
      noted = true
    }
    this.#running ??= this.#run(this.#enrolment, noteOnce).finally(() => {
      this.#running = null
    })
    const view = await this.#running
    if (view.trouble !== 'book-behind-server' && !signal.aborted) noteOnce()
    return view
  }

  async enrol(url: string, code: string): Promise<SyncView> {
    await this.#running
    const key = stationKey(this.#deps.dataFolder)
    const link = this.#link(url)
    const stationId = this.#stationId
    const answer = await enrolAt(link, { code, stationId, key })
    const enrolment = { url, stationId, ...answer }
    writeEnrolment(this.#deps.dataFolder, enrolment)
    this.#enrolment = enrolment
    this.#memory = readMemory(this.#deps.dataFolder, answer.serverId)
    this.#failures = 0
    this.#show(AT_REST)
    if (this.#scheduled) this.start()
    return this.view.current
  }

  async close(): Promise<void> {
    this.#abort.abort()
    this.#wake()
    this.#stopRefreshing()
    await this.#running
  }

  #link(url: string): Link {
    const { request, clock, timers } = this.#deps
    return new Link(url, { request, clock, timers, signal: this.#abort.signal })
  }

  async #run(enrolment: Enrolment, onAgreed: () => void): Promise<SyncView> {
    this.#wake()
    this.#show({ ...this.#progress, state: 'running', nextTryMs: null })
    const stopped = await this.#met(enrolment, onAgreed).catch((error: unknown) => {
      this.#show({ ...AT_REST, nextTryMs: this.#night() })
      throw error
    })
    // A station that stops has nothing more to show, and its book is closed next.
    if (this.#abort.signal.aborted) return this.view.current
    if (stopped === null) this.#succeeded()
    else this.#failed(stopped)
    if (this.#memory !== null) writeMemory(this.#deps.dataFolder, this.#memory, this.#deps.log)
    return this.view.current
  }

  /** @returns why it came to nothing, or null. */
  async #met(enrolment: Enrolment, onAgreed: () => void): Promise<SyncStopped | null> {
    const { book, log, timers, dataFolder, mostAtOnce = MOST_AT_ONCE } = this.#deps
    try {
      const key = stationKey(dataFolder)
      await runSync({
        book,
        log,
        timers,
        signal: this.#abort.signal,
        server: new Server(this.#link(enrolment.url), enrolment, key),
        sign: (text) => key.sign(text),
        canteenId: enrolment.canteenId,
        mostAtOnce,
        acknowledgedBefore: (origin) => this.#memory?.acknowledged[origin] ?? 0,
        onPosition: ({ origin, seq }) => this.#acknowledge(origin, seq),
        onRest: (resting) => {
          this.resting = resting
        },
        onAgreed,
        onFetched: (entries) => this.#remember({ fetched: { entries, atMs: this.#deps.clock.nowMs() } }),
      })
      return null
    } catch (error) {
      return asStopped(error)
    }
  }

  #acknowledge(origin: string, seq: number): void {
    const before = this.#memory?.acknowledged ?? {}
    // Something was taken: whatever goes wrong next is a new trouble, and not the old one grown older.
    if (seq > (before[origin] ?? 0)) this.#failures = 0
    this.#remember({ acknowledged: { ...before, [origin]: seq } })
  }

  #remember(change: Partial<SyncMemory>): void {
    if (this.#memory === null) return
    this.#memory = { ...this.#memory, ...change }
    this.view.publish(this.#viewNow())
  }

  #succeeded(): void {
    const { clock, log } = this.#deps
    this.#failures = 0
    this.#remember({ lastSuccessMs: clock.nowMs() })
    const { entries, acknowledged } = this.#viewNow()
    log.info('synced', { entries, acknowledged })
    this.#show({ ...AT_REST, nextTryMs: this.#night() })
  }

  #failed(stopped: SyncStopped): void {
    const { clock, random, log } = this.#deps
    const { trouble, message, missing, retryAfterMs } = stopped
    this.#failures += 1
    const again = passesByItself(trouble)
    const delayMs = retryDelayMs(this.#failures, retryAfterMs, random())
    log.warn('sync stopped', { trouble, detail: message, failures: this.#failures })
    const nextTryMs = again && this.#scheduled ? clock.nowMs() + delayMs : this.#night()
    const state = again && this.#scheduled ? 'waiting-to-retry' : 'resting'
    this.#show({ state, nextTryMs, trouble, troubleDetail: message, missing })
  }

  #night(): number | null {
    const { clock, config, random } = this.#deps
    const { nightlyAt, canteen } = config
    const nightly = { nightlyAt, timeZone: canteen.timeZone }
    return this.#scheduled ? nightlySyncMs(clock.nowMs(), nightly, random()) : null
  }

  #show(progress: Progress): void {
    this.#progress = progress
    this.view.publish(this.#viewNow())
    if (progress.nextTryMs !== null) this.#wakeAt(progress.nextTryMs)
  }

  /** Sleeps in short naps: by the clock on the wall, which may be set meanwhile. */
  #wakeAt(atMs: number): void {
    const { clock, timers, log } = this.#deps
    this.#wake()
    const napMs = Math.min(LONGEST_NAP_MS, Math.max(0, atMs - clock.nowMs()))
    this.#wake = timers.after(napMs, () => {
      if (clock.nowMs() < atMs) return this.#wakeAt(atMs)
      // A defect of sync must not take the counter with it, as a defect of the book must: it is for the log and for the night.
      this.now().catch((error: unknown) => log.error('sync ended by a defect', { reason: messageOf(error) }))
    })
  }

  #refresh(): void {
    const { entries } = this.#viewNow()
    if (entries !== this.view.current.entries) this.view.publish(this.#viewNow())
  }

  #viewNow(): SyncView {
    const enrolment = this.#enrolment
    const memory = this.#memory
    return {
      ...this.#progress,
      state: enrolment === null ? 'not-enrolled' : this.#progress.state,
      server: enrolment === null ? null : { url: enrolment.url, canteenName: enrolment.canteenName },
      ...this.#counts(memory),
      fetched: memory?.fetched ?? null,
      lastSuccessMs: memory?.lastSuccessMs ?? null,
    }
  }

  /** As last counted while the book cannot be read. */
  #counts(memory: SyncMemory | null): { readonly entries: number; readonly acknowledged: number } {
    const counted = { entries: 0, acknowledged: 0 }
    try {
      for (const [origin, { seq }] of ownOrigins(this.#deps.book).held) {
        counted.entries += seq
        counted.acknowledged += Math.min(seq, memory?.acknowledged[origin] ?? 0)
      }
      this.#counted = counted
    } catch (error) {
      if (!(error instanceof BookError)) throw error
    }
    return this.#counted
  }
}
