import type { DayTotals, SaleExplained, SaleSummary } from '../../../shared/contract/sales.ts'
import { canonicalJson } from '../../../shared/domain/journal/canonical.ts'
import { KIND_VERSIONS, type JournalEntry, type JournalEvent } from '../../../shared/domain/journal/entry.ts'
import { nextHybridTime, physicalMsOf } from '../../../shared/domain/journal/hybrid-clock.ts'
import { saleFault } from '../../../shared/domain/ledger/sale-sums.ts'
import type { CardLookup, MemberFacts } from '../../../shared/domain/member.ts'
import { USUAL_TERMS } from '../../../shared/domain/members/card-rules.ts'
import type { Menu } from '../../../shared/domain/menu.ts'
import type { HeldPack } from '../../../shared/domain/policy/packs.ts'
import type { PackSignature } from '../../../shared/domain/policy/signing.ts'
import type { PolicyPack } from '../../../shared/domain/policy/types.ts'
import type { SaleDraft, SettleOutcome } from '../../../shared/domain/sale.ts'
import type { Fen } from '../../../shared/domain/units.ts'
import { dayAfter } from '../../../shared/domain/calendar.ts'
import type { Append, Book, BookHealth, BookOptions, TopUp } from './book.ts'
import type { BookFile } from './book-file.ts'
import { believedMs } from './book-time.ts'
import { BookError } from './errors.ts'
import { entryOf } from './journal-table.ts'
import { lookUpCard, walletOf, type NamesOnScreen } from './members.ts'
import type { Person, PersonChanged } from './persons.ts'
import { dayTotals, draftOf, explainSale, recentSales } from './reports.ts'
import { Session } from './session.ts'
import { existingSale, settleInside } from './settlement.ts'

export { BOOK_FILE_NAME } from './session.ts'

const MOST_OFFERS = 64

/** The one writer of one folder's book. See the interface for what each method promises. */
export class StationBook implements Book {
  readonly #options: BookOptions
  readonly #names: NamesOnScreen
  readonly #session: Session
  /** Menus and packs by their text: the counter asks for them several times a second. */
  readonly #offers = new Map<string, unknown>()
  readonly #personWatchers = new Set<PersonChanged>()

