import { join } from 'node:path'
import envPaths from 'env-paths'

/** Where a station finds its things, read once from the process's environment. */
export interface StationEnvironment {
  /** The data folder: the book, the configuration, the logs. */
  readonly dataFolder: string
  /** The folder that holds `migrations` and `package.json`: the project, or the package's archive. */
  readonly resourceFolder: string
}

/**
 * `CANTEEN_DATA` names the data folder, else it is the system's usual place; `CANTEEN_RESOURCES` is set by the shell.
 */
export function stationEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): StationEnvironment {
  return {
    dataFolder: variables['CANTEEN_DATA'] || envPaths('canteen-pos', { suffix: '' }).data,
    resourceFolder: variables['CANTEEN_RESOURCES'] || join(import.meta.dirname, '..', '..', '..'),
  }
}
