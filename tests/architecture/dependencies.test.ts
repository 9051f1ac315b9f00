import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { inexactVersions, undecidedScripts, unmatchedDependencies } from './dependencies.ts'
import { TOOL_DEPENDENCIES } from './import-table.ts'
import { packagesUsed } from './imports.ts'
import { PROJECT_ROOT, readSourceFiles } from './source-files.ts'
import { parseSource } from './syntax.ts'

const versions = z.record(z.string(), z.string()).default({})
const manifestShape = z.object({
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
  overrides: versions,
  allowScripts: z.record(z.string(), z.boolean()).default({}),
})
const lockShape = z.object({
  packages: z.record(
    z.string(),
    z.object({ hasInstallScript: z.boolean().default(false), resolved: z.string().default('') }),
  ),
})

const readJson = (name: string): unknown => JSON.parse(readFileSync(join(PROJECT_ROOT, name), 'utf8'))
const manifest = manifestShape.parse(readJson('package.json'))
const lock = lockShape.parse(readJson('package-lock.json'))

describe('AR-6 dependencies', () => {
  test('AR-6 every dependency has an exact version', () => {
    expect(inexactVersions(manifest)).toEqual([])
  })

  test('AR-6 every install script in the lock is decided on in package.json', () => {
    expect(undecidedScripts(manifest, lock)).toEqual([])
  })

  test('AR-6 the lock names no host: any registry can serve it', () => {
    expect(Object.values(lock.packages).filter((entry) => entry.resolved !== '')).toEqual([])
  })

  test('AR-6 every dependency is used and every package in use is declared', () => {
    const used = packagesUsed(readSourceFiles().map((file) => parseSource(file)))
    expect(unmatchedDependencies(manifest, used, TOOL_DEPENDENCIES)).toEqual([])
  })
})

describe('AR-6 planted breaches are caught', () => {
  test('AR-6 planted: a range, a tag, an alias', () => {
    const devDependencies = { a: '^1.2.3', b: 'latest', c: 'npm:other@1.2.3', d: '1.2.3', e: '1.2.3-beta.1' }
    expect(inexactVersions({ devDependencies })).toEqual([
      'a: ^1.2.3 is not an exact version',
      'b: latest is not an exact version',
      'c: npm:other@1.2.3 is not an exact version',
    ])
  })

  test('AR-6 planted: an install script nobody decided on, and a decision without its package', () => {
    const packages = {
      '': {},
      'node_modules/a/node_modules/@b/c': { hasInstallScript: true },
      'node_modules/d': {},
    }
    expect(undecidedScripts({ allowScripts: { d: false, gone: true } }, { packages })).toEqual([
      '@b/c: has an install script that package.json does not decide on',
      'gone: decided on in package.json, but not installed',
    ])
  })

  test('AR-6 planted: a dependency nobody uses, a package nobody declared', () => {
    const used = packagesUsed([
      parseSource({
        path: 'tests/a.ts',
        text: `import '@x/y/z'; import 'node:fs'; import './b.ts'; await import('w')`,
      }),
    ])
    expect(unmatchedDependencies({ dependencies: { '@x/y': '1.0.0', idle: '1.0.0' } }, used, [])).toEqual([
      'idle: declared, but nothing uses it',
      'w: used, but not declared',
    ])
  })
})
