import type { Printer } from '../deps.ts'
import { reading, station } from '../implementer.ts'
import { actorOf } from '../staff/approval.ts'
import { printReceipt, receiptName } from './print.ts'
import { receiptOf, type ReceiptDeps } from './receipts.ts'

export interface ReceiptsDeps extends ReceiptDeps {
  /** Null where no page can be turned into a PDF. */
  readonly printer: Printer | null
  readonly dataFolder: string
}

export const receiptsRouter = (deps: ReceiptsDeps) =>
  station.receipts.router({
    read: station.receipts.read.handler(({ input, errors }) => {
      const receipt = reading(() => receiptOf(deps, input.of), errors.BOOK_UNAVAILABLE)
      if (receipt === null) throw errors.NOT_FOUND()
      return receipt
    }),
    print: station.receipts.print.handler(async ({ input, context, errors }) => {
      const { book, printer, dataFolder } = deps
      const receipt = reading(() => receiptOf(deps, input.of), errors.BOOK_UNAVAILABLE)
      if (receipt === null) throw errors.NOT_FOUND()
      if (printer === null) throw errors.NO_PRINTER()
      const body = { act: 'receipt-printed', subject: receiptName(input.of) } as const
      // Noted before it is on paper: what cannot be noted is not printed.
      reading(() => book.append({ kind: 'audit.noted', body }, actorOf(context)), errors.BOOK_UNAVAILABLE)
      return { path: await printReceipt(printer, dataFolder, input.of, receipt) }
    }),
  })
