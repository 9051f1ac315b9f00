import { ORPCError } from '@orpc/server'
import { station } from '../implementer.ts'

const waiting = (): never => {
  throw new ORPCError('NOT_IMPLEMENTED')
}

/** PLACEHOLDER while the parts are being written side by side; none may be left. */
export const receiptsRouter = () =>
  station.receipts.router({
    read: station.receipts.read.handler(waiting),
    print: station.receipts.print.handler(waiting),
  })
