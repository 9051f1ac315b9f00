import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { PolicyReplay } from '../../../shared/contract/policy.ts'
import type { PolicyPack } from '../../../shared/domain/policy/types.ts'
import type { ReplayProgress } from './replay-month.ts'
import { BookError, messageOf } from '../book/errors.ts'

export interface ReplayRequest {
  /** Where the book lies. */
  readonly dataFolder: string
  readonly draft: PolicyPack
  /** YYYY-MM. */
  readonly month: string
  readonly canteenArea: string
}

/** What the thread tells: how far it is, and at the end what it found. */
export type ReplaySaid =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly replay: PolicyReplay }

/** Beside the built station, or the source that Node runs as it is. */
const WORKER = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'replay-worker.ts' : 'replay-worker.js',
)

/** A month of a large canteen needs a fraction of it: the counter shares the machine. */
const MOST_HEAP_MB = 512

/**
 * Replays a month in a thread of its own, for a counter waits for nobody's figures.
 *
 * @param signal cuts it off: nobody waits for the answer any more
 * @throws BookError `unavailable` with what ended the thread: it only reads, so nothing is lost with it
 */
export async function replayInWorker(
  request: ReplayRequest,
  signal?: AbortSignal,
  onProgress: ReplayProgress = () => undefined,
): Promise<PolicyReplay> {
  const worker = new Worker(WORKER, {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  })
  const { promise, resolve, reject } = Promise.withResolvers<PolicyReplay>()
  const cut = (): void => void worker.terminate()
  signal?.addEventListener('abort', cut, { once: true })
  worker.on('message', (said: ReplaySaid) => {
    if (said.kind === 'done') resolve(said.replay)
    else onProgress(said.done, said.total)
  })
  const failed = (why: string): void => reject(new BookError('unavailable', `no replay: ${why}`))
  worker.on('error', (error) => failed(messageOf(error)))
  worker.on('exit', (code) => failed(`its thread ended with ${code}`))
  try {
    return await promise
  } finally {
    signal?.removeEventListener('abort', cut)
  }
}
