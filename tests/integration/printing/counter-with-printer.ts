import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Book } from '../../../electron/station/book/book.ts'
import type { PrinterConfig, SerialBus } from '../../../electron/station/deps.ts'
import { nodeSerialBus } from '../../../electron/station/devices/serial-bus.ts'
import { createPrinting, type Printing } from '../../../electron/station/printing/printing.ts'
import { systemIds, systemTimers } from '../../../electron/station/system.ts'
import { SimulatedPrinter } from '../../../electron/trial/wires/simulated-printer.ts'
import { PtyWire } from '../../../electron/trial/wires/wire.ts'
import type { SaleDraft } from '../../../shared/domain/sale.ts'
import { furnishedBook, NOON_MS, saleDraft, type SaleShape } from '../../fixtures/books.ts'
import { KeptLog } from '../../fixtures/memory-bus.ts'

const CANTEEN = { name: '测试食堂', area: '', timeZone: 'Asia/Shanghai', cutOverHour: 4, mealPeriods: [] }

const SETTINGS: Omit<PrinterConfig, 'port'> = {
  widthColumns: 32,
  drawer: true,
  rareCharacters: 'text',
  drawerKey: 'office',
  receipts: { sale: 'always', topUp: true, void: true, dayClose: true },
  answers: true,
}

/** A book that sells and a printer on a real pseudo-terminal; the station's printing can be stopped and started on them. */
export class CounterWithPrinter {
  readonly folder = mkdtempSync(join(tmpdir(), 'printer-'))
  readonly log = new KeptLog()
  readonly wire = new PtyWire(
    { bus: nodeSerialBus(), timers: systemTimers },
    { folder: this.folder, name: 'lp' },
  )
  readonly printer = new SimulatedPrinter(this.wire)
  readonly book: Book = furnishedBook()
  readonly #settings: Partial<PrinterConfig>
  #printing: Printing | null = null

  constructor(settings: Partial<PrinterConfig> = {}) {
    this.#settings = settings
    onTestFinished(async () => {
      await this.stop()
      await this.printer.close()
      this.book.close()
    })
  }

  get printing(): Printing {
    if (this.#printing === null) throw new Error('printing is stopped')
    return this.#printing
  }

  start(bus: SerialBus = nodeSerialBus()): void {
    const printer = { ...SETTINGS, port: { path: this.wire.stationPath }, ...this.#settings }
    this.#printing = createPrinting({
      book: this.book,
      trial: false,
      config: { canteen: CANTEEN, namesOnScreen: 'form-of-address', printer },
      serialBus: bus,
      clock: { nowMs: () => NOON_MS },
      timers: systemTimers,
      ids: systemIds,
      log: this.log,
      dataFolder: this.folder,
    })
  }

  async stop(): Promise<void> {
    await this.#printing?.close()
    this.#printing = null
  }

  /** Settles a sale as the counter does, and tells the printing of it unless the station died in between. */
  sell(shape: SaleShape = {}, then: 'told' | 'died' = 'told'): SaleDraft {
    const sale = saleDraft(shape)
    const outcome = this.book.settle(sale)
    if (outcome.kind !== 'settled') throw new Error(`not settled: ${JSON.stringify(outcome)}`)
    if (then === 'told') this.printing.sold(sale)
    return sale
  }
}

const LOOK_EVERY_MS = 10
const PATIENCE_MS = 8_000

/** Waits until it is so. @throws Error saying what was waited for. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const giveUpMs = performance.now() + PATIENCE_MS
  while (!isSo()) {
    if (performance.now() > giveUpMs) throw new Error(`never: ${what}`)
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_EVERY_MS)
    })
  }
}
