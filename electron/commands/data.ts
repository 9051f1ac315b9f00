import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BookError, type Book } from '../station/book/book.ts'
import { BOOK_FILE_NAME } from '../station/book/session.ts'
import { counterPlace, openCounterBook } from '../station/counter-book.ts'
import type { StationConfig } from '../station/deps.ts'
import { silentLog } from '../station/log.ts'
import { stationEnvironment } from '../station/transport/environment.ts'
import { trialConfig } from '../trial/config.ts'

/** The book that a command works on: the canteen's, or the trial's when no devices are configured. */
export interface DataPlace {
  readonly folder: string
  readonly config: StationConfig
}

/**
 * @param dataFolder the configured one when absent
 * @throws ConfigError when `canteen.json` cannot be used.
 */
export function dataPlace(dataFolder = stationEnvironment(process.env).dataFolder): DataPlace {
  const { folder, config } = counterPlace(dataFolder)
  return { folder, config: config ?? trialConfig(null) }
}

/**
 * For commands that need a book that is there: a mistaken folder is told, and no empty book is begun in it.
 *
 * @throws BookError
 */
export function bookPlace(): DataPlace {
  const place = dataPlace()
  const file = join(place.folder, BOOK_FILE_NAME)
  if (!existsSync(file)) throw new BookError('cannot-open', `there is no book at ${file}`)
  return place
}

/** Opens the book for writing. @throws BookError, among others `locked` while the counter runs. */
export const openBookAt = (
  { folder, config }: DataPlace,
  options: { readonly mayLackPack?: boolean } = {},
): Book => openCounterBook({ ...options, folder, config, log: silentLog })