  constructor(options: BookOptions) {
    this.#options = options
    this.#names = options.namesOnScreen ?? 'form-of-address'
    this.#session = new Session(options, (memberId) => {
      for (const watcher of this.#personWatchers) watcher(memberId)
    })
  }

  settle(draft: SaleDraft, actor = 'counter', cardTerms = USUAL_TERMS): SettleOutcome {
    const fault = saleFault(draft)
    if (fault !== null)
      throw new BookError('broken-invariant', `sale ${draft.saleId} does not add up: ${fault}`)
    const refusal = this.#session.refusal()
    if (refusal !== null) return { kind: 'refused', reason: refusal }
    const { businessDate } = draft
    try {
      return this.#session.write((file) =>
        settleInside(file, draft, cardTerms, (body) =>
          this.#append(file, { kind: 'sale.settled', body, businessDate }, actor),
        ),
      )
    } catch (error) {
      return outcomeOfFailure(error, draft.saleId)
    }
  }

  outcomeOf(saleId: string): SettleOutcome | null {
    return this.#session.read((file) => existingSale(file, saleId))
  }

  reopen(): void {
    this.#session.reopen()
  }

  append(event: JournalEvent, actor: string): JournalEntry {
    if (event.kind === 'sale.settled')
      throw new BookError('broken-invariant', 'a sale is settled, not appended')
    return this.#session.writePending((file) => {
      const earlier = event.kind === 'wallet.topped-up' ? earlierTopUp(file, event.body) : null
      return earlier ?? this.#append(file, event, actor)
    })
  }

  appendMany(events: Iterable<JournalEvent>, actor: string): number {
    return this.#session.write((file) => {
      let count = 0
      for (const event of events) {
        this.#append(file, event, actor)
        count += 1
      }
      return count
    })
  }

  registerMember(person: Omit<Person, 'bornOn'>, facts: MemberFacts, actor: string): JournalEntry {
    const { memberId, bornOn, categories, householdArea, residenceArea } = facts
    const body = { memberId, categories, householdArea, residenceArea }
    return this.#session.writePending((file) => {
      file.persons.put(memberId, { ...person, bornOn })
      return this.#append(file, { kind: 'member.registered', body }, actor)
    })
  }

  erasePerson(memberId: string): void {
    this.#session.writePending((file) => {
      file.persons.erase(memberId)
    })
  }

  watchPersons(changed: PersonChanged): void {
    this.#personWatchers.add(changed)
  }

  issueCard(uid: string, memberId: string, actor: string): JournalEntry {
    return this.append({ kind: 'card.issued', body: { uid, memberId } }, actor)
  }

  reportCardLost(uid: string, actor: string): JournalEntry | null {
    const card = this.#session.read((file) => file.queries.card.get(uid))
    if (card === undefined) return null
    return this.append({ kind: 'card.reported-lost', body: { uid, memberId: card.member_id } }, actor)
  }

  topUp(topUp: TopUp, actor: string): JournalEntry {
    if (!Number.isSafeInteger(topUp.amountFen) || topUp.amountFen <= 0)
      throw new BookError('broken-invariant', `a top-up of ${topUp.amountFen} fen`)
    return this.append({ kind: 'wallet.topped-up', body: topUp }, actor)
  }

  read<Answer>(query: (file: BookFile) => Answer): Answer {
    return this.#session.read(query)
  }

  write<Answer>(work: (file: BookFile, append: Append) => Answer): Answer {
    return this.#session.writePending((file) =>
      work(file, (event, actor) => this.#append(file, event, actor)),
    )
  }

  openDate(businessDate: string): string {
    return openDate(this.#session.file, businessDate)
  }

  lookUpCard(uid: string, businessDate: string): CardLookup {
    return this.#session.read((file) => lookUpCard(file, uid, businessDate, this.#names))
  }

  balanceOf(memberId: string): Fen {
    return this.#session.read((file) => walletOf(file, memberId))
  }

  menu(): Menu | null {
    const row = this.#session.read((file) => file.queries.menu.get())
    return row === undefined ? null : (this.#parsed(row.body) as Menu)
  }

  policyPacks(): readonly PolicyPack[] {
    return this.heldPacks().map(({ pack }) => pack)
  }

  heldPacks(): readonly HeldPack[] {
    const rows = this.#session.read((file) => file.queries.policyPacks.all())
    return rows.map(({ body, published_on: publishedOn, signature }) => ({
      pack: this.#parsed(body) as PolicyPack,
      publishedOn,
      signature: signature === null ? null : (this.#parsed(signature) as PackSignature),
    }))
  }

  recentSales(limit: number): readonly SaleSummary[] {
    return this.#session.read((file) => recentSales(file, limit, this.#names))
  }

  explainSale(saleId: string): SaleExplained | null {
    return this.#session.read((file) => explainSale(file, saleId, this.#names))
  }

  draftOf(saleId: string): SaleDraft | null {
    return this.#session.read((file) => draftOf(file, saleId))
  }

  dayTotals(businessDate: string): DayTotals {
    return this.#session.read((file) => dayTotals(file, businessDate))
  }

  health(): BookHealth {
    return this.#session.health()
  }

  newestPhysicalMs(): number {
    return physicalMsOf(this.#session.file.head.hlc)
  }

  checkpoint(): void {
    this.#session.checkpoint()
  }

  close(): void {
    this.#session.close()
  }

  #parsed(body: string): unknown {
    if (!this.#offers.has(body)) {
      if (this.#offers.size >= MOST_OFFERS) this.#offers.clear()
      this.#offers.set(body, JSON.parse(body))
    }
    return this.#offers.get(body)
  }

  /** Gives the event its place at the end of the journal and folds it. Only inside a transaction. */
  #append(file: BookFile, event: JournalEvent, actor: string): JournalEntry {
    const { clock, ids, businessDateAt } = this.#options
    const { head } = file
    const nowMs = clock.nowMs()
    const datedMs = believedMs(event.kind, nowMs, physicalMsOf(head.hlc))
    const unhashed = {
      id: ids.next(),
      origin: file.originId,
      seq: head.seq + 1,
      kind: event.kind,
      version: KIND_VERSIONS[event.kind],
      hlc: nextHybridTime(head.hlc, datedMs),
      at: new Date(nowMs).toISOString(),
      businessDate: event.businessDate ?? openDate(file, businessDateAt(datedMs)),
      actor,
      prevHash: head.hash,
      body: event.body,
    }
    const hash = file.journal.append(unhashed)
    const entry: JournalEntry = { ...unhashed, hash }
    file.fold.fold(entry)
    if (event.kind === 'policy.published') file.policies.forget()
    const closedThrough = event.kind === 'day.closed' ? event.body.closedDate : head.closedThrough
    file.head = { seq: entry.seq, hash, hlc: entry.hlc, closedThrough }
    return entry
  }
}

function openDate({ head: { closedThrough } }: BookFile, businessDate: string): string {
  return closedThrough === null || businessDate > closedThrough ? businessDate : dayAfter(closedThrough)
}

/** What the counter is told when the disk failed a settlement. @throws whatever is a defect and not the disk's. */
function outcomeOfFailure(error: unknown, saleId: string): SettleOutcome {
  if (!(error instanceof BookError)) throw error
  switch (error.code) {
    case 'unknown-outcome':
      return { kind: 'unknown', saleId }
    case 'disk-full':
    case 'read-only':
      return { kind: 'refused', reason: error.code }
    case 'unavailable':
    case 'damaged':
      return { kind: 'refused', reason: 'book-unavailable' }
    case 'locked':
    case 'from-the-future':
    case 'cannot-open':
    case 'wrong-key':
    case 'broken-invariant':
      throw error
  }
}

/** The entry of a top-up that is in the book already, or null. @throws BookError when it says something else. */
function earlierTopUp(file: BookFile, body: TopUp): JournalEntry | null {
  if (file.queries.member.get(body.memberId) === undefined)
    throw new BookError('broken-invariant', `top-up for ${body.memberId}, who is no member`)
  const row = file.queries.topUp.get(body.topUpId)
  const stored = row === undefined ? undefined : file.journal.bySeq(row.origin, row.seq)
  if (stored === undefined) return null
  if (stored.bodyText !== canonicalJson(body))
    throw new BookError('broken-invariant', `top-up ${body.topUpId} is in the book with another body`)
  return entryOf(stored)
}
