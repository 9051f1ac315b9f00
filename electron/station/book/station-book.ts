import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { DayTotals, SaleExplained, SaleSummary } from '../../../shared/contract/sales.ts'
import { canonicalJson } from '../../../shared/domain/journal/canonical.ts'
import { KIND_VERSIONS, type JournalEntry, type JournalEvent } from '../../../shared/domain/journal/entry.ts'
import { nextHybridTime, physicalMsOf } from '../../../shared/domain/journal/hybrid-clock.ts'
import { saleFault } from '../../../shared/domain/ledger/sale-sums.ts'
import type { CardLookup, MemberFacts } from '../../../shared/domain/member.ts'
import type { Menu } from '../../../shared/domain/menu.ts'
import type { PolicyPack } from '../../../shared/domain/policy/types.ts'
import type { SaleDraft, SettleOutcome } from '../../../shared/domain/sale.ts'
import type { Fen } from '../../../shared/domain/units.ts'
import type { Book, BookHealth, BookOptions, BookState, TopUp } from './book.ts'
import { asOpenError, BookFile } from './book-file.ts'
import { openDatabase, sqliteVersion, synchronousOf } from './connection.ts'
import { BookError, messageOf, sqliteCode, storageFault } from './errors.ts'
import { prepareFolder } from './folder.ts'
import { entryOf, hashOf, type StoredEntry } from './journal-table.ts'
import { lockFolder } from './lock.ts'
import { lookUpCard, walletOf, type NamesOnScreen } from './members.ts'
import { migrationsFolder, readMigrations, type Migration } from './migrate.ts'
import type { Person } from './persons.ts'
import { dayTotals, draftOf, explainSale, recentSales } from './reports.ts'
import { existingSale, settleInside } from './settlement.ts'
import { UnknownOutcomeError } from './transaction.ts'

export const BOOK_FILE_NAME = 'book.sqlite'

/** The one writer of one folder's book. See the interface for what each method promises. */
export class StationBook implements Book {
  readonly #options: BookOptions
  readonly #names: NamesOnScreen
  readonly #migrations: readonly Migration[]
  readonly #unlock: () => void
  readonly #path: string
  #file: BookFile
  #state: BookState = 'open'
  /** As it was when the connection last answered: a book that cannot be read still has a health. */
  #connection: ConnectionHealth

  constructor(options: BookOptions) {
    this.#options = options
    this.#names = options.namesOnScreen ?? 'form-of-address'
    this.#path = join(options.folder, BOOK_FILE_NAME)
    this.#migrations = readMigrations(options.migrationsFolder ?? migrationsFolder())
    prepareFolder(options.folder)
    this.#unlock = locked(options.folder)
    try {
      this.#file = this.#openFile()
      this.#connection = connectionHealth(this.#file)
    } catch (error) {
      this.#unlock()
      throw error
    }
  }

