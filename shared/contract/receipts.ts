import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import { businessDate, staffErrors } from './refusals.ts'

/** A receipt: one text in the ReceiptLine language, and the picture of it that the screen shows and paper carries. */
export interface Receipt {
  readonly title: string
  readonly markup: string
  readonly svg: string
}

export const receiptOf = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('top-up'), topUpId: z.string().min(1).max(80) }),
  z.strictObject({ kind: z.literal('refund'), refundId: z.string().min(1).max(80) }),
  z.strictObject({ kind: z.literal('sale'), saleId: z.uuid() }),
  z.strictObject({ kind: z.literal('void'), saleId: z.uuid() }),
  z.strictObject({ kind: z.literal('part'), reversalId: z.string().min(1).max(80) }),
  z.strictObject({ kind: z.literal('day-close'), businessDate }),
])
export type ReceiptOf = z.infer<typeof receiptOf>

const receiptErrors = { ...staffErrors, NOT_FOUND: { status: 404 } } as const

export const receiptsContract = {
  read: oc
    .input(z.strictObject({ of: receiptOf }))
    .output(type<Receipt>())
    .errors(receiptErrors),
  /** Prints it as a PDF into the folder of receipts; answers where it lies. */
  print: oc
    .input(z.strictObject({ of: receiptOf }))
    .output(z.object({ path: z.string() }))
    .errors({ ...receiptErrors, NO_PRINTER: { status: 503 } }),
}
