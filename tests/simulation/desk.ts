import { ORPCError, createRouterClient, type RouterClient } from '@orpc/server'
import type { Database } from 'better-sqlite3'
import type { Connection } from '../../electron/station/staff/connection.ts'
import type { StationRouter } from '../../electron/station/router.ts'
import type { StaffRole } from '../../shared/domain/staff.ts'
import type { Random } from '../fixtures/random.ts'
import { readingBook } from './book-audit.ts'
import { Killed } from './faulty-database.ts'
import type { Machine, Process } from './machine.ts'
import type { Trace } from './trace.ts'
import { crashed, Violation } from './violation.ts'

export type OfficeClient = RouterClient<StationRouter>

/** Another one's word for an act, as the contract takes it. */
export type Approval = { readonly staffId: string; readonly pin: string } | undefined

/** What the book says of an act that is in it. */
export interface Booked {
  readonly businessDate: string
  readonly body: unknown
}

/** Something that the office asks of the station. It has an id, so it can be asked for again until the answer is known. */
export interface Act {
  readonly name: string
  /** Who may do it; a cashier may ask for it with a manager's word where `approved`. */
  readonly role: StaffRole
  readonly approved: boolean
  ask(client: OfficeClient, approval: Approval): Promise<unknown>
  /** What stands in the book of it, or null. */
  inBook(db: Database): Booked | null
  /** It is in the book, and people count on it from now on. @throws Violation */
  booked(booked: Booked): void
  /** It was answered, after `booked`. `fresh` when it was not in the book before. @throws Violation */
  answered?(answer: unknown, fresh: boolean): void
  /** @throws Violation unless the station was right to refuse. */
  refused(code: string): void
  /** It came to nothing, whyever. */
  dropped?(): void
}

export type Outcome = 'booked' | 'refused' | 'later'

interface DeskDeps {
  readonly machine: Machine
  readonly trace: Trace
  readonly random: Random
  /** Called after each entry of the office. */
  wrote(): void
}

interface Window {
  readonly process: Process
  readonly client: OfficeClient
  readonly connection: Connection
}

const PINS = { cashier: '730186', manager: '418052', admin: '905271' } as const
/** Anything may be refused for these: the book, the clock, or the window that locked itself. */
const LATER = new Set(['BOOK_UNAVAILABLE', 'SIGN_IN_REQUIRED'])

/** The office's windows: who is signed in, what they ask for, and what of it is not known yet. */
export class Desk {
  readonly #deps: DeskDeps
  readonly #windows = new Map<StaffRole, Window>()
  readonly #staff = new Map<StaffRole, string>()
  #pending: Act[] = []
  #failed: unknown = null
  /** Requests that are being answered: time stands still until they are. */
  inFlight = 0

  constructor(deps: DeskDeps) {
    this.#deps = deps
  }

  get pending(): readonly Act[] {
    return this.#pending
  }

  /** Once, whatever was thrown out of an act that nobody waited for. */
  takeFailure(): unknown {
    const failed = this.#failed
    this.#failed = null
    return failed
  }

  /** A new book: nobody works here yet. */
  fresh(): void {
    this.#pending = []
    this.#staff.clear()
    this.#windows.clear()
  }

  /** After the book was put back: nobody asks any more for what was asked of the book before it. */
  forgetPending(): void {
    this.#pending = []
  }

  /** The first admin and her colleagues, through the contract, on an empty book. @returns the admin's client. */
  async appoint(process: Process): Promise<OfficeClient> {
    const admin = this.#open(process)
    const first = await admin.client.staff.createFirstAdmin({ name: '周主任', pin: PINS.admin })
    this.#staff.set('admin', first.staffId)
    this.#windows.set('admin', admin)
    for (const [role, name] of [
      ['manager', '王经理'],
      ['cashier', '小陈'],
    ] as const) {
      const { staffId } = await admin.client.staff.add({ name, role, pin: PINS[role] })
      this.#staff.set(role, staffId)
    }
    return admin.client
  }

  /** Asks once, or as part of an event of which nobody waits for the end; what is not known then is asked for again. */
  begin(act: Act): Promise<Outcome> {
    this.#pending.push(act)
    this.inFlight += 1
    const attempt = this.#attempt(act)
    void attempt
      .catch((error: unknown) => {
        this.#failed ??= error
      })
      .finally(() => {
        this.inFlight -= 1
      })
    return attempt
  }

