import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { childProcessHost } from '../../../electron/main/hosts/child-process-host.ts'
import { Supervisor } from '../../../electron/main/supervisor.ts'
import { systemTimers } from '../../../electron/main/system-timers.ts'
import { electronExecutable } from '../../../electron/setup/runtime.mjs'
import type { contract } from '../../../shared/contract/index.ts'
import { nodeChannel } from '../../fixtures/node-channel.ts'
import { buildSmallApp, launchApp } from '../../fixtures/small-app.ts'

const project = join(import.meta.dirname, '..', '..', '..')
const tool = (name: string) => join(project, 'node_modules', '.bin', name)

/** What is built into a package is what electron-builder.yml says, around whatever runtime is at hand. */
let work: string
let packaged: string
let program: string
let content: string

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'canteen-package-'))
  const runtime = join(work, 'runtime')
  const source = dirname(electronExecutable())
  cpSync(source, runtime, { recursive: true, filter: (path) => relative(source, path) !== 'resources/app' })
  execFileSync(
    process.execPath,
    [
      tool('electron-builder'),
      '--linux',
      'dir',
      `-c.electronDist=${runtime}`,
      `-c.directories.output=${join(work, 'dist')}`,
      `-c.electronVersion=${electronVersion()}`,
    ],
    { cwd: project, stdio: 'pipe' },
  )
  packaged = join(work, 'dist', 'linux-unpacked')
  program = join(packaged, 'canteen-pos')
  content = join(work, 'content')
  execFileSync(process.execPath, [tool('asar'), 'extract', join(packaged, 'resources', 'app.asar'), content])
}, 180_000)
afterAll(() => rmSync(work, { recursive: true, force: true }))

/** Only for the package's papers: the version that package.json pins. */
function electronVersion(): string {
  const about: unknown = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
  return z.object({ devDependencies: z.object({ electron: z.string() }) }).parse(about).devDependencies
    .electron
}

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))

test('SE-5 the fuses of the packaged program read back as they should be', async () => {
  const wire = await getCurrentFuseWire(program)
  const stateOf = (fuse: FuseV1Options) => wire[fuse]
  expect(stateOf(FuseV1Options.RunAsNode)).toBe(FuseState.DISABLE)
  expect(stateOf(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(FuseState.DISABLE)
  expect(stateOf(FuseV1Options.EnableNodeCliInspectArguments)).toBe(FuseState.DISABLE)
  expect(stateOf(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(FuseState.DISABLE)
  expect(stateOf(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot)).toBe(FuseState.DISABLE)
  expect(stateOf(FuseV1Options.OnlyLoadAppFromAsar)).toBe(FuseState.ENABLE)
  expect(stateOf(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(FuseState.ENABLE)
  expect(stateOf(FuseV1Options.EnableCookieEncryption)).toBe(FuseState.ENABLE)
})

test('SE-5 the packaged program cannot be made to run a script, where the bare runtime can', () => {
  const asNode = (executable: string) =>
    spawnSync(executable, ['-e', 'console.log("ran " + 6 * 7)'], {
      env: { PATH: process.env['PATH'], ELECTRON_RUN_AS_NODE: '1' },
      encoding: 'utf8',
      timeout: 10_000,
    }).stdout
  expect(asNode(electronExecutable())).toContain('ran 42')
  expect(asNode(program)).not.toContain('ran 42')
})

test('SU-3 the archive holds the program, the migrations and what runs of the native modules', () => {
  const files = filesBelow(content)
  const folders = new Set(files.map((file) => file.split('/').slice(0, 2).join('/')))
  const expected = [
    'package.json',
    'out/main',
    'out/preload',
    'out/station',
    'out/renderer',
    'out/voice',
    'out/fault',
  ]
  expect([...folders]).toEqual(expect.arrayContaining(expected))
  const others = files.filter((file) => !/^(?:package\.json|out\/|migrations\/|node_modules\/)/.test(file))
  expect(others).toEqual([])
  const migrations = readdirSync(join(project, 'migrations')).filter((name) => name.endsWith('.sql'))
  expect(readdirSync(join(content, 'migrations')).toSorted()).toEqual(migrations.toSorted())
  const unwanted = files.filter((file) =>
    /\.(?:map|ts|mts|md|cpp|c|h|gyp)$|\.test\.|^out\/(?:lunch|bench|proof)/.test(file),
  )
  expect(unwanted.slice(0, 20)).toEqual([])
  const modules = new Set(
    files.map((file) => /^node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)/.exec(file)?.groups?.['name']),
  )
  expect(
    [...modules].filter(
      (name) => !/^(?:@serialport\/.+|serialport|better-sqlite3|debug|ms|node-gyp-build)$/.test(name ?? 'ms'),
    ),
  ).toEqual([])
})

test('SU-3 of the native modules only this platform’s binaries are there, outside the archive', () => {
  const natives = filesBelow(join(packaged, 'resources')).filter((file) => file.endsWith('.node'))
  const here = `${process.platform}-${process.arch}`
  expect(natives).toContain(`app.asar.unpacked/node_modules/better-sqlite3/prebuilds/${here}.node`)
  for (const native of natives) expect(native).toContain(`/prebuilds/${here}`)
})

test('SU-3 the packaged station is whole: it starts from its own files alone and answers', async () => {
  const data = join(work, 'data')
  const ready = Promise.withResolvers<boolean>()
  const host = childProcessHost<MessagePort>({
    nodePath: process.execPath,
    entryPath: join(content, 'out', 'station', 'entry.js'),
    environment: { ...process.env, CANTEEN_DATA: data, CANTEEN_RESOURCES: content },
    channel: nodeChannel,
  })
  const supervisor = new Supervisor(host, systemTimers, {
    onReady: (trial) => ready.resolve(trial),
    onLost: () => undefined,
    onFault: (code, detail) => ready.reject(new Error(`${code}: ${detail}`)),
    log: () => undefined,
  })
  supervisor.start()
  expect(await ready.promise).toBe(true)
  const port = supervisor.connect()
  if (port === null) throw new Error('ready without a port')
  const client: ContractRouterClient<typeof contract> = createORPCClient(new RPCLink({ port }))
  expect(await client.station.health()).toMatchObject({
    trial: true,
    book: { state: 'open', synchronous: 2 },
  })
  await supervisor.stop(10_000)
  expect(existsSync(join(data, 'trial'))).toBe(true)
})

test('SU-3 a station inside an archive is hosted by the utility process', async () => {
  const small = await buildSmallApp()
  const archive = join(work, 'small.asar')
  execFileSync(process.execPath, [tool('asar'), 'pack', small.folder, archive])
  small.remove()
  const shell = await launchApp(archive, { CANTEEN_STATION_HOST: 'utility' })
  const page = await shell.window('staff')
  await page.waitForFunction(() => window.small.events.includes('port'))
  expect(await page.evaluate(() => window.small.client().process())).toMatchObject({ hasParentPort: true })
  await shell.close()
})
