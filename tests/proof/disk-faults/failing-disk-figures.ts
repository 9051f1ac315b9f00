import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Finding } from '../examine.ts'
import { memoryFolder } from '../memory-folder.ts'

export type FailingDiskArm = 'full' | 'read-only' | 'no-permission'

export interface FailingDiskFigures {
  /** Results of what was tried before, during and after the fault: outcome kinds, refusals, error codes. */
  readonly before: readonly string[]
  readonly during: readonly string[]
  /** Whether the book was the same after the refusals as before. */
  readonly unchanged: boolean
  readonly after: readonly string[]
  readonly finding: Finding
}

const program = fileURLToPath(new URL('failing-disk.ts', import.meta.url))

/** Runs one arm of `failing-disk.ts` in a mount namespace of its own; without root in a user namespace too. */
export function failingDisk(arm: FailingDiskArm): FailingDiskFigures {
  const folder = mkdtempSync(memoryFolder('disk-'))
  const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user']
  const [command, ...args] =
    arm === 'no-permission'
      ? [process.execPath, program, arm, folder]
      : ['unshare', '--mount', ...asRoot, process.execPath, program, arm, folder]
  try {
    const output = execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
    return JSON.parse(output) as FailingDiskFigures
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
