import { businessDateOf } from '../../shared/domain/business-day.ts'
import type { Random } from '../fixtures/random.ts'
import type { AuditedStation, Auditor } from './auditor.ts'
import { BookAudit, journalOf, readingBook, type SeenNumbers } from './book-audit.ts'
import type { Community } from './community.ts'
import type { DeviceClock } from './device-clock.ts'
import type { Machine, Process } from './machine.ts'
import { reportFault, serverFault } from './day-audit.ts'
import type { Desk, OfficeClient } from './desk.ts'
import type { Roll } from './canteen.ts'
import type { Trace } from './trace.ts'
import { Violation } from './violation.ts'

const HOUR_MS = 3_600_000
const FAR_BEHIND_MS = 24 * HOUR_MS
const FAR_AHEAD_MS = 60 * 24 * HOUR_MS
/** A sale this fresh, as far as the clock can tell, is shown as paid by the next start (SPEC CK-12). */
const SHOWN_AGAIN_MS = 115_000
const DEEP_REPLAYS = 0.1

interface InspectionDeps {
  readonly machine: Machine
  readonly clock: DeviceClock
  readonly auditor: Auditor
  readonly desk: Desk
  readonly community: Community
  readonly random: Random
  readonly trace: Trace
  readonly roll: Roll
}

/** Holds a living station's book and screens against what the auditor knows, whatever state the disk is in. */
export class Inspection {
  readonly #deps: InspectionDeps
  readonly #bookAudit: BookAudit
  /** Of closed days, as they were first read. */
  readonly #reports = new Map<string, string>()

  constructor(deps: InspectionDeps) {
    this.#deps = deps
    this.#bookAudit = new BookAudit(deps.roll.bornOn)
    this.#bookAudit.grants.onMove = (what) => deps.trace.fault(what)
  }

  close(): void {
    this.#bookAudit.close()
  }

  /** What the auditor may look at; null while no station lives. */
  audited(): AuditedStation | null {
    const { machine, clock, desk } = this.#deps
    const { process, config } = machine
    if (process === null) return null
    const { realBook, database } = process
    const newestMs = (): number => database.quietly(() => realBook.newestPhysicalMs())
    const dateAt = (atMs: number): string =>
      businessDateOf(atMs, config.canteen.timeZone, config.canteen.cutOverHour)
    return {
      book: realBook,
      divisionMg: config.scale.profile.divisionMg,
      settleOffice: () => desk.settle(),
      dates: () => {
        const nowMs = clock.nowMs()
        const newest = newestMs()
        return newest > nowMs + 1000 ? [dateAt(nowMs), dateAt(newest)] : [dateAt(nowMs)]
      },
      deviceMs: () => clock.nowMs(),
      clockIsFarOff: () => {
        const newest = newestMs()
        const offsetMs = clock.nowMs() - newest
        return newest > 0 && (offsetMs < -FAR_BEHIND_MS || offsetMs > FAR_AHEAD_MS)
      },
    }
  }

  /**
   * A station has started again. Whatever was in flight is in the book or is not, and from here on that is known.
   *
   * @throws Violation
   */
  meetAgain(process: Process): void {
    const { machine, auditor } = this.#deps
    this.#deps.desk.settle()
    const unknown = this.#bookAudit.unknownSales(machine.disk.folder, auditor.model)
    if (unknown.length > 1) throw new Violation('CK-1', `${unknown.length} settlements were in flight`)
    for (const saleId of unknown) {
      const draft = process.database.quietly(() => process.realBook.draftOf(saleId))
      const audited = this.audited()
      if (draft === null || audited === null) throw new Violation('LG-6', `${saleId} has no entry`)
      process.database.quietly(() => auditor.foundInBook(draft, audited))
    }
    this.audit(process, true)
  }

  /** @returns false when the last sale is too long ago to be shown. @throws Violation when it is not, and should be. */
  showsLastSale(process: Process): boolean {
    const { machine, clock, trace, auditor } = this.#deps
    const newest = this.#bookAudit.newestSale(machine.disk.folder)
    if (newest === null || auditor.model.voids.has(newest.saleId)) return false
    if (clock.nowMs() - newest.atMs > SHOWN_AGAIN_MS) return false
    trace.checks += 1
    const { phase, saleId } = process.station.counter.view.current
    if (phase !== 'paid' || saleId !== newest.saleId)
      throw new Violation(
        'CK-12',
        `${newest.saleId} was just settled, and the screen shows ${phase} ${saleId}`,
      )
    return true
  }

