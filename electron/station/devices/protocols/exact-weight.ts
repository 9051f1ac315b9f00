import type { ScaleConfig } from '../../deps.ts'

/** A unit of the metric system: a weight in it is converted by moving the point. */
export type MetricUnit = ScaleConfig['unit'] | 't' | 'mg'

/** Decimal places of a milligram in each unit. */
const PLACES: Record<MetricUnit, number> = { t: 9, kg: 6, g: 3, mg: 0 }
const POWERS_OF_TEN = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent)

/**
 * `digits / 10^decimals` of a unit as integer milligrams, in integer arithmetic alone.
 *
 * @returns null when the result is no whole number of milligrams or leaves the safe integers: never a rounded weight.
 */
export function exactMilligrams(digits: number, decimals: number, unit: MetricUnit): number | null {
  const shift = PLACES[unit] - decimals
  const power = POWERS_OF_TEN[Math.abs(shift)]
  if (power === undefined || !Number.isSafeInteger(digits)) return null
  if (digits === 0) return 0
  if (shift < 0) return digits % power === 0 ? digits / power : null
  const weightMg = digits * power
  return Number.isSafeInteger(weightMg) ? weightMg : null
}

/**
 * Reads `-0.360` as the digits −360 with three decimals.
 *
 * @returns null for anything but an optional sign, digits and at most one point between digits.
 */
export function decimalNumber(text: string): { readonly digits: number; readonly decimals: number } | null {
  const match = /^([+-]?)(\d{1,15})(?:\.(\d{1,15}))?$/.exec(text)
  if (match === null) return null
  const fraction = match[3] ?? ''
  const digits = Number(`${match[2] ?? ''}${fraction}`)
  if (!Number.isSafeInteger(digits)) return null
  return { digits: match[1] === '-' && digits !== 0 ? -digits : digits, decimals: fraction.length }
}

/** `digits / 10^decimals` as the nearest number, for people to read: no weight that anything is sold by. */
export const decimalValue = (digits: number, decimals: number): number =>
  decimals < 0 ? digits * 10 ** -decimals : digits / 10 ** decimals

/** A frame's unit, in any case, if it is one that is converted exactly; null for lb, oz, 斤 and whatever else. */
export function knownUnit(unit: string): MetricUnit | null {
  const known = unit.toLowerCase()
  return known === 'kg' || known === 'g' || known === 't' || known === 'mg' ? known : null
}