  settle(draft: SaleDraft, actor = 'counter'): SettleOutcome {
    const fault = saleFault(draft)
    if (fault !== null)
      throw new BookError('broken-invariant', `sale ${draft.saleId} does not add up: ${fault}`)
    if (this.#state === 'reopening') return { kind: 'refused', reason: 'book-unavailable' }
    try {
      return this.#write(() =>
        settleInside(this.#file, draft, (body, bodyText) =>
          this.#appendInside(
            { kind: 'sale.settled', body, businessDate: draft.businessDate },
            bodyText,
            actor,
          ),
        ),
      )
    } catch (error) {
      if (!(error instanceof BookError)) throw error
      if (error.code === 'unknown-outcome') return { kind: 'unknown', saleId: draft.saleId }
      if (error.code === 'disk-full' || error.code === 'read-only')
        return { kind: 'refused', reason: error.code }
      if (error.code === 'unavailable' || error.code === 'damaged')
        return { kind: 'refused', reason: 'book-unavailable' }
      throw error
    }
  }

  outcomeOf(saleId: string): SettleOutcome | null {
    return this.#read((file) => existingSale(file, saleId))
  }

  /**
   * After a failed COMMIT. What the log holds is brought into the file and flushed there, because a flush that failed
   * once may have left pages marked clean that never reached the disk; then a small write is committed, so that the answer
   * found now is the answer after a power cut as well.
   */
  reopen(): void {
    this.#state = 'reopening'
    this.#closeFile()
    const file = this.#openFile()
    try {
      file.db.pragma('wal_checkpoint(TRUNCATE)')
      file.transaction.run(() => {
        file.queries.setMeta.run(
          'reopened',
          String(Number(file.queries.meta.get('reopened')?.value ?? 0) + 1),
        )
      })
    } catch (error) {
      file.close()
      throw asOpenError(error, this.#path)
    }
    this.#file = file
    this.#state = 'open'
    this.#options.log.info('book reopened', { entries: file.journal.count(), headHash: file.head.hash })
  }

  append(event: JournalEvent, actor: string): JournalEntry {
    if (event.kind === 'sale.settled')
      throw new BookError('broken-invariant', 'a sale is settled, not appended')
    return this.#write(() => {
      const earlier = event.kind === 'wallet.topped-up' ? this.#earlierTopUp(event.body) : null
      return earlier ?? this.#appendInside(event, canonicalJson(event.body), actor)
    })
  }

  appendMany(events: Iterable<JournalEvent>, actor: string): number {
    return this.#write(() => {
      let count = 0
      for (const event of events) {
        this.#appendInside(event, canonicalJson(event.body), actor)
        count += 1
      }
      return count
    })
  }

  registerMember(person: Omit<Person, 'bornOn'>, facts: MemberFacts, actor: string): JournalEntry {
    const { memberId, bornOn, categories, householdArea, residenceArea } = facts
    const body = { memberId, categories, householdArea, residenceArea }
    return this.#write(() => {
      this.#file.persons.put(memberId, { ...person, bornOn })
      return this.#appendInside({ kind: 'member.registered', body }, canonicalJson(body), actor)
    })
  }

  erasePerson(memberId: string): void {
    this.#write(() => {
      this.#file.persons.erase(memberId)
    })
  }

  issueCard(uid: string, memberId: string, actor: string): JournalEntry {
    return this.append({ kind: 'card.issued', body: { uid, memberId } }, actor)
  }

  reportCardLost(uid: string, actor: string): JournalEntry | null {
    const card = this.#read((file) => file.queries.card.get(uid))
    if (card === undefined) return null
    return this.append({ kind: 'card.reported-lost', body: { uid, memberId: card.member_id } }, actor)
  }

  topUp(topUp: TopUp, actor: string): JournalEntry {
    if (!Number.isSafeInteger(topUp.amountFen) || topUp.amountFen <= 0)
      throw new BookError('broken-invariant', `a top-up of ${topUp.amountFen} fen`)
    return this.append({ kind: 'wallet.topped-up', body: topUp }, actor)
  }

  lookUpCard(uid: string, businessDate: string): CardLookup {
    return this.#read((file) => lookUpCard(file, uid, businessDate, this.#names))
  }

  balanceOf(memberId: string): Fen {
    return this.#read((file) => walletOf(file, memberId))
  }

  menu(): Menu | null {
    const row = this.#read((file) => file.queries.menu.get())
    return row === undefined ? null : (JSON.parse(row.body) as Menu)
  }

  policyPacks(): readonly PolicyPack[] {
    return this.#read((file) => file.queries.policyPacks.all()).map(
      (row) => JSON.parse(row.body) as PolicyPack,
    )
  }

  recentSales(limit: number): readonly SaleSummary[] {
    return this.#read((file) => recentSales(file, limit, this.#names))
  }

  explainSale(saleId: string): SaleExplained | null {
    return this.#read((file) => explainSale(file, saleId, this.#names))
  }

  draftOf(saleId: string): SaleDraft | null {
    return this.#read((file) => draftOf(file, saleId))
  }

  dayTotals(businessDate: string): DayTotals {
    return this.#read((file) => dayTotals(file, businessDate))
  }

  health(): BookHealth {
    if (this.#state !== 'reopening')
      try {
        this.#connection = this.#read(connectionHealth)
      } catch (error) {
        if (!(error instanceof BookError)) throw error
      }
    const { seq, hash, hlc } = this.#file.head
    const logBytes = statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0
    return { state: this.#state, headSeq: seq, headHash: hash, lastHlc: hlc, logBytes, ...this.#connection }
  }

  newestPhysicalMs(): number {
    return physicalMsOf(this.#file.head.hlc)
  }

  checkpoint(): void {
    if (this.#state === 'reopening') return
    try {
      this.#file.db.pragma('wal_checkpoint(PASSIVE)')
    } catch (error) {
      if (storageFault(error) === null) throw error
      // Nothing is lost: what could not be moved stays in the log, and the next checkpoint moves it.
      this.#options.log.warn('checkpoint failed', { reason: messageOf(error) })
    }
  }

  close(): void {
    this.#closeFile()
    this.#unlock()
  }

  #openFile(): BookFile {
    const { originId, personKey } = this.#options
    return new BookFile({
      path: this.#path,
      originId,
      personKey,
      migrations: this.#migrations,
      openDatabase: this.#options.openDatabase ?? openDatabase,
    })
  }

  /** A connection that failed may fail to close too; its lock on the folder is another file's and stays. */
  #closeFile(): void {
    try {
      this.#file.close()
    } catch (error) {
      this.#options.log.warn('book did not close cleanly', { reason: messageOf(error) })
    }
  }

  /** Runs one transaction; the head moves only when it was committed. */
  #write<Result>(work: () => Result): Result {
    if (this.#state === 'reopening') throw waiting()
    const headBefore = this.#file.head
    try {
      const result = this.#file.transaction.run(work)
      this.#state = 'open'
      return result
    } catch (error) {
      this.#file.head = headBefore
      throw this.#bookErrorOf(error)
    }
  }

  #read<Result>(query: (file: BookFile) => Result): Result {
    if (this.#state === 'reopening') throw waiting()
    try {
      return query(this.#file)
    } catch (error) {
      throw this.#bookErrorOf(error)
    }
  }

  /** Says what a failure means, and remembers it for `health`. A defect of ours is passed on as it is. */
  #bookErrorOf(error: unknown): Error {
    if (error instanceof UnknownOutcomeError) {
      this.#state = 'reopening'
      this.#options.log.error('outcome of a write unknown', { reason: messageOf(error.cause) })
      return new BookError('unknown-outcome', messageOf(error.cause), error.cause)
    }
    const fault = storageFault(error)
    if (fault !== null) {
      this.#state = fault === 'damaged' ? 'unavailable' : fault
      this.#options.log.error('book refused', { fault, reason: messageOf(error) })
      return new BookError(fault, messageOf(error), error)
    }
    if (sqliteCode(error)?.startsWith('SQLITE_CONSTRAINT') === true)
      return new BookError('broken-invariant', messageOf(error), error)
    return error instanceof Error ? error : new BookError('broken-invariant', String(error))
  }

  /** Gives the event its place at the end of the journal and folds it. Only inside a transaction. */
  #appendInside(event: JournalEvent, bodyText: string, actor: string): JournalEntry {
    const { clock, ids, originId, businessDateAt } = this.#options
    const { head } = this.#file
    const nowMs = clock.nowMs()
    const unhashed = {
      id: ids.next(),
      origin: originId,
      seq: head.seq + 1,
      kind: event.kind,
      version: KIND_VERSIONS[event.kind],
      hlc: nextHybridTime(head.hlc, nowMs),
      at: new Date(nowMs).toISOString(),
      businessDate: event.businessDate ?? businessDateAt(nowMs),
      actor,
      prevHash: head.hash,
    }
    const stored: StoredEntry = { ...unhashed, bodyText, hash: hashOf({ ...unhashed, bodyText }) }
    const entry: JournalEntry = { ...unhashed, body: event.body, hash: stored.hash }
    this.#file.journal.insert(stored)
    this.#file.fold.fold(entry)
    if (event.kind === 'policy.published') this.#file.policies.forget()
    this.#file.head = { seq: entry.seq, hash: entry.hash, hlc: entry.hlc }
    return entry
  }

  #earlierTopUp(body: TopUp): JournalEntry | null {
    if (this.#file.queries.member.get(body.memberId) === undefined)
      throw new BookError('broken-invariant', `top-up for ${body.memberId}, who is no member`)
    const row = this.#file.queries.topUp.get(body.topUpId)
    const stored = row === undefined ? undefined : this.#file.journal.bySeq(row.origin, row.seq)
    if (stored === undefined) return null
    if (stored.bodyText !== canonicalJson(body))
      throw new BookError('broken-invariant', `top-up ${body.topUpId} is in the book with another body`)
    return entryOf(stored)
  }
}

type ConnectionHealth = Pick<BookHealth, 'entries' | 'synchronous' | 'sqliteVersion'>

const connectionHealth = (file: BookFile): ConnectionHealth => ({
  entries: file.journal.count(),
  synchronous: synchronousOf(file.db),
  sqliteVersion: sqliteVersion(file.db),
})

const waiting = (): BookError => new BookError('unavailable', 'the book waits to be opened again')

function locked(folder: string): () => void {
  try {
    return lockFolder(folder)
  } catch (error) {
    throw asOpenError(error, folder)
  }
}
