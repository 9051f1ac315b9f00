import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseError, type Connection, type Database } from './database.ts'

export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
}

const FOLDER = join(import.meta.dirname, '..', '..', 'migrations', 'server')
const FILE_NAME = /^(\d{4})-[a-z0-9-]+\.sql$/

/** Any number will do, as long as every server takes the same. */
const LOCK = 1_128_353_646

/** The server's own migrations, in order. */
export function readMigrations(folder = FOLDER): readonly Migration[] {
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) => {
      const number = FILE_NAME.exec(name)?.[1]
      return number === undefined
        ? []
        : [{ number: Number(number), name, sql: readFileSync(join(folder, name), 'utf8') }]
    })
}

/**
 * Brings the schema up to date: one transaction for each step with its bookkeeping inside, one server at a time, so that a
 * crash leaves the old or the new schema and nothing between.
 *
 * @throws DatabaseError `unusable` when the database knows a newer step.
 */
export async function migrate(database: Database, migrations = readMigrations()): Promise<void> {
  const newest = migrations.at(-1)?.number ?? 0
  for (;;) {
    const done = await database.transaction(async (connection) => {
      const version = await lockedVersion(connection)
      if (version > newest)
        throw new DatabaseError(
          'unusable',
          `the database's schema is ${version}, this program knows ${newest}: please upgrade the program`,
        )
      const next = migrations.find(({ number }) => number > version)
      if (next === undefined) return true
      await connection.execute(next.sql)
      await connection.query('INSERT INTO schema_steps (number, name) VALUES ($1, $2)', [
        next.number,
        next.name,
      ])
      return false
    })
    if (done) return
  }
}

async function lockedVersion(connection: Connection): Promise<number> {
  await connection.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
  await connection.execute(
    'CREATE TABLE IF NOT EXISTS schema_steps (number bigint PRIMARY KEY, name text NOT NULL)',
  )
  const [row] = await connection.query<{ version: number }>(
    'SELECT coalesce(max(number), 0)::bigint AS version FROM schema_steps',
  )
  return row?.version ?? 0
}
