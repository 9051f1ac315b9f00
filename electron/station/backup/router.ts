import { staffActor } from '../../../shared/domain/staff.ts'
import { station } from '../implementer.ts'
import type { Backups } from './backups.ts'

/** Answers for the backups: how they stand, and one now. */
export const backupsRouter = ({ backups }: { readonly backups: Backups }) =>
  station.backups.router({
    watch: station.backups.watch.handler(({ signal }) => backups.view.watch(signal)),
    now: station.backups.now.handler(({ context }) => {
      const who = context.connection.signedIn()
      return backups.now(who === null ? 'counter' : staffActor(who.staffId))
    }),
  })
