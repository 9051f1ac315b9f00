/**
 * Units of money and weight. Every amount in the product is a safe integer that says its unit in its type,
 * so a fen cannot be added to a milligram and a price per kilogram cannot stand in for one per 500 g.
 */

declare const unit: unique symbol
type Unit<Name extends string> = number & { readonly [unit]: Name }

/** Money in integer fen (1/100 yuan). Signed: a refund is negative. */
export type Fen = Unit<'fen'>
/** Weight in integer milligrams. Signed: a lifted tare reads negative. */
export type Milligrams = Unit<'mg'>
/** A rate in integer basis points: 10 000 is the whole. */
export type BasisPoints = Unit<'basis point'>

export type FenPer50g = Unit<'fen/50g'>
export type FenPer100g = Unit<'fen/100g'>
export type FenPer500g = Unit<'fen/500g'>
export type FenPerKg = Unit<'fen/kg'>

export class UnitError extends Error {
  override readonly name = 'UnitError'
}

function integer(value: number, what: string): number {
  if (!Number.isSafeInteger(value)) throw new UnitError(`${what} must be a safe integer, got ${value}`)
  return value === 0 ? 0 : value
}

function natural(value: number, what: string): number {
  if (integer(value, what) < 0) throw new UnitError(`${what} must not be negative, got ${value}`)
  return value
}

/** @throws UnitError unless `value` is a safe integer. */
export const fen = (value: number): Fen => integer(value, 'fen') as Fen
/** @throws UnitError unless `value` is a safe integer. */
export const milligrams = (value: number): Milligrams => integer(value, 'milligrams') as Milligrams
/** @throws UnitError unless `value` is a non-negative safe integer. */
export const basisPoints = (value: number): BasisPoints => natural(value, 'basis points') as BasisPoints
export const fenPer50g = (value: number): FenPer50g => natural(value, 'fen per 50 g') as FenPer50g
export const fenPer100g = (value: number): FenPer100g => natural(value, 'fen per 100 g') as FenPer100g
export const fenPer500g = (value: number): FenPer500g => natural(value, 'fen per 500 g') as FenPer500g
export const fenPerKg = (value: number): FenPerKg => natural(value, 'fen per kg') as FenPerKg

export const ZERO_FEN = fen(0)
export const ZERO_MG = milligrams(0)
export const WHOLE_BASIS_POINTS = basisPoints(10_000)

/** Sum of amounts of one unit. @throws UnitError when the sum leaves the safe integers. */
export function sumFen(amounts: Iterable<Fen>): Fen {
  let total = 0
  for (const amount of amounts) total += amount
  return fen(total)
}
