import { CanonicalError } from '../../../shared/domain/journal/canonical.ts'
import { FIRST_PREV_HASH, type JournalEntry } from '../../../shared/domain/journal/entry.ts'
import { HYBRID_TIME_ZERO, hybridTime } from '../../../shared/domain/journal/hybrid-clock.ts'
import type { Book } from './book.ts'
import type { BookFile } from './book-file.ts'
import { BookError, messageOf, sqliteCode } from './errors.ts'
import { entryOf, type StoredEntry } from './journal-table.ts'

/** Why a page was refused, and nothing of it kept. */
export type ImportRefusal =
  /** Another entry stands here under this number: two books under one name. */
  | 'other-entry'
  /** A number is missing before this entry. */
  | 'gap'
  /** It does not name the hash of the entry before it, or its time is not after that one's. */
  | 'chain'
  /** Its hash is not its hash: not what was written. */
  | 'hash'
  /** It contradicts what this book holds already. */
  | 'rule'

export type ImportOutcome =
  /** `entries` are new here; up to `seq` everything is held now. */
  | { readonly kind: 'imported'; readonly entries: number; readonly seq: number }
  | {
      readonly kind: 'refused'
      readonly reason: ImportRefusal
      readonly seq: number
      readonly detail: string
    }

class PageRefused extends Error {
  override readonly name = 'PageRefused'
  readonly reason: ImportRefusal
  readonly seq: number

  constructor(reason: ImportRefusal, seq: number, message: string, cause?: unknown) {
    super(message, { cause })
    this.reason = reason
    this.seq = seq
  }
}

/**
 * Takes in entries that another book, or an earlier life of this one, wrote under `origin`: each is hashed again, must follow
 * the one before it, and is appended and folded, all of them in one transaction or none. What is held already is passed
 * over, so the same page twice changes nothing (SPEC SY-1, SY-2).
 *
 * Entries of the book's own origin go on where its head stands; whoever asks for that has to hand in all that are missing
 * at once, because the next sale takes the number after them.
 *
 * @throws BookError when the disk failed, as every write.
 */
export function importEntries(book: Book, origin: string, page: readonly StoredEntry[]): ImportOutcome {
  try {
    return book.write((file) => importInside(file, origin, page))
  } catch (error) {
    if (error instanceof PageRefused)
      return { kind: 'refused', reason: error.reason, seq: error.seq, detail: error.message }
    throw error
  }
}

function importInside(file: BookFile, origin: string, page: readonly StoredEntry[]): ImportOutcome {
  const held = file.journal.newest(origin, 1)[0]
  let before = {
    seq: held?.seq ?? 0,
    hash: held?.hash ?? FIRST_PREV_HASH,
    hlc: held?.hlc ?? HYBRID_TIME_ZERO,
  }
  let entries = 0
  for (const stored of page) {
    const { seq } = stored
    if (stored.origin !== origin)
      throw new PageRefused('chain', seq, `entry ${seq} is of ${stored.origin}, not of ${origin}`)
    if (seq <= before.seq) {
      if (file.journal.bySeq(origin, seq)?.hash !== stored.hash)
        throw new PageRefused('other-entry', seq, `another entry ${origin}/${seq} stands in this book`)
      continue
    }
    assertFollows(stored, before)
    append(file, stored)
    before = stored
    entries += 1
  }
  // The newest time of all origins, and the newest closed date of this station, may have come with them.
  file.head = file.journal.head(file.originId)
  return { kind: 'imported', entries, seq: before.seq }
}

type Place = Pick<StoredEntry, 'seq' | 'hash' | 'hlc'>

function assertFollows({ origin, seq, prevHash, hlc }: StoredEntry, before: Place): void {
  if (seq !== before.seq + 1)
    throw new PageRefused('gap', seq, `entry ${origin}/${seq} does not follow ${before.seq}`)
  if (prevHash !== before.hash)
    throw new PageRefused('chain', seq, `entry ${origin}/${seq} does not name the hash of ${before.seq}`)
  if (!isTime(hlc) || hlc <= before.hlc)
    throw new PageRefused('chain', seq, `the time ${hlc} of ${origin}/${seq} is not after ${before.hlc}`)
}

function isTime(text: string): boolean {
  try {
    hybridTime(text)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** The journal hashes what it writes: an entry whose hash, or whose canonical form, was another one shows itself here. */
function append(file: BookFile, stored: StoredEntry): void {
  const { origin, seq } = stored
  const { hash: claimed, ...unhashed } = parsed(stored)
  let written: string
  try {
    written = file.journal.append(unhashed)
  } catch (error) {
    if (error instanceof CanonicalError) throw notWritten(stored, error)
    throw error
  }
  if (written !== claimed) throw notWritten(stored)
  try {
    file.fold.fold({ ...unhashed, hash: claimed })
  } catch (error) {
    if (error instanceof BookError || isOfTheDisk(error)) throw error
    throw new PageRefused('rule', seq, `entry ${origin}/${seq} cannot be folded: ${messageOf(error)}`, error)
  }
  if (unhashed.kind === 'policy.published') file.policies.forget()
}

function parsed(stored: StoredEntry): JournalEntry {
  try {
    return entryOf(stored)
  } catch (error) {
    if (error instanceof SyntaxError) throw notWritten(stored, error)
    throw error
  }
}

const notWritten = ({ origin, seq }: StoredEntry, cause?: unknown): PageRefused =>
  new PageRefused('hash', seq, `entry ${origin}/${seq} is not what was written: its hash differs`, cause)

/** A constraint is the book's own word about an entry; every other error of SQLite is the disk's. */
function isOfTheDisk(error: unknown): boolean {
  const code = sqliteCode(error)
  return code !== null && !code.startsWith('SQLITE_CONSTRAINT')
}
