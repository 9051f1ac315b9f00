import { cardDeposit } from '../../../shared/domain/ledger/accounts.ts'
import { fen, type Fen } from '../../../shared/domain/units.ts'
import type { Append, BookFile } from '../book/book.ts'
import { drawerBalance } from '../book/drawer-balance.ts'
import { BookError } from '../book/errors.ts'

export interface ReturnRequest {
  /** Made by whoever starts the return: the same id never pays twice. */
  readonly returnId: string
  readonly uid: string
}

export type ReturnOutcome =
  /** Also when the same request stood in the book already: nothing was paid again. */
  | { readonly kind: 'returned'; readonly depositFen: Fen }
  | { readonly kind: 'no-such-card' | 'lost' | 'already-returned' }
  | { readonly kind: 'not-enough-cash'; readonly cashFen: number }

/** The deposit that lies on a member's card, in fen. */
export const depositOn = (file: BookFile, memberId: string, uid: string): Fen =>
  fen(file.queries.balance.get(cardDeposit(memberId, uid))?.balance_fen ?? 0)

/**
 * Takes a card back and pays its deposit out of the drawer, inside the caller's transaction. A lost card keeps its deposit
 * until it is found; the wallet is not touched (SPEC LG-35).
 *
 * @throws BookError `broken-invariant` for an id that returned another card.
 */
export function returnInside(
  file: BookFile,
  append: Append,
  { returnId, uid }: ReturnRequest,
  actor: string,
): ReturnOutcome {
  const earlier = file
    .statement<[string], { uid: string; deposit_fen: number }>(
      'SELECT uid, deposit_fen FROM card_returns WHERE return_id = ?',
    )
    .get(returnId)
  if (earlier !== undefined) {
    if (earlier.uid !== uid)
      throw new BookError('broken-invariant', `return ${returnId} is in the book with another card`)
    return { kind: 'returned', depositFen: fen(earlier.deposit_fen) }
  }
  const card = file.queries.card.get(uid)
  if (card === undefined) return { kind: 'no-such-card' }
  if (card.state === 'returned') return { kind: 'already-returned' }
  if (card.state === 'lost') return { kind: 'lost' }
  const { member_id: memberId } = card
  const depositFen = depositOn(file, memberId, uid)
  const cashFen = drawerBalance(file)
  if (depositFen > 0 && cashFen < depositFen) return { kind: 'not-enough-cash', cashFen }
  append({ kind: 'card.returned', body: { returnId, uid, memberId, depositFen } }, actor)
  if (depositOn(file, memberId, uid) !== 0)
    throw new BookError('broken-invariant', `a deposit is left on card ${uid} after its return`)
  return { kind: 'returned', depositFen }
}
