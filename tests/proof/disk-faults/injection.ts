import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { seededRandom } from '../../fixtures/random.ts'
import { examine, type Finding } from '../examine.ts'
import { memoryFolder } from '../memory-folder.ts'
import { startProgram } from '../program.ts'
import { GAVE_UP, type SellerPlan } from '../seller-plan.ts'
import { Story } from '../story.ts'

/** Only the named calls stop the process. A signal that is injected this way never arrives (strace 6.1). */
const QUICKLY = '--seccomp-bpf'

/** A system call that fails, in the words of strace: which calls of the seller, counted from 1. */
export interface Fault {
  readonly call: 'fsync' | 'pwrite64'
  readonly error: 'EIO' | 'ENOSPC' | 'EROFS'
  /** `4`, `4..9`, or `4+` for the fourth and all later ones. */
  readonly when: string
  /** The seller dies of it: SIGKILL as the call returns. */
  readonly kills?: boolean
}

export interface FaultFigures {
  readonly fault: Fault
  /** Whether the seller came to its end; otherwise it gave up, and the next start had to go on. */
  readonly finished: boolean
  readonly unknown: number
  /** Unknown outcomes whose sale was in the book after all. */
  readonly unknownButThere: number
  /** How often the disk refused a sale or a top-up, by reason. */
  readonly refused: Readonly<Record<string, number>>
  readonly finding: Finding
}

const seller = fileURLToPath(new URL('../seller.ts', import.meta.url))
const SLOWEST_RUN_MS = 120_000

/** What a fault is tried on: a folder that is copied for each, and what the world knows of it. */
export interface Scene {
  readonly folder: string
  readonly story: Story
  readonly plan: Omit<SellerPlan, 'folder'>
}

/** A made book with some sales, closed; and a short shift that is about to begin on it. */
export async function shiftOnAMadeBook(work: string, seed: string, deeds: number): Promise<Scene> {
  const folder = join(work, 'made')
  const story = new Story()
  const plan = { seed, firstDay: 0, deeds: 6, setUp: true, flushing: 'FULL' } as const
  await sold({ ...plan, folder }, story, [])
  return { folder, story, plan: { ...plan, firstDay: 100, deeds, setUp: false, restChance: 0.4 } }
}

/** No book yet: the shift makes it and closes it again. */
export function makingABook(work: string, seed: string): Scene {
  const plan = { seed, firstDay: 0, deeds: 0, setUp: false, flushing: 'FULL' } as const
  return { folder: join(work, 'none'), story: new Story(), plan }
}

/** How many calls the shift makes when nothing fails. */
export async function callsIn(scene: Scene, call: Fault['call']): Promise<number> {
  return inACopy(scene, async (folder, work) => {
    const log = join(work, 'calls')
    const inside = ['strace', '-f', QUICKLY, '-qq', '-e', `trace=${call}`, '-e', 'signal=none', '-o', log]
    const ending = await sold({ ...scene.plan, folder }, scene.story.continued(), inside)
    if (ending !== 0) throw new Error(`the shift ended with ${ending} although nothing failed`)
    return readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line.includes(`${call}(`)).length
  })
}

/** Runs the shift with one fault, then examines the book as the next start finds it, with a disk that works again. */
export async function withFault(scene: Scene, fault: Fault): Promise<FaultFigures> {
  return inACopy(scene, async (folder) => {
    const story = scene.story.continued()
    const inject = `inject=${fault.call}:error=${fault.error}${fault.kills === true ? ':signal=SIGKILL' : ''}:when=${fault.when}`
    const traced = ['-qq', '-o', '/dev/null', '-e', `trace=${fault.call}`, '-e', inject]
    const inside = ['strace', '-f', ...(fault.kills === true ? [] : [QUICKLY]), ...traced]
    const ending = await sold({ ...scene.plan, folder }, story, inside, fault.kills === true)
    const refused = Object.fromEntries([...story.results].filter(([result]) => DISK_REFUSALS.has(result)))
    return {
      fault,
      finished: ending === 0,
      unknown: story.unknowns.length,
      unknownButThere: story.unknowns.filter((found) => found).length,
      refused,
      finding: examine({ folder, story, random: seededRandom(`${scene.plan.seed}/${fault.when}`) }),
    }
  })
}

const DISK_REFUSALS: ReadonlySet<string> = new Set(['disk-full', 'read-only', 'book-unavailable'])

async function inACopy<Result>(
  scene: Scene,
  act: (folder: string, work: string) => Promise<Result>,
): Promise<Result> {
  const work = mkdtempSync(memoryFolder('fault-'))
  try {
    const folder = join(work, 'book')
    // The book is closed: its files may be copied.
    if (scene.story.setUp) cpSync(scene.folder, folder, { recursive: true })
    return await act(folder, work)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** @returns 0, GAVE_UP, or the signal that a fault killed it with. @throws Error when the seller ended in any other way, or did not end. */
async function sold(
  plan: SellerPlan,
  story: Story,
  inside: readonly string[],
  mayBeKilled = false,
): Promise<number | string> {
  const program = startProgram({ file: seller, args: [JSON.stringify(plan)], inside }, true)
  program.told.on('data', (text: string) => story.hear(text))
  const timer = setTimeout(() => program.kill(), SLOWEST_RUN_MS)
  const ending = await program.ended
  clearTimeout(timer)
  if (ending !== 0 && ending !== GAVE_UP && !(mayBeKilled && ending === 'SIGKILL'))
    throw new Error(
      `the seller ended with ${ending} in ${inside.at(-1) ?? 'no fault'}: ${program.complaint()}`,
    )
  return ending
}
