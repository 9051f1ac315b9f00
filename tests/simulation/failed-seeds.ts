import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const FILE = join(import.meta.dirname, 'failed-seeds.json')

const failedSeed = z.strictObject({
  seed: z.string(),
  days: z.int().positive(),
  rule: z.string(),
  found: z.string(),
})
type FailedSeed = z.infer<typeof failedSeed>

/** Seeds that once broke a rule. They are played again with every test, for whatever broke once may break again. */
export const FAILED_SEEDS: readonly FailedSeed[] = z
  .array(failedSeed)
  .parse(JSON.parse(readFileSync(FILE, 'utf8')))

/** Keeps a seed for the tests to come. */
export function keepSeed(failed: FailedSeed): void {
  writeFileSync(FILE, `${JSON.stringify([...FAILED_SEEDS, failed], null, 2)}\n`)
}
