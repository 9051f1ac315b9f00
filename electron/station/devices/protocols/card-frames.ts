import type { CardSaid, Details, Said } from './said.ts'

/** The first byte of a UID that a card draws anew for each tap: phones, some bank and CPU cards. */
const RANDOM = '08'
/** What stands before the first half of a longer UID. */
const CASCADE = '88'
const SHORT_UID_DIGITS = 8

/**
 * A 13.56 MHz card. A UID of four bytes can be a random one, which is marked and never a member's, or the first half of a
 * longer one, which is no card at all.
 */
export function contactless(uid: string, details: Details = {}): Said {
  if (uid.length !== SHORT_UID_DIGITS) return { kind: 'card', uid, details }
  if (uid.startsWith(CASCADE)) return { kind: 'error', error: 'half_uid', details: { uid } }
  return { kind: 'card', uid, details: uid.startsWith(RANDOM) ? { ...details, random: true } : details }
}

/** The numbers of the cards that a frame is about: what never is a card gives none (SPEC DV-7). */
export function cardsOf(said: Said): readonly string[] {
  return said.kind === 'card' ? [said.uid, ...(said.others ?? [])].filter((uid) => counts(uid, said)) : []
}

function counts(uid: string, { details }: CardSaid): boolean {
  if (/^(?:0+|F+)$/.test(uid)) return false
  return details?.['random'] !== true || !(uid.length === SHORT_UID_DIGITS && uid.startsWith(RANDOM))
}
