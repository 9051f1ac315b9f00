import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Book } from '../../electron/station/book/book.ts'
import { BOOK_FILE_NAME } from '../../electron/station/book/station-book.ts'
import { sampleSale, type SampleSales } from '../../electron/trial/demo/sales.ts'
import type { SaleDraft } from '../../shared/domain/sale.ts'
import { copyOf, crowdOf, openBenchBook, sampleBook, samplePlan } from './books.ts'
import { timed } from './measurement.ts'

/** A counter that sells into a copy of a sample book, one timed settlement at a time. */
export class BenchCounter {
  readonly folder: string
  readonly book: Book
  readonly #plan: SampleSales
  #sold = 0

  constructor(sales: number, name: string, say: (line: string) => void) {
    this.folder = copyOf(sampleBook(sales, say), name)
    this.book = openBenchBook(this.folder)
    this.#plan = samplePlan(this.book, crowdOf(this.book), Number.MAX_SAFE_INTEGER)
    if (this.book.health().synchronous !== 2) throw new Error('synchronous does not read back FULL')
  }

  nextDraft(): SaleDraft {
    const day = 1 + (Math.floor(this.#sold / 400) % 9)
    this.#sold += 1
    return sampleSale(this.#plan, this.#sold, `2026-12-0${day}`)
  }

  /** Milliseconds of one durable settlement. */
  settle(draft: SaleDraft): number {
    return timed(() => {
      const outcome = this.book.settle(draft)
      if (outcome.kind !== 'settled') throw new Error(`not settled: ${JSON.stringify(outcome)}`)
    })
  }

  logBytes(): number {
    return statSync(join(this.folder, `${BOOK_FILE_NAME}-wal`)).size
  }
}
