import type { Book } from '../book/book.ts'
import type { Clock, Log, Printer, StationConfig, Timers } from '../deps.ts'
import { reading, station } from '../implementer.ts'
import type { Printing } from '../printing/printing.ts'
import { receiptOf } from '../receipts/receipts.ts'
import { actorOf, approvedBy } from '../staff/approval.ts'
import { closureHandlers } from './closure-handlers.ts'
import { correctInside, undoInside, type CorrectionOutcome } from './correct.ts'
import { refundInside } from './refund.ts'
import { statementHandlers } from './statement-handlers.ts'

export interface WalletsDeps {
  readonly book: Book
  readonly config: StationConfig
  readonly trial: boolean
  readonly printing: Pick<Printing, 'written'> | null
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly dataFolder: string
  /** Null where no page can be turned into a PDF. */
  readonly printer: Printer | null
}

/** Seniors' own money beyond meals and top-ups (SPEC LG-36, LG-37). */
export const walletsRouter = (deps: WalletsDeps) => {
  const { book } = deps
  return station.wallets.router({
    ...statementHandlers(deps),
    ...closureHandlers(deps),
    refund: station.wallets.refund.handler(async ({ input, context, errors }) => {
      const { approval, ...asked } = input
      const approver = await approvedBy(context.connection, 'manager', approval)
      const request = { ...asked, method: 'cash', approvedBy: approver } as const
      return reading(() => {
        const outcome = book.write((file, append) => refundInside(file, append, request, actorOf(context)))
        switch (outcome.kind) {
          case 'no-such-member':
            throw errors.NO_SUCH_MEMBER()
          case 'too-much':
            throw errors.TOO_MUCH({ data: { balanceFen: outcome.balanceFen } })
          case 'not-enough-cash':
            throw errors.NOT_ENOUGH_CASH({ data: { cashFen: outcome.cashFen } })
          case 'refunded': {
            deps.printing?.written()
            const receipt = receiptOf(deps, { kind: 'refund', refundId: input.refundId })
            if (receipt === null) throw new Error(`no receipt of refund ${input.refundId}`)
            return { balanceAfterFen: outcome.balanceAfterFen, receipt }
          }
        }
      }, errors.BOOK_UNAVAILABLE)
    }),
    correct: station.wallets.correct.handler(async ({ input, context, errors }) => {
      const { approval, ...asked } = input
      const approver = await approvedBy(context.connection, 'manager', approval)
      const request = { ...asked, approvedBy: approver }
      const outcome = reading(
        () => book.write((file, append) => correctInside(file, append, request, actorOf(context))),
        errors.BOOK_UNAVAILABLE,
      )
      return answered(outcome, errors)
    }),
    undoCorrection: station.wallets.undoCorrection.handler(async ({ input, context, errors }) => {
      const { approval, ...asked } = input
      const approver = await approvedBy(context.connection, 'manager', approval)
      const request = { ...asked, approvedBy: approver }
      const outcome = reading(
        () => book.write((file, append) => undoInside(file, append, request, actorOf(context))),
        errors.BOOK_UNAVAILABLE,
      )
      return answered(outcome, errors)
    }),
  })
}

interface CorrectionErrors {
  readonly NO_SUCH_MEMBER: () => Error
  readonly NO_SUCH_ENTRY?: () => Error
  readonly NO_SUCH_CORRECTION?: () => Error
  readonly MADE_ELSEWHERE?: () => Error
  readonly ALREADY_UNDONE?: () => Error
  readonly TOO_MUCH: (error: { readonly data: { readonly balanceFen: number } }) => Error
}

function answered(
  outcome: CorrectionOutcome,
  errors: CorrectionErrors,
): Pick<Extract<CorrectionOutcome, { kind: 'corrected' }>, 'balanceAfterFen'> {
  switch (outcome.kind) {
    case 'corrected':
      return { balanceAfterFen: outcome.balanceAfterFen }
    case 'no-such-member':
      throw errors.NO_SUCH_MEMBER()
    case 'no-such-entry':
      throw errors.NO_SUCH_ENTRY?.() ?? errors.NO_SUCH_MEMBER()
    case 'no-such-correction':
      throw errors.NO_SUCH_CORRECTION?.() ?? errors.NO_SUCH_MEMBER()
    case 'made-elsewhere':
      throw errors.MADE_ELSEWHERE?.() ?? errors.NO_SUCH_MEMBER()
    case 'already-undone':
      throw errors.ALREADY_UNDONE?.() ?? errors.NO_SUCH_MEMBER()
    case 'too-much':
      throw errors.TOO_MUCH({ data: { balanceFen: outcome.balanceFen } })
  }
}
