import type { Said, WeightSaid } from './said.ts'

const GRAMS_OF: Readonly<Record<string, number>> = { t: 6, kg: 3, g: 0, mg: -3 }

/**
 * A frame under the names of `canteen decode`: grams where the unit is metric, otherwise the value in its own unit.
 *
 * @param configured the unit of digits that come without one
 */
export function told(said: Said, configured: 'kg' | 'g'): Readonly<Record<string, unknown>> {
  if (said.kind === 'weight') return toldWeight(said, configured)
  if (said.kind === 'idcard') return { kind: said.kind, ...said.card, ...said.details }
  const { details, ...rest } = said
  return { ...rest, ...details }
}

function toldWeight(said: WeightSaid, configured: 'kg' | 'g'): Readonly<Record<string, unknown>> {
  const { digits, decimals, unit, stable, net, details } = said
  const places = GRAMS_OF[unit ?? configured]
  return {
    kind: 'weight',
    ...(places === undefined
      ? { value: decimal(digits, decimals) }
      : { grams: decimal(digits, decimals - places) }),
    unit: unit ?? configured,
    decimals,
    ...(stable === undefined ? {} : { stable }),
    ...(net === undefined ? {} : { net }),
    ...(digits < 0 ? { negative: true } : {}),
    ...details,
  }
}

/** Digits with their point moved, as text read once: no product of two fractions. */
const decimal = (digits: number, decimals: number): number => Number(`${digits}e${-decimals}`)
