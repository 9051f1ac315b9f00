import { statfsSync } from 'node:fs'
import type { HealthPage } from '../../../shared/contract/health.ts'
import type { StationHealth } from '../../../shared/contract/station.ts'
import type { SyncView } from '../../../shared/contract/sync.ts'
import { businessDateOf } from '../../../shared/domain/business-day.ts'
import { workingDayOf, type WorkingCalendar } from '../../../shared/domain/calendar.ts'
import type { Backups } from '../backup/backups.ts'
import { BookError, type Book } from '../book/book.ts'
import { dueDate } from '../day/due.ts'
import type { Cancel, Clock, StationConfig, Timers } from '../deps.ts'
import { Live } from '../live.ts'
import { openAlarms } from '../members/card-alarms.ts'
import type { HealthFacts } from './facts.ts'
import { healthPage } from './page.ts'

export interface HealthDeps {
  readonly clock: Clock
  readonly timers: Timers
  readonly book: Book
  readonly config: StationConfig
  readonly calendar: WorkingCalendar
  readonly dataFolder: string
  readonly backups: Backups
  /** Devices, clock and book as the lamps of the counter show them. */
  readonly health: Live<StationHealth>
  /** Null where nothing syncs. */
  readonly sync: { readonly current: SyncView } | null
}

export interface HealthWatch {
  readonly page: Live<HealthPage>
  close(): void
}

const PERIOD_MS = 3_000

/** Looks at everything every few seconds and shows the page when a line of it has changed. */
export function createHealthWatch(deps: HealthDeps): HealthWatch {
  const asked: Asked = { waiting: 0, unclosedDate: null, cardsSeenTwice: 0 }
  const page = new Live(healthPage(factsOf(deps, asked)))
  const stop: Cancel = deps.timers.every(PERIOD_MS, () => {
    const next = healthPage(factsOf(deps, asked))
    if (JSON.stringify(next.items) !== JSON.stringify(page.current.items)) page.publish(next)
  })
  return { page, close: stop }
}

/** The book's last answers: one that cannot be read says so in its own line and keeps the others as they were. */
interface Asked {
  waiting: number
  unclosedDate: string | null
  cardsSeenTwice: number
}

function factsOf(deps: HealthDeps, asked: Asked): HealthFacts {
  const { clock, book, config, calendar, backups } = deps
  const {
    scale,
    reader,
    idReader,
    bays,
    printer,
    clock: clockState,
    book: bookHealth,
    trial,
    version,
    stationId,
  } = deps.health.current
  const nowMs = clock.nowMs()
  const newestEntryMs = book.newestPhysicalMs()
  // A date that staff has not confirmed yet is no date to judge by.
  const believedMs = clockState === 'to-confirm' && newestEntryMs > 0 ? newestEntryMs : nowMs
  const today = businessDateOf(believedMs, config.canteen.timeZone, config.canteen.cutOverHour)
  askBook(book, today, believedMs, asked)
  const { files, sameDisk, trouble } = backups.view.current
  return {
    nowMs,
    stationId,
    version,
    trial,
    businessDate: today,
    scale,
    reader,
    idReader,
    bays,
    printer,
    freeBytes: freeBytesOf(deps.dataFolder),
    backup: { newestMs: files[0]?.takenAtMs ?? null, sameDisk, trouble },
    sync: syncFacts(deps.sync?.current ?? null),
    clock: { state: clockState, newestEntryMs },
    book: {
      state: bookHealth.state,
      entries: bookHealth.entries,
      waiting: asked.waiting,
      audit: backups.lastAudit(),
    },
    calendarKnown: workingDayOf(calendar, today).fromNotice,
    unclosedDate: asked.unclosedDate,
    cardsSeenTwice: asked.cardsSeenTwice,
  }
}

function syncFacts(view: SyncView | null): HealthFacts['sync'] {
  if (view === null) return { enrolled: false, lastSuccessMs: null, waiting: 0, trouble: null, fetched: null }
  const { server, entries, acknowledged, lastSuccessMs, trouble, fetched } = view
  return { enrolled: server !== null, lastSuccessMs, waiting: entries - acknowledged, trouble, fetched }
}

/** How long an alarm of a card stands on the page, while the card can pay. */
const ALARM_TOLD_MS = 7 * 86_400_000

function askBook(book: Book, today: string, nowMs: number, asked: Asked): void {
  try {
    book.read((file) => {
      asked.cardsSeenTwice = openAlarms(file, nowMs - ALARM_TOLD_MS)
      asked.waiting = file.queries.waiting.all().length
      const { toClose, hindrance } = dueDate(file, today)
      asked.unclosedDate = hindrance === null && toClose < today ? toClose : null
    })
  } catch (error) {
    if (!(error instanceof BookError) || error.code === 'broken-invariant') throw error
  }
}

function freeBytesOf(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    return null
  }
}
