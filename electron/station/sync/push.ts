import type { Position } from '../../../shared/contract/sync-wire.ts'
import { hashOf } from '../book/journal-table.ts'
import { nextBatch, type BatchDeps, type BatchMemory } from './batches.ts'
import { Pace } from './pace.ts'
import { assertSameBook } from './positions.ts'
import type { Server } from './server.ts'
import { ServerRefused, SyncStopped } from './trouble.ts'

export interface PushDeps extends BatchDeps {
  readonly server: Server
  readonly memory: BatchMemory
  /** Told each time the server says how far it holds an origin. */
  readonly onPosition: (position: Position) => void
}

/** Batches after which the server may say that it holds no more than before. */
const MOST_IN_VAIN = 3

/**
 * Sends an origin's entries from the server's position up to `untilSeq` at least, batch by batch: to where the book ended when
 * the run began, for a counter that sells would otherwise keep it from ever ending. The server's answer alone says where
 * to go on: an answer that was lost, a batch that arrived twice, a server that was put back to yesterday are all the same
 * question asked again (SPEC SY-1, SY-5).
 *
 * @throws SyncStopped
 */
export async function pushOrigin(deps: PushDeps, from: Position, untilSeq: number): Promise<void> {
  let position = from
  let inVain = 0
  const pace = new Pace(deps)
  for (;;) {
    assertSameBook(deps.book, position)
    deps.onPosition(position)
    if (position.seq >= untilSeq) return
    const batch = await nextBatch(deps, deps.memory, position.origin, position.seq + 1)
    if (batch === null) return
    const next = await pushed(deps, position.origin, batch.bytes)
    inVain = next.seq > position.seq ? 0 : inVain + 1
    if (inVain >= MOST_IN_VAIN)
      throw new SyncStopped('server-busy', `the server stays at ${next.origin}/${next.seq}`)
    position = next
    if (position.seq < untilSeq) await pace.rest()
  }
}

async function pushed(deps: PushDeps, origin: string, bytes: Uint8Array): Promise<Position> {
  try {
    const answer = await deps.server.push(origin, bytes)
    if (answer.origin === origin) return answer
    throw new SyncStopped('damaged-answer', `the server answered about ${answer.origin}`)
  } catch (error) {
    if (error instanceof ServerRefused && error.error === 'GAP') return await deps.server.position(origin)
    if (error instanceof ServerRefused && error.error === 'CHAIN') assertOwnEntry(deps, origin, error.seq)
    throw error
  }
}

/** The server could not follow an entry: it was hurt on the way, or it is hurt here. */
function assertOwnEntry({ book }: PushDeps, origin: string, seq: number | null): void {
  const entry = seq === null ? undefined : book.read(({ journal }) => journal.bySeq(origin, seq))
  if (entry !== undefined && hashOf(entry) !== entry.hash)
    throw new SyncStopped('book-unavailable', `entry ${origin}/${seq} of this book is not what was written`)
}
