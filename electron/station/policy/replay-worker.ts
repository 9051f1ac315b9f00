import { parentPort, workerData } from 'node:worker_threads'
import { CHINA_CALENDAR } from '../../../shared/domain/calendar-china.ts'
import { readBeside } from '../book/read-beside.ts'
import { personKey } from '../config/data-folder.ts'
import type { ReplayRequest } from './in-worker.ts'
import { replayBookMonth } from './replay-month.ts'

/** The thread that replays a month beside the counter, which goes on selling. */
if (parentPort === null) throw new Error('this is a thread of the station')
const { dataFolder, draft, month, canteenArea } = workerData as ReplayRequest
parentPort.postMessage(
  readBeside(
    dataFolder,
    () => personKey(dataFolder),
    (reader) => replayBookMonth(reader, draft, month, { canteenArea, calendar: CHINA_CALENDAR }),
  ),
)
