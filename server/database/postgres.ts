import pg from 'pg'
import {
  asDatabaseError,
  DatabaseError,
  INT8,
  wholeNumber,
  type Connection,
  type Database,
  type Value,
} from './database.ts'

/** How long a call waits for a connection, and a statement for a row that another batch holds, in milliseconds. */
const CONNECT_MS = 5_000
const LOCK_MS = 10_000
const CONNECTIONS = 10

/** Whoever wrote it down, the answer waits for the disk: nothing is acknowledged that a power cut could take back. */
const BEGIN = `BEGIN; SET LOCAL synchronous_commit TO on; SET LOCAL lock_timeout TO ${LOCK_MS}`

type Client = Pick<pg.PoolClient, 'query'>

const connectionOf = (client: Client): Connection => ({
  async query<Row>(sql: string, values: readonly Value[] = []) {
    return await guarded(async () => (await client.query(sql, [...values])).rows as readonly Row[])
  },
  async execute(sql) {
    await guarded(() => client.query(sql))
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
 * A pool of connections to PostgreSQL.
 *
 * @param lost is told of a connection that broke while nobody used it; the pool opens another one.
 * @throws DatabaseError `busy` when nobody answers, `unusable` when it lets us not in or would not keep what it acknowledges.
 */
export async function openPostgres(url: string, lost: (error: Error) => void): Promise<Database> {
  if (!/^postgres(?:ql)?:\/\//.test(url))
    throw new DatabaseError('unusable', 'DATABASE_URL is not a postgresql:// address')
  const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? wholeNumber : (pg.types.getTypeParser(oid, format) as (value: string) => unknown)
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'canteen-server',
    types: { getTypeParser },
  })
  pool.on('error', lost)
  try {
    await assertDurable(connectionOf(pool))
  } catch (error) {
    await pool.end()
    if (error instanceof DatabaseError && error.trouble === 'refused')
      throw new DatabaseError('unusable', error.message, error)
    throw error
  }
  return {
    kind: 'postgresql',
    ...connectionOf(pool),
    transaction: (work) => transaction(pool, work),
    close: () => pool.end(),
  }
}

async function assertDurable(connection: Connection): Promise<void> {
  for (const setting of ['fsync', 'full_page_writes']) {
    const [row] = await connection.query<{ value: string }>('SELECT current_setting($1) AS value', [setting])
    if (row?.value !== 'on')
      throw new DatabaseError(
        'unusable',
        `PostgreSQL runs with ${setting} = ${row?.value}: a power cut would take back what was acknowledged`,
      )
  }
}

async function transaction<Result>(
  pool: pg.Pool,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const client = await guarded(() => pool.connect())
  // A connection that breaks in mid-transaction also says so here; the statement that meets it throws.
  const broken = (): void => undefined
  client.on('error', broken)
  let failure: Error | null = null
  try {
    const connection = connectionOf(client)
    await connection.execute(BEGIN)
    const result = await work(connection)
    await connection.execute('COMMIT')
    return result
  } catch (error) {
    failure = await rollBack(client)
    throw error
  } finally {
    client.off('error', broken)
    client.release(failure ?? undefined)
  }
}

/** @returns why the connection cannot be used again, or null. PostgreSQL rolls back by itself when it is dropped. */
async function rollBack(client: pg.PoolClient): Promise<Error | null> {
  try {
    await client.query('ROLLBACK')
    return null
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
