import { parentPort, workerData } from 'node:worker_threads'
import { readList } from '../../../../shared/domain/members/import-rows.ts'
import type { ListMessage, ListRequest } from './in-worker.ts'
import { readTable } from './read-table.ts'

/** The thread that reads a list of members: whatever the file is, the counter goes on. */
if (parentPort === null) throw new Error('this is a thread of the station')
const port = parentPort
const CHUNK = 250

const { bytes, place } = workerData as ListRequest
const table = await readTable(Buffer.from(bytes))
const answer = table.kind === 'table' ? readList(table.table, place) : table
const say = (message: ListMessage): void => port.postMessage(message)

if (answer.kind === 'refused') say({ kind: 'refused', why: answer.why })
else {
  const { rows, faults } = answer
  say({ kind: 'read', rowCount: rows.length, faults })
  let sent = 0
  // The station asks for each piece, so that it does nothing else for no longer than one takes.
  port.on('message', () => {
    const chunk = rows.slice(sent, sent + CHUNK)
    sent += chunk.length
    say({ kind: 'rows', rows: chunk, last: sent >= rows.length })
    if (sent >= rows.length) port.close()
  })
}
