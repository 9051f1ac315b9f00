import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { receiptOf } from '../../../shared/contract/receipts.ts'
import type { Log } from '../deps.ts'
import { readIfThere } from '../sync/durable-file.ts'

const FILE_NAME = 'print-queue.json'

const job = z.strictObject({ jobId: z.string(), of: receiptOf, queuedAtMs: z.int() })
const kept = z.strictObject({
  version: z.literal(1),
  /** Up to here in this origin's journal each sale was looked at: what stands behind it was sold and not yet queued. */
  origin: z.string(),
  seq: z.int().min(0),
  waiting: z.array(job),
  letGo: z.int().min(0),
})

/** A receipt that waits to be printed: by what it is of, never with a name in it. */
export type PrintJob = z.infer<typeof job>
export type KeptQueue = Omit<z.infer<typeof kept>, 'version'>

/** What waits to be printed, as a small file of its own beside the book: to print is no business of the journal. */
export class QueueFile {
  readonly #path: string
  readonly #log: Log
  #next: KeptQueue | null = null
  #writing: Promise<void> | null = null

  constructor(dataFolder: string, log: Log) {
    this.#path = join(dataFolder, FILE_NAME)
    this.#log = log
  }

  /** Null where there is none, or none that can be read: receipts are then printed from here on. */
  read(): KeptQueue | null {
    try {
      const text = readIfThere(this.#path)
      if (text === null) return null
      const { version: _version, ...queue } = kept.parse(JSON.parse(text))
      return queue
    } catch (error) {
      this.#log.warn('print-queue.unreadable', { reason: String(error) })
      return null
    }
  }

  /** Takes note and returns at once: a sale waits for no disk (SPEC PT-6). The newest state is written in the end. */
  keep(queue: KeptQueue): void {
    this.#next = queue
    this.#writing ??= this.#writeAll()
  }

  /** Resolves when what was kept is on the disk. */
  async settled(): Promise<void> {
    await this.#writing
  }

  async #writeAll(): Promise<void> {
    while (this.#next !== null) {
      const queue = this.#next
      this.#next = null
      try {
        await writeWhole(this.#path, JSON.stringify({ version: 1, ...queue }))
      } catch (error) {
        // The disk's trouble is told by the book. What waits stays in memory, and is found in the journal after a restart.
        this.#log.warn('print-queue.not-kept', { reason: String(error) })
      }
    }
    this.#writing = null
  }
}

/** The file is there whole, the one before or this one. */
async function writeWhole(path: string, text: string): Promise<void> {
  const fresh = await open(`${path}.new`, 'w', 0o600)
  try {
    await fresh.writeFile(text)
    await fresh.sync()
  } finally {
    await fresh.close()
  }
  await rename(`${path}.new`, path)
}
