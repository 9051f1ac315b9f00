import { implement } from '@orpc/server'
import { contract } from '../../shared/contract/index.ts'
import type { StationHealth } from '../../shared/contract/station.ts'
import type { Book } from './book/book.ts'
import type { Counter } from './counter/counter.ts'
import type { Live } from './live.ts'

export interface RouterDeps {
  readonly counter: Counter
  readonly book: Book
  readonly health: Live<StationHealth>
}

/** The contract, answered: requests arrive validated, and what cannot be done now is a typed error (SPEC ST-4). */
export function createRouter({ counter, book, health }: RouterDeps) {
  const station = implement(contract)
  return station.router({
    counter: {
      watch: station.counter.watch.handler(({ signal }) => counter.view.watch(signal)),
      press: station.counter.press.handler(({ input, errors }) => {
        const refusal = counter.press(input.key)
        if (refusal?.code === 'NOT_NOW') throw errors.NOT_NOW({ data: { phase: counter.view.current.phase } })
        if (refusal?.code === 'NOT_ON_MENU') throw errors.NOT_ON_MENU({ data: { id: refusal.id } })
        return { revision: counter.view.current.revision }
      }),
      menu: station.counter.menu.handler(() => counter.menu()),
    },
    sales: {
      recent: station.sales.recent.handler(({ input }) => book.recentSales(input.limit)),
      explain: station.sales.explain.handler(({ input, errors }) => {
        const sale = book.explainSale(input.saleId)
        if (sale === null) throw errors.NOT_FOUND({ data: { saleId: input.saleId } })
        return sale
      }),
      dayTotals: station.sales.dayTotals.handler(({ input }) => book.dayTotals(input.businessDate)),
    },
    station: {
      health: station.station.health.handler(() => health.current),
      watchHealth: station.station.watchHealth.handler(({ signal }) => health.watch(signal)),
    },
  })
}

export type StationRouter = ReturnType<typeof createRouter>
