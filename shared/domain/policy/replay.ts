import { fullPriceQuote, quote } from './engine.ts'
import { ReplaySums, type ReplayTotals } from './replay-sums.ts'
import type { BenefitUse, MealFacts, PolicyPack, Quote } from './types.ts'

/** One sale as the book has it: what it cost then, and all that a pack may ask about it but the earlier uses. */
export interface PastSale {
  readonly saleId: string
  /** The station that sold it: limits that hold `here` count what one station gave. */
  readonly stationId: string
  readonly facts: Omit<MealFacts, 'uses'>
  readonly quote: Pick<Quote, 'priceFen' | 'discountFen' | 'selfPayFen' | 'benefits' | 'providerPayments'>
  /** Taken back, whenever that was: it used limits up until then, and stands in no sum. */
  readonly voided: boolean
}

/** What happened to the limits of a month, in the order in which the book heard of it. */
export type PastEvent =
  | { readonly kind: 'sold'; readonly sale: PastSale }
  | { readonly kind: 'voided'; readonly saleId: string; readonly memberId: string | null }

/**
 * What a month of meals would have cost under another pack, beside what it did cost (SPEC PO-12). Each sale is quoted anew
 * from its own facts and from what the draft itself gave until then, so limits hold across the month. The pack's dates are
 * not asked: a draft begins in the future. Nobody is thought to eat otherwise because it costs otherwise.
 *
 * @throws BillError or DateError on facts that no sale of a book has
 */
export function replayMonth(draft: PolicyPack, events: Iterable<PastEvent>): ReplayTotals {
  const given = new GivenUnderDraft()
  const sums = new ReplaySums()
  for (const event of events) {
    if (event.kind === 'voided') {
      given.takeBack(event.saleId, event.memberId)
      continue
    }
    const { sale } = event
    const after = quotedUnder(draft, sale, given)
    given.note(sale, after)
    if (!sale.voided) sums.add(sale, after)
  }
  return sums.totals()
}

/** As at the counter: a guest pays the full price under any pack (SPEC CK-18). */
function quotedUnder(draft: PolicyPack, { facts, stationId }: PastSale, given: GivenUnderDraft): Quote {
  if (facts.member === null) return fullPriceQuote(facts.foodFen, facts.deliveryFen)
  return quote(draft, { ...facts, uses: given.usesOf(facts.member.memberId, stationId) })
}

interface Given {
  readonly stationId: string
  readonly use: Omit<BenefitUse, 'here'>
}

/** The uses of each member under the draft: what the book would hold if it had been in force. */
class GivenUnderDraft {
  readonly #byMember = new Map<string, readonly Given[]>()

  usesOf(memberId: string, stationId: string): readonly BenefitUse[] {
    const given = this.#byMember.get(memberId) ?? []
    return given.map(({ use, ...by }) => ({ ...use, here: by.stationId === stationId }))
  }

  note({ saleId, stationId, facts }: PastSale, { benefits }: Quote): void {
    const { member, businessDate, mealPeriod } = facts
    if (member === null || benefits.length === 0) return
    const uses = benefits.map(({ benefitId, amountFen }): Given => {
      return { stationId, use: { benefitId, amountFen, businessDate, mealPeriod, saleId } }
    })
    this.#byMember.set(member.memberId, [...(this.#byMember.get(member.memberId) ?? []), ...uses])
  }

  /** A void gives the limits back from its own moment on, as in the book (SPEC LG-24). */
  takeBack(saleId: string, memberId: string | null): void {
    if (memberId === null) return
    const kept = (this.#byMember.get(memberId) ?? []).filter(({ use }) => use.saleId !== saleId)
    this.#byMember.set(memberId, kept)
  }
}
