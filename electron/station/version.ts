import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The program's version, from the `package.json` of the folder that holds it. */
export function versionOf(resourceFolder: string): string {
  const about: unknown = JSON.parse(readFileSync(join(resourceFolder, 'package.json'), 'utf8'))
  return typeof about === 'object' && about !== null && 'version' in about ? String(about.version) : '0'
}
