/** After this time a load lies still. */
export const SETTLED_AFTER_MS = 800

const DAMPING_MS = 140
const SWING_PERIOD_MS = 230
const TREMBLE_DIVISIONS = 0.3

/**
 * What a scale feels `elapsedMs` after its load changed: a damped swing around the new load, in milligrams, not yet
 * rounded to the scale's division.
 */
export function swungMg(fromMg: number, toMg: number, elapsedMs: number): number {
  if (elapsedMs >= SETTLED_AFTER_MS) return toMg
  const swing = Math.exp(-elapsedMs / DAMPING_MS) * Math.cos((2 * Math.PI * elapsedMs) / SWING_PERIOD_MS)
  return toMg + (fromMg - toMg) * swing
}

/** A real load cell trembles by a fraction of a division; `chance` is in [0, 1). */
export const trembleMg = (divisionMg: number, chance: number): number =>
  (2 * chance - 1) * TREMBLE_DIVISIONS * divisionMg

/** The scale shows whole divisions, and no negative zero. */
export const shownMg = (feltMg: number, divisionMg: number): number =>
  Math.round(feltMg / divisionMg) * divisionMg + 0
