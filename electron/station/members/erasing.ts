import type { Append, BookFile } from '../book/book.ts'
import { walletOf } from '../book/members.ts'
import { noteAuditInside } from '../staff/audit.ts'
import { forgetPin } from './member-pins.ts'
import { cardsOf, registered } from './people.ts'

export type EraseOutcome =
  | { readonly kind: 'erased' | 'no-such-member' }
  /** What is hers, or what she owes, is settled first. */
  | { readonly kind: 'has-money'; readonly balanceFen: number }
  | { readonly kind: 'has-deposit'; readonly depositFen: number }

/**
 * Forgets a person at her request, inside the caller's transaction: her row of `persons` keeps a version and nothing else,
 * her cards are lost, and the journal, which never knew more than an id, stays as it is (SPEC ME-11).
 */
export function eraseInside(file: BookFile, append: Append, memberId: string, actor: string): EraseOutcome {
  if (registered(file, memberId) === null) return { kind: 'no-such-member' }
  const balanceFen = walletOf(file, memberId)
  if (balanceFen !== 0) return { kind: 'has-money', balanceFen }
  const cards = cardsOf(file, memberId)
  // What lies on lost ones stays there: nobody can bring them any more.
  const held = cards.filter(({ state }) => state === 'valid').map(({ depositFen }) => Number(depositFen))
  const depositFen = held.reduce((sum, each) => sum + each, 0)
  if (depositFen !== 0) return { kind: 'has-deposit', depositFen }
  for (const { uid, state } of cards)
    if (state === 'valid') append({ kind: 'card.reported-lost', body: { uid, memberId } }, actor)
  forgetPin(file, memberId)
  file.persons.erase(memberId)
  noteAuditInside(append, actor, 'member-erased', memberId)
  return { kind: 'erased' }
}
