import type { TroubleCode } from '../../../shared/domain/checkout/view.ts'
import { BookError, type Book } from '../book/book.ts'
import type { Cancel, Log, Timers } from '../deps.ts'

/** Asks the book what no settlement depends on, and sees to it that it answers again after it did not. */
export interface BookWatch {
  /**
   * Null when the book cannot answer now. Then selling stops, the screens say why, and the book is opened again, with
   * growing pauses, until it answers (SPEC LG-22).
   *
   * @throws what is a defect and no trouble of the disk.
   */
  ask<Answer>(question: (book: Book) => Answer): Answer | null
  close(): void
}

const FIRST_RETRY_MS = 50
const LONGEST_RETRY_MS = 5_000

export function createBookWatch(
  deps: { readonly book: Book; readonly timers: Timers; readonly log: Log },
  feed: (input: { readonly kind: 'book'; readonly trouble: TroubleCode | null }) => void,
): BookWatch {
  const { book, timers, log } = deps
  let retry: Cancel | null = null

  function openLater(delayMs: number): void {
    retry = timers.after(delayMs, () => {
      retry = null
      try {
        book.reopen()
      } catch (error) {
        feed({ kind: 'book', trouble: troubleOf(error) })
        openLater(Math.min(delayMs * 2, LONGEST_RETRY_MS))
        return
      }
      feed({ kind: 'book', trouble: null })
    })
  }

  return {
    ask(question) {
      if (retry !== null) return null
      try {
        return question(book)
      } catch (error) {
        const trouble = troubleOf(error)
        log.error('the book does not answer', { error: String(error) })
        openLater(FIRST_RETRY_MS)
        feed({ kind: 'book', trouble })
        return null
      }
    },
    close() {
      retry?.()
      retry = null
    },
  }
}

/** @throws the error itself when it is not the disk's. */
function troubleOf(error: unknown): TroubleCode {
  if (!(error instanceof BookError) || error.code === 'broken-invariant') throw error
  if (error.code === 'disk-full') return 'disk-full'
  return error.code === 'read-only' ? 'book-read-only' : 'book-unavailable'
}
