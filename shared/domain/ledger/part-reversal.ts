import {
  grantsFen,
  ownWalletFen,
  reversalOf,
  type GrantPart,
  type Reversal,
  type SaleDraft,
} from '../sale.ts'
import { fen, milligrams, type Fen } from '../units.ts'

/** So many of a counted line, or a weighed line whole, which is 1. */
export interface LinePart {
  /** Its place in the sale, from 0. */
  readonly lineNo: number
  readonly quantity: number
}

/**
 * What a part of a sale gives back. Funders and provider payments stand in the order of the sale, each of them, also with
 * nothing; `dishes` in the order of `lines`.
 */
export interface PartReversal extends Reversal {
  readonly lines: readonly LinePart[]
  /** How much of each benefit no longer counts against its limits, in the order of the sale. */
  readonly benefits: readonly { readonly benefitId: string; readonly amountFen: Fen }[]
}

/** What of a sale has not been taken back. `quantities` and `dishes` are by line. */
interface Left {
  readonly amounts: Reversal
  readonly quantities: readonly number[]
}

export type PartOutcome =
  | { readonly kind: 'part'; readonly part: PartReversal }
  /** Everything that is left was chosen: that is a void of the rest. */
  | { readonly kind: 'rest' }
  /** More than is left, or no line of the sale. */
  | { readonly kind: 'not-left' }

/** What is left of a sale after its earlier parts; its whole when there were none. Lines that are used up are left out. */
export function restOf(sale: SaleDraft, earlier: readonly PartReversal[]): Reversal {
  const { amounts } = leftOf(sale, earlier)
  return { ...amounts, dishes: amounts.dishes.filter(({ quantity }) => quantity > 0) }
}

/** How many of each line are left, by line. */
export const quantitiesLeft = (sale: SaleDraft, earlier: readonly PartReversal[]): readonly number[] =>
  leftOf(sale, earlier).quantities

/**
 * A part of a sale taken back (SPEC LG-32): its price is given back to everybody who paid, in proportion to what each has
 * left in the sale, by largest remainder, the senior first. Of equal shares the whole is always left exactly, so whatever is
 * taken back in whatever order, together it is the sale to the fen, and nobody gets more than was paid.
 */
export function partOf(
  sale: SaleDraft,
  earlier: readonly PartReversal[],
  lines: readonly LinePart[],
): PartOutcome {
  const { amounts: left, quantities } = leftOf(sale, earlier)
  const chosen = new Set(lines.map(({ lineNo }) => lineNo))
  const fits = lines.every(
    ({ lineNo, quantity }) =>
      Number.isSafeInteger(quantity) && quantity >= 1 && quantity <= (quantities[lineNo] ?? 0),
  )
  if (lines.length === 0 || chosen.size !== lines.length || !fits) return { kind: 'not-left' }
  const dishes = lines.map(({ lineNo, quantity }) => dishOf(sale, left, lineNo, quantity))
  const priceFen = sumOf(dishes)
  if (priceFen === left.priceFen) return { kind: 'rest' }
  const { cashFen, discountFen, funders, grants = [] } = left
  const amounts = (parts: readonly { readonly amountFen: number }[]) =>
    parts.map(({ amountFen }) => amountFen)
  const shares = apportion(priceFen, [
    ownWalletFen(left),
    ...amounts(grants),
    cashFen,
    ...amounts(funders),
    discountFen,
  ])
  const shareAt = (place: number): Fen => shares[place] ?? fen(0)
  const cashAt = 1 + grants.length
  const grantsBack = grants.map((grant, index) => ({ ...grant, amountFen: shareAt(1 + index) }))
  const fundersBack = funders.map(({ funderId }, index) => ({
    funderId,
    amountFen: shareAt(cashAt + 1 + index),
  }))
  const { soldOn, mealPeriod, memberId } = left
  const part: PartReversal = {
    soldOn,
    mealPeriod,
    memberId,
    priceFen: fen(priceFen),
    discountFen: shareAt(cashAt + 1 + funders.length),
    subsidyFen: fen(sumOf(fundersBack)),
    walletFen: fen(shareAt(0) + grantsFen({ grants: grantsBack })),
    cashFen: shareAt(cashAt),
    ...givenBack(grantsBack),
    funders: fundersBack,
    // What a funder pays the provider is no part of the price: rounded down, the void of the rest takes what remains.
    providerPayments: left.providerPayments.map(({ funderId, amountFen }) => ({
      funderId,
      amountFen: fen(Math.floor((amountFen * priceFen) / left.priceFen)),
    })),
    dishes,
    lines,
    benefits: benefitsBack(sale, fundersBack),
  }
  return { kind: 'part', part }
}

