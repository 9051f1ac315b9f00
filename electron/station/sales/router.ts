import { reading, station } from '../implementer.ts'
import { receiptOf } from '../receipts/receipts.ts'
import { actorOf, approvedBy } from '../staff/approval.ts'
import { listSales } from './list.ts'
import type { SalesDeps } from './deps.ts'
import { reversePart } from './part-handler.ts'
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
      switch (outcome.kind) {
        case 'not-found':
          throw errors.NOT_FOUND({ data: { saleId: input.saleId } })
        case 'already-voided':
          throw errors.ALREADY_VOIDED()
        case 'sold-elsewhere':
          throw errors.SOLD_ELSEWHERE()
        case 'not-enough-cash':
          throw errors.NOT_ENOUGH_CASH({ data: { cashFen: outcome.cashFen } })
        case 'voided': {
          counter.onVoided(input.saleId)
          deps.printing?.written()
          const { balanceAfterFen, cashBackFen } = outcome
          const which = { kind: 'void', saleId: input.saleId } as const
          const receipt = reading(() => receiptOf(deps, which), errors.BOOK_UNAVAILABLE)
          if (receipt === null) throw new Error(`no receipt of the void of ${input.saleId}`)
          return { balanceAfterFen, cashBackFen, receipt }
        }
      }
    }),
    reversePart: reversePart(deps),
  })
}
