import { join } from 'node:path'
import { reading, station } from '../implementer.ts'
import { PrintingFailed, printed, writeWhole } from '../reports/files.ts'
import { actorOf } from '../staff/approval.ts'
import { noteAudit } from '../staff/audit.ts'
import type { WalletsDeps } from './router.ts'
import { statementPage } from './statement-page.ts'
import { statementOf } from './statement.ts'

/** Where statements lie, inside the data folder. */
const STATEMENTS_FOLDER = 'statements'

/** A member's account over a span of days, on the screen and on paper (SPEC LG-38). */
export function statementHandlers(deps: WalletsDeps) {
  const { book, clock, config, dataFolder, log, printer, trial } = deps
  const { name: canteenName, timeZone } = config.canteen
  return {
    statement: station.wallets.statement.handler(({ input, errors }) => {
      const statement = reading(() => book.read((file) => statementOf(file, input)), errors.BOOK_UNAVAILABLE)
      if (statement === null) throw errors.NO_SUCH_MEMBER()
      return statement
    }),
    printStatement: station.wallets.printStatement.handler(async ({ input, context, errors }) => {
      const { language, ...span } = input
      const actor = actorOf(context)
      const statement = reading(() => book.read((file) => statementOf(file, span)), errors.BOOK_UNAVAILABLE)
      if (statement === null) throw errors.NO_SUCH_MEMBER()
      const { memberId, from, to } = span
      // The id and not the name, and of it plain signs alone: ids come from outside.
      const name = `statement-${memberId.replaceAll(/[^\w-]/g, '_')}-${from}-${to}.pdf`
      const path = join(dataFolder, STATEMENTS_FOLDER, name)
      const head = { canteenName, timeZone, nowMs: clock.nowMs(), trial }
      try {
        const pdf = await printed(statementPage(statement, head, language), printer)
        // No statement without its line in the audit: the file gets its name after that.
        await writeWhole(path, pdf, () =>
          reading(() => noteAudit(book, actor, 'statement-printed', memberId), errors.BOOK_UNAVAILABLE),
        )
        return { path }
      } catch (error) {
        if (error instanceof PrintingFailed) {
          log.warn('a statement was not printed', { reason: error.message })
          throw errors.NO_PRINTER()
        }
        if (!(error instanceof Error && 'syscall' in error)) throw error
        log.warn('a statement was not written', { path, reason: error.message })
        throw errors.CANNOT_WRITE()
      }
    }),
  }
}
