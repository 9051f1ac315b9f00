import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { openBook } from '../../../electron/station/book/book.ts'
import type { StoredEntry } from '../../../electron/station/book/journal-table.ts'
import { bookOptions, furnish, saleDraft } from '../../fixtures/books.ts'
import { FaultyLink } from '../../fixtures/faulty-link.ts'
import { PostgresCluster } from '../../fixtures/postgres.ts'
import { seededRandom } from '../../fixtures/random.ts'
import { ServedCommunity } from '../../fixtures/served-community.ts'
import type { SyncingPlan } from '../../fixtures/syncing-plan.ts'
import { findingsOf } from './meeting.ts'

vi.setConfig({ testTimeout: 180_000 })

const STATION = join(import.meta.dirname, '..', '..', 'fixtures', 'syncing-station.ts')

let cluster: PostgresCluster
let databaseUrl: string
let community: ServedCommunity
let link: FaultyLink
let url: string

beforeAll(async () => {
  cluster = await PostgresCluster.start()
  databaseUrl = await cluster.newDatabase()
  community = new ServedCommunity(databaseUrl)
  await community.start()
  link = new FaultyLink(community.url)
  url = await link.listen()
})

afterAll(async () => {
  await link.close()
  await community.stop()
  await cluster.stop()
})

async function journalThere(canteen: string): Promise<readonly StoredEntry[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    type Row = Omit<StoredEntry, 'seq' | 'version'> & { seq: string; version: string }
    const { rows } = await client.query<Row>(
      `SELECT id, origin, seq, kind, version, hlc, at, business_date AS "businessDate", actor,
         prev_hash AS "prevHash", hash, body AS "bodyText"
       FROM journal JOIN origins USING (origin_id) JOIN canteens USING (canteen_id) WHERE name = $1 ORDER BY seq`,
      [canteen],
    )
    return rows.map((row) => ({ ...row, seq: Number(row.seq), version: Number(row.version) }))
  } finally {
    await client.end()
  }
}

function journalHere(folder: string): readonly StoredEntry[] {
  const book = openBook(bookOptions({ folder }))
  const entries = book.read(({ journal }) => journal.range('kiosk-1', 1, 1_000_000))
  book.close()
  return entries
}

function stationFolder(sales: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'syncing-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const book = openBook(bookOptions({ folder }))
  furnish(book)
  const sale = () => ({ sale: saleDraft({ memberId: null }), balanceAfterFen: null })
  book.appendMany(
    Array.from({ length: sales }, () => ({ kind: 'sale.settled' as const, body: sale() })),
    'test',
  )
  book.close()
  return folder
}

interface Line {
  readonly sold?: string
  readonly acknowledged?: number
  readonly entries?: number
  readonly trouble?: string | null
  readonly grownMb?: number
  readonly residentMb?: number
  readonly logBytes?: number
}

/** A station's process, and what it has said so far. */
class Kiosk {
  readonly lines: Line[] = []
  readonly #process: ChildProcess
  readonly #told: Promise<void>

  constructor(plan: SyncingPlan) {
    this.#process = spawn(process.execPath, [STATION, JSON.stringify(plan)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const { stdout } = this.#process
    this.#told = (async () => {
      if (stdout === null) return
      for await (const line of createInterface(stdout)) this.lines.push(JSON.parse(line) as Line)
    })()
  }

  /** @throws Error when the station ends first, or says nothing of the kind. */
  async says(holds: (line: Line) => boolean, from = 0): Promise<void> {
    await until(() => {
      if (this.#process.exitCode !== null) throw new Error(`the station ended with ${this.#process.exitCode}`)
      return this.lines.slice(from).some(holds)
    })
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.ended()
  }

  async ended(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null)
      await once(this.#process, 'exit')
    await this.#told
  }
}

async function until(holds: () => boolean): Promise<void> {
  const untilMs = performance.now() + 30_000
  while (!holds()) {
    if (performance.now() > untilMs) throw new Error('nothing of the kind in 30 s')
    await pause(5)
  }
}

test('SY-1 SY-3 kiosk and server killed again and again in mid-batch: nothing lost, nothing twice', async () => {
  const random = seededRandom('killed in mid-batch')
  const folder = stationFolder(1500)
  const enrol = { url, code: await community.code('食堂 九命') }
  const sold: string[] = []
  const batchesSeen = () => link.calls.filter(({ path }) => path.endsWith('/batches')).length
  let acknowledged = 0
  for (let life = 0; life < 6; life += 1) {
    const kiosk = new Kiosk({ folder, enrol: life === 0 ? enrol : null, endless: true })
    const batches = batchesSeen()
    await until(() => batchesSeen() > batches)
    await pause(random.integer(0, 60))
    if (life % 2 === 1) {
      await community.stop('SIGKILL')
      if (life === 3) await cluster.crash()
      await kiosk.says(({ trouble }) => trouble !== undefined && trouble !== null)
      if (life === 3) await cluster.up()
      await community.start()
      link.target = community.url
      const known = kiosk.lines.length
      await kiosk.says(({ trouble }) => trouble === null, known)
    }
    await kiosk.kill()
    for (const line of kiosk.lines) {
      if (line.sold !== undefined) sold.push(line.sold)
      acknowledged = Math.max(acknowledged, line.acknowledged ?? 0)
    }
  }
  const there = await journalThere('食堂 九命')
  expect(there.length).toBeGreaterThanOrEqual(acknowledged)
  const last = new Kiosk({ folder, enrol: null, endless: false })
  await last.ended()
  expect(last.lines.at(-1)).toMatchObject({ trouble: null })
  const [here, finally_] = [journalHere(folder), await journalThere('食堂 九命')]
  expect(finally_).toEqual(here.slice(0, finally_.length))
  // What is not there yet was sold while the last run went on.
  const soldLast = last.lines.filter((line) => line.sold !== undefined).length
  expect(here.length - finally_.length).toBeLessThanOrEqual(soldLast)
  const kept = new Set(here.map(({ bodyText }) => /"saleId":"([^"]+)"/.exec(bodyText)?.[1]))
  expect(sold.filter((saleId) => !kept.has(saleId))).toEqual([])
  expect(sold.length).toBeGreaterThan(50)
  expect(findingsOf(folder)).toEqual([])
})

test('SY-8 LG-20 a month without a line is sent while the counter sells: memory and log stay small', async () => {
  const folder = stationFolder(12_000)
  const enrol = { url, code: await community.code('食堂 一个月') }
  const kiosk = new Kiosk({ folder, enrol, endless: false })
  await kiosk.ended()
  const end = kiosk.lines.at(-1)
  console.log(`12,000 sales sent: ${JSON.stringify(end)}`)
  expect(end).toMatchObject({ trouble: null })
  expect(end?.grownMb).toBeLessThan(64)
  expect(end?.residentMb).toBeLessThan(320)
  expect(end?.logBytes).toBeLessThan(8 * 2 ** 20)
  const [here, there] = [journalHere(folder), await journalThere('食堂 一个月')]
  expect(there.length).toBeGreaterThan(12_000)
  expect(there).toEqual(here.slice(0, there.length))
})
