import { createRouterClient, type RouterClient } from '@orpc/server'
import { restoreBook, type Restored } from '../../electron/station/backup/restore.ts'
import { takeBackup } from '../../electron/station/backup/take-backup.ts'
import { BookError, openBook, type Book, type BookOptions } from '../../electron/station/book/book.ts'
import type { Ids, Log, ScaleConfig, StationConfig, Timers } from '../../electron/station/deps.ts'
import { silentLog } from '../../electron/station/log.ts'
import type { StationRouter } from '../../electron/station/router.ts'
import { createStation, type Station } from '../../electron/station/station.ts'
import { businessMomentOf } from '../../shared/domain/business-day.ts'
import { CHINA_CALENDAR } from '../../shared/domain/calendar-china.ts'
import type { Random } from '../fixtures/random.ts'
import type { SimulatedBus } from './bus.ts'
import { processIds, type DeviceClock } from './device-clock.ts'
import { SimulatedDisk } from './disk.ts'
import { DiskTroubles, FaultyDatabase } from './faulty-database.ts'
import type { Link, LinkEnd } from './link.ts'
import type { Scheduler, TimerScope } from './scheduler.ts'
import type { Trace } from './trace.ts'
import { Violation } from './violation.ts'

/** A defect put into the book on purpose: the auditor has to find it. */
export type Plant = (book: Book) => Book

export interface MachineDeps {
  readonly scheduler: Scheduler
  readonly clock: DeviceClock
  readonly bus: SimulatedBus
  readonly random: Random
  readonly trace: Trace
  readonly plant: Plant
  readonly link: Link
  /** The station's own word for a defect that did not end it. */
  defect(what: string): void
  /** Says "flushed" and is not. */
  readonly lyingDisk: boolean
}

/** One life of the station's process. */
export interface Process {
  readonly station: Station
  /** As the station sees it. */
  readonly book: Book
  /** As it is. */
  readonly realBook: Book
  readonly client: RouterClient<StationRouter>
  readonly database: FaultyDatabase
  readonly ids: Ids
  readonly line: LinkEnd
}

/** By which factor a busy machine's repeating timers come late: never, or more often than they should. */
const LATENESS = [1, 4, 6, 8] as const

const late = (timers: Timers, factor: number): Timers => ({
  ...timers,
  every: (periodMs, run) => timers.every(periodMs * factor, run),
})

const PERSON_KEY = new Uint8Array(32).fill(7)
const SLOW_FLUSH_MS = 180

/** The kiosk's computer: a disk that survives, and processes that may die at any moment. */
export class Machine {
  readonly disk: SimulatedDisk
  readonly troubles = new DiskTroubles()
  readonly #deps: MachineDeps
  #process: Process | null = null
  #scope: TimerScope | null = null
  #lives = 0
  #lateBy = 1
  /** What the disk held when the process died; null while it lives. */
  #image: string | null = null
  #line: LinkEnd | null = null
  #flushed: ReturnType<SimulatedDisk['extent']> | null = null
  #config: (StationConfig & { scale: ScaleConfig }) | null = null

  constructor(deps: MachineDeps) {
    this.#deps = deps
    this.disk = new SimulatedDisk(deps.random.fork('disk'))
  }

  /** The living process; null while there is none. */
  get process(): Process | null {
    return this.#image === null ? this.#process : null
  }

  /** Died, and not buried yet. */
  get dying(): boolean {
    return this.#image !== null
  }

