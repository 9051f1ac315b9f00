import { implement } from '@orpc/server'
import { contract } from '../../shared/contract/index.ts'
import type { StationHealth } from '../../shared/contract/station.ts'
import { BookError, type Book } from './book/book.ts'
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
    },
    station: {
      health: station.station.health.handler(() => health.current),
      watchHealth: station.station.watchHealth.handler(({ signal }) => health.watch(signal)),
    },
  })
}

/** Asks the book; a disk in trouble is a typed answer, a defect is not caught. */
function reading<Answer>(ask: () => Answer, unavailable: () => Error): Answer {
  try {
    return ask()
  } catch (error) {
    if (error instanceof BookError && error.code !== 'broken-invariant') throw unavailable()
    throw error
  }
}

export type StationRouter = ReturnType<typeof createRouter>
