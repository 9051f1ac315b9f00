import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startStation } from '../../fixtures/running-station.ts'

const PROJECT = join(import.meta.dirname, '..', '..', '..')
const PARTS = ['fault', 'main', 'preload', 'renderer', 'station', 'voice']
const MINUTE_MS = 60_000
const SMALL_PAGE = "document.title = 'canteen'\n"

/** A copy of the sources, with a build of its own: what is cut off here is nobody's program. */
let project = ''
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'update-'))
  for (const name of [
    'electron',
    'renderer',
    'shared',
    'migrations',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
  ])
    cpSync(join(PROJECT, name), join(project, name), { recursive: true })
  symlinkSync(join(PROJECT, 'node_modules'), join(project, 'node_modules'))
  // The pages take most of a build, and are one part of six: a small one is cut off like a large one.
  writeFileSync(join(project, 'renderer', 'main.tsx'), SMALL_PAGE)
  // The clips are the slow part, and are the same ones.
  if (existsSync(join(PROJECT, 'out', 'voice')))
    cpSync(join(PROJECT, 'out', 'voice'), join(project, 'out', 'voice'), { recursive: true })
  build()
}, 3 * MINUTE_MS)
afterAll(() => rmSync(project, { recursive: true, force: true }))

const script = () => join(project, 'electron', 'setup', 'build.mjs')
const source = () => join(project, 'shared', 'domain', 'units.ts')

/** @returns whether anything was built */
function build(): boolean {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script()], {
    cwd: project,
    encoding: 'utf8',
  })
  expect([status, stderr.includes('✗')]).toEqual([0, false])
  return stdout.includes('• build')
}

/** Kills the process that loads it in place of its n-th rename: no code of it runs any more. */
const DIES_AT_RENAME = (when: number) => `
  const fs = require('node:fs')
  const { renameSync } = fs
  let renames = 0
  fs.renameSync = (from, to) => {
    renames += 1
    if (renames === ${when}) process.kill(process.pid, 'SIGKILL')
    renameSync(from, to)
  }
  require('node:module').syncBuiltinESMExports()
`

/** A build that dies at the n-th rename: between two parts that are put in place. */
async function killedAtRename(when: number): Promise<void> {
  const trigger = join(project, 'dies-at-rename.cjs')
  writeFileSync(trigger, DIES_AT_RENAME(when))
  const child = spawn(process.execPath, ['--require', trigger, script()], { cwd: project, stdio: 'ignore' })
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
}

async function killedWhileBundling(): Promise<void> {
  const child = spawn(process.execPath, [script()], { cwd: project, stdio: ['ignore', 'pipe', 'ignore'] })
  const exit = once(child, 'exit')
  child.stdout.on('data', (said: Buffer) => {
    if (said.toString().includes('station/entry.js')) child.kill('SIGKILL')
  })
  expect(await exit).toEqual([null, 'SIGKILL'])
}

const parts = () => readdirSync(join(project, 'out')).filter((name) => name !== '.build-hash')

/** The program that lies there boots, answers what it is, and has the thread that its night needs. */
async function boots(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'booted-'))
  const station = await startStation(data, join(project, 'out', 'station', 'entry.js'))
  expect(await station.client.station.health()).toMatchObject({ trial: true, book: { state: 'open' } })
  const admin = { name: '周主任', pin: '905271' }
  const { staffId } = await station.client.staff.createFirstAdmin(admin)
  await station.client.staff.signIn({ staffId, pin: admin.pin })
  expect(await station.client.backups.now()).toMatchObject({
    trouble: null,
    files: [{ entries: expect.any(Number) as unknown }],
  })
  await station.stop()
  rmSync(data, { recursive: true, force: true })
}

test(
  'SU-2 LG-29 an update that is cut off while it is built, or between two of its parts, is built whole at the next start',
  async () => {
    appendFileSync(source(), '\n// an update\n')
    await killedWhileBundling()
    // The program before is untouched: whoever opens it now has a whole one.
    await boots()
    await killedAtRename(1)
    expect(build()).toBe(true)
    expect(parts()).toEqual(PARTS)
    expect(build()).toBe(false)
    appendFileSync(source(), '\n// another update\n')
    await killedAtRename(PARTS.length)
    expect(build()).toBe(true)
    expect(parts()).toEqual(PARTS)
    await boots()
  },
  5 * MINUTE_MS,
)

test(
  'SU-2 whoever goes back to the version before an update that was cut off gets it whole',
  async () => {
    build()
    const before = readFileSync(source(), 'utf8')
    appendFileSync(source(), '\n// an update that nobody wants\n')
    await killedAtRename(3)
    writeFileSync(source(), before)
    expect(build()).toBe(true)
    expect(parts()).toEqual(PARTS)
  },
  3 * MINUTE_MS,
)
