import { ORPCError } from '@orpc/server'
import { station } from '../implementer.ts'

const waiting = (): never => {
  throw new ORPCError('NOT_IMPLEMENTED')
}

/** PLACEHOLDER while the parts are being written side by side; none may be left. */
export const membersRouter = () =>
  station.members.router({
    search: station.members.search.handler(waiting),
    get: station.members.get.handler(waiting),
    showIdNumber: station.members.showIdNumber.handler(waiting),
    register: station.members.register.handler(waiting),
    change: station.members.change.handler(waiting),
    issueCard: station.members.issueCard.handler(waiting),
    reportLost: station.members.reportLost.handler(waiting),
    takeBackLost: station.members.takeBackLost.handler(waiting),
    reissueCard: station.members.reissueCard.handler(waiting),
    tappedCards: station.members.tappedCards.handler(waiting),
    topUp: station.members.topUp.handler(waiting),
    reverseTopUp: station.members.reverseTopUp.handler(waiting),
    movements: station.members.movements.handler(waiting),
  })
