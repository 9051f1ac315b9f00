import { setImmediate, setTimeout } from 'node:timers/promises'
import type { ScaleConfig } from '../../electron/station/deps.ts'
import { businessMomentOf, type BusinessMoment } from '../../shared/domain/business-day.ts'
import type { SyncTrouble } from '../../shared/contract/sync.ts'
import type { SaleSummary } from '../../shared/contract/sales.ts'
import type { StaffKey } from '../../shared/domain/checkout/state.ts'
import type { CounterView } from '../../shared/domain/checkout/view.ts'
import type { Random } from '../fixtures/random.ts'
import { Auditor } from './auditor.ts'
import { SimulatedBus } from './bus.ts'
import { Roll, simulatedConfig } from './canteen.ts'
import { Community, type ServerPlant } from './community.ts'
import { Desk } from './desk.ts'
import { DeviceClock } from './device-clock.ts'
import { Inspection } from './inspection.ts'
import { StaffKeys, type Pressed } from './keys.ts'
import { Link, SERVER_URL } from './link.ts'
import { Machine, type Plant, type Process } from './machine.ts'
import { Office } from './office.ts'
import { SimulatedReader } from './reader.ts'
import { SimulatedScale } from './scale.ts'
import { Scheduler, type Cause } from './scheduler.ts'
import type { Trace } from './trace.ts'
import { crashed, Violation } from './violation.ts'

/** Days without a crash are replayed now and then; after each crash, and at the end of a book, always. */
const REPLAYED_DAYS = 0.2
const TRY_AGAIN_MS = 2000
/** Turns of the event loop that are waited for one step to end: minutes, when nothing else does. */
const MOST_TURNS = 100_000
const QUICK_TURNS = 40
/** One book and one server, whatever happens between them: a station that says so is wrong. */
const NEVER: ReadonlySet<SyncTrouble> = new Set(['fork', 'book-behind-server', 'not-accepted', 'version'])

export interface WorldOptions {
  readonly random: Random
  readonly trace: Trace
  /** When its first day begins, in milliseconds since 1970. */
  readonly startMs: number
  readonly plant: Plant
  readonly plantServer: ServerPlant
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
  readonly desk: Desk
  readonly roll = new Roll()
  readonly community: Community
  readonly link: Link
  readonly random: Random
  readonly trace: Trace
  readonly inspection: Inspection
  readonly #keys: StaffKeys
  #scale: SimulatedScale | null = null
  #unheard: unknown = null
  #books = 0
  #lastSyncMs: number | null = null
  /** Nobody sees the screens: the window died, or is being started again. */
  screensAway = false
  /** The station has started again, and no longer shows what was sold last: staff looks into the list of sales. */
  listToBeAsked = false
  /** Somebody leans on the keys: so many are still to be pressed. */
  mashes = 0
  /** Called while the station is dead: what people do meanwhile. */
  inTheDark: () => void = () => undefined

  constructor({ random, trace, startMs, plant, plantServer, lyingDisk }: WorldOptions) {
    this.random = random
    this.trace = trace
    this.clock = new DeviceClock(this.scheduler, startMs)
    this.bus = new SimulatedBus(this.scheduler, random.fork('wire'))
    this.reader = new SimulatedReader(this.scheduler, this.bus, 'rdm6300')
    this.auditor = new Auditor(trace, this.roll)
    const { scheduler, clock, bus, auditor, roll } = this
    this.community = new Community({
      trace,
      random: random.fork('community'),
      clock: { nowMs: () => clock.trueMs },
      plant: plantServer,
    })
    const { community } = this
    this.link = new Link({ community, scheduler, trace, random: random.fork('link') })
    const { link } = this
    this.machine = new Machine({
      link,
      defect: (what) => {
        this.#unheard ??= new Violation('ST-2', what)
      },
      scheduler,
      clock,
      bus,
      trace,
      plant,
      lyingDisk,
      random: random.fork('machine'),
    })
    const { machine } = this
    this.desk = new Desk({ machine, trace, random: random.fork('desk'), wrote: () => this.#lookAtClock() })
    const { desk } = this
    this.office = new Office({
      roll,
      desk,
      moment: () => this.moment(),
      deviceMs: () => clock.nowMs(),
      newestMs: () => this.quietly((process) => process.realBook.newestPhysicalMs()) ?? 0,
      machine,
      auditor,
      scheduler,
      trace,
      random: random.fork('office'),
      wrote: () => this.#lookAtClock(),
    })
    this.#keys = new StaffKeys({
      machine,
      auditor,
      clock,
      office: this.office,
      trace,
      moment: () => this.moment(),
    })
    this.inspection = new Inspection({ machine, clock, auditor, desk, community, random, trace, roll })
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
    this.#books += 1
    const config = simulatedConfig(protocol, `simulated-${this.#books}`, this.machine.disk.stick)
    await this.community.fresh()
    this.inspection.fresh()
    this.desk.fresh()
    this.#scale?.remove()
    this.#scale = new SimulatedScale(this.scheduler, this.bus, this.random.fork('scale'), config.scale)
    this.machine.install(config)
    await this.openStation((process) => this.office.furnish(process))
    // The counter finds the menu at its next look that the disk allows.
    while (this.machine.process?.station.counter.menu().dishes.length === 0) await this.pass(500)
    await this.#staffed()
  }

