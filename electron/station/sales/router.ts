import { reading, station } from '../implementer.ts'
import { actorOf, approvedBy } from '../staff/approval.ts'
import { listSales } from './list.ts'
import type { SalesDeps } from './deps.ts'
import { reversePart } from './part-handler.ts'
import { refusalOf, slipOf } from './taking-back.ts'
import { voidInside } from './voids.ts'

export const salesRouter = (deps: SalesDeps) => {
  const { book, counter, config } = deps
  return station.sales.router({
    recent: station.sales.recent.handler(({ input, errors }) =>
      reading(() => book.recentSales(input.limit), errors.BOOK_UNAVAILABLE),
    ),
    explain: station.sales.explain.handler(({ input, errors }) => {
      const sale = reading(() => book.explainSale(input.saleId), errors.BOOK_UNAVAILABLE)
      if (sale === null) throw errors.NOT_FOUND({ data: { saleId: input.saleId } })
      return sale
    }),
    dayTotals: station.sales.dayTotals.handler(({ input, errors }) =>
      reading(() => book.dayTotals(input.businessDate), errors.BOOK_UNAVAILABLE),
    ),
    list: station.sales.list.handler(({ input, errors }) =>
      reading(
        () => book.read((file) => listSales(file, input, config.namesOnScreen)),
        errors.BOOK_UNAVAILABLE,
      ),
    ),
    void: station.sales.void.handler(async ({ input, context, errors }) => {
      const { approval, ...asked } = input
      const approver = await approvedBy(context.connection, 'manager', approval)
      const actor = actorOf(context)
      const request = { ...asked, approvedBy: approver }
      const outcome = reading(
        () => book.write((file, append) => voidInside(file, append, request, actor)),
        errors.BOOK_UNAVAILABLE,
      )
      if (outcome.kind !== 'voided') throw refusalOf(outcome, input.saleId, errors)
      counter.onVoided(input.saleId)
      const { balanceAfterFen, cashBackFen } = outcome
      const receipt = slipOf(deps, { kind: 'void', saleId: input.saleId }, errors)
      return { balanceAfterFen, cashBackFen, receipt }
    }),
    reversePart: reversePart(deps),
  })
}
