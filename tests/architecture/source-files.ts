import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TOP_LEVEL_FOLDERS } from './import-table.ts'

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string
  readonly text: string
}

export const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url))

const SOURCE_NAME = /\.(?:ts|tsx|mts|cts|js|jsx|mjs|cjs)$/

/** Every source file below `root`'s own folders, in a stable order. */
export function readSourceFiles(root: string = PROJECT_ROOT): readonly SourceFile[] {
  return TOP_LEVEL_FOLDERS.flatMap((folder) => filesBelow(join(root, folder)))
    .filter((path) => SOURCE_NAME.test(path))
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

function filesBelow(folder: string): readonly string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    // A folder of the fixed list may not be built yet.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

export const isTestFile = (path: string): boolean => path.startsWith('tests/') || /\.test\.tsx?$/.test(path)

/** Whether `path` is `folder` itself or lies below it. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}/`)
