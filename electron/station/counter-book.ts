import { BY_AREA, isOwnPack } from '../../shared/domain/policy/packs.ts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { businessMomentOf } from '../../shared/domain/business-day.ts'
import { openBook, type Book, type BookOptions } from './book/book.ts'
import { CONFIG_FILE, ConfigError, readConfig } from './config/config.ts'
import { ensureFolder, personKey } from './config/data-folder.ts'
import type { Log, StationConfig } from './deps.ts'
import { publishShippedPacks, shippedPacks } from './shipped-packs.ts'
import { systemClock, systemIds } from './system.ts'

/** Where a counter's book lies, and its configuration; null without devices, which makes it the trial counter. */
export interface CounterPlace {
  readonly folder: string
  readonly config: StationConfig | null
}

/** The same answer for the station and for every command. @throws ConfigError when `canteen.json` cannot be used. */
export function counterPlace(dataFolder: string): CounterPlace {
  const config = readConfig(dataFolder)
  const hasDevices =
    config !== null &&
    (config.scale !== null || config.reader !== null || config.wedge !== undefined || config.bays !== null)
  return hasDevices ? { folder: dataFolder, config } : { folder: join(dataFolder, 'trial'), config: null }
}

/** Kept free on the disk, so that what is pending can still be written when it is full. */
const RESERVE_BYTES = 4 * 1024 * 1024

export interface CounterBookOptions {
  readonly folder: string
  readonly config: StationConfig
  readonly log: Log
  /** True for whoever brings the configured pack: it may be missing until then. */
  readonly mayLackPack?: boolean
  /** Where the migrations lie; found above this module when absent. */
  readonly migrationsFolder?: string
}

/** How a counter's book is opened on the real clock, by the station and by a restore. */
export const bookOptionsOf = ({ folder, config, log }: CounterBookOptions, key: Uint8Array): BookOptions => ({
  folder,
  originId: config.stationId,
  businessDateAt: (atMs) => businessMomentOf(atMs, config.canteen).businessDate,
  namesOnScreen: config.namesOnScreen,
  clock: systemClock,
  ids: systemIds,
  personKey: key,
  log,
})

/**
 * Opens a counter's book on the real clock, with its policy pack in it.
 *
 * @throws BookError why it cannot be opened
 * @throws ConfigError when the configured pack is in no book and comes with no program: a typing mistake would charge
 *   everyone the full price
 */
export function openCounterBook(options: CounterBookOptions): Book {
  const { folder, config, log, migrationsFolder, mayLackPack = false } = options
  ensureFolder(folder)
  const book = openBook({
    ...bookOptionsOf({ folder, config, log }, personKey(folder)),
    reserveBytes: RESERVE_BYTES,
    ...(migrationsFolder !== undefined && existsSync(migrationsFolder) ? { migrationsFolder } : {}),
  })
  publishShippedPacks(book, config.policyPackId, config.canteen.area)
  const packs = book.policyPacks()
  const { policyPackId, canteen } = config
  if (mayLackPack || packs.some((pack) => isOwnPack(pack, policyPackId, canteen.area))) return book
  book.close()
  const packIds = packs.map(({ id }) => id)
  const known = [...new Set([...packIds, ...shippedPacks().map(({ id }) => id)])].toSorted().join(', ')
  throw new ConfigError(CONFIG_FILE, [
    policyPackId === BY_AREA
      ? `policyPack: no pack is the rule in ${canteen.area}; there are ${known}`
      : `policyPack: there is no pack '${policyPackId}'; there are ${known}`,
  ])
}
