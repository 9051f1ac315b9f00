import type { MoneySums, SoldAndVoided } from '../../../shared/contract/reports.ts'

/** A row of `day_periods` or `reversed_periods`, whole or summed. */
export interface SumsRow {
  readonly meals: number
  readonly price_fen: number
  readonly discount_fen: number
  readonly subsidy_fen: number
  readonly wallet_fen: number
  readonly cash_fen: number
}

export const NO_SUMS: MoneySums = {
  meals: 0,
  priceFen: 0,
  discountFen: 0,
  subsidyFen: 0,
  walletFen: 0,
  cashFen: 0,
}

export const sumsOf = (row: SumsRow): MoneySums => ({
  meals: row.meals,
  priceFen: row.price_fen,
  discountFen: row.discount_fen,
  subsidyFen: row.subsidy_fen,
  walletFen: row.wallet_fen,
  cashFen: row.cash_fen,
})

/** `sign` −1 takes away. */
const combined = (one: MoneySums, other: MoneySums, sign: 1 | -1): MoneySums => ({
  meals: one.meals + sign * other.meals,
  priceFen: one.priceFen + sign * other.priceFen,
  discountFen: one.discountFen + sign * other.discountFen,
  subsidyFen: one.subsidyFen + sign * other.subsidyFen,
  walletFen: one.walletFen + sign * other.walletFen,
  cashFen: one.cashFen + sign * other.cashFen,
})

export const totalOf = (sums: readonly MoneySums[]): MoneySums =>
  sums.reduce((total, each) => combined(total, each, 1), NO_SUMS)

export const soldAndVoided = (sold: MoneySums, voided: MoneySums): SoldAndVoided => ({
  sold,
  voided,
  net: combined(sold, voided, -1),
})
