import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import { receiptOf, type ReceiptOf } from './receipts.ts'
import { staffErrors } from './refusals.ts'

/** Why receipts wait. */
export type PrintTrouble = 'unplugged' | 'silent' | 'no-paper' | 'book-unavailable'

/** A receipt that waits to be printed. */
export interface WaitingReceipt {
  readonly jobId: string
  readonly of: ReceiptOf
  readonly queuedAtMs: number
}

/** The receipt printer, and what waits for it. */
export interface PrintingView {
  /** False: no printer is configured, receipts are pictures and PDF. */
  readonly configured: boolean
  readonly connected: boolean
  readonly hasDrawer: boolean
  /** Why the first one that waits is not printed; null while nothing is wrong. */
  readonly trouble: PrintTrouble | null
  readonly waiting: readonly WaitingReceipt[]
  /** Receipts that were let go because too many waited. */
  readonly letGo: number
}

const noPrinter = { NO_PRINTER: { status: 503 } } as const

export const printingContract = {
  watch: oc.output(eventIterator(type<PrintingView>())).errors(staffErrors),
  /** Puts a receipt behind what waits already; it is noted who asked for it. */
  again: oc
    .input(z.strictObject({ of: receiptOf }))
    .output(z.object({ waiting: z.int() }))
    .errors({ ...staffErrors, ...noPrinter, NOT_FOUND: { status: 404 } }),
  /** Tries again now instead of after the pause. */
  now: oc.output(z.object({})).errors({ ...staffErrors, ...noPrinter }),
  /** Takes a receipt out of what waits; it is noted who did. */
  drop: oc
    .input(z.strictObject({ jobId: z.string().min(1).max(64) }))
    .output(z.object({}))
    .errors({ ...staffErrors, NOT_WAITING: { status: 404 } }),
  /** Opens the drawer; it is noted who did. */
  openDrawer: oc.output(z.object({})).errors({ ...staffErrors, ...noPrinter, NO_DRAWER: { status: 404 } }),
}
