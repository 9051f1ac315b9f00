import { closeSync, existsSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { asFileError } from './folder.ts'

const CHUNK_BYTES = 1_048_576

/**
 * Writes a log that an earlier connection left behind over itself and flushes it, before anyone trusts what it says. After
 * a flush that failed, the system may hold pages for clean that never reached the disk: they can be read, no later flush
 * writes them, and a power cut while they are moved into the book would leave half a sale there. Writing the same bytes
 * again makes them count.
 *
 * @throws BookError `read-only`, `disk-full` or `cannot-open` when the disk does not take them.
 */
export function rewriteLog(path: string): void {
  if (!existsSync(path)) return
  try {
    rewrite(path)
  } catch (error) {
    throw asFileError(error)
  }
}

function rewrite(path: string): void {
  const file = openSync(path, 'r+')
  try {
    const chunk = new Uint8Array(CHUNK_BYTES)
    let position = 0
    for (let read = readSync(file, chunk, 0, CHUNK_BYTES, 0); read > 0;) {
      for (let written = 0; written < read;)
        written += writeSync(file, chunk, written, read - written, position + written)
      position += read
      read = readSync(file, chunk, 0, CHUNK_BYTES, position)
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
