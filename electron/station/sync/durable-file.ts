import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a small file so that a power cut leaves the one before or this one, whole: aside, flushed, renamed, and the name
 * flushed with its folder. Readable by its owner alone.
 *
 * @throws the system's error when the disk does not take it: the file before stays.
 */
export function writeDurably(path: string, content: string): void {
  const fresh = `${path}.new`
  writeFileSync(fresh, content, { mode: 0o600, flush: true })
  renameSync(fresh, path)
  flushFolder(dirname(path))
}

/** The file's text, or null when there is none. */
export const readIfThere = (path: string): string | null =>
  existsSync(path) ? readFileSync(path, 'utf8') : null

/** Windows keeps names without being asked, and opens no folder for it. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
