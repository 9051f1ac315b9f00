import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom, type Random } from '../../fixtures/random.ts'
import { examine, faultText, isFaulty, type Finding } from '../examine.ts'
import { memoryFolder } from '../memory-folder.ts'
import { Story } from '../story.ts'
import { atCuts } from './at-cuts.ts'
import { RecordedDisk } from './disk.ts'
import { recordedLunch } from './lunch-run.ts'
import { layOut } from './recoveries.ts'
import type { DiskRecord } from './recording.ts'

export interface FailedSyncFigures {
  readonly seed: string
  readonly states: number
  /** Outcomes that were unknown in the lunches, and of these the sales that were in the book after all. */
  readonly unknown: number
  readonly unknownButThere: number
  readonly failures: readonly { readonly key: string; readonly finding: Finding }[]
  readonly seconds: number
}

const STATES_PER_LUNCH = 150
const DEEDS = 60
/** Syncs of the set-up, which are not meant, and of the deeds. */
const FIRST_SYNC = 85
const LAST_SYNC = 160
/** Most cuts fall among this many records after a sync that failed. */
const AFTERMATH_RECORDS = 60

/**
 * Two faults together: a sync fails, the kernel forgets what it should have written, and while the book finds out what
 * became of the sale, the power fails too. What it has answered by then must hold after the cut.
 */
export function examineFailedSyncs(seed: string, lunches: number): FailedSyncFigures {
  const startedMs = performance.now()
  const work = mkdtempSync(memoryFolder('failed-sync-'))
  const total = { states: 0, unknown: 0, unknownButThere: 0 }
  const failures: { key: string; finding: Finding }[] = []
  try {
    for (let lunch = 0; lunch < lunches; lunch += 1) {
      const random = seededRandom(`${seed}/${lunch}`)
      const records = lunchWithFailedSyncs(work, random)
      const disk = new RecordedDisk(new Map(), random.fork('kernel'))
      const story = new Story()
      const folder = join(work, 'state')
      atCuts({ records, disk, story }, cutsAfterFailures(records, random), (state, _index, known) => {
        const chance = random.fork(`state-${state}`)
        layOut(disk.afterCut(chance), folder)
        const finding = examine({ folder, story: known, random: chance })
        total.states += 1
        if (isFaulty(finding)) failures.push({ key: `${random.seed}#${state}`, finding })
      })
      total.unknown += story.unknowns.length
      total.unknownButThere += story.unknowns.filter((found) => found).length
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return { seed, ...total, failures, seconds: (performance.now() - startedMs) / 1000 }
}

/** Pairs of syncs that fail: that of a COMMIT, and the one with which the closing connection would tidy up. */
function lunchWithFailedSyncs(work: string, random: Random): DiskRecord[] {
  const failing = Array.from({ length: 6 }, () => random.integer(FIRST_SYNC, LAST_SYNC)).flatMap((sync) => [
    sync,
    sync + 1,
  ])
  return recordedLunch(
    {
      folder: join(work, 'selling'),
      seed: random.seed,
      firstDay: 0,
      deeds: DEEDS,
      setUp: true,
      flushing: 'FULL',
      restChance: 0.08,
    },
    join(work, 'selling.log'),
    failing,
  )
}

function cutsAfterFailures(records: readonly DiskRecord[], random: Random): number[] {
  const failed = records.flatMap(({ kind }, index) => (kind === 'failed-sync' ? [index] : []))
  const last = records.length - 1
  const cuts = Array.from({ length: STATES_PER_LUNCH }, () =>
    failed.length > 0 && random.chance(0.8)
      ? Math.min(last, random.pick(failed) + random.integer(0, AFTERMATH_RECORDS))
      : random.integer(0, last),
  )
  return cuts.toSorted((a, b) => a - b)
}

/** Why this campaign is not passed; empty when it is. */
export function failedSyncFaults({ failures, unknownButThere }: FailedSyncFigures): string[] {
  const faults = failures.map(({ key, finding }) => `failed sync, state ${key}: ${faultText(finding)}`)
  if (unknownButThere === 0) faults.push('no unknown sale was in the book after all')
  return faults
}
