import { fen, UnitError, type BasisPoints, type Fen } from './units.ts'

/** How an exact amount becomes payable (SPEC PR-3). Data, not code: a canteen chooses it once. */
export interface RoundingRule {
  readonly to: 'fen' | 'jiao'
  readonly mode: 'half-up' | 'down' | 'up'
}

export const ROUND_HALF_UP_TO_FEN: RoundingRule = { to: 'fen', mode: 'half-up' }

const FEN_IN: Record<RoundingRule['to'], number> = { fen: 1, jiao: 10 }

/**
 * The one rounding of the product: `numerator / denominator` fen, rounded by `rule`. Ties and directions are taken
 * on the magnitude, so an exact reversal of a line rounds to the exact opposite.
 *
 * @throws UnitError when the operands are not safe integers or the denominator is not positive.
 */
export function roundedFen(numerator: number, denominator: number, rule: RoundingRule): Fen {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator <= 0)
    throw new UnitError(`cannot round ${numerator} / ${denominator}`)
  const step = denominator * FEN_IN[rule.to]
  const magnitude = Math.abs(numerator)
  const remainder = magnitude % step
  const whole = (magnitude - remainder) / step
  const up = rule.mode === 'up' ? remainder > 0 : rule.mode === 'half-up' && remainder * 2 >= step
  return fen(Math.sign(numerator) * (whole + (up ? 1 : 0)) * FEN_IN[rule.to])
}

/** `amount × rate`, rounded by `rule`. */
export const shareOf = (amount: Fen, rate: BasisPoints, rule: RoundingRule): Fen =>
  roundedFen(amount * rate, 10_000, rule)
