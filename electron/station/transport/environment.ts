import { join } from 'node:path'
import envPaths from 'env-paths'

/** Where a station finds its things, read once from the process's environment. */
export interface StationEnvironment {
  /** The data folder: the book, the configuration, the logs. */
  readonly dataFolder: string
  /** The folder that holds `migrations` and `package.json`: the project, or the package's archive. */
  readonly resourceFolder: string
  /** The community server that a trial was given for company; null outside of trials, and in those without one. */
  readonly trialServer: { readonly url: string; readonly code: string } | null
}

/**
 * `CANTEEN_DATA` names the data folder, else it is the system's usual place; `CANTEEN_RESOURCES` is set by the shell.
 */
export function stationEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): StationEnvironment {
  const { CANTEEN_TRIAL_SERVER: url, CANTEEN_TRIAL_CODE: code } = variables
  return {
    trialServer: url === undefined || code === undefined ? null : { url, code },
    dataFolder: variables['CANTEEN_DATA'] || envPaths('canteen-pos', { suffix: '' }).data,
    resourceFolder: variables['CANTEEN_RESOURCES'] || join(import.meta.dirname, '..', '..', '..'),
  }
}
