import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const out = fileURLToPath(new URL('../../out/proof/', import.meta.url))

/** Compiles a C file, unless its result is newer. @returns the path of the result, below `out/`. */
export function compiled(source: string, resultName: string, flags: readonly string[] = []): string {
  const target = join(out, resultName)
  if (existsSync(target) && statSync(target).mtimeMs > statSync(source).mtimeMs) return target
  mkdirSync(out, { recursive: true })
  // Two campaigns may compile at once: each its own file, then one atomic rename.
  const fresh = `${target}.${process.pid}`
  execFileSync('cc', ['-O2', '-Wall', '-Wextra', '-Werror', ...flags, source, '-o', fresh])
  renameSync(fresh, target)
  return target
}
