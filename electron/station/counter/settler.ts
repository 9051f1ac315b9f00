import type { TroubleCode } from '../../../shared/domain/checkout/view.ts'
import type { CardTerms } from '../../../shared/domain/members/card-rules.ts'
import type { SaleDraft, SettleOutcome } from '../../../shared/domain/sale.ts'
import { BookError, type Book } from '../book/book.ts'
import type { Cancel, Log, Timers } from '../deps.ts'

export interface SettlerDeps {
  readonly book: Book
  readonly timers: Timers
  readonly log: Log
  readonly cardTerms: () => CardTerms
  /** The sale is in the book and on the screens: whatever comes after a sale may begin. */
  readonly onSettled?: (draft: SaleDraft) => void
}

/** Writes sales and, when COMMIT leaves the outcome unknown, finds it out before anyone is told anything. */
export interface Settler {
  settle(draft: SaleDraft): void
  /** Nobody is being served: the moment for housekeeping. */
  idle(): void
  close(): void
}

/** What a settler tells: the book's answer, and whether the book answers at all. */
type SettlerInput =
  | { readonly kind: 'outcome'; readonly outcome: SettleOutcome }
  | { readonly kind: 'book'; readonly trouble: TroubleCode | null }

const FIRST_RETRY_MS = 50
const LONGEST_RETRY_MS = 5_000

export function createSettler(deps: SettlerDeps, feed: (input: SettlerInput) => void): Settler {
  const { book, timers, log } = deps
  let retry: Cancel | null = null
  let written = 0

  function settle(draft: SaleDraft): void {
    const outcome = book.settle(draft, 'counter', deps.cardTerms())
    if (outcome.kind === 'settled') written += 1
    feed({ kind: 'outcome', outcome })
    if (outcome.kind === 'settled') deps.onSettled?.(draft)
    if (outcome.kind === 'unknown') {
      log.error('the outcome of a settlement is unknown', { saleId: draft.saleId })
      resolveLater(draft, FIRST_RETRY_MS)
    }
  }

  function resolveLater(draft: SaleDraft, delayMs: number): void {
    retry = timers.after(delayMs, () => {
      retry = null
      const outcome = askAgain(draft)
      if (outcome === null) {
        feed({ kind: 'book', trouble: 'book-unavailable' })
        resolveLater(draft, Math.min(delayMs * 2, LONGEST_RETRY_MS))
        return
      }
      feed({ kind: 'book', trouble: null })
      log.info('the outcome of a settlement was found out', { saleId: draft.saleId, outcome: outcome.kind })
      feed({ kind: 'outcome', outcome })
      if (outcome.kind !== 'refused') deps.onSettled?.(draft)
    })
  }

  /** Reopen, ask by the sale id, and only when it is not there settle it, under the same id (SPEC LG-7). */
  function askAgain(draft: SaleDraft): SettleOutcome | null {
    try {
      book.reopen()
      const outcome = book.outcomeOf(draft.saleId) ?? book.settle(draft, 'counter', deps.cardTerms())
      return outcome.kind === 'unknown' ? null : outcome
    } catch (error) {
      if (!(error instanceof BookError) || error.code === 'broken-invariant') throw error
      log.error('the book does not open again yet', { error: String(error) })
      return null
    }
  }

  return {
    settle,
    idle() {
      if (written === 0) return
      written = 0
      book.checkpoint()
    },
    close() {
      retry?.()
      retry = null
    },
  }
}
