import { ORPCError } from '@orpc/server'
import { station } from '../implementer.ts'

const waiting = (): never => {
  throw new ORPCError('NOT_IMPLEMENTED')
}

/** PLACEHOLDER while the parts are being written side by side; none may be left. */
export const reportsRouter = () =>
  station.reports.router({
    day: station.reports.day.handler(waiting),
    days: station.reports.days.handler(waiting),
    export: station.reports.export.handler(waiting),
  })
