import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'

/** Makes the names durable that were given in a folder. */
export function flushFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Writes a small file under another name, flushed, and puts it in place: it is there whole, or not at all. */
export function writeWhole(path: string, text: string, freshPath = `${path}.new`): void {
  writeFileSync(freshPath, text, { flush: true, mode: 0o600 })
  renameSync(freshPath, path)
}
