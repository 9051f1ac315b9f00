import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { memoryFolder } from '../memory-folder.ts'
import { startProgram } from '../program.ts'
import { faultText } from '../examine.ts'
import { CUT_PLACES, type CutPlace } from './cuts.ts'
import type { LunchFigures, LunchPlan, StateFailure } from './lunch-states.ts'
import { recordingEnvironment } from './recording.ts'
import { stateKey } from './replay.ts'

export interface PowerCutPlan {
  readonly seed: string
  /** Lunches with the product's flushing, and states to examine of each. */
  readonly lunches: number
  readonly statesPerLunch: number
  /** The same with `synchronous=NORMAL`, which must lose. */
  readonly controlLunches: number
  readonly controlStatesPerLunch: number
  readonly deedsPerLunch: number
  readonly cutRecoveryEvery: number
  readonly workers: number
  readonly report: (line: string) => void
}

export interface ArmFigures {
  readonly states: number
  readonly acknowledged: number
  readonly places: Readonly<Partial<Record<CutPlace, number>>>
  readonly recoveriesCut: number
  readonly statesWithLoss: number
  readonly lost: number
  readonly thereAfterAll: number
  readonly notThere: number
  /** With the key that rebuilds the state, see `replay.ts`. */
  readonly failures: readonly (StateFailure & { readonly key: string })[]
}

export interface PowerCutFigures {
  readonly seed: string
  readonly full: ArmFigures
  readonly control: ArmFigures
  readonly seconds: number
}

const worker = fileURLToPath(new URL('worker.ts', import.meta.url))

/**
 * Examines the lunches in processes of their own, `workers` at a time, sharing them out one by one.
 *
 * @throws Error when a worker fails: an unexamined lunch is not a passed one.
 */
export async function examineLunches(
  lunches: readonly LunchPlan[],
  workers: number,
  onFigures: (figures: LunchFigures) => void,
): Promise<void> {
  const folder = mkdtempSync(memoryFolder('power-cut-'))
  try {
    const shares = Array.from({ length: Math.min(workers, lunches.length) }, (_, share) =>
      lunches.filter((_lunch, index) => index % workers === share),
    )
    await Promise.all(
      shares.map((share, number) => runWorker(join(folder, String(number)), share, onFigures)),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runWorker(
  folder: string,
  share: readonly LunchPlan[],
  onFigures: (figures: LunchFigures) => void,
): Promise<void> {
  const recovering = join(folder, 'recovering')
  const log = join(folder, 'recovering.log')
  mkdirSync(recovering, { recursive: true })
  const args = [folder, recovering, log, JSON.stringify(share)]
  const program = startProgram({ file: worker, args, env: recordingEnvironment(recovering, log) }, false)
  let examined = 0
  for await (const line of createInterface({ input: program.output })) {
    onFigures(JSON.parse(line) as LunchFigures)
    examined += 1
  }
  const ending = await program.ended
  if (ending !== 0 || examined !== share.length)
    throw new Error(
      `a power-cut worker ended with ${ending} after ${examined} of ${share.length} lunches: ${program.complaint()}`,
    )
}

const sum = (figures: readonly LunchFigures[], of: (each: LunchFigures) => number): number =>
  figures.reduce((total, each) => total + of(each), 0)

function armOf(figures: readonly LunchFigures[]): ArmFigures {
  const places: Partial<Record<CutPlace, number>> = {}
  for (const each of figures)
    for (const [place, count] of Object.entries(each.places) as [CutPlace, number][])
      places[place] = (places[place] ?? 0) + count
  return {
    states: sum(figures, (each) => each.states),
    acknowledged: sum(figures, (each) => each.acknowledged),
    places,
    recoveriesCut: sum(figures, (each) => each.recoveriesCut),
    statesWithLoss: sum(figures, (each) => each.statesWithLoss),
    lost: sum(figures, (each) => each.lost),
    thereAfterAll: sum(figures, (each) => each.thereAfterAll),
    notThere: sum(figures, (each) => each.notThere),
    failures: figures.flatMap((each) =>
      each.failures.map((failure) => ({ ...failure, key: stateKey(each.plan, failure.state) })),
    ),
  }
}

const lunchPlans = (plan: PowerCutPlan): LunchPlan[] => {
  const lunch = (flushing: LunchPlan['flushing'], number: number): LunchPlan => ({
    seed: `${plan.seed}/${number}`,
    flushing,
    deeds: plan.deedsPerLunch,
    states: flushing === 'FULL' ? plan.statesPerLunch : plan.controlStatesPerLunch,
    cutRecoveryEvery: flushing === 'FULL' ? plan.cutRecoveryEvery : 0,
  })
  return [
    ...Array.from({ length: plan.lunches }, (_, number) => lunch('FULL', number)),
    ...Array.from({ length: plan.controlLunches }, (_, number) => lunch('NORMAL', number)),
  ]
}

/** The power-cut campaign: the product's arm, which may lose nothing, beside its control, which must lose. */
export async function powerCutCampaign(plan: PowerCutPlan): Promise<PowerCutFigures> {
  const startedMs = performance.now()
  const done: LunchFigures[] = []
  await examineLunches(lunchPlans(plan), plan.workers, (figures) => {
    done.push(figures)
    plan.report(
      `  lunch ${figures.plan.seed} ${figures.plan.flushing}: ${figures.states} states, ${figures.acknowledged} acknowledged, ` +
        `${figures.lost} lost in ${figures.statesWithLoss}, ${figures.failures.length} failing`,
    )
  })
  return {
    seed: plan.seed,
    full: armOf(done.filter((each) => each.plan.flushing === 'FULL')),
    control: armOf(done.filter((each) => each.plan.flushing === 'NORMAL')),
    seconds: (performance.now() - startedMs) / 1000,
  }
}

/** Why this campaign is not passed; empty when it is. A campaign that could not have failed is not passed either. */
export function powerCutFaults({ full, control }: PowerCutFigures): string[] {
  const faults = full.failures.map(
    ({ key, place, finding }) => `state ${key} (${place}): ${faultText(finding)}`,
  )
  for (const place of CUT_PLACES) if (full.places[place] === undefined) faults.push(`no cut fell on ${place}`)
  if (full.thereAfterAll === 0) faults.push('no sale in flight was there after all')
  if (full.notThere === 0) faults.push('every sale in flight was there')
  if (full.recoveriesCut === 0) faults.push('no recovery was cut')
  if (control.lost === 0) faults.push('the control with synchronous=NORMAL lost nothing: this proves nothing')
  return faults
}
