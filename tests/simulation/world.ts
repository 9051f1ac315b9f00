import { setImmediate } from 'node:timers/promises'
import { ORPCError } from '@orpc/server'
import type { ScaleConfig } from '../../electron/station/deps.ts'
import type { SaleSummary } from '../../shared/contract/sales.ts'
import type { StaffKey } from '../../shared/domain/checkout/state.ts'
import type { CounterView } from '../../shared/domain/checkout/view.ts'
import type { Random } from '../fixtures/random.ts'
import { Auditor } from './auditor.ts'
import { SimulatedBus } from './bus.ts'
import { simulatedConfig } from './canteen.ts'
import { DeviceClock } from './device-clock.ts'
import { Inspection } from './inspection.ts'
import { Machine, type Plant, type Process } from './machine.ts'
import { Office } from './office.ts'
import { SimulatedReader } from './reader.ts'
import { SimulatedScale } from './scale.ts'
import { Scheduler, type Cause } from './scheduler.ts'
import type { Trace } from './trace.ts'
import { Violation } from './violation.ts'

/** Days without a crash are replayed now and then; after each crash, and at the end of a book, always. */
const REPLAYED_DAYS = 0.2
const TRY_AGAIN_MS = 2000

export interface WorldOptions {
  readonly random: Random
  readonly trace: Trace
  /** When its first day begins, in milliseconds since 1970. */
  readonly startMs: number
  readonly plant: Plant
  readonly lyingDisk: boolean
}

/** The simulated canteen: one counter, its devices, its office, and the auditor that watches. */
export class World {
  readonly scheduler = new Scheduler()
  readonly clock: DeviceClock
  readonly bus: SimulatedBus
  readonly reader: SimulatedReader
  readonly auditor: Auditor
  readonly machine: Machine
  readonly office: Office
  readonly random: Random
  readonly trace: Trace
  readonly #inspection: Inspection
  #scale: SimulatedScale | null = null
  #unheard: unknown = null
  /** Nobody sees the screens: the window died, or is being started again. */
  screensAway = false
  /** The station has started again, and no longer shows what was sold last: staff looks into the list of sales. */
  listToBeAsked = false
  /** Somebody leans on the keys: so many are still to be pressed. */
  mashes = 0
  /** Called while the station is dead: what people do meanwhile. */
  inTheDark: () => void = () => undefined

  constructor({ random, trace, startMs, plant, lyingDisk }: WorldOptions) {
    this.random = random
    this.trace = trace
    this.clock = new DeviceClock(this.scheduler, startMs)
    this.bus = new SimulatedBus(this.scheduler, random.fork('wire'))
    this.reader = new SimulatedReader(this.scheduler, this.bus, 'rdm6300')
    this.auditor = new Auditor(trace)
    const { scheduler, clock, bus, auditor } = this
    this.machine = new Machine({
      scheduler,
      clock,
      bus,
      trace,
      plant,
      lyingDisk,
      random: random.fork('machine'),
    })
    const { machine } = this
    this.office = new Office({
      machine,
      auditor,
      scheduler,
      trace,
      random: random.fork('office'),
      wrote: () => this.#lookAtClock(),
    })
    const { office } = this
    this.#inspection = new Inspection({ machine, clock, auditor, office, random, trace })
  }

