import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { faultText, isFaulty, type Finding } from '../examine.ts'
import { memoryFolder } from '../memory-folder.ts'

export const FAILING_DISK_ARMS = ['full', 'read-only', 'no-permission'] as const
export type FailingDiskArm = (typeof FAILING_DISK_ARMS)[number]

export interface FailingDiskFigures {
  /** Results of what was tried before, during and after the fault: outcome kinds, refusals, error codes. */
  readonly before: readonly string[]
  readonly during: readonly string[]
  /** Whether the book was the same after the refusals as before. */
  readonly unchanged: boolean
  /** What came of a top-up on the full disk; null where there was none. */
  readonly fromReserve: string | null
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

/** What the disk's refusal is called, see SettleRefusal and BookErrorCode. */
const REASON: { readonly [arm in FailingDiskArm]: string } = {
  full: 'disk-full',
  'read-only': 'read-only',
  'no-permission': 'read-only',
}

/** Why this arm is not passed; empty when it is. */
export function failingDiskFaults(arm: FailingDiskArm, figures: FailingDiskFigures): string[] {
  const faults: string[] = []
  const all = (results: readonly string[], expected: string, when: string): void => {
    if (results.length === 0 || results.some((result) => result !== expected))
      faults.push(`${when}: ${results.join(', ')} instead of ${expected}`)
  }
  all(figures.before, 'settled', 'before')
  all(figures.during, REASON[arm], 'during')
  all(figures.after, 'settled', 'after')
  if (arm === 'full' && figures.fromReserve !== 'appended')
    faults.push(`the reserve gave no room to a top-up: ${String(figures.fromReserve)}`)
  if (!figures.unchanged) faults.push('the refusals changed the book')
  if (isFaulty(figures.finding)) faults.push(faultText(figures.finding))
  return faults.map((fault) => `${arm}: ${fault}`)
}
