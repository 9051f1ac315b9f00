import type { JournalKind } from '../../../shared/domain/journal/entry.ts'

/** A clock further ahead of the book than this is doubted: longer than any holiday a canteen closes for. */
export const FAR_AHEAD_MS = 60 * 24 * 3_600_000

/** Written whatever the date is: nobody has looked at it, so they say nothing of whether it is right. */
const WHATEVER_THE_DATE: ReadonlySet<JournalKind> = new Set<JournalKind>([
  'audit.noted',
  'card.reported-lost',
  'card.seen-twice',
  'policy.published',
  'staff.appointed',
  'book.restored',
])

/**
 * The moment that an entry belongs to. What is written under a clock far ahead, before a person has confirmed the date, is
 * taken for written at the book's newest time: otherwise a sign-in, or a program's new packs at a start, would make a wrong
 * date pass for right, and the book's time never goes back (SPEC CK-16, LG-11).
 *
 * @param newestMs of the book; 0 when it is empty
 */
export const believedMs = (kind: JournalKind, nowMs: number, newestMs: number): number =>
  WHATEVER_THE_DATE.has(kind) && newestMs > 0 && nowMs - newestMs > FAR_AHEAD_MS ? newestMs : nowMs
