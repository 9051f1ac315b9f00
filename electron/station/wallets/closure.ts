import type { PayOutView } from '../../../shared/contract/wallets.ts'
import type { RefundMethod } from '../../../shared/domain/journal/entry.ts'
import { memberCash } from '../../../shared/domain/ledger/accounts.ts'
import { fen, type Fen } from '../../../shared/domain/units.ts'
import type { Book, BookFile } from '../book/book.ts'
import type { Timers } from '../deps.ts'
import { Live } from '../live.ts'
import { drawerBalance } from '../members/wallet.ts'
import { owedToMembers } from './balances.ts'
import { refundInside } from './refund.ts'

export interface PayOutRequest {
  /** Made by whoever starts it: the same id never pays anybody twice. */
  readonly closureId: string
  readonly method: RefundMethod
  readonly note: string
  readonly approvedBy: string
}

export type PayOutOutcome =
  | { readonly kind: 'paid-out'; readonly members: number; readonly amountFen: Fen }
  | { readonly kind: 'busy' }
  | { readonly kind: 'not-enough-cash'; readonly cashFen: number; readonly owedFen: number }

/** In one transaction, so that a counter that sells waits no longer for it than for a few sales. */
const MOST_AT_ONCE = 25

/**
 * Pays every wallet out as the canteen closes (SPEC LG-39): one refund each, a few at a time. What was paid when it was cut
 * off is paid; begun again, it goes on with whoever still has money.
 */
export class Closure {
  readonly view = new Live<PayOutView | null>(null)
  readonly #book: Book
  readonly #timers: Timers

  constructor({ book, timers }: { readonly book: Book; readonly timers: Timers }) {
    this.#book = book
    this.#timers = timers
  }

  /** @throws BookError when the book does not answer; what was paid until then stays paid. */
  async payOut(request: PayOutRequest, actor: string): Promise<PayOutOutcome> {
    if (this.view.current !== null) return { kind: 'busy' }
    const { owing, cashFen } = this.#book.read((file) => ({
      owing: owedToMembers(file).filter((each) => each.cashFen > 0),
      cashFen: drawerBalance(file),
    }))
    const owedFen = owing.reduce((sum, each) => sum + each.cashFen, 0)
    if (request.method === 'cash' && cashFen < owedFen) return { kind: 'not-enough-cash', cashFen, owedFen }
    let amountFen = 0
    const show = (done: number): void => this.view.publish({ done, of: owing.length, amountFen })
    show(0)
    try {
      for (let done = 0; done < owing.length; done += MOST_AT_ONCE) {
        const members = owing.slice(done, done + MOST_AT_ONCE)
        amountFen += this.#book.write((file, append) =>
          members.reduce((sum, { memberId }) => sum + payOne(file, append, request, memberId, actor), 0),
        )
        show(done + members.length)
        if (done + members.length === owing.length) break
        // Whoever waits at the counter goes first.
        await new Promise<void>((resolve) => {
          this.#timers.after(0, resolve)
        })
      }
    } finally {
      this.view.publish(null)
    }
    return { kind: 'paid-out', members: owing.length, amountFen: fen(amountFen) }
  }
}

/** @returns how much she was paid: what her wallet holds now, which may be another sum than when the list was made. */
function payOne(
  file: BookFile,
  append: Parameters<typeof refundInside>[1],
  request: PayOutRequest,
  memberId: string,
  actor: string,
): number {
  const amountFen = fen(file.queries.balance.get(memberCash(memberId))?.balance_fen ?? 0)
  if (amountFen <= 0) return 0
  const refundId = `${request.closureId}:${memberId}:${file.head.seq}`
  const { kind } = refundInside(file, append, { ...request, refundId, memberId, amountFen }, actor)
  return kind === 'refunded' ? amountFen : 0
}
