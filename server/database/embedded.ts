import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite, type Transaction } from '@electric-sql/pglite'
import {
  asDatabaseError,
  DatabaseError,
  INT8,
  wholeNumber,
  type Connection,
  type Database,
  type Value,
} from './database.ts'

type Runner = Pick<Transaction, 'query' | 'exec'>

const connectionOf = (runner: Runner): Connection => ({
  async query<Row>(sql: string, values: readonly Value[] = []) {
    return await guarded(async () => (await runner.query<Row>(sql, [...values])).rows)
  },
  async execute(sql) {
    await guarded(() => runner.exec(sql))
  },
})

async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw asDatabaseError(error)
  }
}

/**
 * The embedded database, for trials and tests: it never waits for the disk, so a power cut may take back what it said.
 *
 * @param folder where its files lie; null keeps everything in memory.
 * @param empty the archive of an empty database, for a folder that has none: making one takes seven times as long.
 * @throws DatabaseError `unusable` when another server has the folder open.
 */
export async function openEmbedded(folder: string | null, empty?: Blob): Promise<Database> {
  const unlock = folder === null ? () => undefined : lockFolder(folder)
  const dataDir = folder === null ? 'memory://' : join(folder, 'database')
  const lite = await PGlite.create({
    dataDir,
    parsers: { [INT8]: wholeNumber },
    ...(empty === undefined ? {} : { loadDataDir: empty }),
  }).catch((error: unknown) => {
    unlock()
    throw new DatabaseError('unusable', `the embedded database in ${dataDir} cannot be opened`, error)
  })
  return {
    kind: 'embedded',
    ...connectionOf(lite),
    transaction: (work) => lite.transaction((runner) => work(connectionOf(runner))),
    async close() {
      await lite.close()
      unlock()
    },
  }
}

/** The lock files of this process: a number alone does not tell, because after a restart it may be ours again. */
const held = new Set<string>()

/** One server per folder: two would write over each other. The file of a server that was killed is taken over. */
function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'server.lock')
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      held.add(path)
      return () => {
        held.delete(path)
        rmSync(path, { force: true })
      }
    } catch (error) {
      if (!isExisting(error)) throw error
      const owner = Number(readFileSync(path, 'utf8'))
      const isHeld = owner === process.pid ? held.has(path) : isRunning(owner)
      if (!isHeld) rmSync(path, { force: true })
    }
  }
  throw new DatabaseError('unusable', `another server has ${folder} open (${path})`)
}

const isExisting = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST'

function isRunning(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    // A process of somebody else is running all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
