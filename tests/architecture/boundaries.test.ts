import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { IMPORT_TABLE } from './import-table.ts'
import { importBreaches } from './imports.ts'
import { PROJECT_ROOT, readSourceFiles } from './source-files.ts'
import { parseSource } from './syntax.ts'

/** For each row of the table: imports that it forbids, written in every form there is. */
const FORBIDDEN: Record<string, readonly string[]> = {
  'shared/domain': [
    `import { z } from 'zod'`,
    `import { readFileSync } from 'node:fs'`,
    `import { contract } from '../contract/index.ts'`,
    `type Sale = import('../../electron/station/deps.ts').Clock`,
  ],
  'shared/contract': [
    `import { implement } from '@orpc/server'`,
    `export * from '../../electron/station/deps.ts'`,
  ],
  renderer: [
    `import { createStation } from '../electron/station/create.ts'`,
    `import { ipcRenderer } from 'electron'`,
    `import 'node:fs'`,
  ],
  'electron/station': [
    `import { app } from 'electron'`,
    `const { app } = require('electron')`,
    `import { openWindow } from '../main/windows.ts'`,
    `import { startTrial } from '../trial/trial.ts'`,
    `import { composeStation } from './compose.ts'`,
    `import { App } from '../../renderer/app.tsx'`,
    `await import('../../tests/bench/run.ts')`,
  ],
  'electron/station/entry.ts': [
    `import { app } from 'electron'`,
    `import { startTrial } from '../trial/trial.ts'`,
  ],
  'electron/station/compose.ts': [
    `import { app } from 'electron'`,
    `import { openWindow } from '../main/windows.ts'`,
  ],
  'electron/main': [
    `import { createStation } from '../station/create.ts'`,
    `export { createStation } from '../station/create.ts'`,
    `import Database from 'better-sqlite3'`,
  ],
  'electron/preload': [
    `import { readFileSync } from 'node:fs'`,
    `import type { Fen } from '../../shared/domain/units.ts'`,
  ],
  'electron/trial': [
    `import { _electron } from 'playwright-core'`,
    `import { Hands } from './lunch/hands.ts'`,
    `import { app } from 'electron'`,
    `import { fold } from '../station/book/fold.ts'`,
    `import { fold, type Book } from '../station/book/fold.ts'`,
  ],
  'electron/trial/open.ts': [
    `import { _electron } from 'playwright-core'`,
    `import { openWindow } from '../main/windows.ts'`,
  ],
  'electron/trial/lunch': [
    `import { app } from 'electron'`,
    `import { helper } from '../../../tests/e2e/helper.ts'`,
  ],
  'electron/commands': [
    `import { runBench } from '../../tests/bench/run.ts'`,
    `await import('../../tests/e2e/run.ts')`,
    `import { app } from 'electron'`,
  ],
  'electron/setup': [
    `import { z } from 'zod'`,
    `import { build } from 'vite'`,
    `import { deps } from '../station/deps.ts'`,
  ],
  'electron/vite.config.ts': [`import { z } from 'zod'`],
  server: [
    `import { fold } from '../electron/station/book/fold.ts'`,
    `import { theme } from '../renderer/ui/theme.ts'`,
  ],
  tests: [`import { helper } from '../../elsewhere/helper.ts'`, `await import(process.argv[2])`],
}

const ALLOWED: Record<string, readonly string[]> = {
  'shared/contract/a.ts': [`import { z } from 'zod'`, `import type { Fen } from '../domain/units.ts'`],
  'shared/domain/a.test.ts': [`import { test } from 'vitest'`, `import fc from 'fast-check'`],
  'electron/station/book/a.ts': [`import Database from 'better-sqlite3'`, `import { join } from 'node:path'`],
  'electron/setup/a.mjs': [`await import('vite')`, `await import('../vite.config.ts')`],
  'electron/trial/a.ts': [
    `import type { Book } from '../station/book/book.ts'`,
    `import { type Book, type Person } from '../station/book/book.ts'`,
    `export type { Book } from '../station/book/book.ts'`,
  ],
  'electron/commands/a.ts': [`await import('../../tests/bench/run.ts')`],
  'renderer/ui/a.tsx': [`import url from './clip.wav?url'`, `import './tokens.css'`],
}

const breachesIn = (path: string, text: string) => importBreaches(parseSource({ path, text }))

test('AR-1 every import of the project keeps to the import table', () => {
  expect(readSourceFiles().flatMap((file) => importBreaches(parseSource(file)))).toEqual([])
})

describe('AR-1 planted breaches are caught', () => {
  test('AR-1 every row of the table has a planted breach', () => {
    expect(Object.keys(FORBIDDEN).toSorted()).toEqual(IMPORT_TABLE.map((row) => row.folder).toSorted())
  })

  for (const [folder, sources] of Object.entries(FORBIDDEN))
    for (const source of sources)
      test(`AR-1 ${folder} refuses ${source}`, () => {
        expect(breachesIn(folder.endsWith('.ts') ? folder : `${folder}/planted.ts`, source)).toHaveLength(1)
      })

  for (const [path, sources] of Object.entries(ALLOWED))
    for (const source of sources)
      test(`AR-1 ${path} may write ${source}`, () => {
        expect(breachesIn(path, source)).toEqual([])
      })

  test('AR-1 a file without a row, a bare built-in and a name without extension are refused', () => {
    expect(breachesIn('electron/elsewhere/a.ts', 'export const a = 1')).toEqual([
      'electron/elsewhere/a.ts: no row of the import table rules this file',
    ])
    expect(breachesIn('electron/station/a.ts', `import 'fs'`)).toEqual([
      'electron/station/a.ts:1: write node:fs',
    ])
    expect(breachesIn('electron/station/a.ts', `\nimport { a } from './b'`)).toEqual([
      'electron/station/a.ts:2: ./b needs its extension to run',
    ])
  })

  test('AR-1 a breach in a file on the disk is read and named with its line', () => {
    const root = mkdtempSync(join(tmpdir(), 'canteen-boundaries-'))
    try {
      mkdirSync(join(root, 'electron', 'station', 'book'), { recursive: true })
      writeFileSync(
        join(root, 'electron', 'station', 'book', 'leak.ts'),
        `// a leak\nimport { app } from 'electron'\n`,
      )
      expect(readSourceFiles(root).flatMap((file) => importBreaches(parseSource(file)))).toEqual([
        'electron/station/book/leak.ts:2: electron/station may not import electron',
      ])
    } finally {
      rmSync(root, { recursive: true })
    }
  })
})

test('AR-1 the table in docs/design.md has the same rows in the same order', () => {
  const design = readFileSync(join(PROJECT_ROOT, 'docs', 'design.md'), 'utf8')
  const shown = [...design.matchAll(/^\| `(?<folder>[^`]+)` +\|/gm)].map((row) => row.groups?.['folder'])
  expect(shown).toEqual(IMPORT_TABLE.map((row) => row.folder))
})

test('ST-1 nothing that the station is made of imports electron', () => {
  const station = readSourceFiles().filter((file) =>
    /^(?:electron\/(?:station|trial|commands)|shared)\//.test(file.path),
  )
  const electronUsers = station
    .filter((file) => importsElectron(file.text, file.path))
    .map((file) => file.path)
  expect(station.length).toBeGreaterThan(0)
  expect(electronUsers).toEqual([])
  expect(importsElectron(`import { app } from 'electron'`, 'electron/station/planted.ts')).toBe(true)
})

const importsElectron = (text: string, path: string): boolean =>
  breachesIn(path, text).some((breach) => breach.endsWith('may not import electron'))
