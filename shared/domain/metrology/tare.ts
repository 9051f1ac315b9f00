import type { ScaleProfile } from '../scale.ts'
import { milligrams, UnitError, type Milligrams } from '../units.ts'

/**
 * What is taken off for a plate on this scale: its weight in whole divisions, because a scale can take off nothing finer.
 * A plate between two divisions counts as the heavier one, so that nobody pays for porcelain (SPEC MT-2).
 *
 * @throws UnitError when the plate's weight is negative: no plate weighs less than nothing.
 */
export function tareOnScale(
  plateMg: Milligrams,
  { divisionMg }: Pick<ScaleProfile, 'divisionMg'>,
): Milligrams {
  if (plateMg < 0) throw new UnitError(`tare must not be negative, got ${plateMg}`)
  return milligrams(Math.ceil(plateMg / divisionMg) * divisionMg)
}
