import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import type { DayTotals, SaleSummary } from '../../../shared/contract/sales.ts'
import { businessMomentOf } from '../../../shared/domain/business-day.ts'
import { openCounterBook } from '../../station/counter-book.ts'
import { silentLog } from '../../station/log.ts'
import { systemClock } from '../../station/system.ts'
import { startCommunity, TRIAL_CANTEEN, type Community } from '../community.ts'
import { trialConfig } from '../config.ts'
import { openCounter, windowAt } from './counter-windows.ts'
import { evening, type EveningOutcome } from './evening.ts'
import { Hands } from './hands.ts'
import { OfficeHands } from './office-hands.ts'
import { keepPicture, resizeWindow } from './picture.ts'
import { LUNCH } from './script.ts'

export interface LunchPlan {
  /** Width and height of the windows, e.g. '1920x1080'; with several, each scene is photographed at each. */
  readonly sizes: readonly [string, ...string[]]
  /** Emptied first; then holds the data folder, the pictures and the summary. */
  readonly folder: string
  readonly say: (line: string) => void
}

export interface LunchSummary extends EveningOutcome {
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
  mkdirSync(plan.folder, { recursive: true })
  const community = await startCommunity({
    folder: join(plan.folder, 'server'),
    canteenName: TRIAL_CANTEEN,
    port: 0,
  })
  try {
    const played = await playScenes(plan, pictureFolder, community)
    await keepServerPage(community, plan.folder)
    const summary = { ...summaryOf(join(plan.folder, 'data', 'trial')), ...played }
    writeFileSync(join(plan.folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`)
    return summary
  } finally {
    await community.stop()
  }
}

type Played = Pick<LunchSummary, 'pictures' | keyof EveningOutcome>

async function playScenes(
  { sizes, folder, say }: LunchPlan,
  pictureFolder: string,
  community: Community,
): Promise<Played> {
  const counter = await openCounter(join(folder, 'data'), sizes[0])
  const pictures: string[] = []
  const album: Album = { app: counter.app, sizes, folder: pictureFolder, pictures }
  try {
    const panel = await windowAt(counter.app, '#/trial')
    const hands = new Hands({ seniors: counter.seniors, staff: counter.staff, panel })
    for (const scene of LUNCH) {
      say(`  ${scene.name.padEnd(18)} ${scene.words}`)
      await scene.play(hands)
      await photograph(album, scene.name, { seniors: hands.seniors, staff: hands.staff })
    }
    const kept: { reports: readonly string[]; countedFen: number } = { reports: [], countedFen: 0 }
    const office = new OfficeHands(counter.staff)
    for (const scene of evening(community, (outcome) => Object.assign(kept, outcome))) {
      say(`  ${scene.name.padEnd(18)} ${scene.words}`)
      await scene.play(office)
      await photograph(album, scene.name, { office: counter.staff })
    }
    return { pictures, countedFen: kept.countedFen, reports: copied(kept.reports, join(folder, 'reports')) }
  } finally {
    await counter.close()
  }
}

/** Beside the pictures, where somebody who looks for them finds them. */
function copied(files: readonly string[], folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true })
  return files.map((file) => {
    const copy = join(folder, basename(file))
    copyFileSync(file, copy)
    return copy
  })
}

/** The server's own page, as a visitor of the community sees it that night. */
async function keepServerPage({ url }: Community, folder: string): Promise<void> {
  const answer = await fetch(url, { headers: { 'accept-language': 'zh-CN' } })
  if (!answer.ok) throw new Error(`the server's page answers ${answer.status}`)
  writeFileSync(join(folder, 'server.html'), await answer.text())
}

/** Opens the book after the counter has let it go, and reads what was sold today; then replays the whole journal. */
function summaryOf(folder: string): Omit<LunchSummary, keyof Played> {
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

interface Album {
  readonly app: ElectronApplication
  readonly sizes: readonly string[]
  readonly folder: string
  readonly pictures: string[]
}

async function photograph(
  { app, sizes, folder, pictures }: Album,
  name: string,
  screens: Readonly<Record<string, Page>>,
): Promise<void> {
  const number = String(new Set(pictures.map((path) => basename(path).slice(0, 2))).size + 1).padStart(2, '0')
  for (const [screen, page] of Object.entries(screens)) {
    for (const size of sizes) {
      const path = join(folder, size, `${number}-${name}-${screen}.png`)
      if (sizes.length > 1) await resizeWindow(app, page, size)
      await keepPicture(page, path)
      pictures.push(path)
    }
  }
}
