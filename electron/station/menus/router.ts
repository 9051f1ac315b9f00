import { ORPCError } from '@orpc/server'
import { station } from '../implementer.ts'

const waiting = (): never => {
  throw new ORPCError('NOT_IMPLEMENTED')
}

/** PLACEHOLDER while the parts are being written side by side; none may be left. */
export const menusRouter = () =>
  station.menus.router({
    library: station.menus.library.handler(waiting),
    saveDish: station.menus.saveDish.handler(waiting),
    setPrice: station.menus.setPrice.handler(waiting),
    plan: station.menus.plan.handler(waiting),
    setPlan: station.menus.setPlan.handler(waiting),
    copyDay: station.menus.copyDay.handler(waiting),
    setSoldOut: station.menus.setSoldOut.handler(waiting),
  })
