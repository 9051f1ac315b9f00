import type { Book } from '../book/book.ts'
import type { Counter } from '../counter/counter.ts'
import type { StationConfig } from '../deps.ts'
import type { Printing } from '../printing/printing.ts'

/** What the requests about sales need of the station. */
export interface SalesDeps {
  readonly book: Book
  readonly counter: Pick<Counter, 'onVoided'>
  readonly config: StationConfig
  readonly trial: boolean
  readonly printing: Pick<Printing, 'written'> | null
}
