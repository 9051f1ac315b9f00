import type { BackupFile, BackupsView } from '../../../shared/contract/backups.ts'
import type { WorkingCalendar } from '../../../shared/domain/calendar.ts'
import type { Book } from '../book/book.ts'
import { BookError, messageOf } from '../book/errors.ts'
import type { ClockState } from '../counter/clock-guard.ts'
import type { Cancel, Clock, Log, StationConfig, Timers } from '../deps.ts'
import { Live } from '../live.ts'
import { noteAudit } from '../staff/audit.ts'
import { backupDueMs } from './due.ts'
import { readLastTry, writeLastTry, type LastTry } from './last-try.ts'
import { backupsIn } from './manifest.ts'
import { placeOf } from './place.ts'
import type { Audit, BackupOutcome, BackupProgress, BackupRequest } from './take-backup.ts'

/** Starts a backup; `stop` cuts it off. */
export type StartBackup = (
  request: BackupRequest,
  onProgress: BackupProgress,
) => { readonly outcome: Promise<BackupOutcome>; readonly stop: () => Promise<void> }

export interface BackupsDeps {
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly book: Book
  readonly config: StationConfig
  readonly calendar: WorkingCalendar
  readonly dataFolder: string
  readonly version: string
  /** Null on a machine that does no night's work by itself: a simulated one. */
  readonly startBackup: StartBackup | null
  /** A sale is being written: nothing heavy begins now. */
  readonly paying: () => boolean
  readonly clockState: () => ClockState
}

/** The backups of this station: those that are there, the one that is being taken, and when the next one is due. */
export interface Backups {
  readonly view: Live<BackupsView>
  /** What the last look at the whole book found; null before the first one. */
  lastAudit(): Audit | null
  /** Starts now, or joins the one that runs. @param actor whose act it is in the audit */
  now(actor: string): Promise<BackupsView>
  close(): Promise<void>
}

const TICK_MS = 15_000
/** Progress is shown no more often than a person can read it. */
const PROGRESS_MS = 250
const STATION_ACTOR = 'station'

export function createBackups(deps: BackupsDeps): Backups {
  return new StationBackups(deps)
}

interface Running {
  readonly over: Promise<void>
  readonly stop: () => Promise<void>
}

class StationBackups implements Backups {
  readonly #deps: BackupsDeps
  readonly #startedAtMs: number
  readonly #stopTicking: Cancel
  #last: LastTry | null
  #running: Running | null = null
  #progress: BackupsView['running'] = null
  #shownAtMs = 0
  #closed = false
  readonly view: Live<BackupsView>

  constructor(deps: BackupsDeps) {
    this.#deps = deps
    this.#startedAtMs = deps.timers.monotonicMs()
    this.#last = readLastTry(deps.dataFolder)
    this.view = new Live(this.#drawn())
    this.#stopTicking = deps.timers.every(TICK_MS, () => this.#tick())
  }

  lastAudit(): Audit | null {
    return this.#last?.audit ?? null
  }

  async now(actor: string): Promise<BackupsView> {
    this.#running ??= this.#start(actor)
    await this.#running?.over
    return this.view.current
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#stopTicking()
    await this.#running?.stop()
  }

  #tick(): void {
    if (this.#running !== null) return
    const { nextMs } = this.#show()
    const quiet = !this.#deps.paying() && this.#deps.clockState() !== 'to-confirm'
    if (nextMs !== null && nextMs <= this.#deps.clock.nowMs() && quiet)
      this.#running = this.#start(STATION_ACTOR)
  }

  #start(actor: string): Running | null {
    const { clock, config, calendar, dataFolder, version, startBackup } = this.#deps
    if (startBackup === null || this.#closed) return null
    const request: BackupRequest = {
      dataFolder,
      place: placeOf(dataFolder, config),
      stationId: config.stationId,
      timeZone: config.canteen.timeZone,
      nowMs: clock.nowMs(),
      meals: { canteenArea: config.canteen.area, calendar },
      program: version,
    }
    this.#progress = { phase: 'copying', doneShare: 0 }
    this.#show()
    const { outcome, stop } = startBackup(request, (running) => this.#onProgress(running))
    return { over: outcome.then((result) => this.#finish(result, actor)), stop }
  }

  #onProgress(running: NonNullable<BackupsView['running']>): void {
    this.#progress = running
    const nowMs = this.#deps.timers.monotonicMs()
    if (nowMs - this.#shownAtMs < PROGRESS_MS) return
    this.#shownAtMs = nowMs
    this.#show()
  }

  #finish(outcome: BackupOutcome, actor: string): void {
    this.#running = null
    this.#progress = null
    if (this.#closed) return
    const { log, clock } = this.#deps
    const made = outcome.kind === 'made'
    this.#remember({
      atMs: clock.nowMs(),
      trouble: made ? null : outcome.trouble,
      detail: made ? null : outcome.detail,
      audit: outcome.audit ?? this.lastAudit(),
    })
    if (outcome.kind === 'made') {
      log.info('backup made', { name: outcome.file.name, entries: outcome.file.entries })
      this.#note(actor, outcome.file)
    } else log.error('backup failed', { trouble: outcome.trouble, detail: outcome.detail })
    this.#show()
  }

  #remember(note: LastTry): void {
    this.#last = note
    try {
      writeLastTry(this.#deps.dataFolder, note)
    } catch (error) {
      this.#deps.log.warn('the last try of a backup was not noted', { reason: messageOf(error) })
    }
  }

  /** The backup is there whether or not the book can take down that it was made. */
  #note(actor: string, { name }: BackupFile): void {
    try {
      noteAudit(this.#deps.book, actor, 'backup-made', name)
    } catch (error) {
      if (!(error instanceof BookError) || error.code === 'broken-invariant') throw error
      this.#deps.log.warn('the backup was not noted in the book', { reason: error.message })
    }
  }

  #show(): BackupsView {
    const next = this.#drawn()
    if (JSON.stringify(next) !== JSON.stringify(this.view.current)) this.view.publish(next)
    return next
  }

  #drawn(): BackupsView {
    const { dataFolder, config } = this.#deps
    const { folder, sameDisk } = placeOf(dataFolder, config)
    const files = this.#filesIn(folder)
    const trouble = this.#last?.trouble ?? null
    return { folder, sameDisk, running: this.#progress, files, nextMs: this.#nextMs(files), trouble }
  }

  #nextMs(files: readonly BackupFile[]): number | null {
    const { clock, timers, config, startBackup } = this.#deps
    if (startBackup === null) return null
    const newestMs = files[0]?.takenAtMs ?? null
    const upMs = timers.monotonicMs() - this.#startedAtMs
    const nightly = { timeZone: config.canteen.timeZone, nightlyAt: config.nightlyAt }
    return backupDueMs({ nowMs: clock.nowMs(), upMs, newestMs, last: this.#last }, nightly)
  }

  /** None while the place is not there: a stick that was pulled out. */
  #filesIn(folder: string): readonly BackupFile[] {
    try {
      return backupsIn(folder, this.#deps.config.stationId)
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error
      return []
    }
  }
}
