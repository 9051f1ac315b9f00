import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type {
  ImportRow,
  ListFault,
  ListPlace,
  RowFault,
} from '../../../../shared/domain/members/import-rows.ts'
import type { TableFault } from './read-table.ts'

export interface ListRequest {
  readonly bytes: Uint8Array
  readonly place: ListPlace
}

export type ListMessage =
  | { readonly kind: 'refused'; readonly why: ListFault | TableFault }
  | { readonly kind: 'read'; readonly rowCount: number; readonly faults: readonly RowFault[] }
  | { readonly kind: 'rows'; readonly rows: readonly ImportRow[]; readonly last: boolean }

/** A list while it is read in a thread of its own. */
export interface ListReading {
  /** Asks for the next rows; only after `read`. */
  next(): void
  stop(): void
}

/** Beside the built station, or the source that Node runs as it is. */
const WORKER = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'import-worker.ts' : 'import-worker.js',
)

/** 50,000 rows need a third of it: the counter shares the machine. */
const MOST_HEAP_MB = 512

/** Reads a list; a thread that fails or needs too much room says that the list is too large. */
export function readInWorker(request: ListRequest, hear: (message: ListMessage) => void): ListReading {
  const worker = new Worker(WORKER, {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  })
  let over = false
  const tell = (message: ListMessage): void => {
    if (over) return
    over = message.kind === 'refused' || (message.kind === 'rows' && message.last)
    hear(message)
  }
  worker.on('message', tell)
  worker.on('error', () => tell({ kind: 'refused', why: 'too-large' }))
  worker.on('exit', () => tell({ kind: 'refused', why: 'not-a-list' }))
  return {
    next: () => worker.postMessage('next'),
    stop() {
      over = true
      void worker.terminate()
    },
  }
}
