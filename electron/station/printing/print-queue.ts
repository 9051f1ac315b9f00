import type { ReceiptOf } from '../../../shared/contract/receipts.ts'
import type { KeptQueue, PrintJob, QueueFile } from './queue-file.ts'

/** A printer that stood still for a long day; the oldest beyond it are let go, and told. */
const MOST_WAITING = 200

/** Where in the journal sales were looked at last. */
export interface JournalPlace {
  readonly origin: string
  readonly seq: number
}

/** What waits to be printed, in order, and kept over a restart (SPEC PT-7). */
export class PrintQueue {
  readonly #file: QueueFile
  #state: KeptQueue

  /** @param head where the journal ends now: a station that never printed does not begin with its past */
  constructor(file: QueueFile, head: JournalPlace) {
    this.#file = file
    const kept = file.read()
    const ours = kept !== null && kept.origin === head.origin && kept.seq <= head.seq
    // Under another origin, or in an older book, what waited is still to be printed; where to go on is not known.
    this.#state = ours ? kept : { waiting: kept?.waiting ?? [], letGo: kept?.letGo ?? 0, ...head }
  }

  get waiting(): readonly PrintJob[] {
    return this.#state.waiting
  }

  /** How many receipts were let go because too many waited. */
  get letGo(): number {
    return this.#state.letGo
  }

  get lookedAt(): number {
    return this.#state.seq
  }

  add(jobs: readonly PrintJob[], lookedAt: number): void {
    const waiting = [...this.#state.waiting, ...jobs]
    const tooMany = Math.max(0, waiting.length - MOST_WAITING)
    this.#keep({ waiting: waiting.slice(tooMany), letGo: this.#state.letGo + tooMany, seq: lookedAt })
  }

  /** It is printed, or nobody wants it any more. @returns null when it was not waiting. */
  remove(jobId: string): PrintJob | null {
    const found = this.#state.waiting.find((job) => job.jobId === jobId) ?? null
    if (found !== null) this.#keep({ waiting: this.#state.waiting.filter((job) => job !== found) })
    return found
  }

  has(of: ReceiptOf): boolean {
    const wanted = JSON.stringify(of)
    return this.#state.waiting.some((job) => JSON.stringify(job.of) === wanted)
  }

  close(): Promise<void> {
    return this.#file.settled()
  }

  #keep(change: Partial<KeptQueue>): void {
    this.#state = { ...this.#state, ...change }
    this.#file.keep(this.#state)
  }
}
