import type { JournalBodies } from '../../../shared/domain/journal/entry.ts'
import { stationOf } from '../../../shared/domain/ledger/accounts.ts'
import { fen, type Fen } from '../../../shared/domain/units.ts'
import type { Append, BookFile } from '../book/book.ts'
import { drawerBalance } from '../book/drawer-balance.ts'
import { BookError } from '../book/errors.ts'
import { walletOf } from '../book/members.ts'
import { balanceAfter } from './movements.ts'

export interface ReversalRequest {
  /** Made by whoever starts it: the same id never counts twice. */
  readonly reversalId: string
  readonly topUpId: string
  readonly note: string
  readonly approvedBy: string
}

export type ReversalOutcome =
  /** Also when the same request stood in the book already: nothing was taken again. */
  | { readonly kind: 'reversed'; readonly balanceAfterFen: Fen }
  | { readonly kind: 'no-such-top-up' | 'already-reversed' | 'taken-elsewhere' }
  | { readonly kind: 'already-spent'; readonly balanceFen: Fen }
  | { readonly kind: 'not-enough-cash'; readonly cashFen: number }

interface Place {
  readonly origin: string
  readonly seq: number
}

/**
 * Takes a top-up back, inside the caller's transaction: whole, once, where it was taken, and only while her wallet holds it
 * (SPEC LG-25). Cash is given back from the drawer.
 *
 * @throws BookError `broken-invariant` for an id that reversed something else.
 */
export function reverseInside(
  file: BookFile,
  append: Append,
  request: ReversalRequest,
  actor: string,
): ReversalOutcome {
  const { reversalId, topUpId, note, approvedBy } = request
  const earlier = earlierReversal(file, request)
  if (earlier !== null) return { kind: 'reversed', balanceAfterFen: earlier }
  const place = file.queries.topUp.get(topUpId)
  const topUp = place === undefined ? undefined : file.journal.bySeq(place.origin, place.seq)
  if (topUp === undefined) return { kind: 'no-such-top-up' }
  if (stationOf(topUp.origin) !== stationOf(file.originId)) return { kind: 'taken-elsewhere' }
  const known = file.statement<[string]>('SELECT 1 FROM top_up_reversals WHERE top_up_id = ?').get(topUpId)
  if (known !== undefined) return { kind: 'already-reversed' }

  const { memberId, amountFen, source, payerId } = JSON.parse(
    topUp.bodyText,
  ) as JournalBodies['wallet.topped-up']
  const payer = payerId === undefined ? {} : { payerId }
  const balanceFen = walletOf(file, memberId)
  if (balanceFen < amountFen) return { kind: 'already-spent', balanceFen }
  const cashFen = drawerBalance(file)
  if (source === 'cash' && cashFen < amountFen) return { kind: 'not-enough-cash', cashFen }
  const body = { reversalId, topUpId, memberId, amountFen, source, ...payer, note, approvedBy }
  append({ kind: 'top-up.reversed', body }, actor)
  const balanceAfterFen = fen(balanceFen - amountFen)
  if (walletOf(file, memberId) !== balanceAfterFen)
    throw new BookError(
      'broken-invariant',
      `wallet of ${memberId} is not ${balanceAfterFen} after the reversal`,
    )
  return { kind: 'reversed', balanceAfterFen }
}

/** Her balance right after a top-up that stands in the book: the same answer however often it is asked for. */
export function balanceAfterTopUp(file: BookFile, topUpId: string): Fen {
  const place = file.queries.topUp.get(topUpId)
  const entry = place === undefined ? undefined : file.journal.bySeq(place.origin, place.seq)
  if (entry === undefined) throw new BookError('broken-invariant', `top-up ${topUpId} is not in the book`)
  const { memberId } = JSON.parse(entry.bodyText) as JournalBodies['wallet.topped-up']
  return fen(balanceAfter(file, memberId, entry))
}

function earlierReversal(file: BookFile, request: ReversalRequest): Fen | null {
  const place = file
    .statement<[string], Place>('SELECT origin, seq FROM top_up_reversals WHERE reversal_id = ?')
    .get(request.reversalId)
  const entry = place === undefined ? undefined : file.journal.bySeq(place.origin, place.seq)
  if (entry === undefined) return null
  const body = JSON.parse(entry.bodyText) as JournalBodies['top-up.reversed']
  // Who approved may differ: the same request may be approved again, by somebody else, after its answer was lost.
  if (body.topUpId !== request.topUpId || body.note !== request.note)
    throw new BookError('broken-invariant', `reversal ${request.reversalId} is in the book with another body`)
  return fen(balanceAfter(file, body.memberId, entry))
}
