import type { CardState } from '../../../shared/domain/member.ts'
import type { Fen } from '../../../shared/domain/units.ts'
import type { Append, BookFile } from '../book/book.ts'
import { cardsOf, registered } from './people.ts'

export type CardOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'no-such-member' | 'no-such-card' | 'returned' }
  | { readonly kind: 'in-use'; readonly memberId: string }

/** A card to be hers, with the deposit that is taken for it. */
export interface IssueRequest {
  readonly memberId: string
  readonly uid: string
  readonly depositFen: Fen
}

const DONE: CardOutcome = { kind: 'done' }

/**
 * Makes a card hers, inside the caller's transaction, beside those that she has. One that is hers already stays so, and no
 * second deposit is taken; somebody else's, valid or lost, is not taken from her, unless she was erased or has returned it.
 */
export function issueInside(
  file: BookFile,
  append: Append,
  { memberId, uid, depositFen }: IssueRequest,
  actor: string,
): CardOutcome {
  if (registered(file, memberId) === null) return { kind: 'no-such-member' }
  const card = file.queries.card.get(uid)
  const free = card === undefined || card.state === 'returned' || file.persons.isErased(card.member_id)
  if (!free && card.member_id !== memberId) return { kind: 'in-use', memberId: card.member_id }
  if (!free && card.state === 'valid') return DONE
  // Her own lost card lies here again: what was paid for it lies on it still.
  const deposit = free && depositFen > 0 ? { depositFen } : {}
  append({ kind: 'card.issued', body: { uid, memberId, ...deposit } }, actor)
  return DONE
}

/** The new card, and every valid one before it lost: all or nothing (SPEC ME-6). */
export function reissueInside(
  file: BookFile,
  append: Append,
  { memberId, newUid, depositFen }: Omit<IssueRequest, 'uid'> & { readonly newUid: string },
  actor: string,
): CardOutcome {
  const issued = issueInside(file, append, { memberId, uid: newUid, depositFen }, actor)
  if (issued.kind !== 'done') return issued
  for (const { uid, state } of cardsOf(file, memberId))
    if (state === 'valid' && uid !== newUid)
      append({ kind: 'card.reported-lost', body: { uid, memberId } }, actor)
  return DONE
}

/** Lost, or found again: then it is valid as before. Said twice it is written once; of a returned card it is not said. */
export function markCardInside(
  file: BookFile,
  append: Append,
  { uid, state }: { readonly uid: string; readonly state: Exclude<CardState, 'returned'> },
  actor: string,
): CardOutcome {
  const card = file.queries.card.get(uid)
  if (card === undefined) return { kind: 'no-such-card' }
  if (card.state === 'returned') return { kind: 'returned' }
  const kind = state === 'lost' ? 'card.reported-lost' : 'card.issued'
  if (card.state !== state) append({ kind, body: { uid, memberId: card.member_id } }, actor)
  return DONE
}
