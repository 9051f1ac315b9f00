import { reading, station } from '../implementer.ts'
import { receiptOf } from '../receipts/receipts.ts'
import { actorOf, approvedBy } from '../staff/approval.ts'
import type { SalesDeps } from './deps.ts'
import { reversePartInside } from './reverse-part.ts'

/** Takes lines of a sale back with a manager's word, and answers with the receipt. */
export const reversePart = (deps: SalesDeps) => {
  const { book, counter } = deps
  return station.sales.reversePart.handler(async ({ input, context, errors }) => {
    const { approval, reversalId, ...asked } = input
    const approver = await approvedBy(context.connection, 'manager', approval)
    const request = { ...asked, voidId: reversalId, approvedBy: approver }
    const outcome = reading(
      () => book.write((file, append) => reversePartInside(file, append, request, actorOf(context))),
      errors.BOOK_UNAVAILABLE,
    )
    switch (outcome.kind) {
      case 'not-found':
        throw errors.NOT_FOUND({ data: { saleId: input.saleId } })
      case 'already-voided':
        throw errors.ALREADY_VOIDED()
      case 'sold-elsewhere':
        throw errors.SOLD_ELSEWHERE()
      case 'not-left':
        throw errors.NOT_LEFT()
      case 'not-enough-cash':
        throw errors.NOT_ENOUGH_CASH({ data: { cashFen: outcome.cashFen } })
      case 'part-reversed':
      case 'voided': {
        const whole = outcome.kind === 'voided'
        if (whole) counter.onVoided(input.saleId)
        deps.printing?.written()
        const { balanceAfterFen, cashBackFen } = outcome
        const which = whole
          ? ({ kind: 'void', saleId: input.saleId } as const)
          : ({ kind: 'part', reversalId } as const)
        const receipt = reading(() => receiptOf(deps, which), errors.BOOK_UNAVAILABLE)
        if (receipt === null) throw new Error(`no receipt of the reversal ${reversalId}`)
        return { whole, balanceAfterFen, cashBackFen, receipt }
      }
    }
  })
}
