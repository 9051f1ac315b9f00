import { awaiting, reading, station } from '../implementer.ts'
import { actorOf } from './approval.ts'
import { readAudit } from './audit.ts'
import type { Book } from '../book/book.ts'
import type { StaffDesk } from './desk.ts'

export interface StaffRouterDeps {
  readonly desk: StaffDesk
  readonly book: Book
}

export const staffRouter = ({ desk, book }: StaffRouterDeps) =>
  station.staff.router({
    watch: station.staff.watch.handler(({ context, signal }) => context.connection.view.watch(signal)),
    touch: station.staff.touch.handler(() => ({})),
    ...entering(desk),
    ...appointing(desk),
    changeOwnPin: station.staff.changeOwnPin.handler(async ({ input, context, errors }) => {
      const { connection } = context
      const signedIn = connection.signedIn()
      if (signedIn === null) throw errors.SIGN_IN_REQUIRED()
      const outcome = await awaiting(
        () => desk.changeOwnPin(connection, signedIn, input),
        errors.BOOK_UNAVAILABLE,
      )
      if (outcome.kind === 'weak-pin') throw errors.PIN_TOO_SIMPLE()
      if (outcome.kind === 'wrong-pin') throw errors.WRONG_PIN({ data: { triesLeft: outcome.triesLeft } })
      if (outcome.kind === 'locked') throw errors.LOCKED({ data: { untilMs: outcome.untilMs } })
      return {}
    }),
    audit: station.staff.audit.handler(({ input, errors }) =>
      reading(() => readAudit(book, input.limit, input.before), errors.BOOK_UNAVAILABLE),
    ),
  })

/** What anybody may do who stands at a window. */
const entering = (desk: StaffDesk) => ({
  createFirstAdmin: station.staff.createFirstAdmin.handler(async ({ input, context, errors }) => {
    const made = await awaiting(
      () => desk.createFirstAdmin(context.connection, input),
      errors.BOOK_UNAVAILABLE,
    )
    if (made === 'weak-pin') throw errors.PIN_TOO_SIMPLE()
    if (made === 'already-set-up') throw errors.ALREADY_SET_UP()
    return made
  }),
  signIn: station.staff.signIn.handler(async ({ input, context, errors }) => {
    const outcome = await awaiting(
      () => desk.signIn(context.connection, input.staffId, input.pin),
      errors.BOOK_UNAVAILABLE,
    )
    if (outcome.kind === 'wrong-pin') throw errors.WRONG_PIN({ data: { triesLeft: outcome.triesLeft } })
    if (outcome.kind === 'locked') throw errors.LOCKED({ data: { untilMs: outcome.untilMs } })
    return { role: outcome.answer.role }
  }),
  signOut: station.staff.signOut.handler(({ context }) => {
    desk.signOut(context.connection)
    return {}
  }),
})

/** What an admin does. */
const appointing = (desk: StaffDesk) => ({
  add: station.staff.add.handler(async ({ input, context, errors }) => {
    const actor = actorOf(context)
    const added = await awaiting(() => desk.add(input, actor), errors.BOOK_UNAVAILABLE)
    if (added === 'weak-pin') throw errors.PIN_TOO_SIMPLE()
    return added
  }),
  change: station.staff.change.handler(({ input, context, errors }) => {
    const actor = actorOf(context)
    const changed = reading(() => desk.change(input, actor), errors.BOOK_UNAVAILABLE)
    if (changed === 'no-such-staff') throw errors.NO_SUCH_STAFF()
    if (changed === 'last-admin') throw errors.LAST_ADMIN()
    return {}
  }),
  resetPin: station.staff.resetPin.handler(async ({ input, context, errors }) => {
    const actor = actorOf(context)
    const changed = await awaiting(
      () => desk.resetPin(context.connection, input, actor),
      errors.BOOK_UNAVAILABLE,
    )
    if (changed === 'no-such-staff') throw errors.NO_SUCH_STAFF()
    if (changed === 'weak-pin') throw errors.PIN_TOO_SIMPLE()
    return {}
  }),
})
