import { ORPCError } from '@orpc/server'
import { station } from '../implementer.ts'

const waiting = (): never => {
  throw new ORPCError('NOT_IMPLEMENTED')
}

/** PLACEHOLDER while the parts are being written side by side; none may be left. */
export const syncRouter = () =>
  station.sync.router({
    watch: station.sync.watch.handler(waiting),
    enrol: station.sync.enrol.handler(waiting),
    now: station.sync.now.handler(waiting),
  })