  /** The first admin, her colleagues, and the community server: all before the first guest, with nothing going wrong. */
  async #staffed(): Promise<void> {
    const process = this.#alive()
    const admin = await this.desk.appoint(process)
    await admin.sync.enrol({ url: SERVER_URL, code: await this.community.code(null) })
    await this.settled()
  }

  /** By the device's clock. */
  moment(): BusinessMoment {
    return businessMomentOf(this.clock.nowMs(), this.machine.config.canteen)
  }

  /** Asks the living station's book, whatever state the disk is in; null while none lives. */
  quietly<Answer>(look: (process: Process) => Answer): Answer | null {
    const { process } = this.machine
    return process === null ? null : process.database.quietly(() => look(process))
  }

  /** Somebody's request is being answered: nothing else happens until it is. */
  async settled(): Promise<void> {
    await this.#drain()
    await this.#afterEvent('world')
  }

  /** Starts the station, as often as it takes; every start is one more chance for the disk to be in order again. */
  async openStation(furnish: (process: Process) => void = () => undefined): Promise<void> {
    // It may have died over something that nobody waited for.
    if (this.machine.dying) await this.#comeBack()
    if (this.machine.process !== null) return
    while (!this.machine.start()) {
      this.machine.bury()
      this.trace.note('start refused')
      await this.pass(TRY_AGAIN_MS)
    }
    const process = this.#alive()
    this.#lastSyncMs = process.station.sync.view.current.lastSuccessMs
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
    this.inspection.audit(process, true)
    await this.machine.stop()
    this.bus.closeAll()
  }

  /** Time passes, and everything in it happens. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.scheduler.nowMs + ms
    while (this.scheduler.nextMs <= untilMs) {
      const cause = this.#runNext()
      if (this.scheduler.stirred || this.bus.touched || this.#isWorking()) await this.#drain()
      await this.#afterEvent(cause)
    }
    this.scheduler.advanceTo(untilMs)
  }

  /** Staff presses a key through the contract. */
  async press(key: StaffKey): Promise<Pressed> {
    const pressed = await this.#keys.press(key)
    const cause = key.kind === 'take-cash' || key.kind === 'guest-cash' ? 'payment' : 'key'
    if (pressed !== 'nobody') await this.#afterEvent(cause)
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
    const audited = this.inspection.audited()
    if (audited !== null) this.auditor.lookAtClock(audited)
  }

  /** @throws Violation unless book and model agree. */
  checkBook(): void {
    const { process } = this.machine
    if (process !== null) this.inspection.audit(process, this.random.chance(REPLAYED_DAYS))
  }

  /** @throws Violation unless the day's report is the sum of what was told. */
  async checkReports(): Promise<void> {
    await this.untilResolved()
    const { process } = this.machine
    if (process === null || !this.#answers(process)) return
    await this.inspection.checkTotals(process)
  }

  /** A promise of the station failed and nobody heard it: that ends a real process. */
  rejected(reason: unknown): void {
    if (!this.machine.dying) this.#unheard ??= reason
  }

  close(): void {
    this.machine.kill()
    this.machine.bury()
    this.inspection.close()
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

  /** Lets everything end that waits for the processor, the disk or the server, and not for time to pass. */
  async #drain(): Promise<void> {
    let turns = 0
    do {
      this.scheduler.stirred = false
      this.bus.touched = false
      turns += 1
      if (turns > MOST_TURNS) throw new Violation('ST-3', 'something that was begun never ends')
      await (turns < QUICK_TURNS ? setImmediate() : setTimeout(1))
      // What was waited for may have been the last step but one.
      if (!this.#isWorking()) await setImmediate()
    } while (this.bus.touched || this.#isWorking())
  }

  #isWorking(): boolean {
    return this.desk.inFlight > 0 || this.community.working > 0 || this.machine.working
  }

  async #afterEvent(cause: Cause): Promise<void> {
    this.#unheard ??= this.desk.takeFailure() ?? this.community.defect
    if (this.#unheard !== null) throw crashed(this.#unheard)
    if (this.machine.dying) {
      await this.#comeBack()
      return
    }
    const audited = this.inspection.audited()
    const { process } = this.machine
    if (process === null || audited === null) return
    const view = process.station.counter.view.current
    process.database.quietly(() => this.auditor.see(view, cause, this.scheduler.nowMs, audited))
    await this.#lookAtSync(process)
  }

  /** The station says that the server holds its book: then it does. */
  async #lookAtSync({ station }: Process): Promise<void> {
    const { lastSuccessMs, state, trouble, troubleDetail } = station.sync.view.current
    if (trouble !== null && NEVER.has(trouble)) throw new Violation('SY-6', `${trouble}: ${troubleDetail}`)
    if (state === 'running' || lastSuccessMs === this.#lastSyncMs) return
    this.#lastSyncMs = lastSuccessMs
    if (lastSuccessMs === null) return
    this.trace.syncs += 1
    this.trace.note('synced', station.sync.view.current.acknowledged)
    await this.inspection.checkServer('so far')
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
      this.inspection.meetAgain(process)
      this.listToBeAsked = !this.inspection.showsLastSale(process)
    })
  }
}
