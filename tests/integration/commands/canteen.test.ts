import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeCanteenFile } from '../../fixtures/canteen-file.ts'

const CANTEEN = join(import.meta.dirname, '..', '..', '..', 'electron', 'commands', 'canteen.ts')

let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'canteen-command-'))
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

function canteen(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CANTEEN, ...args], {
    env: { ...process.env, CANTEEN_DATA: data },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

test('ST-4 help names every command, and each command has its own', () => {
  const overview = canteen('--help')
  expect(overview.status).toBe(0)
  for (const name of ['seed', 'verify', 'sim', 'bench', 'serve', 'staff', 'devices']) {
    expect(overview.stdout).toContain(`  ${name}`)
    const help = canteen(name, '--help')
    expect(help).toMatchObject({ status: 0 })
    expect(help.stdout).toContain(`canteen ${name}`)
  }
})

test.each([
  ['no command', []],
  ['an unknown command', ['sell']],
  ['an unknown option', ['seed', '--fast']],
  ['half a sale', ['seed', '--sales', '0.5']],
])('ST-4 %s is a usage error: words, and exit 2', (_, args) => {
  const { status, stderr, stdout } = canteen(...args)
  expect(status).toBe(2)
  expect(stderr + stdout).toContain('canteen')
  expect(stderr).not.toContain('    at ')
})

test('LG-8 a seeded book verifies, and seeding again adds nothing', () => {
  expect(JSON.parse(canteen('seed').stdout)).toEqual({ menu: true, members: 6 })
  expect(JSON.parse(canteen('seed').stdout)).toEqual({ menu: false, members: 0 })
  expect(JSON.parse(canteen('seed', '--sales', '500').stdout)).toMatchObject({ sales: 500 })
  const verified = canteen('verify')
  expect(verified.status).toBe(0)
  expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, findings: [] })
})

test('ST-4 a mistake in canteen.json is told in words with exit 3, and nothing is written', () => {
  writeFileSync(join(data, 'canteen.json'), '{ "stationId": 7 }')
  for (const command of ['seed', 'verify']) {
    const { status, stderr } = canteen(command)
    expect(status).toBe(3)
    expect(stderr).toContain('stationId')
    expect(stderr).not.toContain('    at ')
  }
})

test('PO-6 a policy pack that nobody knows is refused at the start, not charged at full price', () => {
  writeCanteenFile(data, {
    stationId: 'c-1',
    scalePath: '/dev/no-scale',
    readerPath: '/dev/no-reader',
    policyPack: 'guangzhuo',
  })
  const { status, stderr } = canteen('seed')
  expect(status).toBe(3)
  expect(stderr).toMatch(/guangzhuo.*guangzhou/)
})

test('ST-4 a seed file with a mistake adds nothing; one that is not there is told', () => {
  const file = join(data, 'members.json')
  writeFileSync(file, JSON.stringify({ menu: {}, members: [] }))
  expect(canteen('seed', '--from', file)).toMatchObject({ status: 1, stdout: '' })
  expect(canteen('seed', '--from', join(data, 'nothing.json')).status).toBe(3)
})
