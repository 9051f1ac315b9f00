import { shareOf, type RoundingRule } from '../rounding.ts'
import { fen, type Fen } from '../units.ts'
import { holds, type Situation } from './conditions.ts'
import type { FunderShare } from './types.ts'

/** One funder's part of one benefit of this meal. */
export interface Share {
  readonly funder: FunderShare
  readonly amountFen: Fen
  /** False where the share does not hold, e.g. outside the member's own town: then the senior pays it. */
  readonly given: boolean
}

export class SharesError extends Error {
  override readonly name = 'SharesError'
}

/**
 * Who pays how much of a benefit: fixed shares and percentages in the listed order as far as the benefit reaches, the
 * rest to the bearer of the remainder. Shares of nothing are left out; the others add up to the benefit (SPEC PO-8).
 *
 * @throws SharesError when money is left and nobody bears the remainder: no valid pack does that
 */
export function sharesOf(
  benefitFen: Fen,
  funders: readonly FunderShare[],
  rounding: RoundingRule,
  situation: Situation,
): readonly Share[] {
  const amounts = new Map<FunderShare, number>()
  let leftFen: number = benefitFen
  for (const funder of funders) {
    if ('remainder' in funder.share) continue
    const wanted =
      'fixedFen' in funder.share ? funder.share.fixedFen : shareOf(benefitFen, funder.share.percent, rounding)
    amounts.set(funder, Math.min(wanted, leftFen))
    leftFen -= Math.min(wanted, leftFen)
  }
  const bearer = funders.find(({ share }) => 'remainder' in share)
  if (bearer !== undefined) amounts.set(bearer, leftFen)
  else if (leftFen > 0) throw new SharesError(`nobody bears the remaining ${leftFen} fen`)
  return funders.flatMap((funder) => {
    const amountFen = fen(amounts.get(funder) ?? 0)
    if (amountFen === 0) return []
    return [{ funder, amountFen, given: funder.when === undefined || holds(funder.when, situation) }]
  })
}

/** What the senior gets: the shares that hold here. */
export const givenFen = (shares: readonly Share[]): Fen =>
  fen(shares.reduce((total, share) => total + (share.given ? share.amountFen : 0), 0))