/**
 * Splits an amount by weights that add up to at least as much, to whole fen: each the floor of its exact share, and the fen
 * that are left over to the largest remainders, of equal ones to the earlier. No share is larger than its weight.
 */
export function apportion(amountFen: number, weightsFen: readonly number[]): readonly Fen[] {
  const totalFen = weightsFen.reduce((sum, weight) => sum + weight, 0)
  if (totalFen === 0) return weightsFen.map(() => fen(0))
  const floors = weightsFen.map((weight) => Math.floor((amountFen * weight) / totalFen))
  let overFen = amountFen - floors.reduce((sum, floor) => sum + floor, 0)
  const byRemainder = weightsFen
    .map((weight, index) => ({ index, remainder: (amountFen * weight) % totalFen }))
    .toSorted((one, other) => other.remainder - one.remainder || one.index - other.index)
  for (const { index } of byRemainder) {
    if (overFen === 0) break
    floors[index] = (floors[index] ?? 0) + 1
    overFen -= 1
  }
  return floors.map((share) => fen(share))
}

const sumOf = (amounts: readonly { readonly amountFen: number }[]): number =>
  amounts.reduce((sum, { amountFen }) => sum + amountFen, 0)

/** A counted line costs its price each; of any line, all that is left costs what is left. */
function dishOf(
  sale: SaleDraft,
  left: Reversal,
  lineNo: number,
  quantity: number,
): Reversal['dishes'][number] {
  const line = sale.lines[lineNo]
  const dish = left.dishes[lineNo]
  if (line === undefined || dish === undefined) throw new RangeError(`there is no line ${lineNo}`)
  if (line.kind === 'weighed' || quantity === dish.quantity) return { ...dish, quantity }
  return { ...dish, quantity, amountFen: fen(line.priceFen * quantity) }
}

function benefitsBack(
  { quote: { benefits } }: SaleDraft,
  fundersBack: readonly { readonly amountFen: number }[],
): PartReversal['benefits'] {
  let from = 0
  return benefits.map(({ benefitId, funders }) => {
    const own = fundersBack.slice(from, from + funders.length)
    from += funders.length
    return { benefitId, amountFen: fen(sumOf(own)) }
  })
}

function leftOf(sale: SaleDraft, earlier: readonly PartReversal[]): Left {
  return earlier.reduce<Left>(
    ({ amounts, quantities }, part) => ({
      amounts: less(amounts, part),
      quantities: quantities.map((quantity, lineNo) => quantity - takenOf(part, lineNo)),
    }),
    { amounts: reversalOf(sale), quantities: reversalOf(sale).dishes.map(({ quantity }) => quantity) },
  )
}

/** Grants that give something back; a grant with nothing is not named. */
function givenBack(grants: readonly GrantPart[]): Pick<Reversal, 'grants'> {
  const some = grants.filter(({ amountFen }) => amountFen > 0)
  return some.length === 0 ? {} : { grants: some }
}

const takenOf = ({ lines }: PartReversal, lineNo: number): number =>
  lines.find((line) => line.lineNo === lineNo)?.quantity ?? 0

function less(from: Reversal, part: PartReversal): Reversal {
  const sums = ['priceFen', 'discountFen', 'subsidyFen', 'walletFen', 'cashFen'] as const
  const amounts = Object.fromEntries(sums.map((sum) => [sum, fen(from[sum] - part[sum])])) as Pick<
    Reversal,
    (typeof sums)[number]
  >
  const lessEach = (list: 'funders' | 'providerPayments'): Reversal['funders'] =>
    from[list].map(({ funderId, amountFen }, index) => ({
      funderId,
      amountFen: fen(amountFen - (part[list][index]?.amountFen ?? 0)),
    }))
  const { grants: grantsBefore = [], ...kept } = from
  const grants = grantsBefore.map((grant) => {
    const back = part.grants?.find(({ grantId }) => grantId === grant.grantId)
    return { ...grant, amountFen: fen(grant.amountFen - (back?.amountFen ?? 0)) }
  })
  return {
    ...kept,
    ...amounts,
    ...givenBack(grants),
    funders: lessEach('funders'),
    providerPayments: lessEach('providerPayments'),
    dishes: from.dishes.map((dish, lineNo) => {
      const taken = part.dishes[part.lines.findIndex((line) => line.lineNo === lineNo)]
      if (taken === undefined) return dish
      const { quantity, netMg, amountFen } = taken
      return {
        ...dish,
        quantity: dish.quantity - quantity,
        netMg: milligrams(dish.netMg - netMg),
        amountFen: fen(dish.amountFen - amountFen),
      }
    }),
  }
}
