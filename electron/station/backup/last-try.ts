import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { BOOK_CHECKS, type BookCheckId } from '../../../shared/domain/book-checks.ts'
import type { BackupTrouble } from '../../../shared/contract/backups.ts'
import { writeWhole } from './files.ts'
import type { Audit } from './take-backup.ts'

/** What is remembered of the last try over a restart of the station. */
const lastTry = z.object({
  atMs: z.int(),
  trouble: z.enum(['no-place', 'no-room', 'not-verified', 'failed']).nullable(),
  detail: z.string().nullable(),
  /** The last look at the whole book, of this try or of one before. */
  audit: z
    .object({
      atMs: z.int().default(0),
      entries: z.int(),
      count: z.int(),
      first: z
        .object({
          rule: z.string(),
          message: z.string(),
          origin: z.string().optional(),
          seq: z.int().optional(),
          table: z.string().optional(),
          key: z.string().optional(),
        })
        .nullable(),
      checks: z
        .array(
          z.object({
            id: z.enum(Object.keys(BOOK_CHECKS) as [BookCheckId]),
            count: z.int(),
            findings: z.array(
              z.object({
                where: z.string(),
                expected: z.number().nullable(),
                found: z.number().nullable(),
                detail: z.object({ zh: z.string(), en: z.string() }).nullable(),
              }),
            ),
          }),
        )
        .default([]),
    })
    .nullable(),
})

export interface LastTry {
  readonly atMs: number
  readonly trouble: BackupTrouble | null
  readonly detail: string | null
  readonly audit: Audit | null
}

const FILE = 'backup.last.json'

/** Null before the first try, or when a crash left the note half. */
export function readLastTry(dataFolder: string): LastTry | null {
  const path = join(dataFolder, FILE)
  if (!existsSync(path)) return null
  try {
    return lastTry.parse(JSON.parse(readFileSync(path, 'utf8'))) as LastTry
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null
    throw error
  }
}

/** @throws the system's error when the disk does not take it */
export function writeLastTry(dataFolder: string, note: LastTry): void {
  writeWhole(join(dataFolder, FILE), JSON.stringify(note))
}
