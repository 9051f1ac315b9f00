import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom, type Random } from '../../fixtures/random.ts'
import { memoryFolder } from '../memory-folder.ts'
import { plugDevices, WatchedStation, type Devices } from './counter-rig.ts'
import { CounterHand } from './counter-hand.ts'
import { lookInto, seedCounterBook } from './counter-book.ts'

export interface StationKillPlan {
  readonly seed: string
  readonly kills: number
  /** Counters that are served and killed at the same time. */
  readonly counters: number
  readonly report: (line: string) => void
}

export interface StationKillFigures {
  readonly seed: string
  readonly kills: number
  /** Plates that a counter showed as paid, before or after a kill. */
  readonly paid: number
  /** Kills between the tap and the answer on the screen. */
  readonly afterTheTap: number
  /** Sales that were in the book although the screen had not yet said so, and that the next start showed as paid. */
  readonly restored: number
  readonly faults: readonly string[]
  readonly seconds: number
}

/** After so many kills a new book and new wallets. */
const KILLS_PER_BOOK = 20

/**
 * Serves lunches at whole stations, over pseudo-terminals and the contract, and kills them with SIGKILL at seeded
 * moments. Each plate has a weight of its own, so that the book shows which plate was charged, and how often.
 */
export async function stationKillCampaign(plan: StationKillPlan): Promise<StationKillFigures> {
  const startedMs = performance.now()
  const total = { kills: 0, paid: 0, afterTheTap: 0, restored: 0, faults: [] as string[] }
  const books = Array.from({ length: Math.ceil(plan.kills / KILLS_PER_BOOK) }, (_, index) => ({
    seed: `${plan.seed}/${index}`,
    kills: Math.min(KILLS_PER_BOOK, plan.kills - index * KILLS_PER_BOOK),
  }))
  const serveBooks = async (): Promise<void> => {
    for (let book = books.shift(); book !== undefined; book = books.shift()) {
      const served = await serveUnderKills(book.seed, book.kills)
      total.kills += book.kills
      total.paid += served.paid
      total.afterTheTap += served.afterTheTap
      total.restored += served.restored
      total.faults.push(...served.faults.map((fault) => `${book.seed}: ${fault}`))
      plan.report(`  ${total.kills} kills, ${total.paid} paid, ${total.faults.length} faults`)
    }
  }
  await Promise.all(Array.from({ length: plan.counters }, serveBooks))
  return { seed: plan.seed, ...total, seconds: (performance.now() - startedMs) / 1000 }
}

type Served = Pick<StationKillFigures, 'paid' | 'afterTheTap' | 'restored' | 'faults'>

async function serveUnderKills(seed: string, kills: number): Promise<Served> {
  const folder = mkdtempSync(memoryFolder('station-'))
  const data = join(folder, 'data')
  const random = seededRandom(seed)
  let devices: Devices | null = null
  try {
    devices = await plugDevices(join(folder, 'wires'), data, random.fork('scale'))
    seedCounterBook(data, random.fork('book'))
    return await lunch(devices, data, kills, random)
  } finally {
    await devices?.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function lunch(devices: Devices, data: string, kills: number, random: Random): Promise<Served> {
  const hand = new CounterHand(devices, random.fork('hand'))
  const faults: string[] = []
  for (let kill = 0; kill <= kills; kill += 1) {
    const station = await WatchedStation.start(data)
    if (kill < kills) {
      await hand.serveUntilKilled(station, random.fork(`kill-${kill}`), kill === 0)
      await station.exited
    } else {
      // The last one is not killed: whatever came before, it serves on.
      await hand.serve(station, 3)
      await station.stop()
    }
    faults.push(...lookInto(data, hand.plates).map((fault) => `after kill ${kill}: ${fault}`))
    if (faults.length > 0) break
  }
  return { paid: hand.paid, afterTheTap: hand.killedAfterTap, restored: hand.restored, faults }
}

/** One kill in five falls between COMMIT and the screen: among so many there is one. */
const MANY_KILLS = 100

/** Why this campaign is not passed; empty when it is. */
export function stationKillFaults({
  faults,
  kills,
  paid,
  afterTheTap,
  restored,
}: StationKillFigures): string[] {
  const all = [...faults]
  if (paid === 0) all.push('no plate was paid')
  if (afterTheTap === 0) all.push('no kill fell between tap and answer')
  if (kills >= MANY_KILLS && restored === 0) all.push('no kill fell between COMMIT and the screen')
  return all
}
