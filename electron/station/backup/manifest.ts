import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { BackupFile } from '../../../shared/contract/backups.ts'
import { stationOf } from '../../../shared/domain/ledger/accounts.ts'

/** What stands beside each backup, and what a restore checks first. */
const manifest = z.object({
  format: z.literal(1),
  origin: z.string().min(1),
  headSeq: z.int().min(0),
  headHash: z.string().regex(/^[0-9a-f]{64}$/),
  entries: z.int().min(0),
  /** ISO 8601 in UTC. */
  takenAt: z.iso.datetime(),
  /** Of the packed file. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().positive(),
  bookBytes: z.int().positive(),
  /** Version of the program that made it. */
  program: z.string(),
})
export type Manifest = Readonly<z.infer<typeof manifest>>

export const PACKED = '.sqlite.zst'
const NAME = /^book-\d{8}-\d{6}\.sqlite\.zst$/

/** `book-YYYYMMDD-HHMMSS.sqlite.zst`, by the canteen's wall clock. */
export function backupName(wallMs: number): string {
  const [date = '', time = ''] = new Date(wallMs).toISOString().split('T')
  return `book-${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}${PACKED}`
}

export const manifestPathOf = (packedPath: string): string => `${packedPath.slice(0, -PACKED.length)}.json`

/** @returns null when there is none, or none that can be read. */
export function readManifest(packedPath: string): Manifest | null {
  const path = manifestPathOf(packedPath)
  if (!packedPath.endsWith(PACKED) || !existsSync(path)) return null
  try {
    return manifest.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null
    throw error
  }
}

/**
 * The backups of a station in a folder, newest first. One counts when it has its manifest and its length: the manifest is
 * put in place before it, and it is put in place whole (SPEC LG-29).
 *
 * @throws the system's error when the folder cannot be read
 */
export function backupsIn(folder: string, stationId: string): readonly BackupFile[] {
  const files: BackupFile[] = []
  for (const name of readdirSync(folder)) {
    if (!NAME.test(name)) continue
    const path = join(folder, name)
    const found = readManifest(path)
    if (found === null || stationOf(found.origin) !== stationId) continue
    if (statSync(path, { throwIfNoEntry: false })?.size !== found.bytes) continue
    const { bytes, entries, headSeq, headHash } = found
    files.push({ name, takenAtMs: Date.parse(found.takenAt), bytes, entries, headSeq, headHash })
  }
  return files.toSorted((one, other) => other.takenAtMs - one.takenAtMs)
}

/** What an earlier try of this station left behind when it was cut off. */
export function leftovers(folder: string, stationId: string): readonly string[] {
  const names = readdirSync(folder)
  const halves = names.filter((name) => name.startsWith('book-') && name.endsWith(`.${stationId}.partial`))
  const alone = names.filter((name) => {
    if (!/^book-\d{8}-\d{6}\.json$/.test(name)) return false
    const packed = `${name.slice(0, -'.json'.length)}${PACKED}`
    const found = names.includes(packed) ? null : readManifest(join(folder, packed))
    return found !== null && stationOf(found.origin) === stationId
  })
  return [...halves, ...alone]
}
