import { join } from 'node:path'
import type { Balances, BalancesFormat, ListingView } from '../../../shared/contract/wallets.ts'
import { businessMomentOf } from '../../../shared/domain/business-day.ts'
import { Live } from '../live.ts'
import { printed, writeWhole } from '../reports/files.ts'
import { noteAudit } from '../staff/audit.ts'
import { balancesPage, partsOf } from './balances-page.ts'
import { everybodysOwed, namesOf } from './balances.ts'
import type { WalletsDeps } from './router.ts'
import { sheetInWorker } from './sheet-in-worker.ts'

/** Where the lists lie, inside the data folder: beside the reports. */
const REPORTS_FOLDER = 'reports'
/** Sealed names that are opened in one go: whoever waits at the counter waits no longer for them than for a sale. */
const NAMES_AT_ONCE = 250

/** The first of the files, and how many there are. */
export interface Listed {
  readonly path: string
  readonly files: number
}

/** Writes the list of everybody's balance, beside the selling, and says how far it is (SPEC LG-39). */
export class BalancesFiles {
  readonly view = new Live<ListingView | null>(null)
  readonly #deps: WalletsDeps

  constructor(deps: WalletsDeps) {
    this.#deps = deps
  }

  /**
   * @returns null while another one is written
   * @throws BookError when the book does not answer, PrintingFailed, the operating system's error when it cannot be written
   */
  async write(format: BalancesFormat, actor: string): Promise<Listed | null> {
    if (this.view.current !== null) return null
    try {
      const balances = await this.#everybody()
      return format === 'xlsx' ? await this.#sheet(balances, actor) : await this.#paper(balances, actor)
    } finally {
      this.view.publish(null)
    }
  }

  /** All amounts of one moment; the names, which take longer, a few at a time. */
  async #everybody(): Promise<Balances> {
    const { book, timers } = this.#deps
    const { owed, sums } = book.read((file) => everybodysOwed(file))
    const rows: Balances['rows'][number][] = []
    while (rows.length < owed.length) {
      this.view.publish({ what: 'names', done: rows.length, of: owed.length })
      rows.push(...book.read((file) => namesOf(file, owed.slice(rows.length, rows.length + NAMES_AT_ONCE))))
      if (rows.length === owed.length) break
      await new Promise<void>((resolve) => {
        timers.after(0, resolve)
      })
    }
    return { ...sums, rows }
  }

  async #sheet(balances: Balances, actor: string): Promise<Listed> {
    this.view.publish({ what: 'files', done: 0, of: 1 })
    const bytes = await sheetInWorker({ balances, canteenName: this.#deps.config.canteen.name })
    return { path: await this.#kept(`${this.#name()}.xlsx`, bytes, actor), files: 1 }
  }

  async #paper(balances: Balances, actor: string): Promise<Listed> {
    const { clock, config, printer, trial } = this.#deps
    const { name: canteenName, timeZone } = config.canteen
    const head = { canteenName, timeZone, nowMs: clock.nowMs(), trial }
    const parts = partsOf(balances.rows)
    const paths: string[] = []
    for (const part of parts) {
      this.view.publish({ what: 'files', done: paths.length, of: parts.length })
      const name = part.of === 1 ? this.#name() : `${this.#name()}-${part.number}-of-${part.of}`
      const pdf = await printed(balancesPage(balances, part, head), printer)
      paths.push(await this.#kept(`${name}.pdf`, pdf, actor))
    }
    return { path: paths[0] ?? '', files: paths.length }
  }

  /** No list without its line in the audit: the file gets its name after that. */
  async #kept(name: string, bytes: Uint8Array, actor: string): Promise<string> {
    const path = join(this.#deps.dataFolder, REPORTS_FOLDER, name)
    await writeWhole(path, bytes, () => noteAudit(this.#deps.book, actor, 'report-exported', name))
    return path
  }

  #name(): string {
    const { clock, config } = this.#deps
    return `balances-${businessMomentOf(clock.nowMs(), config.canteen).businessDate}`
  }
}
