import { businessDateOf } from '../../shared/domain/business-day.ts'
import type { Random } from '../fixtures/random.ts'
import type { AuditedStation, Auditor } from './auditor.ts'
import { BookAudit } from './book-audit.ts'
import type { DeviceClock } from './device-clock.ts'
import type { KnownSale } from './ledger-model.ts'
import type { Machine, Process } from './machine.ts'
import type { Office } from './office.ts'
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
  readonly office: Office
  readonly random: Random
  readonly trace: Trace
}

/** Holds a living station's book and screens against what the auditor knows, whatever state the disk is in. */
export class Inspection {
  readonly #deps: InspectionDeps
  readonly #bookAudit = new BookAudit()

  constructor(deps: InspectionDeps) {
    this.#deps = deps
  }

  close(): void {
    this.#bookAudit.close()
  }

  /** What the auditor may look at; null while no station lives. */
  audited(): AuditedStation | null {
    const { machine, clock } = this.#deps
    const { process, config } = machine
    if (process === null) return null
    const { realBook, database } = process
    const newestMs = (): number => database.quietly(() => realBook.newestPhysicalMs())
    const dateAt = (atMs: number): string =>
      businessDateOf(atMs, config.canteen.timeZone, config.canteen.cutOverHour)
    return {
      book: realBook,
      divisionMg: config.scale.profile.divisionMg,
      settleTopUps: () => this.#settleTopUps(),
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
    this.#settleTopUps()
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
    const { machine, clock, trace } = this.#deps
    const newest = this.#bookAudit.newestSale(machine.disk.folder)
    if (newest === null || clock.nowMs() - newest.atMs > SHOWN_AGAIN_MS) return false
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

  /** @throws Violation unless the newest day's totals are the sum of what was told. */
  async checkTotals(process: Process): Promise<void> {
    const { auditor, trace } = this.#deps
    const days = Map.groupBy(auditor.model.sales.values(), ({ businessDate }) => businessDate)
    const [businessDate, sales] = [...days].at(-1) ?? []
    if (businessDate === undefined || sales === undefined) return
    const totals = await process.client.sales.dayTotals({ businessDate })
    const sum = (amount: (sale: KnownSale) => number): number =>
      sales.reduce((total, sale) => total + amount(sale), 0)
    trace.checks += 1
    if (
      totals.meals !== sales.length ||
      totals.priceFen !== sum(({ priceFen }) => priceFen) ||
      totals.subsidyFen !== sum(({ subsidyFen }) => subsidyFen) ||
      totals.walletFen !== sum(({ walletFen }) => walletFen) ||
      totals.cashFen !== sum(({ cashFen }) => cashFen)
    )
      throw new Violation('LG-8', `the totals of ${businessDate} are not the sum of its sales`)
  }

  /** Top-ups whose outcome was unknown, and that are in the book after all. */
  #settleTopUps(): void {
    const { machine, office } = this.#deps
    office.settleTopUps((topUpId) => this.#bookAudit.hasTopUp(machine.disk.folder, topUpId))
  }
}