  get config(): StationConfig & { scale: ScaleConfig } {
    if (this.#config === null) throw new Error('the machine has no configuration yet')
    return this.#config
  }

  /** Whether the living process is at work on something that only its processor, its disk or the server keep waiting. */
  get working(): boolean {
    const { process } = this
    if (process === null || process.database.dead) return false
    const { station, line } = process
    if (station.backups.view.current.running !== null) return true
    const syncing = station.sync.view.current.state === 'running'
    return syncing && !station.sync.resting && line.waiting() === 0 && this.#scope?.turns() === 0
  }

  /** An empty disk, and the configuration of the station that starts from it. */
  install(config: StationConfig & { scale: ScaleConfig }): void {
    this.#config = config
    this.disk.fresh()
  }

  /** @returns false when the disk does not let the station start now. */
  start(): boolean {
    this.#lives += 1
    this.#lateBy = this.#deps.random.pick(LATENESS)
    const { scheduler, clock, bus, random, plant } = this.#deps
    const { config } = this
    const database = new FaultyDatabase(
      {
        kill: (power) => this.#die(database, power),
        rememberFlushed: () => {
          this.#flushed = this.disk.extent()
        },
        loseTime: () => scheduler.lose(SLOW_FLUSH_MS),
        happened: (kind) => this.#deps.trace.fault(kind),
      },
      this.troubles,
    )
    const ids = processIds(random.fork(`ids-${this.#lives}`), clock)
    const scope = scheduler.scope('timer')
    this.#scope = scope
    const line = this.#deps.link.end()
    this.#line = line
    let realBook: Book | null = null
    try {
      realBook = this.#openBook(database, ids)
      const book = plant(realBook)
      const station = createStation({
        book,
        clock,
        config,
        ids,
        log: this.#listening(database),
        serialBus: bus,
        timers: late(scope.timers, this.#lateBy),
        calendar: CHINA_CALENDAR,
        trial: false,
        version: 'simulated',
        dataFolder: this.disk.folder,
        printer: null,
        request: line.request,
        // In this thread: while it runs time stands still.
        startBackup: (request, onProgress) => {
          const outcome = takeBackup(request, onProgress)
          return { outcome, stop: async () => void (await outcome) }
        },
        random: unitInterval(random.fork(`station-${this.#lives}`)),
      })
      this.#process = {
        station,
        book,
        realBook,
        database,
        ids,
        line,
        client: createRouterClient(station.router, { context: { connection: station.connect() } }),
      }
      return true
    } catch (error) {
      scope.drop()
      realBook?.close()
      if (error instanceof BookError && error.code === 'damaged')
        throw new Violation('LG-21', `the book is lost: ${error.message}`, error)
      if (database.dead || (error instanceof BookError && this.troubles.lasting)) return false
      throw error
    }
  }

  /** The process dies between two of its instructions. */
  kill(): void {
    if (this.process !== null) this.#die(this.process.database, 'stays')
  }

  /** Clears away what the dead process held, and puts the disk in its place that it left behind. */
  bury(): void {
    if (this.#image === null) return
    this.#scope?.drop()
    this.#deps.bus.closeAll()
    this.#process?.realBook.close()
    this.disk.restart(this.#image)
    this.#process = null
    this.#image = null
  }

  /** Stops it in good order. */
  async stop(): Promise<void> {
    const { process } = this
    if (process === null) return
    this.#process = null
    await process.station.stop()
    process.line.cut()
    this.#scope?.drop()
  }

  /**
   * The newest backup is put in the book's place, as `canteen restore` does it.
   *
   * @throws BookError
   */
  async restore(packedPath: string): Promise<Restored> {
    this.#lives += 1
    const { random, clock } = this.#deps
    const ids = processIds(random.fork(`ids-${this.#lives}`), clock)
    const timeZone = this.config.canteen.timeZone
    return await restoreBook({ packedPath, timeZone, book: this.#bookOptions(ids) })
  }

  #listening(database: FaultyDatabase): Log {
    return {
      ...silentLog,
      error: (event, data) => {
        const isDefect = event === 'sync ended by a defect' || event === 'backup failed'
        if (isDefect && !database.dead) this.#deps.defect(`${event}: ${JSON.stringify(data)}`)
      },
    }
  }

  /** @throws BookError when it cannot be opened. */
  #openBook(database: FaultyDatabase, ids: Ids): Book {
    return openBook({ ...this.#bookOptions(ids), openDatabase: database.open })
  }

  #bookOptions(ids: Ids): BookOptions {
    const { config } = this
    return {
      folder: this.disk.folder,
      originId: config.stationId,
      clock: this.#deps.clock,
      ids,
      personKey: PERSON_KEY,
      log: silentLog,
      businessDateAt: (atMs) => businessMomentOf(atMs, config.canteen).businessDate,
    }
  }

  #die(database: FaultyDatabase, power: 'stays' | 'fails'): void {
    if (database.dead) return
    database.dead = true
    this.#line?.cut()
    const flushed = this.#deps.lyingDisk ? this.disk.nothingFlushed() : this.#flushed
    this.#image = this.disk.image(
      power === 'fails' || this.#deps.lyingDisk ? flushed : null,
      this.#deps.lyingDisk ? 'book.reached' : null,
    )
  }
}

/** The station's chance, in [0, 1), from a seeded stream. */
const unitInterval = (random: Random) => (): number => random.integer(0, 999_999) / 1_000_000
