import { mkdirSync, statSync, type StatSyncOptions } from 'node:fs'
import { join } from 'node:path'
import type { StationConfig } from '../deps.ts'

/** Where backups go, and whether that helps when the book's disk dies. */
export interface Place {
  readonly folder: string
  readonly sameDisk: boolean
  /** Whether the canteen named it. */
  readonly configured: boolean
}

export function placeOf(dataFolder: string, { backupFolder }: Pick<StationConfig, 'backupFolder'>): Place {
  if (backupFolder !== null) return namedPlace(dataFolder, backupFolder)
  const folder = join(dataFolder, 'backups')
  return { folder, sameDisk: true, configured: false }
}

/** A place that a person named. */
export const namedPlace = (dataFolder: string, folder: string): Place => ({
  folder,
  sameDisk: diskOf(folder) === diskOf(dataFolder),
  configured: true,
})

/**
 * Makes the folder where it is missing. Of a configured place only the last part is made: the folder above is the stick's
 * own, and without it the stick is not plugged in.
 *
 * @throws the system's error
 */
export function preparePlace({ folder, configured }: Place): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return
  mkdirSync(folder, { mode: 0o700, recursive: !configured })
}

const QUIETLY: StatSyncOptions = { throwIfNoEntry: false }

/** The device that a folder lies on; of a missing one, that of the folder above. */
function diskOf(folder: string): number | bigint | null {
  const own = statSync(folder, QUIETLY)
  return (own ?? statSync(join(folder, '..'), QUIETLY))?.dev ?? null
}
