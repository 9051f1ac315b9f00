import type { AuditLine } from '../../../shared/contract/staff.ts'
import type { AuditAct } from '../../../shared/domain/journal/audit-act.ts'
import { asKnown, type JournalEntry, type KnownEntry } from '../../../shared/domain/journal/entry.ts'
import type { Words } from '../../../shared/domain/menu.ts'
import type { Append, Book, BookFile } from '../book/book.ts'
import { actorNameIn, staffNameIn } from '../day/staff-name.ts'
import { paidByOf } from '../members/paid-by.ts'

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

/** A line of the audit by its place in the journal: the last one of the page before. */
export interface AuditPlace {
  readonly origin: string
  readonly seq: number
}

interface ActRow {
  readonly origin: string
  readonly seq: number
  readonly kind: string
  readonly version: number
  readonly at: string
  readonly actor: string
  readonly body: string
}

/**
 * Everything that was written and is no sale, by the one index that leaves sales out: a page of it takes no longer in a
 * large book. The words of its condition are the index's own, or SQLite would not use it.
 */
const ACTS = `SELECT origin, seq, kind, version, at, actor, body FROM journal
  WHERE kind <> 'sale.settled' AND (hlc, origin) < (?, ?) ORDER BY hlc DESC, origin DESC LIMIT ?`

/** Later than any hybrid time. */
const END = { hlc: 'z', origin: '' }

/** The newest privileged acts, newest first, names resolved (SPEC SE-8). @throws BookError as every reading. */
export const readAudit = (book: Book, limit: number, before: AuditPlace | null): readonly AuditLine[] =>
  book.read((file) => {
    const from = before === null ? END : file.journal.bySeq(before.origin, before.seq)
    if (from === undefined) return []
    return file
      .statement<[string, string, number], ActRow>(ACTS)
      .all(from.hlc, from.origin, limit)
      .map((row) => lineOf(file, row))
  })

function lineOf(file: BookFile, { body, ...row }: ActRow): AuditLine {
  const entry = asKnown({ ...row, body: JSON.parse(body) as unknown } as JournalEntry)
  const about = entry === null ? NOTHING : aboutOf(file, entry)
  return {
    origin: row.origin,
    seq: row.seq,
    atMs: Date.parse(row.at),
    actorName: actorNameIn(file, row.actor),
    act: row.kind,
    paidBy: null,
    approvedByName: null,
    ...about,
  }
}

type About = Pick<AuditLine, 'subject'> & Partial<Pick<AuditLine, 'act' | 'paidBy' | 'approvedByName'>>

const NOTHING: About = { subject: null }

/** A member by name; her id when she was erased. */
const memberName = (file: BookFile, memberId: string): string =>
  file.persons.get(memberId)?.fullName ?? memberId

/** Whose meal was taken back; a guest's by its sale. */
const voidSubject = (file: BookFile, memberId: string | null, saleId: string): string =>
  memberId === null ? saleId : memberName(file, memberId)

const dishName = (file: BookFile, dishId: string): string => {
  const row = file
    .statement<[string], { readonly name: string }>('SELECT name FROM dishes WHERE dish_id = ?')
    .get(dishId)
  return row === undefined ? dishId : (JSON.parse(row.name) as Words).zh
}

/** Whom or what an entry is about. */
function aboutOf(file: BookFile, entry: KnownEntry): About {
  switch (entry.kind) {
    case 'audit.noted':
      return { act: entry.body.act, subject: notedSubject(file, entry.body) }
    case 'staff.appointed':
      return { subject: staffNameIn(file, entry.body.staffId) }
    case 'sale.voided':
    case 'sale.part-reversed':
      return {
        subject: voidSubject(file, entry.body.reversed.memberId, entry.body.saleId),
        approvedByName: staffNameIn(file, entry.body.approvedBy),
      }
    case 'wallet.topped-up':
      return { subject: memberName(file, entry.body.memberId), paidBy: paidByOf(file, entry.body) }
    case 'top-up.reversed':
      return {
        subject: memberName(file, entry.body.memberId),
        paidBy: paidByOf(file, entry.body),
        approvedByName: staffNameIn(file, entry.body.approvedBy),
      }
    case 'wallet.refunded':
    case 'wallet.corrected':
      return {
        subject: memberName(file, entry.body.memberId),
        approvedByName: staffNameIn(file, entry.body.approvedBy),
      }
    case 'grant.given':
    case 'grant.expired':
    case 'member.registered':
    case 'card.issued':
    case 'card.reported-lost':
    case 'card.returned':
    case 'member.limit-set':
    case 'card.seen-twice':
      return { subject: memberName(file, entry.body.memberId) }
    case 'day.closed':
      return { subject: entry.body.closedDate, approvedByName: staffNameIn(file, entry.body.closedBy) }
    case 'drawer.moved':
      return { subject: entry.body.note, approvedByName: staffNameIn(file, entry.body.approvedBy) }
    case 'dish.saved':
    case 'price.set':
    case 'dish.sold-out':
      return { subject: dishName(file, entry.body.dishId) }
    case 'menu.planned':
      return { subject: entry.body.businessDate }
    case 'menu.published':
      return { subject: entry.body.menu.id }
    case 'policy.published': {
      const { id, version } = entry.body.pack
      return { subject: `${id} ${version}` }
    }
    case 'scale.checked':
      return { subject: entry.body.scaleId }
    case 'scale.released':
      return { subject: entry.body.scaleId, approvedByName: staffNameIn(file, entry.body.approvedBy) }
    case 'book.restored':
      return { subject: entry.body.fromOrigin }
    case 'bay.noted': {
      const { what, dishId, netMg, approvedBy } = entry.body
      const subject = `${dishName(file, dishId)} ${netMg / 1000} g`
      const approvedByName = approvedBy === undefined ? null : staffNameIn(file, approvedBy)
      return { act: `bay-${what}`, subject, approvedByName }
    }
    case 'sale.settled':
    case 'clock.confirmed':
      return NOTHING
  }
}

/** The subject of an act that writes no entry of its own, by what the act is about. */
function notedSubject(
  file: BookFile,
  { act, subject }: { readonly act: AuditAct; readonly subject: string | null },
): string | null {
  if (subject === null) return null
  switch (act) {
    case 'signed-in':
    case 'signed-out':
    case 'sign-in-failed':
    case 'pin-changed':
      return staffNameIn(file, subject)
    case 'id-number-shown':
    case 'member-erased':
    case 'member-pin-set':
    case 'member-photo-set':
    case 'member-pin-failed':
    case 'statement-printed':
    case 'payer-added':
    case 'payer-changed':
    case 'payer-removed':
      return memberName(file, subject)
    case 'sale-confirmed':
    case 'report-exported':
    case 'members-imported':
    case 'receipt-printed':
    case 'id-card-read':
    case 'receipt-dropped':
    case 'drawer-opened':
    case 'backup-made':
    case 'sync-started':
    case 'server-enrolled':
    case 'device-chosen':
    case 'restart-wished':
    case 'policy-refused':
      return subject
  }
}
