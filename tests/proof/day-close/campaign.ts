import { spawnSync } from 'node:child_process'
import { closeSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { seededRandom } from '../../fixtures/random.ts'
import { memoryFolder } from '../memory-folder.ts'
import { RecordedDisk } from '../power-cut/disk.ts'
import {
  compiledRecorder,
  readRecords,
  recordingEnvironment,
  type DiskRecord,
} from '../power-cut/recording.ts'
import { layOut } from '../power-cut/recoveries.ts'
import { startProgram } from '../program.ts'
import { examineEvenings, type EveningFinding } from './examine.ts'
import { Evenings, type EveningPlan } from './plan.ts'

export interface DayCloseFigures {
  readonly seed: string
  /** States after a power cut, and kills. */
  readonly examined: number
  /** Of them, those with a close in flight: in the book after all, and not. */
  readonly thereAfterAll: number
  readonly notThere: number
  readonly faults: readonly string[]
  readonly seconds: number
}

/** As a worn memory card: long enough for kills to fall into a commit. */
const FLUSH_DELAY_US = '10000'

const program = fileURLToPath(new URL('evening.ts', import.meta.url))

/** The power fails while days are closed (scenario 8): a third of the cuts before a close's commit, a third after. */
export function cutDayCloses(seed: string, states: number): Promise<DayCloseFigures> {
  return examined(seed, (work, tally) => {
    const random = seededRandom(seed)
    const records = recorded({ folder: join(work, 'till'), seed, evenings: 8 }, join(work, 'log'))
    const { before, after } = placesInClose(records)
    const anywhere = [...records.keys()]
    const cuts = Array.from({ length: states }, () =>
      random.pick(random.pick([anywhere, before, after])),
    ).toSorted((one, other) => one - other)
    const disk = new RecordedDisk()
    const known = new Evenings()
    let state = 0
    for (const [index, record] of records.entries()) {
      disk.apply(record)
      if (record.kind === 'told') known.hear(record.text)
      for (; cuts[state] === index; state += 1) {
        const chance = random.fork(`state-${state}`)
        const folder = join(work, 'state')
        layOut(disk.afterCut(chance), folder)
        tally(`state ${seed}#${state}`, examineEvenings(folder, known, chance))
      }
    }
    return Promise.resolve()
  })
}

/** Kills with SIGKILL in the middle of closing days, again and again on the same book. */
export function killDayCloses(seed: string, kills: number): Promise<DayCloseFigures> {
  return examined(seed, async (work, tally) => {
    const random = seededRandom(seed)
    const folder = join(work, 'till')
    const known = new Evenings()
    for (let kill = 0; kill < kills; kill += 1) {
      await closeUntilKilled(
        { folder, seed: `${seed}/${kill}`, evenings: null },
        known,
        random.integer(0, 60),
      )
      // The examination closes what was in flight; the next round goes on with the book as it was killed.
      const copy = join(work, 'killed')
      cpSync(folder, copy, { recursive: true })
      const finding = examineEvenings(copy, known, random.fork(`kill-${kill}`))
      tally(`kill ${seed}#${kill}`, finding)
      const { date = '', headHash = null } = finding.inFlight ?? {}
      if (headHash !== null) known.closed.set(date, headHash)
      known.closing = null
    }
  })
}

async function closeUntilKilled(plan: EveningPlan, known: Evenings, afterMs: number): Promise<void> {
  const slowDisk = { LD_PRELOAD: compiledRecorder(), RECORDER_SYNC_DELAY_US: FLUSH_DELAY_US }
  const running = startProgram({ file: program, args: [JSON.stringify(plan)], env: slowDisk }, true)
  const first = Promise.withResolvers<void>()
  running.told.on('data', (text: string) => {
    known.hear(text)
    first.resolve()
  })
  await Promise.race([first.promise, running.ended])
  await pause(afterMs)
  running.kill()
  const ending = await running.ended
  if (ending !== 'SIGKILL') throw new Error(`it ended by itself with ${ending}: ${running.complaint()}`)
}

type Tally = (place: string, finding: EveningFinding) => void

/** In a folder that is removed again. */
async function examined(
  seed: string,
  work: (folder: string, tally: Tally) => Promise<void>,
): Promise<DayCloseFigures> {
  const startedMs = performance.now()
  const folder = mkdtempSync(memoryFolder('day-close-'))
  const counts = { examined: 0, thereAfterAll: 0, notThere: 0 }
  const faults: string[] = []
  try {
    await work(folder, (place, finding) => {
      counts.examined += 1
      if (finding.inFlight !== null)
        counts[finding.inFlight.headHash === null ? 'notThere' : 'thereAfterAll'] += 1
      for (const fault of finding.faults) faults.push(`${place}: ${fault}`)
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return { seed, ...counts, faults, seconds: (performance.now() - startedMs) / 1000 }
}

/** Lets the program close its days with every change of its folder recorded. @throws Error when it failed */
function recorded(plan: EveningPlan, log: string): readonly DiskRecord[] {
  const nowhere = openSync('/dev/null', 'w')
  try {
    const { status, signal, stderr } = spawnSync(process.execPath, [program, JSON.stringify(plan)], {
      env: { ...process.env, ...recordingEnvironment(plan.folder, log) },
      stdio: ['ignore', 'ignore', 'pipe', nowhere],
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`the evening ended with ${status ?? signal}: ${stderr}`)
  } finally {
    closeSync(nowhere)
  }
  return readRecords(readFileSync(log))
}

interface PlacesInClose {
  /** Indexes of records between the beginning of a close and the flush of its commit. */
  readonly before: readonly number[]
  /** And from there until its answer. */
  readonly after: readonly number[]
}

function placesInClose(records: readonly DiskRecord[]): PlacesInClose {
  const known = new Evenings()
  const places = { before: [] as number[], after: [] as number[] }
  let synced = false
  for (const [index, record] of records.entries()) {
    if (record.kind === 'told') {
      known.hear(record.text)
      synced = false
    } else if (record.kind === 'sync') synced = true
    if (known.closing !== null) places[synced ? 'after' : 'before'].push(index)
  }
  return places
}

/** Why this campaign is not passed; empty when it is. */
export function dayCloseFaults(figures: DayCloseFigures): readonly string[] {
  const { thereAfterAll, notThere } = figures
  const faults = [...figures.faults]
  if (thereAfterAll === 0) faults.push('no close in flight was in the book after all')
  if (notThere === 0) faults.push('no close in flight was missing from the book')
  return faults
}
