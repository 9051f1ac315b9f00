import type { Connection, Database } from '../database/database.ts'
import type { ServerDeps } from '../deps.ts'

/** What makes this server this server; made once and kept in its database. */
export interface ServerIdentity {
  readonly serverId: string
  /** Signs the challenges that it hands out, in hexadecimal. */
  readonly challengeSecret: string
}

const SECRET_BYTES = 32

/** The identity that the database keeps; its first server makes it. */
export async function serverIdentity({ database, random }: ServerDeps): Promise<ServerIdentity> {
  return {
    serverId: await kept(database, 'server-id', random.uuid()),
    challengeSecret: await kept(
      database,
      'challenge-secret',
      Buffer.from(random.bytes(SECRET_BYTES)).toString('hex'),
    ),
  }
}

const kept = (database: Database, key: string, value: string): Promise<string> =>
  database.transaction(async (connection: Connection) => {
    await connection.query('INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      key,
      value,
    ])
    const [row] = await connection.query<{ value: string }>('SELECT value FROM meta WHERE key = $1', [key])
    return row?.value ?? value
  })
