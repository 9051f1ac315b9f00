import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { migrationsFolder } from '../../../electron/station/book/migrate.ts'
import { seededRandom } from '../../fixtures/random.ts'
import { examine, faultText, isFaulty, type Finding } from '../examine.ts'
import { memoryFolder } from '../memory-folder.ts'
import { bookFileOf } from '../till.ts'
import { atCuts, retold, type Retelling } from './at-cuts.ts'
import { RecordedDisk } from './disk.ts'
import { recordedLunch } from './lunch-run.ts'
import { layOut } from './recoveries.ts'

export interface MigrationFigures {
  readonly seed: string
  readonly states: number
  /** States whose file had the schema before the planted step, and after it. */
  readonly before: number
  readonly after: number
  readonly failures: readonly { readonly state: number; readonly finding: Finding }[]
  readonly seconds: number
}

const PLANTED = '9990-planted-step.sql'
const PLANTED_NUMBER = 9990
const planted = fileURLToPath(new URL(PLANTED, import.meta.url))

/**
 * A book with rows is opened by a program that knows one more migration, and the power fails while it does (scenario 5):
 * every state has the old schema whole or the new one whole, and the next start migrates and sells.
 */
export function examineMigrations(seed: string, states: number): MigrationFigures {
  const startedMs = performance.now()
  const work = mkdtempSync(memoryFolder('migration-'))
  try {
    const migrations = join(work, 'migrations')
    cpSync(migrationsFolder(), migrations, { recursive: true })
    cpSync(planted, join(migrations, PLANTED))
    return { ...examined(seed, states, work, migrations), seconds: (performance.now() - startedMs) / 1000 }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function examined(
  seed: string,
  states: number,
  work: string,
  migrations: string,
): Omit<MigrationFigures, 'seconds'> {
  const random = seededRandom(seed)
  const retelling = recorded(seed, work, migrations)
  const last = retelling.records.length - 1
  const cuts = Array.from({ length: states }, () => random.integer(0, last)).toSorted((a, b) => a - b)
  const counts = { before: 0, after: 0 }
  const failures: { state: number; finding: Finding }[] = []
  const folder = join(work, 'state')
  atCuts(retelling, cuts, (state, _index, story) => {
    const chance = random.fork(`state-${state}`)
    layOut(retelling.disk.afterCut(chance), folder)
    const schema = schemaOf(folder)
    const finding = examine({ folder, story, random: chance, migrationsFolder: migrations })
    if (schema === 'between') finding.broken.push('the schema is neither the old nor the new one')
    else counts[schema] += 1
    if (isFaulty(finding)) failures.push({ state, finding })
  })
  return { seed, states, ...counts, failures }
}

/** A lunch on the old schema; then, recorded, the first start of the newer program with two sales. */
function recorded(seed: string, work: string, migrations: string): Retelling {
  const plan = {
    folder: join(work, 'selling'),
    seed,
    firstDay: 0,
    deeds: 30,
    setUp: true,
    flushing: 'FULL',
  } as const
  const made = new RecordedDisk()
  const story = retold(recordedLunch(plan, join(work, 'made.log')), made)
  const records = recordedLunch(
    { ...plan, seed: `${seed}/after`, firstDay: 10, deeds: 2, setUp: false, migrationsFolder: migrations },
    join(work, 'migrated.log'),
  )
  return { disk: new RecordedDisk(made.now()), story: story.continued(), records }
}

/** What a stranger to the book's code sees in the file. */
function schemaOf(folder: string): 'before' | 'after' | 'between' {
  const db = new Sqlite(bookFileOf(folder))
  try {
    const version = Number(db.pragma('user_version', { simple: true }))
    const parts = db
      .prepare<[], { count: number }>(
        `SELECT (SELECT count(*) FROM sqlite_schema WHERE name IN ('planted_copy', 'planted_copy_by_body'))
              + (SELECT count(*) FROM pragma_table_info('planted_copy') WHERE name = 'planted') AS count`,
      )
      .get()?.count
    if (version < PLANTED_NUMBER) return parts === 0 ? 'before' : 'between'
    if (parts !== 3) return 'between'
    const rows = db.prepare<[], { count: number }>('SELECT count(*) AS count FROM planted_copy').get()?.count
    return rows !== undefined && rows > 0 ? 'after' : 'between'
  } finally {
    db.close()
  }
}

/** Why this campaign is not passed; empty when it is. */
export function migrationFaults({ seed, before, after, failures }: MigrationFigures): string[] {
  const faults = failures.map(
    ({ state, finding }) => `migration state ${seed}#${state}: ${faultText(finding)}`,
  )
  if (before === 0) faults.push('no cut left the old schema')
  if (after === 0) faults.push('no cut left the new schema')
  return faults
}
