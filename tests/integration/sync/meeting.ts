import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBook, type Book, type BookOptions } from '../../../electron/station/book/book.ts'
import type { StoredEntry } from '../../../electron/station/book/journal-table.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import type { Timers } from '../../../electron/station/deps.ts'
import { createSync, type Sync, type SyncDeps } from '../../../electron/station/sync/sync.ts'
import { systemTimers } from '../../../electron/station/system.ts'
import { newCode } from '../../../server/access/enrolment.ts'
import type { Database } from '../../../server/database/database.ts'
import type { ServerDeps } from '../../../server/deps.ts'
import { createServer, listen, type ListeningServer } from '../../../server/server.ts'
import { bookOptions, furnish, NOON_MS, saleDraft, testClock, type TestClock } from '../../fixtures/books.ts'
import { embeddedInMemory } from '../../fixtures/embedded.ts'
import { FaultyLink } from '../../fixtures/faulty-link.ts'
import { KeptLog } from '../../fixtures/memory-bus.ts'

/** The real server over real HTTP, and stations with real books that hand theirs in through a line that can be faulty. */
export class Community {
  readonly deps: ServerDeps
  readonly link: FaultyLink
  readonly log = new KeptLog()
  #listening: ListeningServer | null = null
  url = ''

  private constructor(database: Database) {
    const random = { uuid: () => randomUUID(), bytes: (count: number) => randomBytes(count) }
    this.deps = { database, random, clock: { nowMs: () => Date.now() }, log: this.log }
    this.link = new FaultyLink('')
  }

  static async open(database?: Database): Promise<Community> {
    const community = new Community(database ?? (await embeddedInMemory()))
    await community.start()
    community.url = await community.link.listen()
    return community
  }

  /** The server's process, over the same database. */
  async start(): Promise<void> {
    this.#listening = await listen(await createServer(this.deps), { port: 0, host: '127.0.0.1' })
    this.link.target = this.#listening.url
  }

  async stop(): Promise<void> {
    await this.#listening?.stop()
    this.#listening = null
  }

  async close(): Promise<void> {
    await this.link.close()
    await this.stop()
    await this.deps.database.close()
  }

  code(canteen: string, replaces: string | null = null): Promise<string> {
    return newCode(this.deps, canteen, replaces).then(({ code }) => code)
  }

  /** The server's journal of one origin of a canteen, entry by entry, as a station stores it. */
  journal(canteen: string, origin: string): Promise<readonly StoredEntry[]> {
    return this.deps.database.query<StoredEntry>(
      `SELECT id, origin, seq, kind, version, hlc, at, business_date AS "businessDate", actor,
         prev_hash AS "prevHash", hash, body AS "bodyText"
       FROM journal JOIN origins USING (origin_id) JOIN canteens USING (canteen_id)
       WHERE name = $1 AND origin = $2 ORDER BY seq`,
      [canteen, origin],
    )
  }
}

/**
 * Time in which pauses of a real line pass at once and those of the schedule when a test says so; the clock on the wall goes
 * along, and may be set meanwhile.
 */
export class SteppedTimers implements Timers {
  readonly #clock: TestClock
  readonly #due = new Set<{ readonly atMs: number; readonly run: () => void }>()
  #passedMs = 0

  constructor(clock: TestClock) {
    this.#clock = clock
  }

  monotonicMs(): number {
    return this.#passedMs
  }

  after(delayMs: number, run: () => void): () => void {
    if (delayMs === 0) {
      const soon = setImmediate(run)
      return () => clearImmediate(soon)
    }
    const due = { atMs: this.#passedMs + delayMs, run }
    this.#due.add(due)
    return () => this.#due.delete(due)
  }

  every(): () => void {
    return () => undefined
  }

  get waiting(): number {
    return this.#due.size
  }

  /** Lets time pass, and what is due run, each at its own moment. */
  advance(byMs: number): void {
    const untilMs = this.#passedMs + byMs
    for (;;) {
      const [next] = [...this.#due].toSorted((one, other) => one.atMs - other.atMs)
      if (next === undefined || next.atMs > untilMs) break
      this.#moveTo(next.atMs)
      this.#due.delete(next)
      next.run()
    }
    this.#moveTo(untilMs)
  }

  #moveTo(atMs: number): void {
    this.#clock.ms += atMs - this.#passedMs
    this.#passedMs = atMs
  }
}

export interface StationOptions {
  readonly folder?: string
  readonly originId?: string
  readonly clock?: TestClock
  readonly timers?: Timers
  readonly canteen?: string
  readonly sync?: Partial<SyncDeps>
  readonly book?: Partial<BookOptions>
}

const CANTEEN_DAY = {
  name: '测试食堂',
  area: '35/3501',
  timeZone: 'Asia/Shanghai',
  cutOverHour: 4,
  mealPeriods: [{ period: 'lunch', from: '04:00' }],
} as const

/** A book with people and money in it, and the sync of its station. */
export class MeetingStation {
  readonly canteen: string
  readonly folder: string
  readonly clock: TestClock
  readonly log = new KeptLog()
  readonly book: Book
  readonly sync: Sync
  readonly originId: string

  constructor(options: StationOptions = {}) {
    this.canteen = options.canteen ?? `食堂 ${randomUUID()}`
    this.clock = options.clock ?? testClock(NOON_MS)
    this.originId = options.originId ?? 'kiosk-1'
    this.folder = options.folder ?? mkdtempSync(join(tmpdir(), 'meeting-'))
    const { clock, folder, originId } = this
    this.book = openBook(bookOptions({ folder, originId, clock, ...options.book }))
    if (options.folder === undefined) furnish(this.book)
    this.sync = createSync({
      book: this.book,
      clock,
      timers: options.timers ?? systemTimers,
      log: this.log,
      request: fetch,
      random: () => 0.5,
      config: { canteen: CANTEEN_DAY, nightlyAt: '21:30' },
      dataFolder: folder,
      ...options.sync,
    })
  }

  async enrol(community: Community): Promise<this> {
    await this.sync.enrol(community.url, await community.code(this.canteen))
    return this
  }

  /** Meals that guests pay in cash, so that there is no end to them. */
  sell(count: number): this {
    for (let sold = 0; sold < count; sold += 1) {
      this.clock.ms += 1000
      const outcome = this.book.settle(saleDraft({ memberId: null }))
      if (outcome.kind !== 'settled') throw new Error(`not settled: ${outcome.kind}`)
    }
    return this
  }

  journal(origin = this.originId): readonly StoredEntry[] {
    return this.book.read(({ journal }) => journal.range(origin, 1, 1_000_000))
  }

  async close(): Promise<void> {
    await this.sync.close()
    this.book.close()
  }

  async remove(): Promise<void> {
    await this.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** What is wrong with a book; nothing, when all is well. */
export const findingsOf = (folder: string): readonly unknown[] => verifyBook(folder).findings
