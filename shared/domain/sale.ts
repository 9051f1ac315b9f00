import type { MealPeriod, WeightPrice, Words } from './menu.ts'
import type { Quote } from './policy/types.ts'
import type { Fen, Milligrams } from './units.ts'

export interface WeighedLine {
  readonly kind: 'weighed'
  readonly dishId: string
  readonly name: Words
  readonly tags: readonly string[]
  readonly grossMg: Milligrams
  readonly tareMg: Milligrams
  readonly netMg: Milligrams
  readonly divisionMg: Milligrams
  readonly price: WeightPrice
  readonly priceVersion: number
  readonly amountFen: Fen
  /** The bytes the scale sent for this weight, and which scale under which verification. */
  readonly evidence: {
    readonly rawHex: string
    readonly scaleId: string
    readonly verifiedUntil: string
    readonly plateId: string
  }
}

export interface CountedLine {
  readonly kind: 'portion' | 'set-meal'
  readonly dishId: string
  readonly name: Words
  readonly tags: readonly string[]
  readonly quantity: number
  readonly priceFen: Fen
  readonly priceVersion: number
  readonly amountFen: Fen
}

export type SaleLine = WeighedLine | CountedLine

/** Who pays what, to the fen: wallet + cash = the quote's self-pay (SPEC LG-4). */
export interface Tender {
  readonly walletFen: Fen
  readonly cashFen: Fen
}

/**
 * A sale ready to be settled. `saleId` is made when the plate lands and is the idempotency key on the whole way to the
 * server (SPEC LG-1).
 */
export interface SaleDraft {
  readonly saleId: string
  readonly memberId: string | null
  readonly cardUid: string | null
  /** YYYY-MM-DD in the canteen's zone, fixed when the quote was made (SPEC CK-14). */
  readonly businessDate: string
  readonly mealPeriod: MealPeriod
  readonly lines: readonly SaleLine[]
  readonly quote: Quote
  readonly tender: Tender
  /** Age in whole years on the business date; null for a guest. */
  readonly memberAge: number | null
}

export type SettleOutcome =
  | {
      readonly kind: 'settled'
      readonly saleId: string
      readonly balanceAfterFen: Fen | null
      readonly entryHash: string
    }
  /** The same id and the same body were already in the book: nothing was charged again. */
  | {
      readonly kind: 'exists'
      readonly saleId: string
      readonly balanceAfterFen: Fen | null
      readonly entryHash: string
    }
  | { readonly kind: 'refused'; readonly reason: SettleRefusal }
  /** COMMIT failed in a way that leaves both answers possible: ask again by `saleId` after reopening (SPEC LG-7). */
  | { readonly kind: 'unknown'; readonly saleId: string }

export type SettleRefusal =
  'insufficient-balance' | 'card-not-valid' | 'subsidy-used' | 'disk-full' | 'read-only' | 'book-unavailable'
