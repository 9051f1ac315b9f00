import { mkdtempSync, rmSync } from 'node:fs'
import { seededRandom, type Random } from '../../fixtures/random.ts'
import { faultText, isFaulty } from '../examine.ts'
import { memoryFolder } from '../memory-folder.ts'
import {
  callsIn,
  makingABook,
  shiftOnAMadeBook,
  withFault,
  type Fault,
  type FaultFigures,
  type Scene,
} from './injection.ts'

export interface DiskFaultPlan {
  readonly seed: string
  /** Meals and top-ups of the shift whose system calls fail. */
  readonly deeds: number
  /** Random stretches of failing writes, of each error. */
  readonly stretches: number
  readonly workers: number
  readonly report: (line: string) => void
}

export interface SeriesFigures {
  readonly series: string
  readonly runs: number
  readonly gaveUp: number
  readonly unknown: number
  readonly unknownButThere: number
  readonly thereAfterAll: number
  readonly notThere: number
  readonly refused: Readonly<Record<string, number>>
  readonly failures: readonly FaultFigures[]
}

export interface DiskFaultFigures {
  readonly seed: string
  readonly series: readonly SeriesFigures[]
  readonly seconds: number
}

interface Series {
  readonly name: string
  readonly scene: Scene
  readonly faults: readonly Fault[]
}

const faultsAt = (count: number, faultAt: (call: number) => Fault): Fault[] =>
  Array.from({ length: count }, (_, index) => faultAt(index + 1))

function stretch(calls: number, random: Random, error: Fault['error']): Fault {
  const first = random.integer(1, calls)
  const last = random.chance(0.2) ? '+' : `..${first + random.integer(0, 40)}`
  return { call: 'pwrite64', error, when: `${first}${last}` }
}

async function seriesOf(plan: DiskFaultPlan, work: string): Promise<Series[]> {
  const random = seededRandom(plan.seed)
  const making = makingABook(work, `${plan.seed}/making`)
  const shift = await shiftOnAMadeBook(work, `${plan.seed}/shift`, plan.deeds)
  const syncs = await callsIn(shift, 'fsync')
  const writes = await callsIn(shift, 'pwrite64')
  const eio = { call: 'fsync', error: 'EIO' } as const
  const stretches = (error: Fault['error']): Fault[] =>
    faultsAt(plan.stretches, (number) => stretch(writes, random.fork(`${error}-${number}`), error))
  return [
    {
      name: 'fsync fails once while a book is made',
      scene: making,
      faults: faultsAt(await callsIn(making, 'fsync'), (call) => ({ ...eio, when: String(call) })),
    },
    {
      name: 'fsync fails once',
      scene: shift,
      faults: faultsAt(syncs, (call) => ({ ...eio, when: String(call) })),
    },
    {
      name: 'fsync fails twice',
      scene: shift,
      faults: faultsAt(syncs, (call) => ({ ...eio, when: `${call}..${call + 1}` })),
    },
    {
      name: 'fsync fails and the station dies of it',
      scene: shift,
      faults: faultsAt(syncs, (call) => ({ ...eio, when: String(call), kills: true })),
    },
    {
      name: 'fsync fails from then on',
      scene: shift,
      faults: faultsAt(Math.ceil(syncs / 4), (number) => ({ ...eio, when: `${number * 4 - 3}+` })),
    },
    { name: 'disk full for a while', scene: shift, faults: stretches('ENOSPC') },
    { name: 'writes fail for a while', scene: shift, faults: stretches('EIO') },
    { name: 'disk turns read-only for a while', scene: shift, faults: stretches('EROFS') },
  ]
}

/** Runs a shift with a fault at every sync and in stretches of writes; each book is examined afterwards. */
export async function diskFaultCampaign(plan: DiskFaultPlan): Promise<DiskFaultFigures> {
  const startedMs = performance.now()
  const work = mkdtempSync(memoryFolder('faults-'))
  try {
    const figures: SeriesFigures[] = []
    for (const { name, scene, faults } of await seriesOf(plan, work)) {
      const done = summed(name, await shared(faults, plan.workers, (fault) => withFault(scene, fault)))
      figures.push(done)
      plan.report(
        `  ${name}: ${done.runs} runs, ${done.unknown} unknown, refused ${JSON.stringify(done.refused)}, ` +
          `${done.failures.length} failing`,
      )
    }
    return { seed: plan.seed, series: figures, seconds: (performance.now() - startedMs) / 1000 }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Does all items, `workers` at a time; results in the order of the items. */
async function shared<Item, Result>(
  items: readonly Item[],
  workers: number,
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const rest = [...items.entries()]
  const work = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift())
      results[next[0]] = await act(next[1])
  }
  await Promise.all(Array.from({ length: workers }, work))
  return results
}

function summed(series: string, runs: readonly FaultFigures[]): SeriesFigures {
  const total = (of: (run: FaultFigures) => number): number => runs.reduce((sum, run) => sum + of(run), 0)
  const refused: Record<string, number> = {}
  for (const run of runs)
    for (const [reason, count] of Object.entries(run.refused))
      refused[reason] = (refused[reason] ?? 0) + count
  return {
    series,
    runs: runs.length,
    gaveUp: runs.filter(({ finished }) => !finished).length,
    unknown: total((run) => run.unknown),
    unknownButThere: total((run) => run.unknownButThere),
    thereAfterAll: total((run) => run.finding.thereAfterAll),
    notThere: total((run) => run.finding.notThere),
    refused,
    failures: runs.filter(({ finding }) => isFaulty(finding)),
  }
}

/** Why this campaign is not passed; empty when it is. */
export function diskFaultFaults({ series }: DiskFaultFigures): string[] {
  const faults = series.flatMap((each) =>
    each.failures.map(
      ({ fault, finding }) => `${each.series}, ${fault.call} ${fault.when}: ${faultText(finding)}`,
    ),
  )
  const total = (of: (each: SeriesFigures) => number): number =>
    series.reduce((sum, each) => sum + of(each), 0)
  const unknown = total((each) => each.unknown)
  if (unknown === 0) faults.push('no outcome was unknown')
  if (total((each) => each.unknownButThere) === 0) faults.push('no unknown sale was in the book after all')
  if (total((each) => each.unknownButThere) === unknown) faults.push('every unknown sale was in the book')
  if (total((each) => each.refused['disk-full'] ?? 0) === 0) faults.push('no sale was refused by a full disk')
  return faults
}
