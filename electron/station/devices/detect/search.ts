import type { PortFinding, SearchProgress } from '../../../../shared/contract/found-device.ts'
import { words } from '../line-session.ts'
import { hexOf } from '../protocols/bytes.ts'
import { ID_READER_LANGUAGES, LANGUAGES, type Language } from './languages.ts'
import { askingPlan, listeningPlan } from './line-plan.ts'
import { ask, listen, type Heard, type Patience, type SearchDeps } from './listening.ts'
import { better, outcomeOf, rivals, type Ranked } from './ranking.ts'

export interface SearchOptions {
  /** Whether the port may be written to, each language's own request in turn. */
  readonly ask: boolean
  readonly languages?: readonly Language[]
  readonly tell?: (progress: SearchProgress) => void
  /** Ends the search early with what was found by then. */
  readonly signal?: AbortSignal
}

/** First a quick look at every setting, then, unless it is asked, a longer one at the likeliest: some scales speak twice a second. */
const QUICK: Patience = { silentMs: 500, longestMs: 1500 }
const PATIENT: Patience = { silentMs: 1600, longestMs: 3000 }
const PATIENT_SETTINGS = 4
const MOST_TAIL_BYTES = 256

/** What was found so far on one port. */
class Search {
  best: readonly Ranked[] = []
  heard: PortFinding['heard'] = null

  /** Keeps what is better than before. */
  take({ line, bytes, heardBytes, found }: Heard): void {
    const [now] = found
    const [before] = this.best
    const improves =
      now !== undefined && (before === undefined || better(now.candidate, before.candidate) > 0)
    if (improves) this.best = rivals(found)
    // What was heard first, at the likeliest setting, is worth more to support than a weak guess at another one.
    if (heardBytes > 0 && (this.heard === null || (improves && this.decided)))
      this.heard = {
        line,
        bytes: heardBytes,
        tailHex: hexOf(bytes, Math.max(0, bytes.length - MOST_TAIL_BYTES)),
      }
  }

  get decided(): boolean {
    const grade = this.best[0]?.candidate.grade
    return grade === 'certain' || grade === 'likely'
  }
}

/**
 * Finds out what is plugged into a port: listens with each usual setting of the line, and only when told to asks in each
 * language that waits to be asked. A port that cannot be used is a finding, never an error.
 */
export async function searchPort(
  deps: SearchDeps,
  path: string,
  options: SearchOptions,
): Promise<PortFinding> {
  const startedMs = deps.timers.monotonicMs()
  const search = new Search()
  const finding = (
    part: Pick<PortFinding, 'outcome' | 'candidates' | 'decision'>,
    reason: string | null,
  ) => ({
    path,
    ...part,
    reason,
    heard: search.heard,
    tookMs: Math.round(deps.timers.monotonicMs() - startedMs),
  })
  try {
    for (const step of stepsOf(deps, path, options)) {
      if (options.signal?.aborted === true) break
      options.tell?.(step.progress)
      search.take(await step.run())
      if (search.decided) break
      // Whoever talks by itself is not written to.
      if (step.progress.step === 'listening' && step.last && search.heard !== null) break
    }
    return finding(outcomeOf(search.best, search.heard), null)
  } catch (error) {
    return finding({ outcome: 'unavailable', candidates: [], decision: null }, words(error))
  }
}

interface Step {
  readonly progress: SearchProgress
  /** The last one that only listens. */
  readonly last: boolean
  run(): Promise<Heard>
}

function stepsOf(deps: SearchDeps, path: string, options: SearchOptions): readonly Step[] {
  const languages = options.languages ?? LANGUAGES
  const lines = listeningPlan(languages)
  const listening = [
    ...lines.map((line) => ({ line, patience: QUICK })),
    ...(options.ask ? [] : lines.slice(0, PATIENT_SETTINGS)).map((line) => ({ line, patience: PATIENT })),
  ]
  const questions = options.ask ? askingPlan(options.languages ?? [...LANGUAGES, ...ID_READER_LANGUAGES]) : []
  const of = listening.length + questions.length
  return [
    ...listening.map(({ line, patience }, index): Step => ({
      progress: { path, step: 'listening', line, title: null, done: index, of },
      last: index === listening.length - 1,
      run: () => listen(deps, path, line, languages, patience),
    })),
    ...questions.map((question, index): Step => ({
      progress: {
        path,
        step: 'asking',
        line: question.line,
        title: question.languages[0]?.spoken.title ?? null,
        done: listening.length + index,
        of,
      },
      last: false,
      run: () => ask(deps, path, question),
    })),
  ]
}
