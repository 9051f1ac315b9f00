import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openPostgres } from '../../../server/database/postgres.ts'
import {
  challengeAnswer,
  enrolmentAnswer,
  PACKED,
  position,
  sessionAnswer,
  sessionText,
  type Position,
  type WireEntry,
} from '../../../shared/contract/sync-wire.ts'
import { batchOf, entriesOf, newKey, packed } from '../../fixtures/batches.ts'
import { furnishedBook, saleDraft } from '../../fixtures/books.ts'
import { TestServer } from '../../fixtures/community-server.ts'
import { PostgresCluster } from '../../fixtures/postgres.ts'
import { seededRandom } from '../../fixtures/random.ts'

const COMMAND = join(import.meta.dirname, '../../../electron/commands/canteen.ts')
const SALES = 300

/** Each starts several servers, one after the other. */
vi.setConfig({ testTimeout: 120_000 })

let cluster: PostgresCluster
let entries: readonly WireEntry[]

beforeAll(async () => {
  cluster = await PostgresCluster.start()
  const book = furnishedBook()
  for (let sale = 0; sale < SALES; sale++) book.settle(saleDraft({ priceFen: 1_000 + sale, memberId: null }))
  entries = entriesOf(book)
  book.close()
})
afterAll(() => cluster.stop())

