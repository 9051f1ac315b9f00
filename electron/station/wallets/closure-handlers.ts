import { awaiting, reading, station } from '../implementer.ts'
import { PrintingFailed } from '../reports/files.ts'
import { actorOf, approvedBy } from '../staff/approval.ts'
import { BalancesFiles } from './balances-files.ts'
import { balancesOf } from './balances.ts'
import { Closure } from './closure.ts'
import type { WalletsDeps } from './router.ts'

/** What is owed to everybody, and the closure of the canteen that pays it out (SPEC LG-39). */
export function closureHandlers(deps: WalletsDeps) {
  const { book, log } = deps
  const closure = new Closure(deps)
  const files = new BalancesFiles(deps)
  return {
    balances: station.wallets.balances.handler(({ errors }) =>
      reading(() => book.read((file) => balancesOf(file)), errors.BOOK_UNAVAILABLE),
    ),
    exportBalances: station.wallets.exportBalances.handler(async ({ input, context, errors }) => {
      const actor = actorOf(context)
      try {
        const listed = await awaiting(() => files.write(input.format, actor), errors.BOOK_UNAVAILABLE)
        if (listed === null) throw errors.BUSY()
        return listed
      } catch (error) {
        if (error instanceof PrintingFailed) {
          log.warn('the list of balances was not printed', { reason: error.message })
          throw errors.NO_PRINTER()
        }
        if (!(error instanceof Error && 'syscall' in error)) throw error
        log.warn('the list of balances was not written', { reason: error.message })
        throw errors.CANNOT_WRITE()
      }
    }),
    watchListing: station.wallets.watchListing.handler(({ signal }) => files.view.watch(signal)),
    payOutAll: station.wallets.payOutAll.handler(async ({ input, context, errors }) => {
      const { approval, ...asked } = input
      const approver = await approvedBy(context.connection, 'manager', approval)
      const outcome = await awaiting(
        () => closure.payOut({ ...asked, approvedBy: approver }, actorOf(context)),
        errors.BOOK_UNAVAILABLE,
      )
      switch (outcome.kind) {
        case 'busy':
          throw errors.BUSY()
        case 'not-enough-cash':
          throw errors.NOT_ENOUGH_CASH({ data: { cashFen: outcome.cashFen, owedFen: outcome.owedFen } })
        case 'paid-out':
          return { members: outcome.members, amountFen: outcome.amountFen }
      }
    }),
    watchPayOut: station.wallets.watchPayOut.handler(({ signal }) => closure.view.watch(signal)),
  }
}
