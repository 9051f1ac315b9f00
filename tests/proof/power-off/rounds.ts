/**
 * Cuts the power of a real file system under a real seller, again and again. Started by `campaign.ts` inside a mount
 * namespace: `unshare --mount node rounds.ts FOLDER POWEROFF PLAN`. Prints the figures as one JSON line.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { seededRandom, type Random } from '../../fixtures/random.ts'
import { examine, isFaulty, type Finding } from '../examine.ts'
import { startProgram } from '../program.ts'
import type { SellerPlan } from '../seller-plan.ts'
import { Story } from '../story.ts'
import type { Flushing } from '../till.ts'
import type { PowerOffArm, PowerOffPlan } from './campaign.ts'

const [work = '', powerOff = '', planText = ''] = process.argv.slice(2)
const plan = JSON.parse(planText) as PowerOffPlan
const image = join(work, 'disk.img')
const mountPoint = join(work, 'disk')
const book = join(mountPoint, 'book')
const seller = fileURLToPath(new URL('../seller.ts', import.meta.url))

/** More business days than a seller gets through before the cut. */
const DAYS_PER_CUT = 60

const command = (name: string, ...args: readonly string[]): void => {
  execFileSync(name, args, { stdio: ['ignore', 'ignore', 'inherit'] })
}

async function soldUntilPowerFails(
  number: number,
  before: Story,
  flushing: Flushing,
  random: Random,
): Promise<Story> {
  const sellerPlan: SellerPlan = {
    folder: book,
    seed: random.seed,
    firstDay: number * DAYS_PER_CUT,
    deeds: null,
    setUp: !before.setUp,
    flushing,
  }
  const story = before.continued()
  const program = startProgram({ file: seller, args: [JSON.stringify(sellerPlan)] }, true)
  const begun = new Promise<void>((resolve) => {
    program.told.on('data', (text: string) => {
      story.hear(text)
      resolve()
    })
  })
  await Promise.race([begun, program.ended])
  await pause(random.integer(20, 500))
  // A machine without power tells nobody anything. A flush that the shutdown overtakes may still report success to a
  // process that lives on, so the seller is frozen first: whatever it has told by now, it told with the power on.
  program.freeze()
  command(powerOff, mountPoint)
  program.kill()
  await program.ended
  return story
}

async function arm(flushing: Flushing, cuts: number): Promise<PowerOffArm> {
  const random = seededRandom(`${plan.seed}/${flushing}`)
  const failures: { cut: number; finding: Finding }[] = []
  const counts = { acknowledged: 0, lost: 0 }
  let story = new Story()
  command('mkfs.ext4', '-q', '-F', image)
  command('mount', '-o', 'loop', image, mountPoint)
  for (let cut = 0; cut < cuts; cut += 1) {
    const chance = random.fork(`cut-${cut}`)
    const known = story.sales.size + story.topUps.size
    story = await soldUntilPowerFails(cut, story, flushing, chance)
    counts.acknowledged += story.sales.size + story.topUps.size - known
    command('umount', mountPoint)
    command('mount', '-o', 'loop', image, mountPoint)
    const finding = examine({ folder: book, story, random: chance.fork('examination') })
    counts.lost += finding.lost.length
    if (!isFaulty(finding)) continue
    failures.push({ cut, finding })
    rmSync(book, { recursive: true, force: true })
    story = new Story()
  }
  command('umount', mountPoint)
  return { cuts, ...counts, failures }
}

mkdirSync(mountPoint)
command('truncate', '--size=64M', image)
const full = await arm('FULL', plan.cuts)
const control = await arm('NORMAL', plan.controlCuts)
console.log(JSON.stringify({ full, control }))
