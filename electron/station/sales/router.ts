import { ORPCError } from '@orpc/server'
import type { Book } from '../book/book.ts'
import { reading, station } from '../implementer.ts'

const waiting = (): never => {
  throw new ORPCError('NOT_IMPLEMENTED')
}

export const salesRouter = ({ book }: { readonly book: Book }) =>
  station.sales.router({
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
    list: station.sales.list.handler(waiting),
    void: station.sales.void.handler(waiting),
  })
