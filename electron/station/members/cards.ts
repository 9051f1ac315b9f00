import type { Append, BookFile } from '../book/book.ts'
import { cardsOf, registered } from './people.ts'

export type CardOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'no-such-member' | 'no-such-card' }
  | { readonly kind: 'in-use'; readonly memberId: string }

const DONE: CardOutcome = { kind: 'done' }

/**
 * Makes a card hers, inside the caller's transaction. One that is hers already stays so; somebody else's, valid or lost,
 * is not taken from her, unless she was erased.
 */
export function issueInside(
  file: BookFile,
  append: Append,
  { memberId, uid }: { readonly memberId: string; readonly uid: string },
  actor: string,
): CardOutcome {
  if (registered(file, memberId) === null) return { kind: 'no-such-member' }
  const card = file.queries.card.get(uid)
  const theirs = card !== undefined && card.member_id !== memberId
  if (theirs && !file.persons.isErased(card.member_id)) return { kind: 'in-use', memberId: card.member_id }
  if (theirs || card?.state !== 'valid') append({ kind: 'card.issued', body: { uid, memberId } }, actor)
  return DONE
}

/** The new card, and every valid one before it lost: all or nothing (SPEC ME-6). */
export function reissueInside(
  file: BookFile,
  append: Append,
  { memberId, newUid }: { readonly memberId: string; readonly newUid: string },
  actor: string,
): CardOutcome {
  const issued = issueInside(file, append, { memberId, uid: newUid }, actor)
  if (issued.kind !== 'done') return issued
  for (const { uid, state } of cardsOf(file, memberId))
    if (state === 'valid' && uid !== newUid)
      append({ kind: 'card.reported-lost', body: { uid, memberId } }, actor)
  return DONE
}

/** Lost, or found again: then it is valid as before. Said twice it is written once. */
export function markCardInside(
  file: BookFile,
  append: Append,
  { uid, state }: { readonly uid: string; readonly state: 'valid' | 'lost' },
  actor: string,
): CardOutcome {
  const card = file.queries.card.get(uid)
  if (card === undefined) return { kind: 'no-such-card' }
  const kind = state === 'lost' ? 'card.reported-lost' : 'card.issued'
  if (card.state !== state) append({ kind, body: { uid, memberId: card.member_id } }, actor)
  return DONE
}