  /** @throws Violation unless book and model agree and, if `replayed`, the tables are what the journal says. */
  audit(process: Process, replayed: boolean): void {
    const { machine, auditor, random, trace } = this.#deps
    const { folder } = machine.disk
    process.database.quietly(() => {
      this.#bookAudit.reconcile(folder, auditor.model)
      if (replayed) this.#bookAudit.replay(folder, random.chance(DEEP_REPLAYS))
      trace.note('head', process.realBook.health().headHash)
    })
    trace.checks += 2
  }

  /** A new book, and with it another station. */
  fresh(): void {
    this.#bookAudit.seen.clear()
    this.#reports.clear()
  }

  get seen(): SeenNumbers {
    return this.#bookAudit.seen
  }

  /**
   * What the server holds is what the station wrote, entry by entry: up to where it holds it, or, when nothing was written
   * since, all of it with the sums of every day.
   *
   * @throws Violation
   */
  async checkServer(extent: 'so far' | 'all of it'): Promise<void> {
    const { machine, community, trace, auditor } = this.#deps
    const held = await community.entries()
    const own = new Map(
      readingBook(machine.disk.folder, journalOf).map(({ origin, seq, hash }) => [`${origin}/${seq}`, hash]),
    )
    trace.checks += 1
    for (const { origin, seq, hash } of held) {
      const here = own.get(`${origin}/${seq}`)
      if (here !== hash)
        throw new Violation('SY-1', `the server holds ${hash} as ${origin}/${seq}, not ${here}`)
      this.#bookAudit.seen.see({ origin, seq, hash })
    }
    const acknowledged = machine.process?.station.sync.view.current.acknowledged ?? 0
    // What the server forgot since, it is sent again by the next run (SPEC SY-5).
    if (held.length < acknowledged)
      throw new Violation(
        'SY-3',
        `${acknowledged} entries were acknowledged, the server holds ${held.length}`,
      )
    if (extent === 'so far') return
    if (held.length !== own.size)
      throw new Violation('SY-1', `the server holds ${held.length} of ${own.size} entries after a sync`)
    const fault = serverFault(await community.days(), auditor.model)
    if (fault !== null) throw new Violation('SY-1', `the server's sums: ${fault}`)
  }

  /**
   * Every day's report is the sum of what was told, and a closed day's is what it was when it was closed.
   *
   * @throws Violation
   */
  async checkDays(client: OfficeClient): Promise<void> {
    const { auditor, machine, trace } = this.#deps
    const { model } = auditor
    readingBook(machine.disk.folder, (db) => this.#bookAudit.grants.follow(db))
    const dates = new Set([...model.sales.values()].map(({ businessDate }) => businessDate))
    for (const businessDate of [...dates, ...model.closes.keys()]) {
      const report = await client.reports.day({ businessDate })
      trace.checks += 1
      const fault = reportFault(report, model) ?? this.#bookAudit.grants.reportFault(report)
      if (fault !== null) throw new Violation('LG-27', `${businessDate}: ${fault}`)
      if (report.close === null) continue
      const text = JSON.stringify(report)
      const before = this.#reports.get(businessDate) ?? text
      if (before !== text)
        throw new Violation('LG-26', `closed ${businessDate} was ${before}, and is ${text}`)
      this.#reports.set(businessDate, text)
    }
  }

  /** @throws Violation unless everybody has the grants that are due on the date, and nothing is left of older ones. */
  checkGrants(date: string): void {
    const { machine, roll, trace } = this.#deps
    readingBook(machine.disk.folder, (db) => this.#bookAudit.grants.follow(db))
    trace.checks += 1
    this.#bookAudit.grants.checkRound(
      roll.seniors.map(({ memberId }) => memberId),
      date,
    )
  }

  /** The disk is lost: closes that nobody else holds never happened. */
  forgetReports(): void {
    for (const date of this.#reports.keys())
      if ((this.#deps.auditor.model.closedThrough ?? '') < date) this.#reports.delete(date)
  }

  /** @throws Violation unless the newest day's totals are the sum of what was told, less what was taken back. */
  async checkTotals(process: Process): Promise<void> {
    const { auditor, trace } = this.#deps
    const businessDate = [...auditor.model.sales.values()].at(-1)?.businessDate
    if (businessDate === undefined) return
    const totals = await process.client.sales.dayTotals({ businessDate })
    const [sold, voided] = [auditor.model.soldOn(businessDate), auditor.model.voidedOn(businessDate)]
    trace.checks += 1
    if (
      totals.meals !== sold.meals - voided.meals ||
      totals.priceFen !== sold.priceFen - voided.priceFen ||
      totals.subsidyFen !== sold.subsidyFen - voided.subsidyFen ||
      totals.walletFen !== sold.walletFen - voided.walletFen ||
      totals.cashFen !== sold.cashFen - voided.cashFen
    )
      throw new Violation('LG-8', `the totals of ${businessDate} are not the sum of its sales`)
  }
}
