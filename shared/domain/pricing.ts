import type { WeightPrice, Words } from './menu.ts'
import { roundedFen, type RoundingRule } from './rounding.ts'
import type { MealDish } from './policy/types.ts'
import type { CountedLine, SaleLine, WeighedLine } from './sale.ts'
import type { ScaleProfile } from './scale.ts'
import { fen, milligrams, sumFen, UnitError, type Fen, type Milligrams } from './units.ts'

const MG_IN: Record<WeightPrice['per'], number> = {
  '50g': 50_000,
  '100g': 100_000,
  '500g': 500_000,
  kg: 1_000_000,
}

const SMALLEST_QUANTITY = 1
const LARGEST_QUANTITY = 99

/**
 * What `netMg` costs at `price`, rounded once by `rounding` (SPEC PR-2, PR-3). Signed: the price of −net is exactly
 * the opposite of the price of net, so a reversal leaves nothing behind.
 *
 * @throws UnitError when weight × price leaves the safe integers.
 */
export function priceByWeight(netMg: Milligrams, price: WeightPrice, rounding: RoundingRule): Fen {
  return roundedFen(netMg * price.fen, MG_IN[price.per], rounding)
}

/** Why a weight is no line (SPEC PR-4). Not an error: the plate is empty, too light or too heavy to sell. */
export type WeighingRefusal =
  | { readonly kind: 'nothing-on-plate'; readonly netMg: Milligrams }
  | { readonly kind: 'below-minimum'; readonly netMg: Milligrams; readonly minMg: Milligrams }
  | { readonly kind: 'above-maximum'; readonly grossMg: Milligrams; readonly maxMg: Milligrams }

export type WeighedLineOutcome =
  | { readonly kind: 'line'; readonly line: WeighedLine }
  | { readonly kind: 'refused'; readonly refusal: WeighingRefusal }

/** One stable weight with everything that prices it and proves it. */
export interface Weighing {
  readonly dish: { readonly id: string; readonly name: Words; readonly tags: readonly string[] }
  readonly price: WeightPrice
  readonly priceVersion: number
  readonly grossMg: Milligrams
  readonly plate: { readonly id: string; readonly tareMg: Milligrams }
  readonly scale: ScaleProfile
  /** The bytes the scale sent for this weight. */
  readonly rawHex: string
  readonly rounding: RoundingRule
}

/** May this load be sold? `null` says yes. The net weight is held against Min, the whole load against Max (SPEC PR-4). */
export function weighingRefusal(
  grossMg: Milligrams,
  tareMg: Milligrams,
  scale: Pick<ScaleProfile, 'minMg' | 'maxMg'>,
): WeighingRefusal | null {
  const netMg = milligrams(grossMg - tareMg)
  if (grossMg > scale.maxMg) return { kind: 'above-maximum', grossMg, maxMg: scale.maxMg }
  if (netMg <= 0) return { kind: 'nothing-on-plate', netMg }
  if (netMg < scale.minMg) return { kind: 'below-minimum', netMg, minMg: scale.minMg }
  return null
}

/**
 * The line for one weighing: net = gross − tare, net × price, rounded once (SPEC PR-2 … PR-4).
 *
 * @throws UnitError when the plate's tare is negative: no plate weighs less than nothing.
 */
export function weighedLine(weighing: Weighing): WeighedLineOutcome {
  const { dish, plate, scale, grossMg } = weighing
  if (plate.tareMg < 0) throw new UnitError(`tare must not be negative, got ${plate.tareMg}`)
  const refusal = weighingRefusal(grossMg, plate.tareMg, scale)
  if (refusal !== null) return { kind: 'refused', refusal }
  const netMg = milligrams(grossMg - plate.tareMg)
  const line: WeighedLine = {
    kind: 'weighed',
    dishId: dish.id,
    name: dish.name,
    tags: dish.tags,
    grossMg,
    tareMg: plate.tareMg,
    netMg,
    divisionMg: scale.divisionMg,
    price: weighing.price,
    priceVersion: weighing.priceVersion,
    amountFen: priceByWeight(netMg, weighing.price, weighing.rounding),
    evidence: {
      rawHex: weighing.rawHex,
      scaleId: scale.scaleId,
      verifiedUntil: scale.verifiedUntil,
      plateId: plate.id,
    },
  }
  return { kind: 'line', line }
}

export type CountedLineOutcome =
  | { readonly kind: 'line'; readonly line: CountedLine }
  | { readonly kind: 'refused'; readonly refusal: { readonly kind: 'quantity'; readonly quantity: number } }

/** What a portion or set-meal key adds to the basket. */
export interface Counting {
  readonly kind: CountedLine['kind']
  readonly dish: { readonly id: string; readonly name: Words; readonly tags: readonly string[] }
  readonly priceFen: Fen
  readonly priceVersion: number
  readonly quantity: number
}

/**
 * `quantity × price` for a portion or a set meal; a quantity outside 1 … 99 is refused (SPEC PR-6).
 *
 * @throws UnitError when the price is negative.
 */
export function countedLine(counting: Counting): CountedLineOutcome {
  const { dish, quantity, priceFen } = counting
  if (priceFen < 0) throw new UnitError(`a price must not be negative, got ${priceFen}`)
  if (!Number.isInteger(quantity) || quantity < SMALLEST_QUANTITY || quantity > LARGEST_QUANTITY)
    return { kind: 'refused', refusal: { kind: 'quantity', quantity } }
  const line: CountedLine = {
    kind: counting.kind,
    dishId: dish.id,
    name: dish.name,
    tags: dish.tags,
    quantity,
    priceFen,
    priceVersion: counting.priceVersion,
    amountFen: fen(priceFen * quantity),
  }
  return { kind: 'line', line }
}

/** What the basket costs: each line was rounded already, so the sum is exact (SPEC PR-3). */
export function basketTotal(lines: readonly Pick<SaleLine, 'amountFen'>[]): Fen {
  return sumFen(lines.map((line) => line.amountFen))
}

/** Each line as a policy sees it: its tags, the price of one portion, and what it costs. */
export function basketDishes(lines: readonly SaleLine[]): readonly MealDish[] {
  return lines.map((line) => ({
    tags: line.tags,
    priceFen: line.kind === 'weighed' ? line.amountFen : line.priceFen,
    amountFen: line.amountFen,
  }))
}

/** Every tag on any dish of the basket, each once, in order of appearance: what a policy may ask about. */
export function basketTags(lines: readonly Pick<SaleLine, 'tags'>[]): readonly string[] {
  return [...new Set(lines.flatMap((line) => line.tags))]
}
