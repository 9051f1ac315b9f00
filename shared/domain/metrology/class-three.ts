import type { ScaleProfile } from '../scale.ts'
import { milligrams, type Milligrams } from '../units.ts'

/** What OIML R 76 and the Chinese verification rules ask of a scale of class III, by which food is sold. */

/** Min is at least this many divisions. */
const MIN_DIVISIONS = 20
/** A scale of class III has between this many divisions up to Max … */
const FEWEST_DIVISIONS = 100
/** … and this many. */
const MOST_DIVISIONS = 10_000

/** Up to this many divisions the smallest error is permissible, up to the next the middle one, above it the largest. */
const SMALL_LOAD_DIVISIONS = 500
const MIDDLE_LOAD_DIVISIONS = 2_000

/** What is wrong with a profile, and the weight that would be right where there is one. */
export type ProfileProblem =
  | { readonly kind: 'division-not-1-2-5' }
  | { readonly kind: 'min-below-20-divisions'; readonly atLeastMg: Milligrams }
  | { readonly kind: 'min-not-in-divisions' }
  | { readonly kind: 'max-not-in-divisions' }
  | { readonly kind: 'max-not-above-min' }
  | { readonly kind: 'divisions-out-of-class'; readonly divisions: number }

/** What keeps a profile from being one of class III; nothing for a good one (SPEC MT-1). Total. */
export function profileProblems({
  maxMg,
  minMg,
  divisionMg,
}: Pick<ScaleProfile, 'maxMg' | 'minMg' | 'divisionMg'>): readonly ProfileProblem[] {
  if (!isOneTwoFive(divisionMg)) return [{ kind: 'division-not-1-2-5' }]
  const problems: ProfileProblem[] = []
  if (minMg < MIN_DIVISIONS * divisionMg)
    problems.push({ kind: 'min-below-20-divisions', atLeastMg: milligrams(MIN_DIVISIONS * divisionMg) })
  else if (minMg % divisionMg !== 0) problems.push({ kind: 'min-not-in-divisions' })
  if (maxMg <= minMg) return [...problems, { kind: 'max-not-above-min' }]
  if (maxMg % divisionMg !== 0) return [...problems, { kind: 'max-not-in-divisions' }]
  const divisions = maxMg / divisionMg
  if (divisions < FEWEST_DIVISIONS || divisions > MOST_DIVISIONS)
    problems.push({ kind: 'divisions-out-of-class', divisions })
  return problems
}

/** A division is 1, 2 or 5 times a power of ten. */
function isOneTwoFive(divisionMg: Milligrams): boolean {
  if (divisionMg < 1) return false
  let leading: number = divisionMg
  while (leading % 10 === 0) leading /= 10
  return leading === 1 || leading === 2 || leading === 5
}

/**
 * How far a scale in service may be off at `loadMg`, in milligrams: one, two or three divisions, twice what is allowed when
 * it is verified (SPEC MT-5).
 */
export function permissibleErrorMg(loadMg: Milligrams, divisionMg: Milligrams): Milligrams {
  const load = Math.abs(loadMg)
  if (load <= SMALL_LOAD_DIVISIONS * divisionMg) return divisionMg
  return milligrams((load <= MIDDLE_LOAD_DIVISIONS * divisionMg ? 2 : 3) * divisionMg)
}
