import { parentPort, workerData } from 'node:worker_threads'
import { CHINA_CALENDAR } from '../../../shared/domain/calendar-china.ts'
import { readBeside } from '../book/read-beside.ts'
import { personKey } from '../config/data-folder.ts'
import type { ReplayRequest, ReplaySaid } from './in-worker.ts'
import { replayBookMonth } from './replay-month.ts'

/** The thread that replays a month beside the counter, which goes on selling. */
if (parentPort === null) throw new Error('this is a thread of the station')
const { dataFolder, draft, month, canteenArea } = workerData as ReplayRequest
const port = parentPort
const tell = (said: ReplaySaid): void => port.postMessage(said)
const place = { canteenArea, calendar: CHINA_CALENDAR }
const replay = readBeside(
  dataFolder,
  () => personKey(dataFolder),
  (reader) =>
    replayBookMonth(reader, draft, month, place, (done, total) => tell({ kind: 'progress', done, total })),
)
tell({ kind: 'done', replay })
