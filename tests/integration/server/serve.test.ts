import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newKey } from '../../fixtures/batches.ts'
import { embeddedIn } from '../../fixtures/embedded.ts'

const COMMAND = join(import.meta.dirname, '../../../electron/commands/canteen.ts')

/** Each starts two or three processes with a database of their own. */
vi.setConfig({ testTimeout: 120_000 })

let data: string
let running: ChildProcess[]
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'canteen-serve-'))
  running = []
})
afterEach(async () => {
  for (const child of running) await end(child, 'SIGKILL')
  rmSync(data, { recursive: true, force: true })
})

const environment = (databaseUrl = '') => ({ ...process.env, CANTEEN_DATA: data, DATABASE_URL: databaseUrl })

/** An empty database for a server that starts for the first time. */
const prepared = async (folder: string): Promise<void> => (await embeddedIn(folder)).close()

/** Runs to its end; for what is refused. */
function refused(args: readonly string[], databaseUrl = '') {
  const { status, stderr, stdout } = spawnSync(process.execPath, [COMMAND, 'serve', ...args], {
    env: environment(databaseUrl),
    encoding: 'utf8',
    timeout: 60_000,
  })
  return { status, stderr, stdout }
}

async function serve(lines: number, ...args: readonly string[]) {
  const child = spawn(process.execPath, [COMMAND, 'serve', '--port', '0', ...args], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  running.push(child)
  const said: Record<string, string>[] = []
  for await (const line of createInterface(child.stdout)) {
    said.push(JSON.parse(line) as Record<string, string>)
    if (said.length === lines) break
  }
  return { child, said }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = once(child, 'exit')
  child.kill(signal)
  const [code] = (await ended) as [number | null]
  return code
}

const textOf = async (url: string): Promise<string> => (await fetch(url)).text()

test('SY-9 the embedded server prints a code, serves, ends on request, and knows the station when it is back', async () => {
  const { child, said } = await serve(2, '--new-code', '湖滨长者食堂')
  const [code, listening] = said
  expect(code).toMatchObject({ canteen: '湖滨长者食堂' })
  expect(Date.parse(code?.['expiresAt'] ?? '')).toBeGreaterThan(Date.now())
  expect(listening?.['url']).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(listening?.['database']).toBe('embedded')
  const enrolled = await fetch(`${listening?.['url']}/v1/enrolments`, {
    method: 'POST',
    body: JSON.stringify({
      version: 1,
      code: code?.['code'],
      stationId: 'kiosk-1',
      publicKey: newKey().publicKey,
    }),
  })
  expect(enrolled.status).toBe(200)
  expect(await end(child, 'SIGTERM')).toBe(0)
  const again = await serve(1)
  const page = await textOf(`${again.said[0]?.['url']}/`)
  expect(page).toContain('湖滨长者食堂')
  expect(page).toContain('kiosk-1')
  expect(page).toContain('试用数据库')
  expect(await end(again.child, 'SIGINT')).toBe(0)
})

test('LG-13 an embedded folder has one server; one that was killed leaves it to the next', async () => {
  await prepared(join(data, 'one'))
  const { child } = await serve(1, '--data', join(data, 'one'))
  const second = refused(['--port', '0', '--data', join(data, 'one')])
  expect(second).toMatchObject({ status: 3, stdout: '' })
  expect(second.stderr).toContain('another server has')
  await end(child, 'SIGKILL')
  // After a restart of the machine the number in the file may be anybody's, also the new server's own.
  const next = await serve(1, '--data', join(data, 'one'))
  expect(await textOf(`${next.said[0]?.['url']}/healthz`)).toContain('"ok"')
})

test.each([
  ['a port beyond all ports', ['--port', '70000']],
  ['a port that is no number', ['--port', 'http']],
  ['a canteen without a name', ['--new-code', ' ']],
  ['a replaced station without a code', ['--replace', 'kiosk-1']],
  ['an unknown option', ['--fast']],
])('ST-4 serve with %s is a usage error', (_, args) => {
  const { status, stderr } = refused(args)
  expect(status).toBe(2)
  expect(stderr).toContain('canteen serve:')
})

test('ST-4 a port that is taken and a database that nobody answers at are told in words with exit 3', async () => {
  await prepared(join(data, 'server'))
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as AddressInfo
  const taken = refused(['--port', String(port)])
  holder.close()
  expect(taken).toMatchObject({ status: 3, stdout: '' })
  expect(taken.stderr).toContain('EADDRINUSE')
  const nobody = refused([], 'postgresql://127.0.0.1:1/canteen')
  expect(nobody).toMatchObject({ status: 3, stdout: '' })
  expect(nobody.stderr).not.toContain('    at ')
  expect(refused([], 'mysql://127.0.0.1/x')).toMatchObject({
    status: 3,
    stderr: 'canteen serve: DATABASE_URL is not a postgresql:// address\n',
  })
})
