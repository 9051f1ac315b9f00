import { parentPort, workerData } from 'node:worker_threads'
import { takeBackup, type BackupRequest } from './take-backup.ts'

/** The thread that copies and replays the book, so that the counter's own is never waited for. */
if (parentPort === null) throw new Error('this is a thread of the station')
const port = parentPort
const outcome = await takeBackup(workerData as BackupRequest, (running) => {
  port.postMessage({ kind: 'running', running })
})
port.postMessage({ kind: 'over', outcome })
