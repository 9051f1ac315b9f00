import type { Receipt, ReceiptOf } from '../../../shared/contract/receipts.ts'
import { dayCloseReceipt } from './day-close.ts'
import type { ReceiptDeps } from './head.ts'
import { refundReceipt } from './refund.ts'
import { partReceipt, saleReceipt, voidReceipt } from './sales.ts'
import { paperOfTopUp } from './top-up.ts'

export type { ReceiptDeps } from './head.ts'

/** The receipt of something that stands in the book, or null. @throws BookError when the book does not answer. */
export function receiptOf(deps: ReceiptDeps, which: ReceiptOf): Receipt | null {
  switch (which.kind) {
    case 'top-up':
      return topUpReceipt(deps, which.topUpId)
    case 'refund':
      return deps.book.read((file) => refundReceipt(deps, file, which.refundId))
    case 'sale':
      return deps.book.read((file) => saleReceipt(deps, file, which.saleId))
    case 'void':
      return deps.book.read((file) => voidReceipt(deps, file, which.saleId))
    case 'part':
      return deps.book.read((file) => partReceipt(deps, file, which.reversalId))
    case 'day-close':
      return deps.book.read((file) => dayCloseReceipt(deps, file, which.businessDate))
  }
}

/**
 * What a member takes home after a top-up; null when the book knows no such one. The balance is the one at the moment of
 * asking. @throws BookError when the book does not answer.
 */
export const topUpReceipt = (deps: ReceiptDeps, topUpId: string): Receipt | null =>
  deps.book.read((file) => paperOfTopUp(deps, file, topUpId))
