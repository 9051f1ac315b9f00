import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Makes the folder readable by its owner alone. */
export function ensureFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

const KEY_FILE = 'persons.key'
const KEY_BYTES = 32

/**
 * The key that personal data is encrypted with: a file only its owner reads, made at the first start. It is written
 * under another name first, so a power cut leaves either no key or a whole one.
 */
export function personKey(folder: string): Uint8Array {
  const file = join(folder, KEY_FILE)
  if (!existsSync(file)) {
    const fresh = `${file}.new`
    writeFileSync(fresh, randomBytes(KEY_BYTES), { mode: 0o600, flush: true })
    renameSync(fresh, file)
  }
  chmodSync(file, 0o600)
  const key = readFileSync(file)
  if (key.length !== KEY_BYTES) throw new Error(`${KEY_FILE} is ${key.length} bytes long, not ${KEY_BYTES}`)
  return key
}
