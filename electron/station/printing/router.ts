import type { PrintingView } from '../../../shared/contract/printing.ts'
import { staffActor } from '../../../shared/domain/staff.ts'
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
      const opener = openerOf(printing, errors)
      const actor = actorOf(context)
      reading(() => noteAudit(book, actor, 'drawer-opened', null), errors.BOOK_UNAVAILABLE)
      opener.openDrawer()
      return {}
    }),
  })
}

/** The drawer's key on the staff's screen, where nobody need be signed in: whoever is, is noted, else the counter (SPEC PT-8). */
export const counterDrawer = ({ book, config, printing }: PrintingRouterDeps) =>
  station.counter.openDrawer.handler(({ context, errors }) => {
    if (config.printer?.drawerKey !== 'counter') throw errors.NO_DRAWER()
    const opener = openerOf(printing, errors)
    const who = context.connection.signedIn()
    const actor = who === null ? 'counter' : staffActor(who.staffId)
    reading(() => noteAudit(book, actor, 'drawer-opened', null), errors.BOOK_UNAVAILABLE)
    opener.openDrawer()
    return {}
  })

/** @throws whichever of the two errors keeps the drawer shut. */
function openerOf(
  printing: Printing | null,
  errors: { readonly NO_DRAWER: () => Error; readonly NO_PRINTER: () => Error },
): Printing {
  const { connected, hasDrawer } = (printing?.view ?? NO_PRINTER).current
  if (printing !== null && !hasDrawer) throw errors.NO_DRAWER()
  if (printing === null || !connected) throw errors.NO_PRINTER()
  return printing
}
