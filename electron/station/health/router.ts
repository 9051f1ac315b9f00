import { ORPCError } from '@orpc/server'
import { station } from '../implementer.ts'

const waiting = (): never => {
  throw new ORPCError('NOT_IMPLEMENTED')
}

/** PLACEHOLDER while the parts are being written side by side; none may be left. */
export const healthRouter = () =>
  station.health.router({
    watch: station.health.watch.handler(waiting),
  })
