import { mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import type { Log } from './deps.ts'

const LARGEST_BYTES = 8 * 1024 * 1024

/**
 * The station's log: one JSON line an event in `logs/station.log` of the data folder. At a start a log that has grown
 * large becomes `station.old.log`, so that a kiosk that runs for years keeps a bounded one. No personal data goes in.
 */
export function fileLog(folder: string): Log {
  const logs = join(folder, 'logs')
  mkdirSync(logs, { recursive: true })
  const file = join(logs, 'station.log')
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > LARGEST_BYTES) renameSync(file, join(logs, 'station.old.log'))
  const logger = pino({ base: null }, pino.destination({ dest: file, sync: true }))
  return {
    info: (event, data) => logger.info(data ?? {}, event),
    warn: (event, data) => logger.warn(data ?? {}, event),
    error: (event, data) => logger.error(data ?? {}, event),
  }
}

/** For commands and tests that need no log. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