/** `canteen serve` as a process of its own, and the lines it prints. */
async function serve(databaseUrl: string, ...args: string[]) {
  const child = spawn(process.execPath, [COMMAND, 'serve', '--port', '0', ...args], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { child, said: JSON.parse(line) as { url: string; code: string } }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit')
  child.kill(signal)
  const [code] = (await ended) as [number | null]
  return code
}

/** A station that speaks over real HTTP to whatever server runs at the moment. */
class Speaker {
  readonly key = newKey()
  canteenId = ''
  #serverId = ''
  #token = ''

  async enrol(url: string, code: string): Promise<void> {
    const request = { version: 1, code, stationId: 'kiosk-1', publicKey: this.key.publicKey }
    const answer = enrolmentAnswer.parse(await this.#post(`${url}/v1/enrolments`, request))
    this.canteenId = answer.canteenId
    this.#serverId = answer.serverId
    const own = { canteenId: this.canteenId, stationId: 'kiosk-1' }
    const { challenge } = challengeAnswer.parse(
      await this.#post(`${url}/v1/challenges`, { version: 1, ...own }),
    )
    const signature = this.key.sign(sessionText({ serverId: this.#serverId, ...own, challenge }))
    const session = await this.#post(`${url}/v1/sessions`, { version: 1, ...own, challenge, signature })
    this.#token = sessionAnswer.parse(session).token
  }

  async push(url: string, list: readonly WireEntry[]): Promise<Position> {
    const response = await fetch(`${url}/v1/origins/kiosk-1/batches`, {
      method: 'POST',
      body: packed(batchOf(this, list)),
      headers: { 'content-type': PACKED, authorization: `Bearer ${this.#token}` },
    })
    return position.parse(await response.json())
  }

  async position(url: string): Promise<Position> {
    const headers = { authorization: `Bearer ${this.#token}` }
    return position.parse(await (await fetch(`${url}/v1/origins/kiosk-1/position`, { headers })).json())
  }

  async #post(url: string, body: object): Promise<unknown> {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
    if (response.status !== 200) throw new Error(`${url}: ${response.status}`)
    return await response.json()
  }
}

async function enrolledSpeaker(databaseUrl: string, url: string): Promise<Speaker> {
  const { child, said } = await serve(databaseUrl, '--new-code', '湖滨长者食堂')
  if (child.exitCode === null) await once(child, 'exit')
  const speaker = new Speaker()
  await speaker.enrol(url, said.code)
  return speaker
}

async function asked(databaseUrl: string, sql: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const [row] = (await client.query<Record<string, unknown>>(sql)).rows
    return row ?? {}
  } finally {
    await client.end()
  }
}

/** What is in every table that a batch writes to, and what the position says: they agree, or half a batch was kept. */
const HELD = `
  SELECT (SELECT coalesce(max(head_seq), 0)::int FROM origins) AS head,
    (SELECT count(*)::int FROM journal) AS entries,
    (SELECT coalesce(sum(entries), 0)::int FROM day_entries) AS noted,
    (SELECT coalesce(sum(meals), 0)::int FROM day_meals) AS meals,
    (SELECT count(*)::int FROM counted WHERE what = 'sale') AS sales,
    (SELECT count(*)::int FROM journal WHERE kind = 'sale.settled') AS sold`

async function expectWhole(databaseUrl: string): Promise<number> {
  const held = await asked(databaseUrl, HELD)
  expect(held).toMatchObject({
    entries: held['head'],
    noted: held['head'],
    meals: held['sold'],
    sales: held['sold'],
  })
  return Number(held['head'])
}

describe('the server is killed', () => {
  test('SY-3 killed in the middle of a batch it keeps nothing of it, and takes it whole when it is back', async () => {
    const url = await cluster.newDatabase()
    const first = await serve(url)
    const speaker = await enrolledSpeaker(url, first.said.url)
    await speaker.push(first.said.url, entries.slice(0, 40))
    // A lock that the batch meets after its entries were written: it stands in the middle for as long as we hold it.
    const holder = new pg.Client({ connectionString: url })
    await holder.connect()
    await holder.query('BEGIN; LOCK TABLE day_meals IN ACCESS EXCLUSIVE MODE')
    const refused = speaker.push(first.said.url, entries.slice(40)).catch((error: unknown) => error)
    await expect
      .poll(() => asked(url, `SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted`))
      .toEqual({ waiting: 1 })
    expect(await end(first.child, 'SIGKILL')).toBeNull()
    expect(await refused).toBeInstanceOf(Error)
    await holder.query('ROLLBACK')
    await holder.end()
    // The transaction of the dead server waits for the lock, gets it, finds nobody to answer to, and is rolled back.
    await expect
      .poll(() =>
        asked(
          url,
          `SELECT count(*)::int AS open FROM pg_stat_activity WHERE application_name = 'canteen-server'`,
        ),
      )
      .toEqual({ open: 0 })
    expect(await expectWhole(url)).toBe(40)
    const second = await serve(url)
    expect(await speaker.position(second.said.url)).toMatchObject({ seq: 40 })
    expect(await speaker.push(second.said.url, entries.slice(40))).toMatchObject({ seq: entries.length })
    expect(await expectWhole(url)).toBe(entries.length)
    expect(await end(second.child, 'SIGTERM')).toBe(0)
  })

  test('SY-3 killed at any moment: all of a batch or none, nothing acknowledged is lost, and it converges', async () => {
    const url = await cluster.newDatabase()
    const random = seededRandom('server kills')
    let server = await serve(url)
    const speaker = await enrolledSpeaker(url, server.said.url)
    let acknowledged = 0
    for (let kill = 0; kill < 5; kill++) {
      const pushing = (async () => {
        for (let from = acknowledged; from < entries.length; from += 20)
          acknowledged = (await speaker.push(server.said.url, entries.slice(from, from + 20))).seq
      })().catch((error: unknown) => error)
      await pause(random.integer(5, 120))
      await end(server.child, 'SIGKILL')
      await pushing
      const held = await expectWhole(url)
      expect(held).toBeGreaterThanOrEqual(acknowledged)
      server = await serve(url)
      acknowledged = (await speaker.position(server.said.url)).seq
      expect(acknowledged).toBeGreaterThanOrEqual(held)
      if (acknowledged === entries.length) break
    }
    if (acknowledged < entries.length) await speaker.push(server.said.url, entries.slice(acknowledged))
    expect(await expectWhole(url)).toBe(entries.length)
    expect(await end(server.child, 'SIGTERM')).toBe(0)
  })
})

describe('the database is killed', () => {
  test('SY-3 SY-4 what was acknowledged is there after a crash; meanwhile calls are told to come later', async () => {
    const url = await cluster.newDatabase()
    const database = await openPostgres(url, () => undefined)
    const server = await TestServer.over(database)
    const station = await server.station()
    expect(await station.push(batchOf(station, entries.slice(0, 100)))).toMatchObject({ status: 200 })
    await cluster.crash()
    for (const path of ['/healthz', '/v1/origins/kiosk-1/position']) {
      const response = await server.app.request(path, { headers: { authorization: 'Bearer any' } })
      expect(response.status).toBe(503)
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(await station.push(batchOf(station, entries.slice(100)))).toEqual({
      status: 503,
      body: { error: 'BUSY' },
    })
    await cluster.up()
    expect(await station.position()).toMatchObject({ seq: 100 })
    expect(await expectWhole(url)).toBe(100)
    expect(await station.push(batchOf(station, entries.slice(100)))).toMatchObject({
      status: 200,
      body: { seq: entries.length },
    })
    await database.close()
  })
})
