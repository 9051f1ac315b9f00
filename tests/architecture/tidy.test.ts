import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readMigrations } from '../../electron/station/book/migrate.ts'
import {
  ELECTRON_FOLDERS,
  LONGEST_FILE_LINES,
  MADE_FOLDERS,
  OWN_TIME_ALLOWED,
  RENDERER_FOLDERS,
  TOP_LEVEL_FOLDERS,
} from './import-table.ts'
import { isWithin, PROJECT_ROOT, readSourceFiles } from './source-files.ts'
import { parseSource } from './syntax.ts'
import { ownTimeBreaches, silenceBreaches, sizeBreaches } from './tidy.ts'

const sources = readSourceFiles().map((file) => parseSource(file))
const planted = (text: string, path = 'electron/station/counter/planted.ts') => parseSource({ path, text })

const foldersIn = (...path: readonly string[]): readonly string[] =>
  readdirSync(join(PROJECT_ROOT, ...path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)

const strangers = (folders: readonly string[], ...known: readonly (readonly string[])[]): readonly string[] =>
  folders.filter((folder) => !known.some((list) => list.includes(folder)))

describe('AR-2 time, chance and timers are arguments', () => {
  test('AR-2 nothing below createStation and nothing shared has a clock, chance or timer of its own', () => {
    expect(sources.flatMap((file) => ownTimeBreaches(file))).toEqual([])
  })

  for (const use of [
    'Date.now()',
    'const now = Date.now',
    'new Date()',
    'Date()',
    'Math.random()',
    'globalThis.setTimeout(run, 5)',
    'setTimeout(run, 5)',
    'setInterval(run, 5)',
    'setImmediate(run)',
    'performance.now()',
    'process.hrtime.bigint()',
    'crypto.randomUUID()',
    'uuidv7()',
    `import { setTimeout as sleep } from 'node:timers/promises'`,
  ])
    test(`AR-2 planted: ${use} is caught`, () => {
      expect(ownTimeBreaches(planted(use)).length).toBeGreaterThan(0)
    })

  test('AR-2 a given clock, a date made from a given time and the system adapters pass', () => {
    expect(ownTimeBreaches(planted('deps.clock.nowMs(); new Date(atMs); deps.timers.after(5, run)'))).toEqual(
      [],
    )
    for (const allowed of OWN_TIME_ALLOWED)
      expect(ownTimeBreaches(planted('Date.now()', allowed))).toEqual([])
  })

  test('AR-2 every exception of the table still exists', () => {
    const unused = OWN_TIME_ALLOWED.filter((folder) => !sources.some((file) => isWithin(file.path, folder)))
    expect(unused).toEqual([])
  })
})

describe('AR-3 files are short', () => {
  test(`AR-3 no source file is longer than ${LONGEST_FILE_LINES} lines`, () => {
    expect(sources.flatMap((file) => sizeBreaches(file))).toEqual([])
  })

  test('AR-3 planted: one line more is caught, in a test it is not', () => {
    const text = 'x\n'.repeat(LONGEST_FILE_LINES + 1)
    expect(sizeBreaches({ path: 'shared/domain/long.ts', text })).toEqual([
      `shared/domain/long.ts: ${LONGEST_FILE_LINES + 1} lines, ${LONGEST_FILE_LINES} at most`,
    ])
    expect(sizeBreaches({ path: 'shared/domain/long.ts', text: text.slice(2) })).toEqual([])
    expect(sizeBreaches({ path: 'shared/domain/long.test.ts', text })).toEqual([])
  })
})

describe('AR-4 nothing is silenced', () => {
  test('AR-4 no test is skipped, nothing that can run is mocked, no type error is ignored', () => {
    expect(sources.flatMap((file) => silenceBreaches(file))).toEqual([])
  })

  for (const text of [
    `test.skip('LG-1 …', run)`,
    `describe.only('LG-1 …', run)`,
    `test.concurrent.skip('LG-1 …', run)`,
    `test.skipIf(noDisplay)('LG-1 …', run)`,
    `it.todo('LG-1 …')`,
    `vi.mock('./book.ts')`,
    '// @ts-ignore\nconst a = 1',
    '// @ts-nocheck',
    'const a = b as any',
    'let a: any',
    '// oxlint-disable-next-line no-console\nconst a = 1',
  ])
    test(`AR-4 planted: ${text.replace('\n', ' ')} is caught`, () => {
      expect(silenceBreaches(planted(text, 'tests/planted.test.ts'))).toHaveLength(1)
    })

  test('AR-4 a rule may be switched off for one line when the reason stands beside it', () => {
    expect(
      silenceBreaches(planted('// oxlint-disable-next-line no-console -- the command prints its answer')),
    ).toEqual([])
  })
})

describe('AR-5 the folders are the ones of the design', () => {
  test('AR-5 the top level holds the fixed folders and no other', () => {
    expect(strangers(foldersIn(), TOP_LEVEL_FOLDERS, MADE_FOLDERS)).toEqual([])
    expect(strangers(foldersIn('electron'), ELECTRON_FOLDERS)).toEqual([])
    expect(strangers(foldersIn('renderer'), RENDERER_FOLDERS)).toEqual([])
  })

  // Two hands may take the next number at one time.
  test('AR-5 LG-14 each of the migrations has a number of its own', () => {
    for (const folder of [['migrations'], ['migrations', 'server']])
      expect(readMigrations(join(PROJECT_ROOT, ...folder)).length).toBeGreaterThan(1)
  })

  test('AR-5 planted: a folder of another name is caught', () => {
    expect(strangers(['electron', 'utils', 'node_modules'], TOP_LEVEL_FOLDERS, MADE_FOLDERS)).toEqual([
      'utils',
    ])
  })
})
