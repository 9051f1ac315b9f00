import type { Candidate, Decision, Grade, PortFinding } from '../../../../shared/contract/found-device.ts'
import type { LineSettings } from '../../deps.ts'
import { gradeOf, scoreOf } from './evidence.ts'
import type { Language } from './languages.ts'

/** A candidate with what it made of the bytes. */
export interface Ranked {
  readonly candidate: Candidate
  readonly values: readonly string[]
}

const GRADES: Readonly<Record<Grade, number>> = { certain: 2, likely: 1, weak: 0 }
/** A rival that explains this much less of the same bytes, in percent, is none. */
const CLEARLY_LESS_PERCENT = 15

/** Every language that makes something of these bytes, the best first. */
export function ranked(
  bytes: Uint8Array,
  line: LineSettings,
  languages: readonly Language[],
  asked: boolean,
): Ranked[] {
  return languages
    .flatMap((language): Ranked[] => {
      const { evidence, values } = scoreOf(bytes, language)
      const grade = gradeOf(evidence, asked)
      if (grade === null) return []
      const { kind, protocol, alsoCalled, spoken } = language
      const { title, confidence } = spoken
      return [
        {
          values,
          candidate: { kind, protocol, alsoCalled, title, confidence, line, asked, grade, evidence },
        },
      ]
    })
    .toSorted((a, b) => better(b.candidate, a.candidate))
}

/** Positive when `a` fits better than `b`. */
export function better(a: Candidate, b: Candidate): number {
  return (
    GRADES[a.grade] - GRADES[b.grade] ||
    Number(a.evidence.checked) - Number(b.evidence.checked) ||
    b.evidence.contradictions.length - a.evidence.contradictions.length ||
    a.evidence.explainedPercent - b.evidence.explainedPercent ||
    a.evidence.values - b.evidence.values ||
    Number(b.confidence === 'capture-needed') - Number(a.confidence === 'capture-needed')
  )
}

/** The candidates that a person has to choose from: the best one, and each that fits nearly as well. */
export function rivals(all: readonly Ranked[]): readonly Ranked[] {
  const [best] = all
  if (best === undefined) return []
  return all.filter(({ candidate }) => isRival(best.candidate, candidate))
}

/** A frame without a checksum that a checked one explains as well is chance, or the same frame read carelessly. */
function isRival(best: Candidate, other: Candidate): boolean {
  if (best.grade !== other.grade || best.evidence.checked !== other.evidence.checked) return false
  return best.evidence.explainedPercent - other.evidence.explainedPercent < CLEARLY_LESS_PERCENT
}

/** What to do to tell rivals apart; null when there is nothing to decide. */
export function decisionOf(all: readonly Ranked[]): Decision | null {
  const [best, ...others] = all
  if (best === undefined || others.length === 0) return null
  const alike = others.every(({ values }) => values.join('\n') === best.values.join('\n'))
  if (best.candidate.kind !== 'scale') return alike ? 'by-the-plate' : 'other-card'
  const nonZero = all.some(({ candidate }) => isNonZero(candidate.evidence.last))
  if (alike) return nonZero ? 'by-the-plate' : 'put-something'
  return nonZero ? 'weigh-known' : 'put-something'
}

const isNonZero = (last: Candidate['evidence']['last']): boolean =>
  last !== null && last['grams'] !== 0 && last['value'] !== 0

/** What the search on a port comes to. */
export function outcomeOf(
  found: readonly Ranked[],
  heard: PortFinding['heard'],
): Pick<PortFinding, 'outcome' | 'candidates' | 'decision'> {
  const candidates = found.map(({ candidate }) => candidate)
  const [best] = candidates
  if (best === undefined)
    return { outcome: heard === null ? 'silent' : 'unknown', candidates, decision: null }
  if (best.grade === 'weak') return { outcome: 'unknown', candidates, decision: null }
  if (candidates.length > 1) return { outcome: 'several', candidates, decision: decisionOf(found) }
  return { outcome: 'found', candidates, decision: null }
}
