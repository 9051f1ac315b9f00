import type { Book } from '../book/book.ts'
import type { Log } from '../deps.ts'
import { raiseInside } from '../members/card-alarms.ts'
import type { Server } from './server.ts'

/** Writes down what the server found of this station's cards elsewhere (SPEC CK-23). */
export async function fetchCardAlarms({
  book,
  log,
  server,
}: {
  readonly book: Book
  readonly log: Log
  readonly server: Server
}): Promise<void> {
  const alarms = await server.cardAlarms()
  if (alarms.length === 0) return
  const raised = book.write(
    (file, append) =>
      alarms.filter(({ alarmId, uid, hereAtMs, there, thereAtMs }) => {
        const here = { place: 'counter', atMs: hereAtMs }
        return raiseInside(
          file,
          append,
          { alarmId, uid, here, there: { place: there, atMs: thereAtMs } },
          'sync',
        )
      }).length,
  )
  if (raised > 0) log.warn('cards of this station were seen elsewhere', { cards: raised })
}
