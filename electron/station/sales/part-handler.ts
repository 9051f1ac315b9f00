import { reading, station } from '../implementer.ts'
import { actorOf, approvedBy } from '../staff/approval.ts'
import type { SalesDeps } from './deps.ts'
import { reversePartInside } from './reverse-part.ts'
import { refusalOf, slipOf } from './taking-back.ts'

/** Takes lines of a sale back with a manager's word, and answers with the receipt. */
export const reversePart = (deps: SalesDeps) => {
  const { book, counter } = deps
  return station.sales.reversePart.handler(async ({ input, context, errors }) => {
    const { approval, reversalId, ...asked } = input
    const { saleId } = input
    const approver = await approvedBy(context.connection, 'manager', approval)
    const request = { ...asked, voidId: reversalId, approvedBy: approver }
    const outcome = reading(
      () => book.write((file, append) => reversePartInside(file, append, request, actorOf(context))),
      errors.BOOK_UNAVAILABLE,
    )
    if (outcome.kind === 'not-left') throw errors.NOT_LEFT()
    const whole = outcome.kind === 'voided'
    if (!whole && outcome.kind !== 'part-reversed') throw refusalOf(outcome, saleId, errors)
    if (whole) counter.onVoided(saleId)
    const { balanceAfterFen, cashBackFen } = outcome
    const receipt = slipOf(deps, whole ? { kind: 'void', saleId } : { kind: 'part', reversalId }, errors)
    return { whole, balanceAfterFen, cashBackFen, receipt }
  })
}
