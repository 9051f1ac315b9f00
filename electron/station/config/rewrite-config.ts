import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseConfig } from './config.ts'

type Entry = Readonly<Record<string, unknown>>

/**
 * Makes ready to put entries into `canteen.json`: what they name is replaced, or dropped where it is undefined, and everything
 * else in the file stays as it is.
 *
 * @returns writes the file; a power cut leaves it as it was or as it is to be
 * @throws ConfigError when the whole would not be a usable configuration
 */
export function rewrittenConfig(file: string, entries: Readonly<Record<string, Entry>>): () => void {
  const before = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Entry | undefined>
  const after = { ...before }
  for (const [name, entry] of Object.entries(entries)) after[name] = { ...before[name], ...entry }
  const text = `${JSON.stringify(after, null, 2)}\n`
  parseConfig(text, file)
  return () => writeWhole(file, text)
}

function writeWhole(file: string, text: string): void {
  const fresh = `${file}.new`
  writeFileSync(fresh, text, { mode: 0o600, flush: true })
  renameSync(fresh, file)
  const folder = openSync(dirname(file), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
