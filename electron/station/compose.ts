import { join } from 'node:path'
import { StartRefused, type StartRefusal } from '../../shared/contract/supervision.ts'
import { CHINA_CALENDAR } from '../../shared/domain/calendar-china.ts'
import { trialConfig } from '../trial/config.ts'
import { seedDemo } from '../trial/demo/seed.ts'
import { startTrial, type Trial } from '../trial/trial.ts'
import { SocatMissingError } from '../trial/wires/pty-pair.ts'
import { takeBackupInWorker } from './backup/in-worker.ts'
import type { Book } from './book/book.ts'
import { BookError, type BookErrorCode } from './book/errors.ts'
import { ConfigError } from './config/config.ts'
import { ensureFolder } from './config/data-folder.ts'
import { counterPlace, openCounterBook } from './counter-book.ts'
import type { Log, StationConfig } from './deps.ts'
import { nodeSerialBus } from './devices/serial-bus.ts'
import { fileLog } from './log.ts'
import { createStation, type Station } from './station.ts'
import { systemClock, systemIds, systemRandom, systemTimers } from './system.ts'
import type { StationEnvironment } from './transport/environment.ts'
import type { Sync } from './sync/sync.ts'
import type { ComposedStation, ShellServices } from './transport/serve.ts'
import { versionOf } from './version.ts'

/**
 * Puts a station together from the real clock, serial ports and book. Without devices in the configuration, or without
 * a configuration, it is the trial counter, whose book lies in a folder of its own.
 *
 * @throws StartRefused with the reason in words that the shell has a page for
 */
export async function composeStation(
  environment: StationEnvironment,
  shell: ShellServices,
): Promise<ComposedStation> {
  const { folder, config } = refusing(() => counterPlace(environment.dataFolder))
  const log = refusing(() => fileLog(ensureFolder(folder)))
  const migrationsFolder = join(environment.resourceFolder, 'migrations')
  const settings = config ?? trialConfig(null)
  const book = refusing(() => openCounterBook({ folder, config: settings, log, migrationsFolder }))
  if (config === null) return await composeTrial({ environment, folder, book, log, shell })
  const station = stationWith({ environment, config, book, log, folder, shell, trial: false })
  return { ...station, trial: false }
}

/** The book is open by now: a second trial on this folder was refused before it could touch the first one's wires. */
async function composeTrial(parts: Omit<Parts, 'config' | 'trial'>): Promise<ComposedStation> {
  const { folder, book } = parts
  const trial = await pluggedTrial(folder, book)
  seedDemo(book, systemIds)
  const station = stationWith({ ...parts, config: trial.config, trial: true })
  void meetServer(station.sync, parts)
  return {
    router: { ...station.router, trial: trial.router },
    connect: () => station.connect(),
    trial: true,
    async stop() {
      await station.stop()
      await trial.stop()
    },
  }
}

/** A trial that came with a server is enrolled there by itself; a counter that sells waits for nobody. */
async function meetServer(
  sync: Sync,
  { environment, log }: Pick<Parts, 'environment' | 'log'>,
): Promise<void> {
  const { trialServer } = environment
  if (trialServer === null || sync.view.current.server !== null) return
  try {
    await sync.enrol(trialServer.url, trialServer.code)
  } catch (error) {
    log.warn('trial not enrolled', { reason: String(error) })
  }
}

async function pluggedTrial(folder: string, book: Book): Promise<Trial> {
  try {
    return await startTrial({ folder: join(folder, 'wires'), timers: systemTimers })
  } catch (error) {
    book.close()
    if (error instanceof SocatMissingError) throw new StartRefused('trial-without-wires', error.message)
    throw error
  }
}

interface Parts {
  readonly environment: StationEnvironment
  readonly config: StationConfig
  readonly book: Book
  readonly log: Log
  readonly folder: string
  readonly shell: ShellServices
  readonly trial: boolean
}

function stationWith({ environment, config, book, log, folder, shell, trial }: Parts): Station {
  return createStation({
    clock: systemClock,
    timers: systemTimers,
    ids: systemIds,
    serialBus: nodeSerialBus(),
    calendar: CHINA_CALENDAR,
    version: versionOf(environment.resourceFolder),
    config,
    book,
    log,
    trial,
    dataFolder: folder,
    printer: shell.printer,
    restart: () => shell.restart(),
    request: fetch,
    startBackup: takeBackupInWorker,
    random: systemRandom,
  })
}

const REFUSAL_OF: Partial<Record<BookErrorCode, StartRefusal>> = {
  locked: 'second-station',
  'from-the-future': 'book-from-the-future',
  damaged: 'book-damaged',
  'cannot-open': 'book-damaged',
  'wrong-key': 'book-damaged',
  'read-only': 'folder-not-writable',
  'disk-full': 'disk-full',
}

const REFUSAL_OF_SYSTEM: Record<string, StartRefusal> = {
  EACCES: 'folder-not-writable',
  EROFS: 'folder-not-writable',
  EPERM: 'folder-not-writable',
  ENOSPC: 'disk-full',
}

/** Turns the expected reasons not to start into words for the shell; anything else is a defect and crashes. */
function refusing<Result>(attempt: () => Result): Result {
  try {
    return attempt()
  } catch (error) {
    if (error instanceof ConfigError) throw new StartRefused('configuration-invalid', error.message)
    const refusal = error instanceof BookError ? REFUSAL_OF[error.code] : REFUSAL_OF_SYSTEM[systemCode(error)]
    if (refusal === undefined) throw error
    throw new StartRefused(refusal, error instanceof Error ? error.message : String(error))
  }
}

const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''
