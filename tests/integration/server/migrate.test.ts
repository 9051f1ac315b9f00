import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../../server/database/database.ts'
import { openEmbedded } from '../../../server/database/embedded.ts'
import { migrate, readMigrations } from '../../../server/database/migrate.ts'
import { openPostgres } from '../../../server/database/postgres.ts'
import { PostgresCluster } from '../../fixtures/postgres.ts'
import { DATABASES } from './databases.ts'

const PLANTED = {
  number: 9_000,
  name: '9000-planted.sql',
  sql: 'CREATE TABLE planted (id bigint); SELECT 1/0',
}

const tablesOf = async (database: Database): Promise<readonly string[]> =>
  (
    await database.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
    )
  ).map(({ name }) => name)

describe.each(DATABASES)('migrations on $kind', ({ open }) => {
  let database: Database
  let close: (() => Promise<void>) | undefined

  beforeAll(async () => {
    ;({ database, close } = await open())
  })
  afterAll(() => close?.())

  test('LG-14 a step that fails leaves nothing of itself; the steps before it stay', async () => {
    const steps = [...readMigrations(), PLANTED]
    await expect(migrate(database, steps)).rejects.toMatchObject({ name: 'DatabaseError' })
    const tables = await tablesOf(database)
    expect(tables).toContain('journal')
    expect(tables).not.toContain('planted')
    const done = await database.query<{ number: number }>('SELECT number FROM schema_steps ORDER BY number')
    expect(done.map(({ number }) => number)).toEqual(readMigrations().map(({ number }) => number))
  })

  test('LG-14 what is done is not done again, also by two servers that start at once', async () => {
    await Promise.all([migrate(database), migrate(database)])
    await migrate(database)
    expect(await database.query('SELECT count(*) FROM schema_steps')).toEqual([
      { count: readMigrations().length },
    ])
  })

  test('LG-14 a database from the future is refused', async () => {
    await database.query(`INSERT INTO schema_steps (number, name) VALUES (9999, 'next year')`)
    await expect(migrate(database)).rejects.toMatchObject({ trouble: 'unusable' })
    await database.query('DELETE FROM schema_steps WHERE number = 9999')
  })

  test('SY-3 a transaction that fails keeps nothing, and numbers come back as numbers', async () => {
    const failing = database.transaction(async (connection) => {
      await connection.query(`INSERT INTO meta (key, value) VALUES ('half', '1')`)
      await connection.query('SELECT 1/0')
    })
    await expect(failing).rejects.toMatchObject({ trouble: 'refused' })
    const rows = await database.query(
      `SELECT count(*), 9007199254740991::bigint AS largest, $1::bigint[] AS list FROM meta WHERE key = 'half'`,
      [[1, 2]],
    )
    expect(rows).toMatchObject([{ count: 0, largest: Number.MAX_SAFE_INTEGER }])
    await expect(database.query('SELECT 9007199254740993::bigint AS too_large')).rejects.toThrow(/too large/)
  })
})

describe('PostgreSQL itself', () => {
  let cluster: PostgresCluster
  beforeAll(async () => {
    cluster = await PostgresCluster.start()
  })
  afterAll(() => cluster.stop())

  test('SY-3 a database that would not wait for the disk is made to wait, or refused', async () => {
    const url = await cluster.newDatabase()
    await cluster.ask('postgres', 'ALTER SYSTEM SET synchronous_commit = off')
    await cluster.ask('postgres', 'SELECT pg_reload_conf()')
    const database = await openPostgres(url, () => undefined)
    const [row] = await database.transaction((connection) =>
      connection.query<{ value: string }>(`SELECT current_setting('synchronous_commit') AS value`),
    )
    expect(row?.value).toBe('on')
    await database.close()
    await cluster.ask('postgres', 'ALTER SYSTEM SET full_page_writes = off')
    await cluster.ask('postgres', 'SELECT pg_reload_conf()')
    await expect
      .poll(() =>
        openPostgres(url, () => undefined).then(
          (opened) => opened.close().then(() => 'opened'),
          (error: unknown) => String(error),
        ),
      )
      .toMatch(/full_page_writes = off: a power cut would take back/)
  })

  test('SY-3 a database that is not there is told apart from one that does not answer', async () => {
    const url = (await cluster.newDatabase()).replace(/canteen_\d+/, 'nowhere')
    await expect(openPostgres(url, () => undefined)).rejects.toMatchObject({ trouble: 'unusable' })
    await expect(openPostgres('mysql://127.0.0.1/x', () => undefined)).rejects.toMatchObject({
      trouble: 'unusable',
    })
  })

  test('SY-4 a database at which nobody answers may answer later', async () => {
    await expect(openPostgres('postgresql://127.0.0.1:1/none', () => undefined)).rejects.toMatchObject({
      trouble: 'busy',
    })
  })
})

describe('the embedded database', () => {
  test('LG-13 a folder is open once in a process, and a lock with the process’s own number is no lock of its own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'canteen-embedded-'))
    try {
      writeFileSync(join(folder, 'server.lock'), String(process.pid))
      const first = await openEmbedded(folder)
      await expect(openEmbedded(folder)).rejects.toMatchObject({ trouble: 'unusable' })
      await first.close()
      const second = await openEmbedded(folder)
      await second.close()
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
