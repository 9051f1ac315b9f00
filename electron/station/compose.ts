import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartRefused, type StartRefusal } from '../../shared/contract/supervision.ts'
import { businessMomentOf } from '../../shared/domain/business-day.ts'
import { CHINA_CALENDAR } from '../../shared/domain/calendar-china.ts'
import { startTrial } from '../trial/trial.ts'
import { openBook, type Book } from './book/book.ts'
import { BookError, type BookErrorCode } from './book/errors.ts'
import { ConfigError, readConfig } from './config/config.ts'
import { ensureFolder, personKey } from './config/data-folder.ts'
import type { Log, StationConfig } from './deps.ts'
import { nodeSerialBus } from './devices/serial-bus.ts'
import { fileLog } from './log.ts'
import { publishShippedPacks } from './shipped-packs.ts'
import { createStation, type Station } from './station.ts'
import { systemClock, systemIds, systemTimers } from './system.ts'
import type { StationEnvironment } from './transport/environment.ts'
import type { ComposedStation } from './transport/serve.ts'

/**
 * Puts a station together from the real clock, serial ports and book. Without devices in the configuration, or without
 * a configuration, it is the trial counter, whose book lies in a folder of its own.
 *
 * @throws StartRefused with the reason in words that the shell has a page for
 */
export async function composeStation(environment: StationEnvironment): Promise<ComposedStation> {
  const config = refusing(() => readConfig(environment.dataFolder))
  const hasDevices = config !== null && (config.scale !== null || config.reader !== null)
  return hasDevices ? composeReal(environment, config) : await composeTrial(environment)
}

function composeReal(environment: StationEnvironment, config: StationConfig): ComposedStation {
  const folder = refusing(() => ensureFolder(environment.dataFolder))
  const log = fileLog(folder)
  const book = refusing(() => open(environment, folder, config, log))
  publishShippedPacks(book)
  return composed(stationWith(environment, config, book, log, false))
}

async function composeTrial(environment: StationEnvironment): Promise<ComposedStation> {
  const folder = refusing(() => ensureFolder(join(environment.dataFolder, 'trial')))
  const log = fileLog(folder)
  const trial = await startTrial({ folder: join(folder, 'wires'), timers: systemTimers, log })
  const book = refusing(() => open(environment, folder, trial.config, log))
  publishShippedPacks(book)
  trial.seed(book, systemIds)
  const station = stationWith(environment, trial.config, book, log, true)
  return {
    router: { ...station.router, trial: trial.router },
    trial: true,
    async stop() {
      await station.stop()
      await trial.stop()
    },
  }
}

function open(environment: StationEnvironment, folder: string, config: StationConfig, log: Log): Book {
  return openBook({
    folder,
    originId: config.stationId,
    businessDateAt: (atMs) => businessMomentOf(atMs, config.canteen).businessDate,
    namesOnScreen: config.namesOnScreen,
    migrationsFolder: join(environment.resourceFolder, 'migrations'),
    clock: systemClock,
    ids: systemIds,
    personKey: personKey(folder),
    log,
  })
}

function stationWith(
  environment: StationEnvironment,
  config: StationConfig,
  book: Book,
  log: Log,
  trial: boolean,
): Station {
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
  })
}

const composed = (station: Station): ComposedStation => ({
  router: station.router,
  trial: false,
  stop: () => station.stop(),
})

function versionOf(resourceFolder: string): string {
  const about: unknown = JSON.parse(readFileSync(join(resourceFolder, 'package.json'), 'utf8'))
  return typeof about === 'object' && about !== null && 'version' in about ? String(about.version) : '0'
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
