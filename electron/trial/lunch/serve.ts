import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DayTotals, SaleSummary } from '../../../shared/contract/sales.ts'
import { businessMomentOf } from '../../../shared/domain/business-day.ts'
import { openCounterBook } from '../../station/counter-book.ts'
import { silentLog } from '../../station/log.ts'
import { systemClock } from '../../station/system.ts'
import { trialConfig } from '../config.ts'
import { openCounter, windowAt } from './counter-windows.ts'
import { Hands } from './hands.ts'
import { LUNCH, type Scene } from './script.ts'

export interface LunchPlan {
  /** Width and height of both screens, e.g. '1920x1080'. */
  readonly size: string
  /** Emptied first; then holds the data folder, the pictures and the summary. */
  readonly folder: string
  readonly say: (line: string) => void
}

export interface LunchSummary {
  readonly sales: readonly SaleSummary[]
  readonly totals: DayTotals
  readonly entries: number
  readonly headHash: string
  readonly pictures: readonly string[]
}

/**
 * Serves the scripted lunch in real windows over real ports into a real book, photographs both screens after each scene,
 * and writes what the book says to `summary.json`.
 *
 * @throws Error when a scene does not come about
 */
export async function serveLunch(plan: LunchPlan): Promise<LunchSummary> {
  rmSync(plan.folder, { recursive: true, force: true })
  const pictureFolder = join(plan.folder, 'screens')
  mkdirSync(pictureFolder, { recursive: true })
  const pictures = await playScenes(plan, pictureFolder)
  const summary = { ...summaryOf(join(plan.folder, 'data', 'trial')), pictures }
  writeFileSync(join(plan.folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`)
  return summary
}

async function playScenes({ size, folder, say }: LunchPlan, pictureFolder: string): Promise<string[]> {
  const counter = await openCounter(join(folder, 'data'), size)
  try {
    const panel = await windowAt(counter.app, '#/trial')
    const hands = new Hands({ seniors: counter.seniors, staff: counter.staff, panel })
    const pictures: string[] = []
    for (const [index, scene] of LUNCH.entries()) {
      say(`  ${scene.name.padEnd(18)} ${scene.words}`)
      await scene.play(hands)
      pictures.push(...(await photograph(hands, scene, index, pictureFolder)))
    }
    return pictures
  } finally {
    await counter.close()
  }
}

/** Opens the book after the counter has let it go, and reads what was sold today; then replays the whole journal. */
function summaryOf(folder: string): Omit<LunchSummary, 'pictures'> {
  const config = trialConfig(null)
  const book = openCounterBook({ folder, config, log: silentLog })
  try {
    const { businessDate } = businessMomentOf(systemClock.nowMs(), config.canteen)
    const { entries, headHash } = book.health()
    return { sales: book.recentSales(100), totals: book.dayTotals(businessDate), entries, headHash }
  } finally {
    book.close()
  }
}

async function photograph(hands: Hands, scene: Scene, index: number, folder: string): Promise<string[]> {
  const number = String(index + 1).padStart(2, '0')
  const files: string[] = []
  for (const screen of ['seniors', 'staff'] as const) {
    const path = join(folder, `${number}-${scene.name}-${screen}.png`)
    await hands[screen].screenshot({ path })
    files.push(path)
  }
  return files
}
