import { spawnSync } from 'node:child_process'
import { mkdirSync, openSync, closeSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GAVE_UP, type SellerPlan } from '../seller-plan.ts'
import { readRecords, recordingEnvironment, type DiskRecord } from './recording.ts'

const seller = fileURLToPath(new URL('../seller.ts', import.meta.url))

/**
 * Lets a seller sell with every change of its folder recorded to `log`. The folder is emptied first when the
 * seller is to make a book of its own.
 *
 * @param failingSyncs which syncs fail with EIO, counted from 1; the seller may then give up before its end
 * @throws Error when the seller failed: a recording of half a lunch would prove half of it.
 */
export function recordedLunch(
  plan: SellerPlan,
  log: string,
  failingSyncs: readonly number[] = [],
): DiskRecord[] {
  rmSync(log, { force: true })
  if (plan.setUp) rmSync(plan.folder, { recursive: true, force: true })
  mkdirSync(join(log, '..'), { recursive: true })
  const nowhere = openSync('/dev/null', 'w')
  try {
    const { status, signal, stderr } = spawnSync(process.execPath, [seller, JSON.stringify(plan)], {
      env: {
        ...process.env,
        ...recordingEnvironment(plan.folder, log),
        RECORDER_FAILING_SYNCS: failingSyncs.join(' '),
      },
      stdio: ['ignore', 'ignore', 'pipe', nowhere],
      encoding: 'utf8',
    })
    if (status !== 0 && !(status === GAVE_UP && failingSyncs.length > 0))
      throw new Error(`the seller ended with ${status ?? signal}: ${stderr}`)
  } finally {
    closeSync(nowhere)
  }
  return readRecords(readFileSync(log))
}