  get scale(): SimulatedScale {
    if (this.#scale === null) throw new Error('no scale stands on the counter yet')
    return this.#scale
  }

  /** What people see; null when they see nothing. */
  get view(): CounterView | null {
    return this.screensAway ? null : (this.machine.process?.station.counter.view.current ?? null)
  }

  /** A new book on an empty disk, and another scale beside it. */
  async beginBook(protocol: ScaleConfig['protocol']): Promise<void> {
    await this.closeStation()
    this.machine.troubles.heal()
    this.clock.wrongByMs = 0
    const config = simulatedConfig(protocol)
    this.#scale?.remove()
    this.#scale = new SimulatedScale(this.scheduler, this.bus, this.random.fork('scale'), config.scale)
    this.machine.install(config)
    await this.openStation((process) => this.office.furnish(process))
    // The counter finds the menu at its next look that the disk allows.
    while (this.machine.process?.station.counter.menu().dishes.length === 0) await this.pass(500)
  }

  /** Starts the station, as often as it takes; every start is one more chance for the disk to be in order again. */
  async openStation(furnish: (process: Process) => void = () => undefined): Promise<void> {
    if (this.machine.process !== null) return
    while (!this.machine.start()) {
      this.machine.bury()
      this.trace.note('start refused')
      await this.pass(TRY_AGAIN_MS)
    }
    const process = this.#alive()
    furnish(process)
    this.auditor.stationStarted()
    await this.#drain()
    await this.#afterEvent('world')
  }

  /** Closes for the night, and looks whether the books are right. */
  async closeStation(): Promise<void> {
    await this.untilResolved()
    const { process } = this.machine
    if (process === null) return
    this.#inspection.audit(process, true)
    await this.machine.stop()
    this.bus.closeAll()
  }

  /** Time passes, and everything in it happens. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.scheduler.nowMs + ms
    while (this.scheduler.nextMs <= untilMs) {
      const cause = this.#runNext()
      if (this.scheduler.stirred || this.bus.touched) await this.#drain()
      await this.#afterEvent(cause)
    }
    this.scheduler.advanceTo(untilMs)
  }

  /** Staff presses a key through the contract. */
  async press(key: StaffKey): Promise<'done' | 'refused' | 'dead'> {
    const { process } = this.machine
    if (process === null) return 'dead'
    const before = process.station.counter.view.current
    const { serving } = this.auditor
    if (key.kind === 'take-cash' || key.kind === 'guest-cash') serving.cashAgreed = true
    const keyedBefore = serving.keyed
    if (key.kind === 'add-portion') {
      const { dishId, quantity } = key
      serving.keyed = new Map([...keyedBefore, [dishId, (keyedBefore.get(dishId) ?? 0) + quantity]])
    }
    const pressed = await this.#ask(process, key)
    this.trace.note('key', key.kind, pressed)
    if (pressed === 'done') this.#noteKey(key, before)
    if (pressed === 'refused') serving.keyed = keyedBefore
    if (pressed === 'refused') await this.#checkChangesNothing(process, key)
    await this.#afterEvent(key.kind === 'take-cash' || key.kind === 'guest-cash' ? 'payment' : 'key')
    return pressed
  }

  /** The newest sales, as staff sees them in the list. */
  async recentSales(): Promise<readonly SaleSummary[]> {
    const { process } = this.machine
    if (process === null || !this.#answers(process)) return []
    this.listToBeAsked = false
    return await process.client.sales.recent({ limit: 5 })
  }

  /** Waits until no settlement is in doubt. */
  async untilResolved(): Promise<void> {
    for (let waited = 0; ; waited += 1) {
      if (waited > 600) throw new Violation('CK-11', 'the outcome of a settlement is never found out')
      const { process } = this.machine
      if (process === null || process.station.counter.view.current.phase !== 'checking') return
      if (waited > 10) this.machine.troubles.heal()
      await this.pass(500)
    }
  }

  /** Puts this load on the scale in place of the one before, in milligrams. */
  lay(loadMg: number): void {
    this.scale.setLoad(loadMg)
    this.auditor.serving.loadsMg.add(loadMg + this.scale.zeroErrorMg)
  }

  /** The zero of the scale is off by this much, in milligrams. */
  drift(byMg: number): void {
    this.scale.zeroErrorMg = byMg
    this.auditor.serving.loadsMg.add(this.scale.loadMg + byMg)
  }

  setClockWrong(byMs: number): void {
    // What was shown a moment ago looks old to a clock that jumped ahead.
    if (byMs > this.clock.wrongByMs) this.listToBeAsked = true
    this.clock.wrongByMs = byMs
    this.#lookAtClock()
  }

  #lookAtClock(): void {
    const audited = this.#inspection.audited()
    if (audited !== null) this.auditor.lookAtClock(audited)
  }

  /** @throws Violation unless book and model agree. */
  checkBook(): void {
    const { process } = this.machine
    if (process !== null) this.#inspection.audit(process, this.random.chance(REPLAYED_DAYS))
  }

  /** @throws Violation unless the day's report is the sum of what was told. */
  async checkReports(): Promise<void> {
    await this.untilResolved()
    const { process } = this.machine
    if (process === null || !this.#answers(process)) return
    await this.#inspection.checkTotals(process)
  }

  /** A promise of the station failed and nobody heard it: that ends a real process. */
  rejected(reason: unknown): void {
    if (!this.machine.dying) this.#unheard ??= reason
  }

  close(): void {
    this.machine.kill()
    this.machine.bury()
    this.#inspection.close()
    this.machine.disk.remove()
  }

  /** Whether reports can be had now: not while the disk is in trouble, nor before the book was opened again. */
  #answers({ database, realBook }: Process): boolean {
    const state = database.quietly(() => realBook.health().state)
    return state !== 'reopening' && !this.machine.troubles.lasting
  }

  #alive(): Process {
    const { process } = this.machine
    if (process === null) throw new Error('the station does not live')
    return process
  }

