import { join } from 'node:path'
import { businessMomentOf } from '../../shared/domain/business-day.ts'
import { openBook, type Book } from '../station/book/book.ts'
import { readConfig } from '../station/config/config.ts'
import { ensureFolder, personKey } from '../station/config/data-folder.ts'
import type { StationConfig } from '../station/deps.ts'
import { silentLog } from '../station/log.ts'
import { systemClock, systemIds } from '../station/system.ts'
import { stationEnvironment } from '../station/transport/environment.ts'
import { trialConfig } from '../trial/config.ts'

/** The folder of the book a command works on: the canteen's, or the trial's when no devices are configured. */
export interface DataPlace {
  readonly folder: string
  readonly config: StationConfig
  readonly trial: boolean
}

/** @throws ConfigError when `canteen.json` cannot be used. */
export function dataPlace(): DataPlace {
  const { dataFolder } = stationEnvironment(process.env)
  const config = readConfig(dataFolder)
  if (config !== null && (config.scale !== null || config.reader !== null))
    return { folder: dataFolder, config, trial: false }
  return { folder: join(dataFolder, 'trial'), config: trialConfig(null), trial: true }
}

/** Opens the book for writing. @throws BookError, among others `locked` while the counter runs. */
export function openBookAt({ folder, config }: DataPlace): Book {
  ensureFolder(folder)
  return openBook({
    folder,
    originId: config.stationId,
    clock: systemClock,
    ids: systemIds,
    personKey: personKey(folder),
    log: silentLog,
    businessDateAt: (atMs) => businessMomentOf(atMs, config.canteen).businessDate,
    namesOnScreen: config.namesOnScreen,
  })
}
