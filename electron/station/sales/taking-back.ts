import type { Receipt, ReceiptOf } from '../../../shared/contract/receipts.ts'
import { reading } from '../implementer.ts'
import { receiptOf } from '../receipts/receipts.ts'
import type { SalesDeps } from './deps.ts'
import type { VoidOutcome } from './voids.ts'

/** The refusals that a void and the reversal of a part have in common. */
interface Refusals {
  readonly NOT_FOUND: (carries: { data: { saleId: string } }) => Error
  readonly ALREADY_VOIDED: () => Error
  readonly SOLD_ELSEWHERE: () => Error
  readonly NOT_ENOUGH_CASH: (carries: { data: { cashFen: number } }) => Error
  readonly BOOK_UNAVAILABLE: () => Error
}

type Refused = Exclude<VoidOutcome, { kind: 'voided' }>

/** Why nothing of a sale went back, as the contract says it. */
export function refusalOf(outcome: Refused, saleId: string, errors: Refusals): Error {
  switch (outcome.kind) {
    case 'not-found':
      return errors.NOT_FOUND({ data: { saleId } })
    case 'already-voided':
      return errors.ALREADY_VOIDED()
    case 'sold-elsewhere':
      return errors.SOLD_ELSEWHERE()
    case 'not-enough-cash':
      return errors.NOT_ENOUGH_CASH({ data: { cashFen: outcome.cashFen } })
  }
}

/** The slip of what just went back. @throws Error when the book has none: it was not written. */
export function slipOf(deps: SalesDeps, which: ReceiptOf, errors: Refusals): Receipt {
  deps.printing?.written()
  const receipt = reading(() => receiptOf(deps, which), errors.BOOK_UNAVAILABLE)
  if (receipt === null) throw new Error(`no receipt of ${JSON.stringify(which)}`)
  return receipt
}
