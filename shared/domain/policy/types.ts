import type { WorkingCalendar } from '../calendar.ts'
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
  | {
      readonly area:
        /** The member's household or residence, or the canteen, lies in this area: a path or one code of it. */
        | { readonly of: 'household' | 'residence' | 'canteen'; readonly within: string }
        /** The member's household or residence lies in the canteen's area at this level. */
        | {
            readonly of: 'household' | 'residence'
            readonly sameAsCanteen: 'province' | 'city' | 'district' | 'town'
          }
    }
  | { readonly mealPeriod: readonly MealPeriod[] }
  | { readonly channel: readonly Channel[] }
  | { readonly workingDay: boolean }
  /** Days of the week, Monday 1 … Sunday 7. */
  | { readonly weekday: readonly number[] }
  /** Business dates, first and last inclusive, YYYY-MM-DD. */
  | { readonly date: { readonly from?: string; readonly to?: string } }
  /** The clock of the canteen: from this minute on, until before that one, HH:MM. Nobody who names no time meets it. */
  | { readonly time: { readonly from?: string; readonly until?: string } }
  /**
   * Which meal of the day this is for the member, here or elsewhere: 1 is the first. Subsidised meals are counted, or with
   * `all` every meal that she ate.
   */
  | { readonly mealOfDay: { readonly from?: number; readonly to?: number; readonly counting?: 'all' } }
  | {
      readonly spend: {
        readonly atLeastFen?: Fen
        readonly moreThanFen?: Fen
        /** For price-capped meals: the spend may not be above this. */
        readonly atMostFen?: Fen
        /** `food` leaves the delivery fee out; `all` counts it. */
        readonly of: 'food' | 'all'
        /** The spend on the list unless said otherwise; `discounts` takes those off that the steps so far gave. */
        readonly after?: 'discounts'
      }
    }
  | { readonly dishTag: string }
  /** A dish with this tag is in the basket whose own price for one portion lies between these, both inclusive. */
  | { readonly dish: { readonly tag: string; readonly atLeastFen?: Fen; readonly atMostFen?: Fen } }
  | { readonly guest: boolean }
  /** Whether the steps so far gave any subsidy: what a provider's payment per subsidised meal hangs on. */
  | { readonly subsidised: boolean }

/** Which part of the bill an operation works on. */
export type Part = 'food' | 'delivery' | 'all'

export type Channel = 'counter' | 'take-away' | 'delivery'

/** How much a benefit is worth before limits. A percentage is taken of what is left to pay when its step is reached. */
export type Amount =
  | { readonly fixedFen: Fen }
  | { readonly percent: BasisPoints; readonly capFen?: Fen }
  /** ×0.8: what stays with the senior is rounded, the rest is paid for her. */
  | { readonly multiplier: BasisPoints; readonly capFen?: Fen }
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

/**
 * Money a public or charitable body owes the canteen for this meal. Fixed shares and percentages (of the whole benefit)
 * are taken in the listed order as far as the benefit reaches; exactly one funder bears the remainder (SPEC PO-8).
 */
export interface FunderShare {
  readonly funderId: string
  readonly name: Words
  readonly share:
    { readonly fixedFen: Fen } | { readonly percent: BasisPoints } | { readonly remainder: true }
  /** Where the share holds, e.g. only in the member's own town; elsewhere it is lost and the senior pays it. */
  readonly when?: Condition
}

export interface Benefit {
  readonly id: string
  readonly title: Words
  readonly when: Condition
  readonly amount: Amount
  /** What the benefit may pay for: the food unless said otherwise. */
  readonly of?: Part
  /** Counts only what the dishes with this tag cost, as far as it is still to be paid. */
  readonly onlyDishTag?: string
  /** What the senior pays in any case, as far as there is that much to pay. */
  readonly leastSelfPayFen?: Fen
  readonly limits: readonly Limit[]
  readonly funders: readonly FunderShare[]
}

/** A price change that no funder pays, such as ×0.9 by the canteen; `after` the subsidy or `before` it. */
export type Discount = DiscountAmount & {
  readonly id: string
  readonly title: Words
  readonly when: Condition
  /** What becomes cheaper: the food unless said otherwise. */
  readonly of?: Part
  /** Counts only what the dishes with this tag cost, as far as it is still to be paid. */
  readonly onlyDishTag?: string
}

