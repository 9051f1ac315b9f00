import type { Position } from '../../../shared/contract/sync-wire.ts'
import type { Book } from '../book/book.ts'
import type { Log, Timers } from '../deps.ts'
import { BatchMemory, nextBatch } from './batches.ts'
import { fetchCardAlarms } from './card-alarms.ts'
import { fetchOwn, fetchPast } from './catch-up.ts'
import { forgetSent, pullPersons, pushPersons } from './persons.ts'
import { nothingHeld, ownOrigins } from './positions.ts'
import { pushOrigin } from './push.ts'
import type { Server } from './server.ts'
import { asStopped, passesByItself, ServerRefused, SyncStopped } from './trouble.ts'

export interface RunDeps {
  readonly book: Book
  readonly log: Log
  readonly timers: Timers
  readonly signal: AbortSignal
  readonly server: Server
  readonly sign: (text: string) => string
  readonly canteenId: string
  /** See CatchUpDeps. */
  readonly mostAtOnce: number
  /** How far the server held an origin when it was asked last; 0 when it never was. */
  readonly acknowledgedBefore: (origin: string) => number
  readonly onPosition: (position: Position) => void
  /** See Turn. */
  readonly onRest: (resting: boolean) => void
  /** The book goes on where the server ends, or is at odds with it for good: writing in it does no harm. */
  readonly onAgreed: () => void
  /** Entries that the book lacked and has now. */
  readonly onFetched: (entries: number) => void
}

/**
 * One meeting with the server: what this station's book lacks is fetched, what the server lacks is sent, then the people. A
 * trouble with one of the station's origins does not keep the others from being sent.
 *
 * @throws SyncStopped
 */
export async function runSync(deps: RunDeps): Promise<void> {
  const { book, server } = deps
  // What the server will hold must outlive it here: in the file and not in its log alone, and known to the high-water mark.
  book.checkpoint()
  const positions = new Map((await server.origins()).map((position) => [position.origin, position]))
  const isNew = !positions.has(ownOrigins(book).living)
  const forgot = [...positions.keys(), ...ownOrigins(book).held.keys()].some(
    (origin) => (positions.get(origin)?.seq ?? 0) < deps.acknowledgedBefore(origin),
  )
  const troubles: SyncStopped[] = []
  const fetched = await fetchMissing(deps, positions, troubles)
  if (troubles.every(({ trouble }) => trouble !== 'book-behind-server')) deps.onAgreed()
  await pushAll(deps, positions, troubles)
  if (forgot || isNew) forgetSent(book)
  if (fetched > 0 || isNew) await pullPersons(deps)
  await pushPersons(deps)
  await fetchCardAlarms(deps)
  const [first] = troubles
  if (first !== undefined) throw first
}

/** Earlier lives of the station first: the one that is going on may have been written after them. */
async function fetchMissing(
  deps: RunDeps,
  positions: ReadonlyMap<string, Position>,
  troubles: SyncStopped[],
): Promise<number> {
  let fetched = 0
  const { living, held } = ownOrigins(deps.book)
  const ahead = [...positions.values()].filter(({ origin, seq }) => seq > (held.get(origin)?.seq ?? 0))
  const past = ahead.filter(({ origin }) => origin !== living)
  for (const position of [...past, ...ahead.filter(({ origin }) => origin === living)])
    await onItsOwn(troubles, async () => {
      const { origin } = position
      try {
        const entries = await (origin === living ? fetchOwn(deps, position) : fetchPast(deps, position))
        fetched += entries
        deps.log.warn('entries that this book lacked were fetched from the server', { origin, entries })
        deps.onFetched(entries)
      } catch (error) {
        await showFork(deps, error, origin)
        throw error
      }
    })
  return fetched
}

async function pushAll(
  deps: RunDeps,
  positions: ReadonlyMap<string, Position>,
  troubles: SyncStopped[],
): Promise<void> {
  const memory = new BatchMemory()
  for (const [origin, { seq }] of ownOrigins(deps.book).held) {
    const position = positions.get(origin) ?? nothingHeld(origin)
    // Was named already, and nothing of it may be sent.
    if (position.seq > seq) continue
    await onItsOwn(troubles, async () => {
      try {
        await pushOrigin({ ...deps, memory }, position, seq)
      } catch (error) {
        await showFork(deps, error, origin)
        throw error
      }
    })
  }
}

/** Goes on after a trouble that is this origin's alone. @throws SyncStopped for what the whole line suffers from. */
async function onItsOwn(troubles: SyncStopped[], work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const stopped = asStopped(error)
    if (passesByItself(stopped.trouble) || stopped.trouble === 'version') throw stopped
    troubles.push(stopped)
  }
}

/**
 * Sends again from where both sides were last known to agree, so that the server meets the entry that differs, refuses it, and
 * shows the fork to its people as well (SPEC SY-6).
 */
async function showFork(deps: RunDeps, error: unknown, origin: string): Promise<void> {
  const isOurs = error instanceof SyncStopped && !(error instanceof ServerRefused)
  if (!isOurs || error.trouble !== 'fork') return
  const memory = new BatchMemory()
  let fromSeq = Math.max(1, deps.acknowledgedBefore(origin))
  for (let batch = await nextBatch(deps, memory, origin, fromSeq); batch !== null;) {
    try {
      await deps.server.push(origin, batch.bytes)
    } catch (refusal) {
      if (refusal instanceof SyncStopped) return
      throw refusal
    }
    fromSeq = batch.toSeq + 1
    batch = await nextBatch(deps, memory, origin, fromSeq)
  }
}
