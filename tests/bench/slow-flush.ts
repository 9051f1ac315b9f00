import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { compiledRecorder } from '../proof/power-cut/recording.ts'
import { atMost, type Measurement } from './measurement.ts'

const EXTRA_FLUSH_US = 5_000

/** What the seller below prints. */
export interface SlowFlushFigures {
  readonly settleMs: number
  readonly floorMs: number
}

/** Settlement on a disk whose every flush takes 5 ms more, against the least that disk allows: one write, one flush. */
export function slowFlush(): Measurement[] {
  const seller = spawnSync(process.execPath, [join(import.meta.dirname, 'slow-flush-seller.ts')], {
    env: {
      ...process.env,
      LD_PRELOAD: compiledRecorder(),
      RECORDER_SYNC_DELAY_US: String(EXTRA_FLUSH_US),
    },
    encoding: 'utf8',
  })
  if (seller.status !== 0) throw new Error(`the slow seller failed: ${seller.stderr}`)
  const figures = JSON.parse(seller.stdout) as SlowFlushFigures
  if (figures.floorMs < EXTRA_FLUSH_US / 1000) throw new Error('the flushes were not slowed down')
  return [atMost('settle-slow-flush-vs-floor', figures.settleMs / figures.floorMs, 'ratio', 1.15)]
}
