import type { MemberFacts } from '../member.ts'
import type { MealPeriod, Words } from '../menu.ts'
import type { RoundingRule } from '../rounding.ts'
import type { BasisPoints, Fen } from '../units.ts'

/** A condition on the facts of one meal. Total: every combination of facts answers yes or no. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  /** Whole years on the meal date; `from` and `to` inclusive unless said otherwise. */
  | {
      readonly age: {
        readonly from?: number
        readonly to?: number
        readonly fromExclusive?: boolean
        readonly toExclusive?: boolean
      }
    }
  | { readonly category: string }
  /** The member's household (or residence) lies in this area, or in the canteen's area at the given level. */
  | { readonly area: { readonly of: 'household' | 'residence'; readonly within: string } }
  | {
      readonly area: {
        readonly of: 'household' | 'residence'
        readonly sameAsCanteen: 'province' | 'city' | 'district' | 'town'
      }
    }
  | { readonly mealPeriod: readonly MealPeriod[] }
  | { readonly channel: readonly Channel[] }
  | { readonly workingDay: boolean }
  /** Which subsidised meal of the day this is for the member: 1 is the first. */
  | { readonly mealOfDay: { readonly from?: number; readonly to?: number } }
  | {
      readonly spend: {
        readonly atLeastFen?: Fen
        readonly moreThanFen?: Fen
        /** `food` leaves the delivery fee out; `all` counts it. */
        readonly of: 'food' | 'all'
      }
    }
  | { readonly dishTag: string }
  | { readonly guest: boolean }

export type Channel = 'counter' | 'take-away' | 'delivery'

/** How much a benefit is worth before limits. */
export type Amount =
  | { readonly fixedFen: Fen }
  | { readonly percent: BasisPoints; readonly capFen?: Fen }
  /** Pays down to a fixed self-pay price. */
  | { readonly selfPayFen: Fen }
  | { readonly free: true }

/** At most `count` uses or `amountFen` in the window, for this member under this benefit. */
export interface Limit {
  readonly per: 'meal' | 'meal-period' | 'day' | 'month'
  readonly count?: number
  readonly amountFen?: Fen
  readonly scope: 'here' | 'everywhere'
}

/** Money a public or charitable body owes the canteen for this meal. */
export interface FunderShare {
  readonly funderId: string
  readonly name: Words
  readonly share: { readonly fixedFen: Fen } | { readonly percent: BasisPoints } | { readonly remainder: true }
}

export interface Benefit {
  readonly id: string
  readonly title: Words
  readonly when: Condition
  readonly amount: Amount
  readonly limits: readonly Limit[]
  readonly funders: readonly FunderShare[]
}

/** A price change that no funder pays, such as ×0.9 by the canteen; `after` the subsidy or `before` it. */
export interface Discount {
  readonly id: string
  readonly title: Words
  readonly when: Condition
  readonly multiplier: BasisPoints
}

/** Money to the provider that the senior never sees. */
export interface ProviderPayment {
  readonly id: string
  readonly title: Words
  readonly when: Condition
  readonly amountFen: Fen
  readonly funderId: string
}

/** One operation of the pack, in the pack's own order. */
export type PolicyStep =
  | { readonly kind: 'discount'; readonly discount: Discount }
  | {
      readonly kind: 'benefits'
      /** `stack`: all that apply in order; `best`: the one worth most to the senior; `first`: the first that applies. */
      readonly combine: 'stack' | 'best' | 'first'
      readonly benefits: readonly Benefit[]
    }
  | { readonly kind: 'provider'; readonly payment: ProviderPayment }

export interface PolicyPack {
  readonly id: string
  readonly version: number
  readonly title: Words
  readonly source: string
  /** `verified`: read in the city's own publication; `news`: confirm before a real claim. */
  readonly standing: 'verified' | 'news'
  /** First and last business date, inclusive, YYYY-MM-DD. */
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  readonly rounding: RoundingRule
  readonly steps: readonly PolicyStep[]
}

/** One earlier use of a benefit by this member, as the book knows it. */
export interface BenefitUse {
  readonly benefitId: string
  readonly businessDate: string
  readonly mealPeriod: MealPeriod
  readonly amountFen: Fen
  readonly here: boolean
}

/** Everything a quote may depend on. The same facts give the same quote on every machine (SPEC PO-2). */
export interface MealFacts {
  readonly businessDate: string
  readonly mealPeriod: MealPeriod
  readonly workingDay: boolean
  readonly channel: Channel
  readonly canteenArea: string
  readonly foodFen: Fen
  readonly deliveryFen: Fen
  readonly dishTags: readonly string[]
  readonly member: MemberFacts | null
  /** Uses in this month; the engine picks what each limit counts. */
  readonly uses: readonly BenefitUse[]
}

export interface QuoteStep {
  /** What happened, e.g. 'price', 'benefit', 'discount', 'limit', 'not-eligible'. */
  readonly kind: 'price' | 'discount' | 'benefit' | 'limited' | 'not-applied' | 'self-pay'
  readonly ruleId: string
  readonly words: Words
  /** Signed: what this step added to (or took off) what the senior pays. */
  readonly changeFen: Fen
  /** What the senior would pay after this step. */
  readonly afterFen: Fen
}

export interface AppliedBenefit {
  readonly benefitId: string
  readonly amountFen: Fen
  readonly funders: readonly { readonly funderId: string; readonly amountFen: Fen }[]
}

/**
 * What a meal costs and who pays: `priceFen = discountFen + Σ funders + selfPayFen` to the fen (SPEC PO-1).
 */
export interface Quote {
  readonly packId: string
  readonly packVersion: number
  readonly priceFen: Fen
  readonly discountFen: Fen
  readonly subsidyFen: Fen
  readonly selfPayFen: Fen
  readonly benefits: readonly AppliedBenefit[]
  readonly providerPayments: readonly { readonly paymentId: string; readonly funderId: string; readonly amountFen: Fen }[]
  readonly steps: readonly QuoteStep[]
}
