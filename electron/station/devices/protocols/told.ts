import { decimalValue } from './exact-weight.ts'
import type { Said, TareSaid, WeightSaid } from './said.ts'

/** Decimal places of a gram in each metric unit. */
const GRAM_PLACES: Readonly<Record<string, number>> = { t: 6, kg: 3, g: 0, mg: -3 }

/**
 * A frame under the names of `canteen decode`: grams where the unit is metric, otherwise the value in its own unit.
 *
 * @param configured the unit of digits that come without one
 */
export function told(said: Said, configured: 'kg' | 'g'): Readonly<Record<string, unknown>> {
  if (said.kind === 'weight' || said.kind === 'tare') return toldMass(said, configured)
  if (said.kind === 'idcard') return { kind: said.kind, ...said.card, ...said.details }
  const { details, ...rest } = said
  return { ...rest, ...details }
}

function toldMass(said: WeightSaid | TareSaid, configured: 'kg' | 'g'): Readonly<Record<string, unknown>> {
  const { kind, digits, decimals, unit, unitLeftBlank, stable, net, details } = said
  const inUnit = unit ?? configured
  return {
    kind,
    [inGrams(inUnit) ? 'grams' : 'value']: valueIn(inUnit, digits, decimals),
    unit: unitLeftBlank === true ? null : inUnit,
    decimals,
    ...(stable === undefined ? {} : { stable }),
    ...(net === undefined ? {} : { net }),
    ...(digits < 0 ? { negative: true } : {}),
    ...details,
  }
}

/** Whether a weight in this unit is told in grams, or as a value in its own unit. */
export const inGrams = (unit: string): boolean => Object.hasOwn(GRAM_PLACES, unit)

/** Digits as grams where the unit is metric, otherwise as a value in that unit. */
export const valueIn = (unit: string, digits: number, decimals: number): number =>
  decimalValue(digits, decimals - (GRAM_PLACES[unit] ?? 0))