/** `multiplier`: what stays to be paid, at most the whole: 9 000 is 九折, of which `capFen` is the most that comes off. */
export type DiscountAmount =
  { readonly multiplier: BasisPoints; readonly capFen?: Fen } | { readonly fixedFen: Fen }

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
      /**
       * `stack`: all that apply in order; `best`: the one worth most to the senior; `first`: the first that applies.
       * The choice is made before limits, so a benefit that is used up never hands over to the next one.
       */
      readonly combine: 'stack' | 'best' | 'first'
      /** `next`: benefits that their own limits leave nothing of are passed over in the choice of `best` and `first`. */
      readonly usedUp?: 'next'
      readonly benefits: readonly Benefit[]
      /** Limits on all benefits of this step together. */
      readonly limits?: readonly Limit[]
    }
  | { readonly kind: 'provider'; readonly payment: ProviderPayment }

/** Money that a fund gives each month to whom it applies, for meals here; what is not spent in time is the fund's again. */
export interface MonthlyGrant {
  readonly id: string
  readonly title: Words
  /** Asked on the day it is given; what a meal would have to be cannot be asked. */
  readonly when: Condition
  readonly monthlyFen: Fen
  /** Months in which it pays, the one it is given in included: 2 is good until the end of the next month. */
  readonly months: number
  readonly funderId: string
  readonly funderName: Words
}

export interface PolicyPack {
  readonly id: string
  readonly version: number
  readonly title: Words
  readonly source: string
  /** `verified`: read in the city's own publication; `news`: confirm before a real claim; `demo`: nobody's rule. */
  readonly standing: 'verified' | 'news' | 'demo'
  /** Where it is the rule, a path from the province on; a smaller area's pack overrides (see `packForArea`). */
  readonly area?: string
  /** First and last business date, inclusive, YYYY-MM-DD. */
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  readonly rounding: RoundingRule
  /** Where the source leaves something open: which reading this pack takes, and where in it. */
  readonly readings?: readonly PolicyReading[]
  readonly steps: readonly PolicyStep[]
  readonly grants?: readonly MonthlyGrant[]
  /** Years whose notice the program does not know, or that this place keeps otherwise; they come before the program's. */
  readonly calendar?: WorkingCalendar
  /** By when the canteen, which has advanced the money, claims it from each funder. */
  readonly claims?: readonly ClaimRule[]
}

/** How one funder pays back what the canteen advanced to seniors. */
export interface ClaimRule {
  readonly funderId: string
  readonly period: 'month' | 'quarter' | 'half-year' | 'year'
  /** Days after the last day of the period in which the claim is handed in. */
  readonly dueDays: number
  /** What the funder pays in advance for each period; the claim is the rest, or what is owed back. */
  readonly advanceFen?: Fen
}

/** One question the source leaves open and the answer this pack takes: a visible setting, not an accident. */
export interface PolicyReading {
  readonly id: string
  readonly question: Words
  readonly taken: Words
  /** Path in the pack that another reading would change: 'steps.0.benefits.1.amount'. */
  readonly at: string
}

/** One earlier use of a benefit by this member, as the book knows it. */
export interface BenefitUse {
  readonly benefitId: string
  readonly businessDate: string
  readonly mealPeriod: MealPeriod
  readonly amountFen: Fen
  readonly here: boolean
  /** Uses of one meal share it, so a stack of benefits counts as one meal; absent, each use of a benefit is a meal. */
  readonly saleId?: string
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
  /** What each dish costs; absent: the whole food is one dish with all the tags. */
  readonly dishes?: readonly MealDish[]
  /** Minutes since midnight on the canteen's clock; absent where nobody said when. */
  readonly minuteOfDay?: number
  /** Meals that the member ate earlier on this date, subsidised or not; absent: only the subsidised ones are known. */
  readonly earlierMeals?: number
  readonly member: MemberFacts | null
  /** Uses in this month; the engine picks what each limit counts. */
  readonly uses: readonly BenefitUse[]
}

/** One dish of a basket: the price of one portion and of all of them. */
export interface MealDish {
  readonly tags: readonly string[]
  readonly priceFen: Fen
  readonly amountFen: Fen
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
  readonly providerPayments: readonly {
    readonly paymentId: string
    readonly funderId: string
    readonly amountFen: Fen
  }[]
  readonly steps: readonly QuoteStep[]
}
