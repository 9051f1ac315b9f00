import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Balances } from '../../../shared/contract/wallets.ts'

export interface SheetRequest {
  readonly balances: Balances
  readonly canteenName: string
}

/** Beside the built station, or the source that Node runs as it is. */
const WORKER = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'sheet-worker.ts' : 'sheet-worker.js',
)

/** 50,000 members need half of it: the counter shares the machine. */
const MOST_HEAP_MB = 1_024

/** The workbook, written in a thread of its own. @throws Error with what ended the thread */
export async function sheetInWorker(request: SheetRequest): Promise<Uint8Array> {
  const worker = new Worker(WORKER, {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  })
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
  worker.on('message', resolve)
  worker.on('error', reject)
  worker.on('exit', (code) => reject(new Error(`the thread of the workbook ended with ${code}`)))
  return await promise
}
