import { staffActor } from '../../../shared/domain/staff.ts'
import type { Book, Person } from '../book/book.ts'
import { BookError } from '../book/errors.ts'
import type { Cancel, Log, Timers } from '../deps.ts'
import { beginningsOf, matcherOf, searchText, type Fit, type Searchable } from './matching.ts'
import { Speller } from './spelling.ts'

/** Longest time the counter waits for the index, and the pause in which the counter works. */
const SLICE_MS = 6
const PAUSE_MS = 5
/** Looked at between two glances at the clock. */
const STRIDE = 50
const RETRY_MS = 1_000
const STAFF = staffActor('')

export interface Hits {
  /** The best `limit` of them, best first. */
  readonly memberIds: readonly string[]
  readonly total: number
}

/**
 * Names, spellings and numbers of all members, in memory alone: the table is sealed and cannot be searched. Built in small
 * slices after the start; from then on whatever the book writes about a person is read again before the next answer.
 */
export class MemberIndex {
  readonly #book: Book
  readonly #timers: Timers
  readonly #log: Log
  readonly #speller = new Speller()
  readonly #members = new Map<string, Searchable>()
  readonly #byNumber = new Map<string, string>()
  readonly #byName = new Map<string, string | readonly string[]>()
  readonly #changed = new Set<string>()
  readonly #built = Promise.withResolvers<void>()
  #lastId = ''
  #cancel: Cancel | null = null

  constructor(deps: { readonly book: Book; readonly timers: Timers; readonly log: Log }) {
    this.#book = deps.book
    this.#timers = deps.timers
    this.#log = deps.log
    deps.book.watchPersons((memberId) => this.#changed.add(memberId))
    this.#build()
  }

  /** Resolves when every member can be found. */
  ready(): Promise<void> {
    return this.#built.promise
  }

  /**
   * Who fits what was typed, the best first, then by spelling; everybody for an empty text. `also` fit exactly or by their
   * beginning for another reason: their card.
   *
   * @throws BookError when the book does not answer.
   */
  search(text: string, limit: number, also: ReadonlyMap<string, Fit>): Hits {
    this.refresh()
    const matches = matcherOf(text)
    const best: Hit[] = []
    let total = 0
    for (const member of this.#members.values()) {
      const fit = better(matches(member), also.get(member.memberId) ?? null)
      if (fit === null) continue
      total += 1
      insert(best, { fit, member }, limit)
    }
    return { memberIds: best.map(({ member }) => member.memberId), total }
  }

  /** Who has this identity number, or null. @throws BookError when the book does not answer. */
  holderOf(idNumber: string): string | null {
    this.refresh()
    return this.#byNumber.get(idNumber) ?? null
  }

  /** Who bears exactly this name. @throws BookError when the book does not answer. */
  namedExactly(fullName: string): readonly string[] {
    this.refresh()
    const holders = this.#byName.get(searchText(fullName)) ?? []
    return typeof holders === 'string' ? [holders] : holders
  }

  close(): void {
    this.#cancel?.()
    this.#cancel = null
  }

  #build(): void {
    this.#cancel = null
    try {
      if (this.#book.read(() => this.#slice())) {
        this.#built.resolve()
        return
      }
      this.#later(PAUSE_MS)
    } catch (error) {
      if (!(error instanceof BookError) || error.code === 'broken-invariant') throw error
      this.#log.warn('members cannot be read now', { reason: error.message })
      this.#later(RETRY_MS)
    }
  }

  #later(delayMs: number): void {
    this.#cancel = this.#timers.after(delayMs, () => this.#build())
  }

  /** Reads on until its time is over. @returns true when everybody was read. */
  #slice(): boolean {
    const untilMs = this.#timers.monotonicMs() + SLICE_MS
    do {
      const ids = this.#book.read((file) => file.persons.idsAfter(this.#lastId, STRIDE))
      for (const memberId of ids) {
        this.#take(memberId)
        this.#lastId = memberId
      }
      if (ids.length < STRIDE) return true
    } while (this.#timers.monotonicMs() < untilMs)
    return false
  }

  /** Reads again what was written since the last answer. What was rolled back reads as it was. */
  refresh(): void {
    for (const memberId of this.#changed) {
      this.#take(memberId)
      this.#changed.delete(memberId)
    }
  }

  #take(memberId: string): void {
    // The names of the staff are sealed in the same table.
    if (memberId.startsWith(STAFF)) return
    const person = this.#person(memberId)
    this.#forget(memberId)
    if (person !== null) this.#know(this.#searchable(memberId, person))
  }

  #know(member: Searchable): void {
    const { memberId, name, idNumber } = member
    this.#members.set(memberId, member)
    if (idNumber !== '') this.#byNumber.set(idNumber, memberId)
    const others = this.#byName.get(name)
    // Most names have one bearer: a list for each of them would cost more than the names.
    if (others === undefined) this.#byName.set(name, memberId)
    else this.#byName.set(name, [...(typeof others === 'string' ? [others] : others), memberId])
  }

  #forget(memberId: string): void {
    const before = this.#members.get(memberId)
    if (before === undefined) return
    this.#members.delete(memberId)
    if (this.#byNumber.get(before.idNumber) === memberId) this.#byNumber.delete(before.idNumber)
    const others = this.#byName.get(before.name)
    const left = typeof others === 'string' ? [] : (others ?? []).filter((other) => other !== memberId)
    if (left.length === 0) this.#byName.delete(before.name)
    else this.#byName.set(before.name, left)
  }

  /** A row that cannot be opened hides one person, not all of them. */
  #person(memberId: string): Person | null {
    try {
      return this.#book.read((file) => file.persons.get(memberId))
    } catch (error) {
      if (!(error instanceof BookError) || error.code !== 'damaged') throw error
      this.#log.error('a person cannot be read', { memberId })
      return null
    }
  }

  #searchable(memberId: string, { fullName, phone = '', idNumber = '' }: Person): Searchable {
    const syllables = this.#speller.syllablesOf(fullName)
    return {
      memberId,
      name: searchText(fullName),
      syllables,
      beginnings: beginningsOf(syllables),
      phone: phone.replace(/\D/g, ''),
      idNumber,
    }
  }
}

interface Hit {
  readonly fit: Fit
  readonly member: Searchable
}

function better(one: Fit | null, other: Fit | null): Fit | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}

/** Keeps the best `limit`, in order: a common letter fits thousands, and nobody reads more than a page. */
function insert(best: Hit[], hit: Hit, limit: number): void {
  const worst = best.length < limit ? undefined : best.at(-1)
  if (worst !== undefined && compare(hit, worst) >= 0) return
  let low = 0
  let high = best.length
  while (low < high) {
    const middle = (low + high) >> 1
    const there = best[middle]
    if (there !== undefined && compare(hit, there) < 0) high = middle
    else low = middle + 1
  }
  best.splice(low, 0, hit)
  if (best.length > limit) best.pop()
}

function compare(one: Hit, other: Hit): number {
  if (one.fit !== other.fit) return one.fit - other.fit
  return (
    compareSpelling(one.member, other.member) ||
    compareText(one.member.name, other.member.name) ||
    compareText(one.member.memberId, other.member.memberId)
  )
}

function compareSpelling({ syllables: one }: Searchable, { syllables: other }: Searchable): number {
  for (let index = 0; index < one.length && index < other.length; index += 1) {
    const order = compareText(one[index]?.[0] ?? '', other[index]?.[0] ?? '')
    if (order !== 0) return order
  }
  return one.length - other.length
}

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
