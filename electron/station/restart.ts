import type { RestartEvent, RestartHindrance } from '../../shared/contract/station.ts'
import type { CounterView } from '../../shared/domain/checkout/view.ts'
import type { Backups } from './backup/backups.ts'
import type { Bays } from './bays/bays.ts'
import type { Book } from './book/book.ts'
import { BookError } from './book/errors.ts'
import type { Counter } from './counter/counter.ts'
import type { Log, Timers } from './deps.ts'
import type { ImportDesk } from './members/import/import-desk.ts'
import { noteAudit } from './staff/audit.ts'

const LOOK_EVERY_MS = 250
/** Before the connection ends the last word has to reach the screen. */
const WORD_ARRIVES_MS = 200

/** What may be under way while somebody asks for a restart. */
export interface AtWork {
  readonly counter: Pick<Counter, 'view'>
  readonly bays: Pick<Bays, 'view'> | null
  readonly importDesk: Pick<ImportDesk, 'busy'>
  readonly backups: Pick<Backups, 'view'>
}

/**
 * What a restart would cut in two. Open trays and waiting receipts are kept over it; a plate on the scale, a pan that still
 * moves and a tray that is just being paid would have to begin anew before somebody's eyes (SPEC ST-10).
 */
export function hindranceOf({ counter, bays, importDesk, backups }: AtWork): RestartHindrance | null {
  if (isSelling(counter.view.current)) return 'sale'
  if (bays !== null && isMoving(bays)) return 'bays'
  if (importDesk.busy) return 'import'
  return backups.view.current.running === null ? null : 'backup'
}

/** A scale that is away is no sale: it may be what the restart is for. */
function isSelling({ phase, trouble, lines, member }: CounterView): boolean {
  if (phase === 'idle') return false
  if (phase !== 'trouble') return true
  return lines.length > 0 || member !== null || trouble === 'take-plate-away' || trouble === 'already-paid'
}

function isMoving({ view }: Pick<Bays, 'view'>): boolean {
  const { bays, trays } = view.current
  return (
    bays.some(({ phase }) => phase === 'settling') ||
    trays.some(({ state }) => state === 'closing' || state === 'checking')
  )
}

/**
 * Notes who wishes a restart (SPEC SE-8). A book that takes nothing down holds none up: it may be what the restart is for, and
 * the log knows who it was.
 */
export function noteWish({ book, log }: { readonly book: Book; readonly log: Log }, actor: string): void {
  log.info('station.restart-wished', { actor })
  try {
    noteAudit(book, actor, 'restart-wished', null)
  } catch (error) {
    if (!(error instanceof BookError) || error.code === 'broken-invariant') throw error
    log.warn('station.restart-not-noted', { code: error.code })
  }
}

export interface RestartDeps {
  readonly timers: Timers
  readonly hindrance: () => RestartHindrance | null
  /** Ends this station, and starts the next one. */
  readonly restart: () => void
}

/** Waits until nothing is under way, says what it waits for, and restarts; with `signal` the wish is taken back. */
export async function* restartWhenQuiet(
  { timers, hindrance, restart }: RestartDeps,
  signal: AbortSignal | undefined,
): AsyncGenerator<RestartEvent, void, void> {
  const pause = (forMs: number): Promise<void> =>
    new Promise((resolve) => {
      timers.after(forMs, resolve)
    })
  const takenBack = (): boolean => signal?.aborted ?? false
  let told: RestartHindrance | null = null
  while (!takenBack()) {
    const now = hindrance()
    if (now !== null) {
      if (now !== told) yield { kind: 'waiting', hindrance: now }
      told = now
      await pause(LOOK_EVERY_MS)
      continue
    }
    yield { kind: 'restarting' }
    told = null
    await pause(WORD_ARRIVES_MS)
    // A plate may have come while the word went out.
    if (takenBack() || hindrance() !== null) continue
    restart()
    return
  }
}
