import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { messageOf } from '../book/errors.ts'
import type { BackupOutcome, BackupProgress, BackupRequest } from './take-backup.ts'

type WorkerMessage =
  | { readonly kind: 'running'; readonly running: Parameters<BackupProgress>[0] }
  | { readonly kind: 'over'; readonly outcome: BackupOutcome }

/** Beside the built station, or the source that Node runs as it is. */
const WORKER = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'backup-worker.ts' : 'backup-worker.js',
)

/** A replay of a large book may use this much and no more: the counter shares the machine. */
const MOST_HEAP_MB = 512

/**
 * Takes a backup in a thread of its own: whatever happens there, the counter goes on. `stop` cuts it off, which leaves the
 * backups before it as they were.
 */
export function takeBackupInWorker(
  request: BackupRequest,
  onProgress: BackupProgress,
): { readonly outcome: Promise<BackupOutcome>; readonly stop: () => Promise<void> } {
  const worker = new Worker(WORKER, {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  })
  const { promise, resolve } = Promise.withResolvers<BackupOutcome>()
  const failed = (detail: string) => resolve({ kind: 'failed', trouble: 'failed', detail, audit: null })
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'running') onProgress(message.running)
    else resolve(message.outcome)
  })
  worker.on('error', (error) => failed(messageOf(error)))
  worker.on('exit', (code) => failed(`the thread ended with ${code}`))
  return {
    outcome: promise,
    async stop() {
      await worker.terminate()
    },
  }
}
