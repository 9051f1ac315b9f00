import type { JournalBodies } from '../../../shared/domain/journal/entry.ts'
import { fen, type Fen } from '../../../shared/domain/units.ts'
import type { Append, BookFile } from '../book/book.ts'
import { drawerBalance } from '../book/drawer-balance.ts'
import { BookError } from '../book/errors.ts'
import type { StoredEntry } from '../book/journal-table.ts'
import { walletOf } from '../book/members.ts'
import { balanceAfter } from '../members/movements.ts'

/** A refund as it is asked for and as it stands in the journal: the same id never pays twice. */
export type RefundRequest = JournalBodies['wallet.refunded']

export type RefundOutcome =
  /** Also when the same request stood in the book already: nothing was paid out again. */
  | { readonly kind: 'refunded'; readonly balanceAfterFen: Fen }
  | { readonly kind: 'no-such-member' }
  | { readonly kind: 'too-much'; readonly balanceFen: number }
  | { readonly kind: 'not-enough-cash'; readonly cashFen: number }

/**
 * Gives a senior her own money back, or a part of it, inside the caller's transaction: once, never more than her wallet
 * holds, and in cash never more than the drawer does (SPEC LG-36). Grants are the funds' and are not paid out.
 *
 * @throws BookError `broken-invariant` for an id that paid out something else.
 */
export function refundInside(
  file: BookFile,
  append: Append,
  request: RefundRequest,
  actor: string,
): RefundOutcome {
  const { memberId, amountFen, method } = request
  const earlier = refundEntry(file, request.refundId)
  if (earlier !== null) {
    assertSame(earlier.body, request)
    return { kind: 'refunded', balanceAfterFen: fen(balanceAfter(file, memberId, earlier.entry)) }
  }
  if (file.queries.member.get(memberId) === undefined) return { kind: 'no-such-member' }
  const balanceFen = walletOf(file, memberId)
  if (amountFen > balanceFen) return { kind: 'too-much', balanceFen }
  const cashFen = drawerBalance(file)
  if (method === 'cash' && amountFen > cashFen) return { kind: 'not-enough-cash', cashFen }
  append({ kind: 'wallet.refunded', body: { ...request } }, actor)
  const balanceAfterFen = fen(balanceFen - amountFen)
  if (walletOf(file, memberId) !== balanceAfterFen)
    throw new BookError(
      'broken-invariant',
      `wallet of ${memberId} is not ${balanceAfterFen} after the refund`,
    )
  return { kind: 'refunded', balanceAfterFen }
}

/** A refund that stands in the book, with its entry; null for an unknown one. */
export function refundEntry(
  file: BookFile,
  refundId: string,
): { readonly entry: StoredEntry; readonly body: RefundRequest } | null {
  const place = file
    .statement<[string], { origin: string; seq: number }>(
      'SELECT origin, seq FROM refunds WHERE refund_id = ?',
    )
    .get(refundId)
  const entry = place === undefined ? undefined : file.journal.bySeq(place.origin, place.seq)
  return entry === undefined ? null : { entry, body: JSON.parse(entry.bodyText) as RefundRequest }
}

/** Who approved may differ: the same request may be approved again, by somebody else, after its answer was lost. */
function assertSame(body: RefundRequest, request: RefundRequest): void {
  const same =
    body.memberId === request.memberId &&
    body.amountFen === request.amountFen &&
    body.method === request.method &&
    body.note === request.note
  if (!same)
    throw new BookError('broken-invariant', `refund ${request.refundId} is in the book with another body`)
}
