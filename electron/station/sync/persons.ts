import { WIRE_LIMITS, type SealedPerson } from '../../../shared/contract/sync-wire.ts'
import type { Book } from '../book/book.ts'
import type { BookFile } from '../book/book-file.ts'
import { BookError } from '../book/errors.ts'
import type { Log, Timers } from '../deps.ts'
import { Pace, yieldTurn } from './pace.ts'
import type { Server } from './server.ts'

export interface PersonsDeps {
  readonly book: Book
  readonly timers: Timers
  readonly signal: AbortSignal
  readonly onRest: (resting: boolean) => void
  readonly log: Log
  readonly server: Server
}

const MOST_AT_ONCE = Math.min(100, WIRE_LIMITS.persons)
/** Rows that are sent again when the line is cut before they were noted as sent. */
const MOST_UNNOTED = 400
/** A row that the server holds in another form is settled in one round, and sent in the next. */
const MOST_ROUNDS = 3

/**
 * Sends the people whose newest version the server does not hold, as they lie in the book: sealed, with nothing in it for one
 * who was erased. Where the server holds a version of its own, the higher number counts, as for every copy of this book;
 * of two with the same number, this book's.
 */
export async function pushPersons(deps: PersonsDeps): Promise<void> {
  for (let round = 1; ; round += 1) {
    const others = await sendUnsynced(deps)
    if (others === 0) return
    if (round === MOST_ROUNDS) {
      deps.log.warn('persons that the server holds in another form', { persons: others })
      return
    }
    await pullPersons(deps)
  }
}

/** @returns how many the server did not take. */
async function sendUnsynced({ book, server, ...turn }: PersonsDeps): Promise<number> {
  const pace = new Pace({ book, ...turn })
  const others = new Set<string>()
  const taken = new Map<string, number>()
  const noteTaken = (): void => {
    if (taken.size > 0)
      book.write((file) => {
        for (const [memberId, version] of taken) file.persons.markSynced(memberId, version)
      })
    taken.clear()
  }
  for (;;) {
    const rows = book
      .read((file) => file.persons.unsynced(MOST_AT_ONCE + others.size + taken.size))
      .filter(({ memberId }) => !others.has(memberId) && !taken.has(memberId))
      .slice(0, MOST_AT_ONCE)
    if (rows.length === 0) break
    const persons = rows.map(({ sealed, ...row }) => ({ ...row, sealed: base64Of(sealed) }))
    const { heldNewer } = await server.pushPersons(persons)
    for (const { memberId } of heldNewer) others.add(memberId)
    for (const { memberId, version } of rows) if (!others.has(memberId)) taken.set(memberId, version)
    // Each note is a flush, for which a sale may have to wait.
    if (taken.size >= MOST_UNNOTED) noteTaken()
    await pace.rest()
  }
  noteTaken()
  return others.size
}

/** Takes in every person that the server holds and this book does not, or holds an older version of. */
export async function pullPersons({ book, server, log, ...turn }: PersonsDeps): Promise<void> {
  let unreadable = 0
  for (let after = 0; ;) {
    const { persons, cursor } = await server.persons(after)
    if (persons.length > 0)
      book.write((file) => {
        for (const person of persons) if (!takeIn(file, person)) unreadable += 1
      })
    await yieldTurn(turn)
    if (persons.length === 0 || cursor <= after) break
    after = cursor
  }
  // Another station of the canteen seals with a key of its own.
  if (unreadable > 0) log.info('persons of another key are left with the server', { persons: unreadable })
}

/** The server no longer holds what it held: every person is to be sent again. */
export function forgetSent(book: Book): void {
  book.write((file) => file.persons.forgetSynced())
}

/** @returns false for a row that this book's key does not open. */
function takeIn(file: BookFile, { memberId, version, sealed }: SealedPerson): boolean {
  const here = file
    .statement<[string], { version: number; sealed: Buffer }>(
      'SELECT version, sealed FROM persons WHERE member_id = ?',
    )
    .get(memberId)
  if (here?.version === version) {
    if (base64Of(here.sealed) === sealed) file.persons.markSynced(memberId, version)
    else writeAgain(file, memberId)
    return true
  }
  try {
    file.persons.importSealed([{ memberId, version, sealed: Buffer.from(sealed, 'base64') }])
    return true
  } catch (error) {
    if (error instanceof BookError && error.code === 'damaged') return false
    throw error
  }
}

/** The same content under the next number, which the server will take. */
function writeAgain(file: BookFile, memberId: string): void {
  const person = file.persons.get(memberId)
  if (person === null) file.persons.erase(memberId)
  else file.persons.put(memberId, person)
}

const base64Of = (sealed: Uint8Array): string => Buffer.from(sealed).toString('base64')
