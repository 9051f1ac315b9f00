import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeCanteenFile } from '../../fixtures/canteen-file.ts'
import { folderOfTest, stickOfTest } from '../../fixtures/backups.ts'

const PROJECT = join(import.meta.dirname, '..', '..', '..')
const CANTEEN = join(PROJECT, 'electron', 'commands', 'canteen.ts')

function canteen(data: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CANTEEN, ...args], {
    env: { ...process.env, CANTEEN_DATA: data },
    encoding: 'utf8',
  })
  return { status, stderr, said: stdout === '' ? null : (JSON.parse(stdout) as Record<string, unknown>) }
}

function counterOf(data: string): void {
  writeCanteenFile(data, { stationId: 'counter-1', scalePath: '/dev/no-scale', readerPath: '/dev/no-reader' })
}

test('LG-28 LG-29 the drill on the command line: back up, lose the machine, restore on another with the keys, verify', () => {
  const data = folderOfTest('drill')
  counterOf(data)
  expect(canteen(data, 'seed', '--sales', '200').status).toBe(0)
  const stick = stickOfTest()
  mkdirSync(stick)
  const backup = canteen(data, 'backup', '--to', stick)
  expect(backup).toMatchObject({ status: 0, said: { made: true, folder: stick } })
  expect(backup.stderr).not.toContain('same disk')
  const envelope = join(folderOfTest('envelope'), 'keys')
  const keys = canteen(data, 'backup', '--keys', envelope)
  expect(keys.said).toEqual({ folder: envelope, copied: ['persons.key', 'canteen.json'] })
  expect(keys.stderr).toContain('envelope')
  expect(statSync(join(envelope, 'persons.key')).mode & 0o777).toBe(0o600)
  expect(readdirSync(stick).filter((name) => name.includes('key'))).toEqual([])

  const other = folderOfTest('new-machine')
  const file = join(stick, String(backup.said?.['name']))
  const early = canteen(other, 'restore', file)
  expect(early).toMatchObject({ status: 3, said: null })
  expect(early.stderr).toContain('persons.key')
  for (const name of ['persons.key', 'canteen.json']) {
    const content = spawnSync('cp', [join(envelope, name), join(other, name)])
    expect(content.status).toBe(0)
  }
  const restored = canteen(data, 'restore', file, '--data', other)
  expect(restored).toMatchObject({
    status: 0,
    said: { restored: true, fromOrigin: 'counter-1', replaced: null, next: 'canteen sync' },
  })
  expect(restored.said?.['origin']).toMatch(/^counter-1\.[a-z0-9]+-[0-9a-f]{6}$/)
  expect(restored.stderr).toContain('canteen sync')
  const verified = canteen(other, 'verify')
  expect(verified).toMatchObject({ status: 0, said: { ok: true } })
  expect(canteen(other, 'seed', '--sales', '20').status).toBe(0)
  expect(canteen(other, 'verify')).toMatchObject({ status: 0, said: { ok: true } })
})

test('LG-29 LG-28 beside a book that is open a backup is taken and a restore refused', async () => {
  const data = folderOfTest('open')
  counterOf(data)
  canteen(data, 'seed')
  const made = canteen(data, 'backup')
  expect(made).toMatchObject({ status: 0, said: { made: true, folder: join(data, 'backups') } })
  expect(made.stderr).toContain('same disk')
  const script = join(data, 'holder.mjs')
  writeFileSync(
    script,
    `import { lockFolder } from ${JSON.stringify(join(PROJECT, 'electron/station/book/lock.ts'))}
     const unlock = lockFolder(${JSON.stringify(data)})
     process.stdout.write('held')
     setInterval(() => unlock.name, 1000)`,
  )
  const holder = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(holder.stdout, 'data')
  try {
    const beside = canteen(data, 'backup')
    expect(beside).toMatchObject({ status: 0, said: { made: true } })
    const file = join(data, 'backups', String(beside.said?.['name']))
    const refused = canteen(data, 'restore', file)
    expect(refused).toMatchObject({ status: 3, said: null })
    expect(refused.stderr).toContain('another station')
  } finally {
    holder.kill('SIGKILL')
    await once(holder, 'exit')
  }
})

test('LG-29 without a book, with a wrong option, or with both options, nothing is done and the words say why', () => {
  const data = folderOfTest('none')
  counterOf(data)
  const nothing = canteen(data, 'backup')
  expect(nothing).toMatchObject({ status: 3, said: null })
  expect(nothing.stderr).toContain('there is no book')
  expect(canteen(data, 'backup', '--keys', join(data, 'envelope')).status).toBe(3)
  expect(existsSync(join(data, 'envelope'))).toBe(false)
  expect(canteen(data, 'backup', '--to', 'a', '--keys', 'b').status).toBe(2)
  expect(canteen(data, 'backup', '--fast').status).toBe(2)
  expect(canteen(data, 'restore').status).toBe(2)
  expect(existsSync(join(data, 'book.sqlite'))).toBe(false)
  rmSync(data, { recursive: true, force: true })
})