  #runNext(): Cause {
    try {
      return this.scheduler.runNext()
    } catch (error) {
      if (!this.machine.dying) throw crashed(error)
      return 'world'
    }
  }

  /** The first press also made the view fresh; the second finds it so, and must leave it as it is (SPEC CK-13). */
  async #checkChangesNothing(process: Process, key: StaffKey): Promise<void> {
    const before = process.station.counter.view.current
    const again = await this.#ask(process, key)
    if (again === 'refused' && process.station.counter.view.current !== before)
      throw new Violation('CK-13', `a refused ${key.kind} changed the view`)
  }

  async #ask({ client, database }: Process, key: StaffKey): Promise<'done' | 'refused' | 'dead'> {
    try {
      await client.counter.press({ key })
      return database.dead ? 'dead' : 'done'
    } catch (error) {
      if (database.dead) return 'dead'
      if (error instanceof ORPCError && (error.code === 'NOT_NOW' || error.code === 'NOT_ON_MENU'))
        return 'refused'
      throw crashed(error)
    }
  }

  #noteKey(key: StaffKey, before: CounterView): void {
    if (key.kind === 'confirm-clock') this.auditor.confirmClock(this.clock.nowMs())
    if (!before.keys.includes(key.kind))
      throw new Violation('CK-13', `${key.kind} did something, and the screen showed it resting`)
  }

  async #drain(): Promise<void> {
    do {
      this.scheduler.stirred = false
      this.bus.touched = false
      await setImmediate()
    } while (this.bus.touched)
  }

  async #afterEvent(cause: Cause): Promise<void> {
    if (this.#unheard !== null) throw crashed(this.#unheard)
    if (this.machine.dying) {
      await this.#comeBack()
      return
    }
    const audited = this.#inspection.audited()
    const { process } = this.machine
    if (process === null || audited === null) return
    const view = process.station.counter.view.current
    process.database.quietly(() => this.auditor.see(view, cause, this.scheduler.nowMs, audited))
  }

  /** The station died. It is started again, as its supervisor does, and what it knows is held against what was told. */
  async #comeBack(): Promise<void> {
    this.trace.crashes += 1
    this.trace.note('died')
    this.machine.bury()
    this.inTheDark()
    await this.pass(this.random.integer(300, 4000))
    // Now and then it is not the process but the computer that has to start, and once in a while the people go home.
    if (this.random.chance(0.2)) this.clock.skip(this.random.integer(20_000, 150_000))
    await this.openStation((process) => {
      this.#inspection.meetAgain(process)
      this.listToBeAsked = !this.#inspection.showsLastSale(process)
    })
  }
}

const crashed = (error: unknown): Error =>
  error instanceof Violation ? error : new Violation('ST-2', `the station crashed: ${String(error)}`, error)
