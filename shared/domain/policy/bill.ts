import type { Words } from '../menu.ts'
import { fen, sumFen, ZERO_FEN, type Fen } from '../units.ts'
import { dishesOf, memberAge, type Situation } from './conditions.ts'
import type { AppliedBenefit, MealFacts, Part, ProviderPayment, Quote, QuoteStep } from './types.ts'

export class BillError extends Error {
  override readonly name = 'BillError'
}

/** What the dishes with this tag cost on the list. */
function taggedFen(facts: MealFacts, tag: string): number {
  return dishesOf(facts).reduce((sum, { tags, amountFen }) => sum + (tags.includes(tag) ? amountFen : 0), 0)
}

/** One meal's bill while the pack's steps work on it: what is left to pay for, and how that came about. */
export class Bill implements Situation {
  readonly facts: MealFacts
  readonly age: number | null
  foodDiscountFen: Fen = ZERO_FEN
  deliveryDiscountFen: Fen = ZERO_FEN
  subsidyFen: Fen = ZERO_FEN
  private foodLeftFen: Fen
  private deliveryLeftFen: Fen
  private readonly benefits: AppliedBenefit[] = []
  private readonly providerPayments: Quote['providerPayments'][number][] = []
  private readonly steps: QuoteStep[] = []

  /** @throws BillError on a negative amount: nothing is sold below nothing. */
  constructor(facts: MealFacts) {
    if (facts.foodFen < 0 || facts.deliveryFen < 0)
      throw new BillError(`amounts must not be negative, got ${facts.foodFen} and ${facts.deliveryFen}`)
    this.facts = facts
    this.age = memberAge(facts)
    this.foodLeftFen = facts.foodFen
    this.deliveryLeftFen = facts.deliveryFen
  }

  /** What is still to be paid for this part. */
  leftFen(part: Part): Fen {
    if (part === 'food') return this.foodLeftFen
    if (part === 'delivery') return this.deliveryLeftFen
    return fen(this.foodLeftFen + this.deliveryLeftFen)
  }

  /** Of what is left for this part, what an operation may work on: all of it, or what the dishes with a tag cost. */
  baseFen({ of = 'food', onlyDishTag }: { readonly of?: Part; readonly onlyDishTag?: string }): Fen {
    const leftFen = this.leftFen(of)
    return onlyDishTag === undefined ? leftFen : fen(Math.min(leftFen, taggedFen(this.facts, onlyDishTag)))
  }

  /** Takes a discount off; `foodFen` says how much of it is for the food. */
  discount(foodFen: Fen, deliveryFen: Fen): void {
    this.foodLeftFen = fen(this.foodLeftFen - foodFen)
    this.deliveryLeftFen = fen(this.deliveryLeftFen - deliveryFen)
    this.foodDiscountFen = fen(this.foodDiscountFen + foodFen)
    this.deliveryDiscountFen = fen(this.deliveryDiscountFen + deliveryFen)
  }

  /** A benefit pays its amount towards this part, the food first. */
  subsidise(part: Part, benefit: AppliedBenefit): void {
    const foodFen = part === 'delivery' ? 0 : Math.min(benefit.amountFen, this.foodLeftFen)
    this.foodLeftFen = fen(this.foodLeftFen - foodFen)
    this.deliveryLeftFen = fen(this.deliveryLeftFen - (benefit.amountFen - foodFen))
    this.subsidyFen = fen(this.subsidyFen + benefit.amountFen)
    this.benefits.push(benefit)
  }

  payProvider({ id, funderId, amountFen }: ProviderPayment): void {
    this.providerPayments.push({ paymentId: id, funderId, amountFen })
  }

  /** Writes down what just happened, after it happened. */
  note(kind: QuoteStep['kind'], ruleId: string, words: Words, changeFen: Fen = ZERO_FEN): void {
    this.steps.push({ kind, ruleId, words, changeFen, afterFen: this.leftFen('all') })
  }

  /** @throws BillError when the sums do not meet (SPEC PO-1): then an operation is broken. */
  quote(packId: string, packVersion: number): Quote {
    const priceFen = fen(this.facts.foodFen + this.facts.deliveryFen)
    const discountFen = fen(this.foodDiscountFen + this.deliveryDiscountFen)
    const selfPayFen = this.leftFen('all')
    const fundersFen = sumFen(
      this.benefits.flatMap(({ funders }) => funders.map(({ amountFen }) => amountFen)),
    )
    if (priceFen !== discountFen + fundersFen + selfPayFen || fundersFen !== this.subsidyFen)
      throw new BillError(`${priceFen} ≠ ${discountFen} + ${fundersFen} + ${selfPayFen}`)
    if (this.foodLeftFen < 0 || this.deliveryLeftFen < 0) throw new BillError('more was given than was spent')
    return {
      packId,
      packVersion,
      priceFen,
      discountFen,
      subsidyFen: this.subsidyFen,
      selfPayFen,
      benefits: this.benefits,
      providerPayments: this.providerPayments,
      steps: this.steps,
    }
  }
}
