import { describe, expect, test } from 'vitest'
import { unusedExports } from './exports.ts'
import { readSourceFiles } from './source-files.ts'
import { parseSource } from './syntax.ts'

describe('AR-8 no dead exports', () => {
  test('AR-8 what a file exports is used by another file', () => {
    expect(unusedExports(readSourceFiles().map((file) => parseSource(file)))).toEqual([])
  })

  const unused = (sources: Readonly<Record<string, string>>) =>
    unusedExports(Object.entries(sources).map(([path, text]) => parseSource({ path, text })))

  test('AR-8 planted: a value that nobody imports is named, in every form of export', () => {
    const text = [
      'export const a = 1, b = 2',
      'export function c() { return a }',
      'export class D {}',
      'const e = 1',
      'export { e as f }',
      'export default e',
      'export const { g } = e',
    ].join('\n')
    expect(
      unused({ 'shared/domain/x.ts': text, 'shared/domain/y.ts': `import { b } from './x.ts'` }),
    ).toEqual([
      'shared/domain/x.ts:1: nobody uses a',
      'shared/domain/x.ts:2: nobody uses c',
      'shared/domain/x.ts:3: nobody uses D',
      'shared/domain/x.ts:5: nobody uses f',
      'shared/domain/x.ts:6: nobody uses default',
      'shared/domain/x.ts:7: nobody uses g',
    ])
  })

  test('AR-8 imports, re-exports, namespaces and import() count as uses, types and errors are free', () => {
    const x = 'export const a = 1; export type B = 2; export interface C {}; export class D extends Error {}'
    for (const use of [
      `import { a as b } from './x.ts'`,
      `import * as x from './x.ts'`,
      `export { a as c } from './x.ts'`,
      `const x = await import('./x.ts')`,
    ])
      expect(
        unused({ 'tests/x.ts': x, 'tests/y.ts': use }).filter((line) => line.startsWith('tests/x.ts')),
      ).toEqual([])
  })
})
