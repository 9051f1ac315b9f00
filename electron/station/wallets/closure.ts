import type { PayOutView } from '../../../shared/contract/wallets.ts'
import type { RefundMethod } from '../../../shared/domain/journal/entry.ts'
import { fen, type Fen } from '../../../shared/domain/units.ts'
import type { Append, Book, BookFile } from '../book/book.ts'
import { drawerBalance } from '../book/drawer-balance.ts'
import { walletOf } from '../book/members.ts'
import type { Timers } from '../deps.ts'
import { Live } from '../live.ts'
import { owedToMembers } from './balances.ts'
import { refundEntry, refundInside } from './refund.ts'

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
 * off, or when the drawer ran empty, is paid; begun again, it goes on with whoever was not.
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
    const paid = { members: 0, amountFen: 0 }
    const show = (done: number): void =>
      this.view.publish({ done, of: owing.length, amountFen: paid.amountFen })
    show(0)
    try {
      for (let done = 0; done < owing.length; done += MOST_AT_ONCE) {
        const members = owing.slice(done, done + MOST_AT_ONCE)
        const amounts = this.#book.write((file, append) =>
          members.map(({ memberId }) => payOne(file, append, request, memberId, actor)),
        )
        for (const amountFen of amounts) {
          // Somebody took cash out of the drawer meanwhile.
          if (amountFen === null) return this.#shortOfCash()
          paid.members += amountFen > 0 ? 1 : 0
          paid.amountFen += amountFen
        }
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
    return { kind: 'paid-out', members: paid.members, amountFen: fen(paid.amountFen) }
  }

  #shortOfCash(): PayOutOutcome {
    return this.#book.read((file) => ({
      kind: 'not-enough-cash',
      cashFen: drawerBalance(file),
      owedFen: owedToMembers(file).reduce((sum, { cashFen }) => sum + Math.max(0, cashFen), 0),
    }))
  }
}

/**
 * @returns how much she was paid: what her wallet holds now, which may be another sum than when the list was made; zero when
 *   this closure has paid her before, null when the drawer does not hold as much
 */
function payOne(
  file: BookFile,
  append: Append,
  request: PayOutRequest,
  memberId: string,
  actor: string,
): number | null {
  const refundId = `${request.closureId}:${memberId}`
  const amountFen = walletOf(file, memberId)
  if (amountFen <= 0 || refundEntry(file, refundId) !== null) return 0
  const { kind } = refundInside(file, append, { ...request, refundId, memberId, amountFen }, actor)
  return kind === 'refunded' ? amountFen : null
}
