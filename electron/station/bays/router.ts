import type { BayKey } from '../../../shared/domain/bays/state.ts'
import { station } from '../implementer.ts'
import { actorOf, approvedBy } from '../staff/approval.ts'
import type { Bays, Pressed } from './bays.ts'

interface KeyErrors {
  readonly NOT_NOW: () => Error
  readonly BOOK_UNAVAILABLE: () => Error
}

/** Answers for the bays; `bays` is null in a canteen without. */
export function baysRouter({ bays }: { readonly bays: Bays | null }) {
  function press(key: BayKey, by: Pressed, errors: KeyErrors): Record<string, never> {
    const answer = bays?.press(key, by) ?? 'not-now'
    if (answer === 'not-now') throw errors.NOT_NOW()
    if (answer === 'book-unavailable') throw errors.BOOK_UNAVAILABLE()
    return {}
  }

  return station.bays.router({
    setUp: station.bays.setUp.handler(() => ({
      bayIds: bays?.bayIds ?? [],
      exit: bays?.hasExit ?? false,
    })),
    watchBay: station.bays.watchBay.handler(({ input, signal, errors }) => {
      const view = bays?.bayView(input.bayId) ?? null
      if (view === null) throw errors.NO_SUCH_BAY()
      return view.watch(signal)
    }),
    watchExit: station.bays.watchExit.handler(({ signal, errors }) => {
      if (bays === null) throw errors.NO_SUCH_BAY()
      return bays.exit.watch(signal)
    }),
    watch: station.bays.watch.handler(({ signal, errors }) => {
      if (bays === null) throw errors.NO_SUCH_BAY()
      return bays.view.watch(signal)
    }),
    press: station.bays.press.handler(({ input, context, errors }) =>
      press(input.key, { actor: actorOf(context) }, errors),
    ),
    cancel: station.bays.cancel.handler(async ({ input, context, errors }) => {
      const approver = await approvedBy(context.connection, 'manager', input.approval)
      return press(input.key, { actor: actorOf(context), approvedBy: approver }, errors)
    }),
  })
}
