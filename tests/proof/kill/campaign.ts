import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { seededRandom, type Random } from '../../fixtures/random.ts'
import { examine, faultText, isFaulty, type Finding } from '../examine.ts'
import { memoryFolder } from '../memory-folder.ts'
import { compiledRecorder } from '../power-cut/recording.ts'
import { startProgram } from '../program.ts'
import type { SellerPlan } from '../seller-plan.ts'
import { Story } from '../story.ts'

export interface KillPlan {
  readonly seed: string
  readonly kills: number
  /** The planted fault that must be caught: the guest is told before the book is asked. */
  readonly tellsTooEarly: boolean
  readonly report: (line: string) => void
}

export interface KillFigures {
  readonly seed: string
  readonly kills: number
  /** Kills that hit the seller in the middle of a deed. */
  readonly inMidDeed: number
  readonly acknowledged: number
  readonly lost: number
  /** Sales in flight at the kill that were in the book after all, and such that were not. */
  readonly thereAfterAll: number
  readonly notThere: number
  readonly failures: readonly { readonly kill: number; readonly finding: Finding }[]
  readonly seconds: number
}

/** After so many kills a new book, so that the examination stays short. */
const KILLS_PER_BOOK = 10
/** A flush as slow as a cheap disk's, so that many kills fall between the last write of a COMMIT and its answer. */
const FLUSH_DELAY_US = '1000'
/** More business days than a seller gets through before it is killed. */
const DAYS_PER_KILL = 60

/**
 * Kills a seller with SIGKILL at seeded moments, again and again on the same book, and examines the book after each:
 * the next start finishes the sale that was in flight with its own id, and goes on from there.
 */
export async function killCampaign(plan: KillPlan): Promise<KillFigures> {
  const startedMs = performance.now()
  const random = seededRandom(plan.seed)
  const failures: { kill: number; finding: Finding }[] = []
  const counts = { inMidDeed: 0, acknowledged: 0, lost: 0, thereAfterAll: 0, notThere: 0 }
  const folder = mkdtempSync(memoryFolder('kill-'))
  let story = new Story()
  let spoiled = false
  try {
    for (let kill = 0; kill < plan.kills; kill += 1) {
      if (spoiled || kill % KILLS_PER_BOOK === 0) {
        rmSync(join(folder, 'book'), { recursive: true, force: true })
        story = new Story()
      }
      const chance = random.fork(`kill-${kill}`)
      const known = story.sales.size + story.topUps.size
      story = await soldUntilKilled(join(folder, 'book'), kill, story, plan, chance)
      if (story.during !== null) counts.inMidDeed += 1
      counts.acknowledged += story.sales.size + story.topUps.size - known
      const finding = examine({ folder: join(folder, 'book'), story, random: chance.fork('examination') })
      counts.lost += finding.lost.length
      counts.thereAfterAll += finding.thereAfterAll
      counts.notThere += finding.notThere
      spoiled = isFaulty(finding)
      if (spoiled) failures.push({ kill, finding })
      if ((kill + 1) % 25 === 0)
        plan.report(`  ${kill + 1} kills, ${counts.acknowledged} acknowledged, ${counts.lost} lost`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const seconds = (performance.now() - startedMs) / 1000
  return { seed: plan.seed, kills: plan.kills, ...counts, failures, seconds }
}

const seller = fileURLToPath(new URL('../seller.ts', import.meta.url))

/** Starts a seller, lets it sell for a while, kills it, and returns what it had told until then. */
async function soldUntilKilled(
  folder: string,
  kill: number,
  before: Story,
  { tellsTooEarly }: KillPlan,
  random: Random,
): Promise<Story> {
  const plan: SellerPlan = {
    folder,
    seed: random.seed,
    firstDay: kill * DAYS_PER_KILL,
    deeds: null,
    setUp: !before.setUp,
    flushing: 'FULL',
    tellsTooEarly,
  }
  const story = before.continued()
  const env = { LD_PRELOAD: compiledRecorder(), RECORDER_SYNC_DELAY_US: FLUSH_DELAY_US }
  const program = startProgram({ file: seller, args: [JSON.stringify(plan)], env }, true)
  // Half of the kills hit the first moments, in which a book is made or opened; the others fall while it sells.
  const whileItSells = tellsTooEarly || random.chance(0.5)
  const told = (): number => story.sales.size + story.topUps.size
  const known = told()
  const ripe = new Promise<void>((resolve) => {
    program.told.on('data', (text: string) => {
      story.hear(text)
      if (!whileItSells || told() > known) resolve()
    })
  })
  const ended = program.ended
  await Promise.race([ripe, ended])
  await pause(random.integer(0, whileItSells ? 100 : 40))
  program.kill()
  const ending = await ended
  if (ending !== 'SIGKILL')
    throw new Error(`the seller ended by itself with ${ending}: ${program.complaint()}`)
  return story
}

/** Why this campaign is not passed; empty when it is. */
export function killFaults(figures: KillFigures): string[] {
  const faults = figures.failures.map(
    ({ kill, finding }) => `kill ${kill} of ${figures.seed}: ${faultText(finding)}`,
  )
  if (figures.acknowledged === 0) faults.push('nothing was sold before the kills')
  if (figures.inMidDeed === 0) faults.push('no kill fell into the middle of a deed')
  if (figures.thereAfterAll === 0) faults.push('no kill fell between COMMIT and its answer')
  return faults
}
