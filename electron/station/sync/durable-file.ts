import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { flushFolder, writeWhole } from '../backup/files.ts'

/**
 * Writes a small file so that a power cut leaves the one before or this one, whole, and its name with it. Readable by its
 * owner alone.
 *
 * @throws the system's error when the disk does not take it: the file before stays.
 */
export function writeDurably(path: string, content: string): void {
  writeWhole(path, content)
  // Windows keeps names without being asked, and opens no folder for it.
  if (process.platform !== 'win32') flushFolder(dirname(path))
}

/** The file's text, or null when there is none. */
export const readIfThere = (path: string): string | null =>
  existsSync(path) ? readFileSync(path, 'utf8') : null
