import type { Database } from 'better-sqlite3'
import type { DayTotals, SaleExplained, SaleSummary } from '../../../shared/contract/sales.ts'
import type { JournalEntry, JournalEvent, TopUpSource } from '../../../shared/domain/journal/entry.ts'
import type { CardLookup, MemberFacts } from '../../../shared/domain/member.ts'
import type { Menu } from '../../../shared/domain/menu.ts'
import type { HeldPack } from '../../../shared/domain/policy/packs.ts'
import type { PolicyPack } from '../../../shared/domain/policy/types.ts'
import type { CardTerms } from '../../../shared/domain/members/card-rules.ts'
import type { SaleDraft, SettleOutcome } from '../../../shared/domain/sale.ts'
import type { Fen } from '../../../shared/domain/units.ts'
import type { Clock, Ids, Log } from '../deps.ts'
import type { BookFile } from './book-file.ts'
import type { NamesOnScreen } from './members.ts'
import type { Person, PersonChanged } from './persons.ts'
import { StationBook } from './station-book.ts'

export { BookError, type BookErrorCode } from './errors.ts'
export type { BookFile } from './book-file.ts'
export type { Person } from './persons.ts'
export type { NamesOnScreen } from './members.ts'

export interface BookOptions {
  /** The data folder; made when missing. Holds `book.sqlite` with its log, and `book.lock`. */
  readonly folder: string
  /** The station's id: the origin of every entry it writes until the book is put back from a backup (SPEC LG-28). */
  readonly originId: string
  readonly clock: Clock
  readonly ids: Ids
  /** 32 bytes, kept by the operating system. */
  readonly personKey: Uint8Array
  readonly log: Log
  /** The business date of a moment, for entries whose event does not fix its own. YYYY-MM-DD. */
  readonly businessDateAt: (atMs: number) => string
  /** `form-of-address` unless the canteen chose otherwise. */
  readonly namesOnScreen?: NamesOnScreen
  /** Where the migrations lie; found above this module when absent. */
  readonly migrationsFolder?: string
  /** Room to keep on the disk for what is pending when it is full: 4 MiB is plenty. None unless said. */
  readonly reserveBytes?: number
  /** How a connection is made. The default sets `synchronous=FULL` and reads every pragma back. */
  readonly openDatabase?: (path: string) => Database
}

/** Gives an event its place at the end of the journal and folds it; only good inside the `write` that handed it out. */
export type Append = (event: JournalEvent, actor: string) => JournalEntry

export type BookState = 'open' | 'reopening' | 'read-only' | 'disk-full' | 'unavailable'

export interface BookHealth {
  readonly state: BookState
  readonly entries: number
  readonly headSeq: number
  readonly headHash: string
  readonly lastHlc: string
  readonly synchronous: number
  readonly sqliteVersion: string
  /** Size of the write-ahead log: shrinks to nothing only by `checkpoint`. */
  readonly logBytes: number
}

export interface TopUp {
  /** Made by whoever starts the top-up: the same id never counts twice. */
  readonly topUpId: string
  readonly memberId: string
  readonly amountFen: Fen
  readonly source: TopUpSource
  /** Who of her family paid it; absent: she did. */
  readonly payerId?: string
}

/**
 * The station's book: the journal and what it says, in one SQLite file with one writer. Every method is synchronous.
 *
 * Methods other than `settle` throw BookError: `disk-full`, `read-only`, `unavailable` or `damaged` when the disk failed
 * them, `unknown-outcome` when it did so at COMMIT, `broken-invariant` for what must never happen.
 */
export interface Book {
  /**
   * Writes a sale in one transaction. Never throws for what a disk or a senior can do: those are outcomes. After
   * `unknown` the book refuses everything until `reopen`; then ask `outcomeOf`.
   *
   * @throws BookError `broken-invariant` for a draft that does not add up, or a known id with another body.
   */
  settle(draft: SaleDraft, actor?: string, cardTerms?: CardTerms): SettleOutcome
  /** What is in the book under this sale id: `exists`, or null when it was never settled. */
  outcomeOf(saleId: string): SettleOutcome | null
  /** Closes and opens again, checks the newest entries, and makes what was found durable. @throws BookError. */
  reopen(): void

  /** Writes any entry but a sale. A top-up whose id is already there is given back and not written again. */
  append(event: JournalEvent, actor: string): JournalEntry
  /** Writes many in one transaction, sales too, without the checks of the counter: for seeding. */
  appendMany(events: Iterable<JournalEvent>, actor: string): number

  /** A person and her facts, registered or changed. The name stays out of the journal. */
  registerMember(person: Omit<Person, 'bornOn'>, facts: MemberFacts, actor: string): JournalEntry
  /** Forgets the person; the entries of her meals stay. */
  erasePerson(memberId: string): void
  /** Tells of each person that may have changed, whoever wrote it: registered, changed, erased, taken in by sync. */
  watchPersons(changed: PersonChanged): void
  issueCard(uid: string, memberId: string, actor: string): JournalEntry
  /** @returns null when no such card was ever issued. */
  reportCardLost(uid: string, actor: string): JournalEntry | null
  topUp(topUp: TopUp, actor: string): JournalEntry

  /** Asks the open book. Synchronous, so nothing changes meanwhile. */
  read<Answer>(query: (file: BookFile) => Answer): Answer
  /** One transaction: what is read in it, what is appended, all or nothing. May take from the reserve on a full disk. */
  write<Answer>(work: (file: BookFile, append: Append) => Answer): Answer
  /** The business date that something happening on `businessDate` belongs to: a closed day gets no more (SPEC LG-26). */
  openDate(businessDate: string): string

  lookUpCard(uid: string, businessDate: string): CardLookup
  /** A member's money; zero before the first top-up. */
  balanceOf(memberId: string): Fen
  /** The newest published menu. */
  menu(): Menu | null
  policyPacks(): readonly PolicyPack[]
  /** The same, each with when it came and who signed it. */
  heldPacks(): readonly HeldPack[]
  recentSales(limit: number): readonly SaleSummary[]
  explainSale(saleId: string): SaleExplained | null
  /** The sale as it was settled, or null. */
  draftOf(saleId: string): SaleDraft | null
  dayTotals(businessDate: string): DayTotals

  health(): BookHealth
  /** Milliseconds of the newest entry's hybrid clock; 0 for an empty book. For the clock guard. */
  newestPhysicalMs(): number
  /** Moves the log into the file. The station calls it when idle; a settlement never does (SPEC LG-20). */
  checkpoint(): void
  close(): void
}

/**
 * Opens the book of a folder, or makes it, and takes the folder's lock.
 *
 * @throws BookError with the reason why it cannot be used.
 */
export function openBook(options: BookOptions): Book {
  return new StationBook(options)
}
