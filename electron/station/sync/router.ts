import { awaiting, reading, station } from '../implementer.ts'
import { actorOf } from '../staff/approval.ts'
import { noteAudit } from '../staff/audit.ts'
import type { StationDeps } from '../station.ts'
import type { Sync } from './sync.ts'
import { ServerRefused, SyncStopped } from './trouble.ts'

export interface SyncRouterDeps extends Pick<StationDeps, 'book'> {
  readonly sync: Sync
}

export const syncRouter = ({ book, sync }: SyncRouterDeps) =>
  station.sync.router({
    watch: station.sync.watch.handler(({ signal }) => sync.view.watch(signal)),
    enrol: station.sync.enrol.handler(async ({ input, context, errors }) => {
      const actor = actorOf(context)
      try {
        const view = await sync.enrol(input.url, input.code)
        reading(() => noteAudit(book, actor, 'server-enrolled', input.url), errors.BOOK_UNAVAILABLE)
        return view
      } catch (error) {
        if (!(error instanceof SyncStopped)) throw error
        if (error instanceof ServerRefused && error.error === 'CODE_REFUSED') throw errors.CODE_REFUSED()
        if (error instanceof ServerRefused && error.error === 'STATION_EXISTS') throw errors.STATION_EXISTS()
        throw errors.UNREACHABLE({ data: { detail: error.message } })
      }
    }),
    now: station.sync.now.handler(async ({ context, errors }) => {
      const actor = actorOf(context)
      if (sync.view.current.server === null) throw errors.NOT_ENROLLED()
      return await awaiting(
        () => sync.now(() => noteAudit(book, actor, 'sync-started', null)),
        errors.BOOK_UNAVAILABLE,
      )
    }),
  })
