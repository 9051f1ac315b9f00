import { join } from 'node:path'
import { seededRandom, type Random } from '../../fixtures/random.ts'
import { brokenFinding, examine, isFaulty, type Finding } from '../examine.ts'
import { Story } from '../story.ts'
import type { Flushing } from '../till.ts'
import { atCuts } from './at-cuts.ts'
import { chooseCuts, placesIn, type CutPlace } from './cuts.ts'
import { RecordedDisk } from './disk.ts'
import { recordedLunch } from './lunch-run.ts'
import { cutRecoveries, layOut, type AfterCut, type OwnRecorder } from './recoveries.ts'

export interface LunchPlan {
  readonly seed: string
  readonly flushing: Flushing
  /** Meals and top-ups that the seller goes through. */
  readonly deeds: number
  /** States to rebuild and examine. */
  readonly states: number
  /** Every n-th state has its recovery cut five times before it is examined; 0 never. */
  readonly cutRecoveryEvery: number
  /** Only this state, to replay a failure. */
  readonly only?: number
}

export interface StateFailure {
  readonly state: number
  readonly place: CutPlace
  readonly finding: Finding
}

export interface LunchFigures {
  readonly plan: LunchPlan
  readonly states: number
  /** Acknowledged sales and top-ups that were looked for, over all states. */
  readonly acknowledged: number
  readonly places: Readonly<Partial<Record<CutPlace, number>>>
  readonly recoveriesCut: number
  readonly statesWithLoss: number
  readonly lost: number
  /** Sales in flight at the cut that were in the book after all, and such that were not. */
  readonly thereAfterAll: number
  readonly notThere: number
  /** Acknowledged things lost, or a book that is not as it must be. */
  readonly failures: readonly StateFailure[]
}

/** Records one lunch, rebuilds states in which a power cut could have left it, opens and examines each. */
export function examineLunch(plan: LunchPlan, folder: string, recorder: OwnRecorder): LunchFigures {
  const { seed, flushing, deeds } = plan
  const random = seededRandom(seed)
  const seller = { folder: join(folder, 'selling'), seed, firstDay: 0, deeds, setUp: true, flushing }
  const records = recordedLunch(seller, join(folder, 'selling.log'))
  const places = placesIn(records)
  const cuts = chooseCuts(records, plan.states, random.fork('cuts'))
  const tally = new Tally(plan)
  const disk = new RecordedDisk()
  atCuts({ records, disk, story: new Story() }, cuts, (state, index, story) => {
    if (plan.only !== undefined && plan.only !== state) return
    const chance = random.fork(`state-${state}`)
    const cut: AfterCut = { image: disk.afterCut(chance), story }
    const again = plan.cutRecoveryEvery > 0 && state % plan.cutRecoveryEvery === 0
    const result = examineState(cut, again ? recorder : null, folder, chance)
    tally.add(state, places[index] ?? 'opening', again, result)
  })
  return tally.figures()
}

interface StateResult {
  readonly finding: Finding
  readonly acknowledged: number
}

/** @param recorder when given, the recovery of this state is cut again and again before it is examined. */
function examineState(
  cut: AfterCut,
  recorder: OwnRecorder | null,
  folder: string,
  random: Random,
): StateResult {
  let { image, story } = cut
  if (recorder !== null) {
    try {
      ;({ image, story } = cutRecoveries(cut, recorder, random.fork('recoveries')))
    } catch (error) {
      return { finding: brokenFinding(`a recovery fails: ${String(error)}`), acknowledged: 0 }
    }
  }
  const place = join(folder, 'state')
  layOut(image, place)
  const finding = examine({ folder: place, story, random: random.fork('examination') })
  return { finding, acknowledged: story.sales.size + story.topUps.size }
}

class Tally {
  readonly #plan: LunchPlan
  readonly #places: Partial<Record<CutPlace, number>> = {}
  readonly #failures: StateFailure[] = []
  #states = 0
  #acknowledged = 0
  #recoveriesCut = 0
  #lost = 0
  #thereAfterAll = 0
  #notThere = 0

  constructor(plan: LunchPlan) {
    this.#plan = plan
  }

  add(state: number, place: CutPlace, recoveryCut: boolean, { finding, acknowledged }: StateResult): void {
    this.#states += 1
    this.#acknowledged += acknowledged
    this.#places[place] = (this.#places[place] ?? 0) + 1
    if (recoveryCut) this.#recoveriesCut += 1
    this.#lost += finding.lost.length
    this.#thereAfterAll += finding.thereAfterAll
    this.#notThere += finding.notThere
    if (isFaulty(finding)) this.#failures.push({ state, place, finding })
  }

  figures(): LunchFigures {
    return {
      plan: this.#plan,
      states: this.#states,
      acknowledged: this.#acknowledged,
      places: this.#places,
      recoveriesCut: this.#recoveriesCut,
      statesWithLoss: this.#failures.filter(({ finding }) => finding.lost.length > 0).length,
      lost: this.#lost,
      thereAfterAll: this.#thereAfterAll,
      notThere: this.#notThere,
      failures: this.#failures,
    }
  }
}
