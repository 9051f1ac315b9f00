import { fen } from '../units.ts'
import type { BenefitUse, MealFacts, Quote } from './types.ts'

/** One sale as far as later meals of the same member ask about it. */
interface PastMeal {
  readonly saleId: string
  /** The station that sold it: limits that hold `here` count what one station gave. */
  readonly stationId: string
  readonly businessDate: string
  readonly uses: readonly Omit<BenefitUse, 'here'>[]
}

/** A sale of which each member's earlier meals are remembered. */
export interface NotedSale {
  readonly saleId: string
  readonly stationId: string
  readonly facts: Pick<MealFacts, 'businessDate' | 'mealPeriod' | 'member'>
}

/** What members ate and were given so far, while a stretch of the book is gone through in its own order. */
export class PastUses {
  readonly #byMember = new Map<string, readonly PastMeal[]>()

  /** The part of the facts of a new meal that hangs on earlier ones. */
  before({
    stationId,
    facts: { member, businessDate },
  }: NotedSale): Pick<MealFacts, 'uses' | 'earlierMeals'> {
    const meals = member === null ? [] : (this.#byMember.get(member.memberId) ?? [])
    return {
      uses: meals.flatMap((meal) => meal.uses.map((use) => ({ ...use, here: meal.stationId === stationId }))),
      earlierMeals: meals.filter((meal) => meal.businessDate === businessDate).length,
    }
  }

  note({ saleId, stationId, facts }: NotedSale, { benefits }: Pick<Quote, 'benefits'>): void {
    const { member, businessDate, mealPeriod } = facts
    if (member === null) return
    const uses = benefits.map(({ benefitId, amountFen }) => {
      return { benefitId, amountFen, businessDate, mealPeriod, saleId }
    })
    const meal: PastMeal = { saleId, stationId, businessDate, uses }
    this.#byMember.set(member.memberId, [...(this.#byMember.get(member.memberId) ?? []), meal])
  }

  /** A void gives the limits back from its own moment on, as in the book (SPEC LG-24). */
  takeBack(saleId: string, memberId: string | null): void {
    if (memberId === null) return
    const meals = this.#byMember.get(memberId) ?? []
    this.#byMember.set(
      memberId,
      meals.filter((meal) => meal.saleId !== saleId),
    )
  }

  /** An amount comes back with its part, a count and the meal with the whole (SPEC LG-32). */
  takePartBack(saleId: string, memberId: string | null, back: PartBack['benefits']): void {
    if (memberId === null) return
    const meals = this.#byMember.get(memberId) ?? []
    this.#byMember.set(
      memberId,
      meals.map((meal) => (meal.saleId === saleId ? { ...meal, uses: lessened(meal.uses, back) } : meal)),
    )
  }
}

interface PartBack {
  readonly benefits: readonly { readonly benefitId: string; readonly amountFen: number }[]
}

const lessened = (uses: PastMeal['uses'], back: PartBack['benefits']): PastMeal['uses'] =>
  uses.map((use) => {
    const backFen = back.find(({ benefitId }) => benefitId === use.benefitId)?.amountFen ?? 0
    return { ...use, amountFen: fen(use.amountFen - backFen) }
  })
