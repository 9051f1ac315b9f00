import type { AuditAct, JournalEntry } from '../../../shared/domain/journal/entry.ts'
import type { Append, Book } from '../book/book.ts'

/**
 * Notes a privileged act that writes no other entry (SPEC SE-8).
 *
 * @param subject an id, a date or a file's name, never a person's data
 * @throws BookError as every write.
 */
export const noteAudit = (book: Book, actor: string, act: AuditAct, subject: string | null): JournalEntry =>
  book.append({ kind: 'audit.noted', body: { act, subject } }, actor)

/** The same inside a `book.write`. */
export const noteAuditInside = (
  append: Append,
  actor: string,
  act: AuditAct,
  subject: string | null,
): JournalEntry => append({ kind: 'audit.noted', body: { act, subject } }, actor)
