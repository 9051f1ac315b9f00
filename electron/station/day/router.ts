import { ORPCError } from '@orpc/server'
import { station } from '../implementer.ts'

const waiting = (): never => {
  throw new ORPCError('NOT_IMPLEMENTED')
}

/** PLACEHOLDER while the parts are being written side by side; none may be left. */
export const dayRouter = () =>
  station.day.router({
    state: station.day.state.handler(waiting),
    close: station.day.close.handler(waiting),
    moveDrawer: station.day.moveDrawer.handler(waiting),
  })
