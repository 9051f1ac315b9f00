import { ORPCError } from '@orpc/server'
import { station } from '../implementer.ts'

const waiting = (): never => {
  throw new ORPCError('NOT_IMPLEMENTED')
}

/** PLACEHOLDER while the parts are being written side by side; none may be left. */
export const staffRouter = () =>
  station.staff.router({
    watch: station.staff.watch.handler(waiting),
    createFirstAdmin: station.staff.createFirstAdmin.handler(waiting),
    signIn: station.staff.signIn.handler(waiting),
    signOut: station.staff.signOut.handler(waiting),
    touch: station.staff.touch.handler(waiting),
    add: station.staff.add.handler(waiting),
    change: station.staff.change.handler(waiting),
    resetPin: station.staff.resetPin.handler(waiting),
    changeOwnPin: station.staff.changeOwnPin.handler(waiting),
    audit: station.staff.audit.handler(waiting),
  })
