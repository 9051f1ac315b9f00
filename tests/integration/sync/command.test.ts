import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openCounterBook } from '../../../electron/station/counter-book.ts'
import { silentLog } from '../../../electron/station/log.ts'
import { trialConfig } from '../../../electron/trial/config.ts'
import { Community, findingsOf } from './meeting.ts'

const CANTEEN = join(import.meta.dirname, '..', '..', '..', 'electron', 'commands', 'canteen.ts')

/** A dozen commands, each a process that starts and ends. */
const LONG_MS = 120_000

let community: Community

beforeAll(async () => {
  community = await Community.open()
})

afterAll(() => community.close())

const dataFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'canteen-sync-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

interface Said {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** The real command in a process of its own; the server of this one answers it meanwhile. */
const canteen = (data: string, ...args: readonly string[]): Promise<Said> =>
  new Promise((resolve) => {
    const env = { ...process.env, CANTEEN_DATA: data }
    execFile(process.execPath, [CANTEEN, ...args], { env }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })

const result = ({ stdout }: Said): unknown => JSON.parse(stdout)

test(
  'SY-1 SY-9 canteen sync enrols with a code, sends the book with progress, and sends nothing twice',
  async () => {
    const data = dataFolder()
    const nothing = await canteen(data, 'sync', '--server', community.url, '--code', 'NEVER-ASKED')
    expect(nothing).toMatchObject({ status: 3, stdout: '' })
    expect(nothing.stderr).toContain('there is no book')
    expect(readdirSync(data)).toEqual([])
    await canteen(data, 'seed', '--sales', '520')
    const unknown = await canteen(data, 'sync')
    expect(unknown).toMatchObject({ status: 2 })
    expect(unknown.stderr).toContain('--code')
    const name = '食堂 命令'
    const enrolling = ['--server', community.url, '--code', await community.code(name)]
    const first = await canteen(data, 'sync', ...enrolling)
    expect(first).toMatchObject({ status: 0 })
    expect(result(first)).toMatchObject({ synced: true, canteen: name, trouble: null, fetched: 0 })
    expect(first.stderr.trim().split('\n').length).toBeGreaterThan(2)
    const again = await canteen(data, 'sync')
    expect(again).toMatchObject({ status: 0 })
    const place = { folder: join(data, 'trial'), config: trialConfig(null), log: silentLog }
    const book = openCounterBook(place)
    const journal = book.read((file) => file.journal.range(file.originId, 1, 100_000))
    const { stationId } = trialConfig(null)
    expect(await community.journal(name, stationId)).toEqual(journal)
    // A book that is open is a counter that runs.
    const beside = await canteen(data, 'sync')
    expect(beside).toMatchObject({ status: 3, stdout: '' })
    expect(beside.stderr).toContain('the counter runs')
    book.close()
  },
  LONG_MS,
)

test(
  'SY-4 SY-5 canteen sync says with its exit code whether somebody has to look',
  async () => {
    const data = dataFolder()
    await canteen(data, 'seed')
    const name = '食堂 结果'
    const code = await community.code(name)
    const refused = await canteen(data, 'sync', '--server', community.url, '--code', 'NOT-A-CODE')
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain('Ask for a new one')
    expect(await canteen(data, 'sync', '--server', 'http://127.0.0.1:9', '--code', code)).toMatchObject({
      status: 3,
    })
    expect(await canteen(data, 'sync', '--server', community.url)).toMatchObject({ status: 2 })
    expect(await canteen(data, 'sync', '--server', community.url, '--code', code)).toMatchObject({
      status: 0,
    })
    const older = dataFolder()
    cpSync(data, older, { recursive: true })
    await canteen(data, 'seed', '--sales', '30')
    expect(await canteen(data, 'sync')).toMatchObject({ status: 0 })

    const copy = dataFolder()
    cpSync(older, copy, { recursive: true })
    const behind = await canteen(older, 'sync')
    expect(behind).toMatchObject({ status: 0 })
    expect(behind.stderr).toContain('the book lacked')
    expect(findingsOf(join(older, 'trial'))).toEqual([])
    await canteen(copy, 'seed', '--sales', '3')
    const fork = await canteen(copy, 'sync')
    expect(fork).toMatchObject({ status: 1 })
    expect(result(fork)).toMatchObject({ synced: false, trouble: 'fork' })

    community.link.plan = () => ({ status: 503 })
    const busy = await canteen(data, 'sync')
    expect(busy).toMatchObject({ status: 3 })
    expect(result(busy)).toMatchObject({ synced: false, trouble: 'server-busy' })
  },
  LONG_MS,
)
