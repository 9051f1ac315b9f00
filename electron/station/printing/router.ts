import type { PrintingView } from '../../../shared/contract/printing.ts'
import type { Book } from '../book/book.ts'
import { reading, station } from '../implementer.ts'
import { Live } from '../live.ts'
import type { ReceiptDeps } from '../receipts/head.ts'
import { receiptName } from '../receipts/print.ts'
import { receiptOf } from '../receipts/receipts.ts'
import { actorOf } from '../staff/approval.ts'
import { noteAudit } from '../staff/audit.ts'
import type { Printing } from './printing.ts'

export interface PrintingRouterDeps extends ReceiptDeps {
  readonly book: Book
  readonly printing: Printing | null
}

const NO_PRINTER: Live<PrintingView> = new Live({
  configured: false,
  connected: false,
  hasDrawer: false,
  trouble: null,
  waiting: [],
  letGo: 0,
})

/** The receipt printer by hand. What cannot be noted in the book is not done (SPEC PT-9). */
export const printingRouter = (deps: PrintingRouterDeps) => {
  const { book, printing } = deps
  return station.printing.router({
    watch: station.printing.watch.handler(({ signal }) => (printing?.view ?? NO_PRINTER).watch(signal)),
    again: station.printing.again.handler(({ input, context, errors }) => {
      const receipt = reading(() => receiptOf(deps, input.of), errors.BOOK_UNAVAILABLE)
      if (receipt === null) throw errors.NOT_FOUND()
      if (printing === null) throw errors.NO_PRINTER()
      const actor = actorOf(context)
      reading(() => noteAudit(book, actor, 'receipt-printed', receiptName(input.of)), errors.BOOK_UNAVAILABLE)
      return { waiting: printing.again(input.of) }
    }),
    now: station.printing.now.handler(({ errors }) => {
      if (printing === null) throw errors.NO_PRINTER()
      printing.now()
      return {}
    }),
    drop: station.printing.drop.handler(({ input, context, errors }) => {
      const job = printing?.view.current.waiting.find(({ jobId }) => jobId === input.jobId)
      if (printing === null || job === undefined) throw errors.NOT_WAITING()
      const actor = actorOf(context)
      reading(() => noteAudit(book, actor, 'receipt-dropped', receiptName(job.of)), errors.BOOK_UNAVAILABLE)
      printing.drop(job.jobId)
      return {}
    }),
    openDrawer: station.printing.openDrawer.handler(({ context, errors }) => {
      const { connected, hasDrawer } = (printing?.view ?? NO_PRINTER).current
      if (printing !== null && !hasDrawer) throw errors.NO_DRAWER()
      if (printing === null || !connected) throw errors.NO_PRINTER()
      const actor = actorOf(context)
      reading(() => noteAudit(book, actor, 'drawer-opened', null), errors.BOOK_UNAVAILABLE)
      printing.openDrawer()
      return {}
    }),
  })
}
