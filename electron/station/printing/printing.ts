import type { PrintingView, PrintTrouble } from '../../../shared/contract/printing.ts'
import type { ReceiptOf } from '../../../shared/contract/receipts.ts'
import type { SaleDraft } from '../../../shared/domain/sale.ts'
import { BookError } from '../book/errors.ts'
import type { Cancel, Clock, Ids, Log, PrinterConfig, SerialBus, Timers } from '../deps.ts'
import { Live } from '../live.ts'
import type { ReceiptDeps } from '../receipts/head.ts'
import { receiptOf } from '../receipts/receipts.ts'
import { happenedSince, journalHead } from './happened-since.ts'
import { paperBytes } from './paper-bytes.ts'
import { PrintQueue } from './print-queue.ts'
import { QueueFile, type PrintJob } from './queue-file.ts'
import { ReceiptPrinter } from './receipt-printer.ts'

export interface PrintingDeps extends ReceiptDeps {
  readonly serialBus: SerialBus
  readonly clock: Clock
  readonly timers: Timers
  readonly ids: Ids
  readonly log: Log
  readonly dataFolder: string
}

/** The receipt printer at work. Nothing here is waited for by whoever sells (SPEC PT-6). */
export interface Printing {
  readonly view: Live<PrintingView>
  /** A sale is in the book: its receipt is queued if this canteen wants one, and cash opens the drawer. */
  sold(sale: SaleDraft): void
  /** Something else that may have a receipt is in the book: a top-up, a void, a day's close. */
  written(): void
  /** @returns how many receipts wait now. */
  again(of: ReceiptOf): number
  now(): void
  /** @returns what waited, or null when nothing of that id did. */
  drop(jobId: string): ReceiptOf | null
  /** @returns false where no printer is there to open it. */
  openDrawer(): boolean
  close(): Promise<void>
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000

export function createPrinting(deps: PrintingDeps): Printing | null {
  const { printer } = deps.config
  return printer === undefined ? null : new RunningPrinting(deps, printer)
}

class RunningPrinting implements Printing {
  readonly #deps: PrintingDeps
  readonly #config: PrinterConfig
  readonly #queue: PrintQueue
  readonly #printer: ReceiptPrinter
  readonly view: Live<PrintingView>
  #trouble: PrintTrouble | null = null
  #pauseMs = FIRST_PAUSE_MS
  #cancelRetry: Cancel = () => undefined
  /** The receipt that is being printed. */
  #underway: Promise<void> | null = null
  #closed = false

  constructor(deps: PrintingDeps, config: PrinterConfig) {
    this.#deps = deps
    this.#config = config
    this.#queue = new PrintQueue(new QueueFile(deps.dataFolder, deps.log), journalHead(deps.book))
    this.#catchUp()
    this.#printer = new ReceiptPrinter(
      { bus: deps.serialBus, timers: deps.timers, log: deps.log },
      config,
      () => this.#printerChanged(),
    )
    this.view = new Live(this.#drawn())
    this.now()
  }

