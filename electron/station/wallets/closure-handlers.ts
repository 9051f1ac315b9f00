import { join } from 'node:path'
import { businessMomentOf } from '../../../shared/domain/business-day.ts'
import { reading, station } from '../implementer.ts'
import { writeWhole } from '../reports/files.ts'
import { actorOf, approvedBy } from '../staff/approval.ts'
import { noteAudit } from '../staff/audit.ts'
import { balancesSheet } from './balances-sheet.ts'
import { balancesOf } from './balances.ts'
import { Closure } from './closure.ts'
import type { WalletsDeps } from './router.ts'

/** Where the lists lie, inside the data folder: beside the reports. */
const REPORTS_FOLDER = 'reports'

/** What is owed to everybody, and the closure of the canteen that pays it out (SPEC LG-39). */
export function closureHandlers(deps: WalletsDeps) {
  const { book, clock, config, dataFolder, log } = deps
  const closure = new Closure(deps)
  return {
    balances: station.wallets.balances.handler(({ errors }) =>
      reading(() => book.read((file) => balancesOf(file)), errors.BOOK_UNAVAILABLE),
    ),
    exportBalances: station.wallets.exportBalances.handler(async ({ context, errors }) => {
      const actor = actorOf(context)
      const everybody = reading(
        () => book.read((file) => balancesOf(file, Number.POSITIVE_INFINITY)),
        errors.BOOK_UNAVAILABLE,
      )
      const name = `balances-${businessMomentOf(clock.nowMs(), config.canteen).businessDate}.xlsx`
      const path = join(dataFolder, REPORTS_FOLDER, name)
      try {
        const bytes = await balancesSheet(everybody, config.canteen.name)
        // No list without its line in the audit: the file gets its name after that.
        await writeWhole(path, bytes, () =>
          reading(() => noteAudit(book, actor, 'report-exported', name), errors.BOOK_UNAVAILABLE),
        )
        return { path }
      } catch (error) {
        if (!(error instanceof Error && 'syscall' in error)) throw error
        log.warn('the list of balances was not written', { path, reason: error.message })
        throw errors.CANNOT_WRITE()
      }
    }),
    payOutAll: station.wallets.payOutAll.handler(async ({ input, context, errors }) => {
      const { approval, ...asked } = input
      const approver = await approvedBy(context.connection, 'manager', approval)
      const outcome = await closure
        .payOut({ ...asked, approvedBy: approver }, actorOf(context))
        .catch((error: unknown) =>
          reading(() => {
            throw error
          }, errors.BOOK_UNAVAILABLE),
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
