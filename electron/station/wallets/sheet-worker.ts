import { parentPort, workerData } from 'node:worker_threads'
import { balancesSheet } from './balances-sheet.ts'
import type { SheetRequest } from './sheet-in-worker.ts'

/** The thread that writes the workbook of all balances: whoever waits at the counter does not wait for it. */
if (parentPort === null) throw new Error('this is a thread of the station')
const { balances, canteenName } = workerData as SheetRequest
parentPort.postMessage(await balancesSheet(balances, canteenName))
