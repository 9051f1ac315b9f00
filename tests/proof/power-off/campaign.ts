import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compiled } from '../compiled.ts'
import { faultText, type Finding } from '../examine.ts'

export interface PowerOffPlan {
  readonly seed: string
  /** Cuts with the product's flushing, and with `synchronous=NORMAL`. */
  readonly cuts: number
  readonly controlCuts: number
}

export interface PowerOffArm {
  readonly cuts: number
  readonly acknowledged: number
  readonly lost: number
  readonly failures: readonly { readonly cut: number; readonly finding: Finding }[]
}

export type PowerOffFigures =
  | { readonly ran: false; readonly reason: string }
  | {
      readonly ran: true
      readonly seed: string
      readonly full: PowerOffArm
      readonly control: PowerOffArm
      readonly seconds: number
    }

const source = fileURLToPath(new URL('poweroff.c', import.meta.url))
const rounds = fileURLToPath(new URL('rounds.ts', import.meta.url))

/**
 * Sells on a loop-mounted ext4 and shuts the file system down without flushing its journal, again and again: the same
 * claim as the rebuilt states, on a kernel's own word. Needs root and a loop device, and says when it has them not.
 *
 * @throws Error when it could run and failed.
 */
export function powerOffCampaign(plan: PowerOffPlan): PowerOffFigures {
  const reason = whyNot()
  if (reason !== null) return { ran: false, reason }
  const startedMs = performance.now()
  const work = mkdtempSync(join(tmpdir(), 'canteen-power-off-'))
  try {
    const args = [
      '--mount',
      process.execPath,
      rounds,
      work,
      compiled(source, 'poweroff'),
      JSON.stringify(plan),
    ]
    const { status, signal, stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`the power-off rounds ended with ${status ?? signal}: ${stderr}`)
    const arms = JSON.parse(stdout) as { readonly full: PowerOffArm; readonly control: PowerOffArm }
    return { ran: true, seed: plan.seed, ...arms, seconds: (performance.now() - startedMs) / 1000 }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function whyNot(): string | null {
  if (process.getuid?.() !== 0) return 'it needs root'
  for (const [name, ...args] of [
    ['mkfs.ext4', '-V'],
    ['losetup', '--find'],
    ['unshare', '--version'],
  ] as const)
    if (spawnSync(name, args).status !== 0) return `${name} is missing or not permitted`
  return null
}

/** Why this campaign is not passed; empty when it is, and when it could not run. */
export function powerOffFaults(figures: PowerOffFigures): string[] {
  if (!figures.ran) return []
  const faults = figures.full.failures.map(({ cut, finding }) => `power-off ${cut}: ${faultText(finding)}`)
  if (figures.control.lost === 0) faults.push('the control on a real file system lost nothing')
  return faults
}