  sold(sale: SaleDraft): void {
    const takesCash = sale.tender.cashFen > 0
    if (takesCash && this.#config.drawer && !this.#printer.openDrawer())
      this.#deps.log.warn('drawer.not-opened', { saleId: sale.saleId })
    const of = { kind: 'sale', saleId: sale.saleId } as const
    this.#queue.add(this.#wants(of, sale.tender.cashFen) ? [this.#jobOf(of)] : [], this.#journalEnd())
    this.#showAndPrint()
  }

  written(): void {
    try {
      this.#catchUp()
    } catch (error) {
      // It is in the book, and found there at the next write or start.
      if (!(error instanceof BookError)) throw error
    }
    this.#showAndPrint()
  }

  #showAndPrint(): void {
    this.#show()
    if (this.#trouble === null) this.#later(0)
  }

  again(of: ReceiptOf): number {
    this.#queue.add([this.#jobOf(of)], this.#queue.lookedAt)
    this.#show()
    this.now()
    return this.#queue.waiting.length
  }

  now(): void {
    this.#pauseMs = FIRST_PAUSE_MS
    this.#later(0)
  }

  drop(jobId: string): ReceiptOf | null {
    const dropped = this.#queue.remove(jobId)
    if (this.#queue.waiting.length === 0) this.#trouble = null
    this.#show()
    return dropped?.of ?? null
  }

  openDrawer(): boolean {
    return this.#printer.openDrawer()
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#cancelRetry()
    await this.#printer.close()
    await this.#underway
    await this.#queue.close()
  }

  /** A book that does not answer just now is looked through from the same place at the next start. */
  #journalEnd(): number {
    try {
      return journalHead(this.#deps.book).seq
    } catch (error) {
      if (!(error instanceof BookError)) throw error
      return this.#queue.lookedAt
    }
  }

  #printerChanged(): void {
    this.#show()
    if (this.#printer.connected) this.now()
  }

  /** What happened since the queue was last filled: also when the station died in between (SPEC PT-7). */
  #catchUp(): void {
    const { book } = this.#deps
    const missed = happenedSince(book, this.#queue.lookedAt, this.#deps.clock.nowMs())
      .filter(({ of, cashFen }) => this.#wants(of, cashFen))
      .map(({ of }) => of)
      .filter((of) => !this.#queue.has(of))
    this.#queue.add(
      missed.map((of) => this.#jobOf(of)),
      journalHead(book).seq,
    )
  }

  /** Whether this canteen wants it printed without being asked (SPEC PT-10). */
  #wants({ kind }: ReceiptOf, cashFen: number): boolean {
    const { receipts } = this.#config
    switch (kind) {
      case 'sale':
        return receipts.sale === 'always' || (receipts.sale === 'cash-only' && cashFen > 0)
      case 'top-up':
        return receipts.topUp
      case 'void':
      case 'part':
      case 'refund':
        return receipts.void
      case 'day-close':
        return receipts.dayClose
    }
  }

  #jobOf(of: ReceiptOf): PrintJob {
    return { jobId: this.#deps.ids.next(), of, queuedAtMs: this.#deps.clock.nowMs() }
  }

  #later(delayMs: number): void {
    if (this.#closed) return
    this.#cancelRetry()
    this.#cancelRetry = this.#deps.timers.after(delayMs, () => this.#start())
  }

  #start(): void {
    const [job] = this.#queue.waiting
    this.#show()
    if (job === undefined || this.#underway !== null) return
    this.#underway = this.#print(job).then(
      (trouble) => this.#done(job, trouble),
      (error: unknown) => {
        // A receipt that cannot be drawn must not stop those behind it.
        this.#deps.log.error('receipt.not-printable', { of: job.of, reason: String(error) })
        this.#done(job, null)
      },
    )
  }

  #done(job: PrintJob, trouble: PrintTrouble | null): void {
    this.#underway = null
    if (trouble === null) {
      this.#queue.remove(job.jobId)
      this.#pauseMs = FIRST_PAUSE_MS
    } else if (trouble !== this.#trouble) this.#deps.log.warn('receipt.waits', { trouble })
    this.#trouble = trouble
    this.#show()
    if (trouble === null) return this.#later(0)
    this.#later(this.#pauseMs)
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2)
  }

  async #print({ of }: PrintJob): Promise<PrintTrouble | null> {
    const receipt = this.#receiptOf(of)
    if (receipt === 'book-unavailable') return receipt
    // Gone from the book: one that was put back from a backup never had it.
    if (receipt === null) return null
    const { widthColumns, rareCharacters } = this.#config
    const outcome = await this.#printer.print(paperBytes(receipt.markup, widthColumns, rareCharacters))
    return outcome === 'printed' ? null : outcome
  }

  #receiptOf(of: ReceiptOf) {
    try {
      return receiptOf(this.#deps, of)
    } catch (error) {
      if (error instanceof BookError && error.code !== 'broken-invariant') return 'book-unavailable' as const
      throw error
    }
  }

  #show(): void {
    const next = this.#drawn()
    if (JSON.stringify(next) !== JSON.stringify(this.view.current)) this.view.publish(next)
  }

  #drawn(): PrintingView {
    return {
      configured: true,
      connected: this.#printer.connected,
      hasDrawer: this.#config.drawer,
      trouble: this.#trouble,
      waiting: this.#queue.waiting,
      letGo: this.#queue.letGo,
    }
  }
}