  /** Something that is only looked at. Null when the book does not answer now, or the window is locked. */
  async asked<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
    const { process } = this.#deps.machine
    try {
      return await ask()
    } catch (error) {
      if (process === null || isLater(error, process)) return null
      throw crashed(error)
    }
  }

  /** Asks for something that takes its time, and waits for nothing but the sign-in. */
  follow(ask: (client: OfficeClient) => Promise<unknown>, role: StaffRole): void {
    const { process } = this.#deps.machine
    if (process === null) return
    const hear = (error: unknown): void => {
      if (!isLater(error, process)) this.#failed ??= error
    }
    this.inFlight += 1
    this.#signedIn(process, role)
      .then(({ client }) => {
        void ask(client).catch(hear)
      }, hear)
      .finally(() => {
        this.inFlight -= 1
      })
      .catch(hear)
  }

  /** Something that happens while time stands still. */
  alone(work: () => Promise<void>): void {
    this.inFlight += 1
    void work()
      .catch((error: unknown) => {
        this.#failed ??= error
      })
      .finally(() => {
        this.inFlight -= 1
      })
  }

  /** Asks again for everything that is not known. */
  async catchUp(): Promise<void> {
    for (const act of this.#pending.slice()) {
      this.#pending = this.#pending.filter((each) => each !== act)
      if (this.#deps.machine.process === null) this.#pending.push(act)
      else await this.begin(act).catch(() => undefined)
    }
  }

  /** Somebody works at the office: whoever is signed in there stays so. */
  touch(): void {
    for (const { process, connection } of this.#windows.values())
      if (process === this.#deps.machine.process) process.database.quietly(() => connection.touch())
  }

  /** What is in the book after all becomes known. */
  settle(): void {
    if (this.#pending.length === 0) return
    const { machine, trace } = this.#deps
    const found = readingBook(machine.disk.folder, (db) =>
      this.#pending.map((act) => [act, act.inBook(db)] as const),
    )
    for (const [act, booked] of found)
      if (booked !== null && this.#pending.includes(act)) {
        this.#pending = this.#pending.filter((each) => each !== act)
        trace.note('office', act.name, booked.businessDate)
        if (act.name === 'void') trace.voids += 1
        act.booked(booked)
      }
  }

  /** A client that is signed in, for what is only looked at. Null when nobody can sign in now. */
  async client(role: StaffRole): Promise<OfficeClient | null> {
    const { process } = this.#deps.machine
    if (process === null) return null
    this.inFlight += 1
    try {
      return (await this.#signedIn(process, role)).client
    } catch (error) {
      if (isLater(error, process)) return null
      throw error
    } finally {
      this.inFlight -= 1
    }
  }

  async #attempt(act: Act): Promise<Outcome> {
    const { process } = this.#deps.machine
    if (process === null) return 'later'
    this.settle()
    const fresh = this.#pending.includes(act)
    if (!fresh) return 'booked'
    let headBefore = ''
    try {
      const asCashier = act.approved && act.role === 'manager' && this.#deps.random.chance(0.08)
      const { client } = await this.#signedIn(process, asCashier ? 'cashier' : act.role)
      if (process !== this.#deps.machine.process) return 'later'
      headBefore = headOf(process)
      if (asCashier) await this.#withoutWord(process, act, client)
      const answer = await act.ask(client, asCashier ? this.#word() : undefined)
      if (process !== this.#deps.machine.process) return 'later'
      this.settle()
      if (this.#pending.includes(act))
        throw new Violation('LG-21', `${act.name} was answered, and is not in the book`)
      act.answered?.(answer, headOf(process) !== headBefore)
      this.#deps.wrote()
      return 'booked'
    } catch (error) {
      if (error instanceof Violation) throw error
      if (process !== this.#deps.machine.process) return 'later'
      this.settle()
      if (!this.#pending.includes(act)) return 'booked'
      if (isLater(error, process)) return 'later'
      if (!(error instanceof ORPCError)) throw error
      this.#pending = this.#pending.filter((each) => each !== act)
      act.dropped?.()
      this.#deps.trace.note('office', act.name, 'refused', String(error.code))
      if (headOf(process) !== headBefore)
        throw new Violation('SE-7', `${act.name} was refused with ${error.code}, and something was written`)
      if (error.code !== 'CLOCK_TO_CONFIRM') act.refused(String(error.code))
      return 'refused'
    }
  }

  /** A cashier asks without a manager's word: nothing happens. */
  async #withoutWord(process: Process, act: Act, client: OfficeClient): Promise<void> {
    const before = headOf(process)
    try {
      await act.ask(client, undefined)
    } catch (error) {
      if (!(error instanceof ORPCError)) throw error
      if (LATER.has(String(error.code)) || error.code === 'CLOCK_TO_CONFIRM') throw error
      this.#deps.trace.checks += 1
      if (error.code === 'NOT_ALLOWED' && headOf(process) === before) return
    }
    throw new Violation('SE-7', `a cashier did ${act.name} by herself`)
  }

  #word(): Approval {
    return { staffId: this.#staff.get('manager') ?? '', pin: PINS.manager }
  }

  async #signedIn(process: Process, role: StaffRole): Promise<Window> {
    const known = this.#windows.get(role)
    if (known?.process === process && known.connection.signedIn() !== null) return known
    const window = known?.process === process ? known : this.#open(process)
    this.#windows.set(role, window)
    await window.client.staff.signIn({ staffId: this.#staff.get(role) ?? '', pin: PINS[role] })
    return window
  }

  #open(process: Process): Window {
    const connection = process.station.connect()
    const client = createRouterClient(process.station.router, { context: { connection } })
    return { process, client, connection }
  }
}

const headOf = ({ database, realBook }: Process): string => database.quietly(() => realBook.health().headHash)

const isLater = (error: unknown, { database }: Process): boolean =>
  database.dead || error instanceof Killed || (error instanceof ORPCError && LATER.has(String(error.code)))
