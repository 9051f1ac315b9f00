import type { MealPeriod, WeightPrice, Words } from './menu.ts'
import type { Quote } from './policy/types.ts'
import { fen, sumFen, ZERO_MG, type Fen, type Milligrams } from './units.ts'

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
    /** Only of a bay: what its pan lost to this tray, in the order it happened (SPEC BY-3). */
    readonly takes?: readonly BayTake[]
  }
}

/** A weight at rest, with the bytes that said it. */
export interface StableWeight {
  readonly grossMg: Milligrams
  readonly rawHex: string
}

/** The pan before and after: their difference was taken, or put back when it is negative. */
export interface BayTake {
  readonly before: StableWeight
  readonly after: StableWeight
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
  /** Her own prepaid money and her grants together. */
  readonly walletFen: Fen
  readonly cashFen: Fen
  /** How much of the wallet's part each grant pays, in the order of use; absent when none does (SPEC LG-33). */
  readonly grants?: readonly GrantPart[]
}

/** What one grant pays of a meal. */
export interface GrantPart {
  readonly grantId: string
  readonly funderId: string
  readonly amountFen: Fen
}

/** What grants pay together. */
export const grantsFen = ({ grants = [] }: Pick<Tender, 'grants'>): Fen =>
  sumFen(grants.map(({ amountFen }) => amountFen))

/** What her own prepaid money pays. */
export const ownWalletFen = (tender: Pick<Tender, 'walletFen' | 'grants'>): Fen =>
  fen(tender.walletFen - grantsFen(tender))

/** Who agreed that so large a meal is paid from the wallet (SPEC CK-20). */
export type SaleConfirmation =
  /** The member herself, by her PIN. */
  { readonly by: 'pin' } | { readonly by: 'staff'; readonly staffId: string }

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
  /** Absent where none was asked for. */
  readonly confirmation?: SaleConfirmation
  /** Minutes since midnight when it was quoted; only where the pack asks for the time of a meal. */
  readonly minuteOfDay?: number
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
  | 'insufficient-balance'
  | 'card-not-valid'
  /** A grant was spent or ran out between the quote and the settlement. */
  | 'grant-changed'
  | 'subsidy-used'
  /** The card would pay more than it may on this date. */
  | 'daily-limit'
  /** So large a meal takes her PIN or staff's word. */
  | 'not-confirmed'
  /** The day was closed between the quote and the settlement: the sale is quoted anew for the next one. */
  | 'day-closed'
  | 'disk-full'
  | 'read-only'
  | 'book-unavailable'

export const VOID_REASONS = ['wrong-dish', 'wrong-weight', 'wrong-member', 'not-taken', 'other'] as const
export type VoidReason = (typeof VOID_REASONS)[number]

/**
 * What a void takes back, copied from the sale, so that any replica can fold the void whichever of the two it hears of
 * first. All amounts are positive; the fold subtracts them.
 */
export interface Reversal {
  /** The business date of the sale, not of the void. */
  readonly soldOn: string
  readonly mealPeriod: MealPeriod
  readonly memberId: string | null
  readonly priceFen: Fen
  readonly discountFen: Fen
  readonly subsidyFen: Fen
  readonly walletFen: Fen
  readonly cashFen: Fen
  readonly grants?: readonly GrantPart[]
  readonly funders: readonly { readonly funderId: string; readonly amountFen: Fen }[]
  readonly providerPayments: readonly { readonly funderId: string; readonly amountFen: Fen }[]
  readonly dishes: readonly {
    readonly dishId: string
    readonly quantity: number
    readonly netMg: Milligrams
    readonly amountFen: Fen
  }[]
}

/** The exact opposite of a sale (SPEC LG-24). */
export function reversalOf({
  businessDate,
  mealPeriod,
  memberId,
  quote,
  tender,
  lines,
}: SaleDraft): Reversal {
  return {
    soldOn: businessDate,
    mealPeriod,
    memberId,
    priceFen: quote.priceFen,
    discountFen: quote.discountFen,
    subsidyFen: quote.subsidyFen,
    ...tender,
    funders: quote.benefits.flatMap(({ funders }) =>
      funders.map(({ funderId, amountFen }) => ({ funderId, amountFen })),
    ),
    providerPayments: quote.providerPayments.map(({ funderId, amountFen }) => ({ funderId, amountFen })),
    dishes: lines.map((line) => ({
      dishId: line.dishId,
      quantity: line.kind === 'weighed' ? 1 : line.quantity,
      netMg: line.kind === 'weighed' ? line.netMg : ZERO_MG,
      amountFen: line.amountFen,
    })),
  }
}
