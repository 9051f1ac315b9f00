import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const LARGEST_BYTES = 1_000_000

export type ShellLog = (event: string, data: object) => void

/** One JSON line per event; the file before this one is kept beside it as `.old`. */
export function shellLog(path: string): ShellLog {
  mkdirSync(dirname(path), { recursive: true })
  return (event, data) => {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
    if (size > LARGEST_BYTES) renameSync(path, `${path}.old`)
    appendFileSync(path, `${JSON.stringify({ at: new Date().toISOString(), event, ...data })}\n`)
  }
}
