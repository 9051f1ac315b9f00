import { actorOf, approvedBy } from '../staff/approval.ts'
import { reading, station } from '../implementer.ts'
import { closeDay } from './close.ts'
import { counterHindrance, dayState, todayOf, type DayDeps } from './day.ts'
import { moveDrawer } from './moves.ts'

/** Counting the drawer and locking the day (SPEC LG-26). */
export const dayRouter = (deps: DayDeps) =>
  station.day.router({
    state: station.day.state.handler(({ errors }) => reading(() => dayState(deps), errors.BOOK_UNAVAILABLE)),
    close: station.day.close.handler(async ({ input, context, errors }) => {
      const { approval, ...counted } = input
      const closedBy = await approvedBy(context.connection, 'manager', approval)
      // Looked at after the last wait: nothing can happen between here and the write.
      const moment = { today: todayOf(deps), hindrance: counterHindrance(deps), actor: actorOf(context) }
      const outcome = reading(
        () => deps.book.write((file, append) => closeDay(file, append, { ...counted, closedBy }, moment)),
        errors.BOOK_UNAVAILABLE,
      )
      switch (outcome.kind) {
        case 'closed':
          deps.printing?.written()
          return outcome.close
        case 'not-the-open-day':
          throw errors.NOT_THE_OPEN_DAY({ data: { toClose: outcome.toClose } })
        case 'not-now':
          throw errors.NOT_NOW({ data: { hindrance: outcome.hindrance } })
        case 'explanation-missing':
          throw errors.EXPLANATION_MISSING({ data: { differenceFen: outcome.differenceFen } })
        case 'float-too-large':
          throw errors.FLOAT_TOO_LARGE()
      }
    }),
    moveDrawer: station.day.moveDrawer.handler(async ({ input, context, errors }) => {
      const { approval, ...move } = input
      const approver = await approvedBy(context.connection, 'manager', approval)
      const request = { ...move, approvedBy: approver }
      const actor = actorOf(context)
      const outcome = reading(
        () => deps.book.write((file, append) => moveDrawer(file, append, request, actor)),
        errors.BOOK_UNAVAILABLE,
      )
      const { kind, expectedFen } = outcome
      if (kind === 'not-that-much') throw errors.NOT_THAT_MUCH({ data: { expectedFen } })
      return { expectedFen }
    }),
  })
