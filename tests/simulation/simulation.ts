import { seededRandom, type Random } from '../fixtures/random.ts'
import type { ServerPlant } from './community.ts'
import { armFault } from './faults.ts'
import type { Plant } from './machine.ts'
import { converge, disaster, night } from './nights.ts'
import { beforeMeal, evening } from './office-day.ts'
import { Trace } from './trace.ts'
import { Violation } from './violation.ts'
import { Visit } from './visit.ts'
import { someone } from './wish.ts'
import { World } from './world.ts'

export interface SimulationOptions {
  readonly seed: string
  readonly days: number
  /** Called after each day. */
  readonly onDay?: (day: number) => void
  /** Hears every line of the trace. */
  readonly onTrace?: (line: string) => void
  /** A defect to be found. */
  readonly plant?: Plant
  /** The same, under the community server. */
  readonly plantServer?: ServerPlant
  /** A disk that says "flushed" and is not: with it acknowledged sales get lost, and the auditor has to notice. */
  readonly lyingDisk?: boolean
}

export interface SimulationReport {
  readonly seed: string
  readonly days: number
  readonly meals: number
  readonly crashes: number
  readonly syncs: number
  readonly closes: number
  readonly voids: number
  readonly backups: number
  readonly restores: number
  readonly faults: Readonly<Record<string, number>>
  readonly checks: number
  readonly traceHash: string
  /** What was broken, and on which day; null when nothing was. */
  readonly violation: { readonly day: number; readonly rule: string; readonly message: string } | null
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** 2026-03-02 in China, a Monday: or four weeks later, so that the month turns on the third day. */
const MONDAYS_MS = [Date.UTC(2026, 2, 1, 16), Date.UTC(2026, 2, 29, 16)] as const
const BOOK_DAYS = [2, 6] as const
const MEALS = [
  { fromHour: 6.5, hours: 2, share: 0.1 },
  { fromHour: 10.5, hours: 2.5, share: 0.7 },
  { fromHour: 16.5, hours: 2, share: 0.2 },
] as const
const LATE_NIGHTS = 0.05
const AFTER_THE_CLOSE = 0.2
const NIGHTS = 0.75
const DISASTERS = 0.09
const VISITS_A_DAY = [42, 52] as const

/** How likely a fault is armed for a visit. */
const FAULT_CHANCE = 0.32

/**
 * Plays whole days of a canteen through the real station. The same seed plays the same days, fault by fault.
 *
 * @returns what happened. A broken rule ends the simulation and is part of the answer.
 */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const trace = new Trace(options.onTrace ?? null)
  const random = seededRandom(options.seed)
  // A stream of its own: the days of earlier seeds stay what they were.
  const firstMidnightMs = random.fork('calendar').pick(MONDAYS_MS)
  const { plant = (book) => book, plantServer = (database) => database, lyingDisk = false } = options
  const world = new World({
    random: random.fork('world'),
    trace,
    startMs: firstMidnightMs,
    plant,
    plantServer,
    lyingDisk,
  })
  const onRejection = (reason: unknown): void => world.rejected(reason)
  process.on('unhandledRejection', onRejection)
  let day = 0
  let violation: SimulationReport['violation'] = null
  try {
    let bookEndsOn = 0
    while (day < options.days) {
      day += 1
      if (day > bookEndsOn) {
        if (day > 1) await converge(world)
        bookEndsOn = day + random.integer(...BOOK_DAYS) - 1
        await world.beginBook(random.pick(['yaohua-stx12', 'yaohua-stx12', 'mt-sics'] as const))
      }
      await playDay(world, random.fork(`day-${day}`), firstMidnightMs + (day - 1) * DAY_MS)
      options.onDay?.(day)
    }
    await converge(world)
    await world.closeStation()
  } catch (error) {
    violation = { day, ...described(error) }
    trace.note('violation', violation.message)
  } finally {
    process.off('unhandledRejection', onRejection)
    world.close()
  }
  const { meals, crashes, faults, checks, syncs, closes, voids, backups, restores } = trace
  const traceHash = trace.digest()
  const around = { syncs, closes, voids, backups, restores }
  return {
    seed: options.seed,
    days: options.days,
    meals,
    crashes,
    ...around,
    faults,
    checks,
    traceHash,
    violation,
  }
}

/** Whatever ends a simulation has a seed that shows it again, so nothing is thrown on. */
function described(error: unknown): { readonly rule: string; readonly message: string } {
  if (error instanceof Violation) return { rule: error.rule, message: error.message }
  return {
    rule: 'unexpected',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }
}

async function playDay(world: World, random: Random, midnightMs: number): Promise<void> {
  const visits = random.integer(...VISITS_A_DAY)
  const paidBefore = new Set<string>()
  for (const { fromHour, hours, share } of MEALS) {
    const count = Math.max(1, Math.round(visits * share))
    const gapMs = (hours * HOUR_MS) / count
    world.clock.skipTo(midnightMs + fromHour * HOUR_MS)
    await world.openStation()
    await beforeMeal(world, random)
    for (let visit = 0; visit < count; visit += 1) {
      await serve(world, random.fork(`${fromHour}/${visit}`), paidBefore)
      world.clock.skip(Math.floor((gapMs * random.integer(20, 120)) / 100 / 2))
    }
  }
  if (random.chance(LATE_NIGHTS)) await lateNight(world, random, midnightMs, paidBefore)
  world.clock.skipTo(midnightMs + 20 * HOUR_MS)
  await world.openStation()
  await evening(world, random)
  if (random.chance(AFTER_THE_CLOSE))
    for (let visit = 0; visit < 2; visit += 1) await serve(world, random.fork(`late/${visit}`), paidBefore)
  if (random.chance(NIGHTS)) await night(world, random, midnightMs)
  world.checkBook()
  await world.checkReports()
  if (random.chance(DISASTERS)) await disaster(world, random.fork('disaster'))
  if (random.chance(0.3)) await world.closeStation()
}

/** A feast that goes on until the business day turns, at four in the morning. */
async function lateNight(
  world: World,
  random: Random,
  midnightMs: number,
  paidBefore: Set<string>,
): Promise<void> {
  world.clock.skipTo(midnightMs + 28 * HOUR_MS - random.integer(500, 6000))
  for (let visit = 0; visit < 2; visit += 1) await serve(world, random.fork(`night/${visit}`), paidBefore)
}

async function serve(world: World, random: Random, paidBefore: Set<string>): Promise<void> {
  if (world.clock.wrongByMs !== 0 && random.chance(0.25)) world.setClockWrong(0)
  if (random.chance(0.97)) world.desk.touch()
  await world.office.catchUp()
  await world.settled()
  if (random.chance(FAULT_CHANCE)) armFault(world)
  for (const saleId of world.auditor.model.sales.keys()) paidBefore.add(saleId)
  const { process } = world.machine
  if (process === null) throw new Violation('ST-3', 'the station does not come back')
  const wish = someone(process.station.counter.menu(), world.roll.seniors, random)
  await new Visit(world, wish, paidBefore).run()
}
