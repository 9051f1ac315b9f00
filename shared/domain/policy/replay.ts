import { fullPriceQuote, quote } from './engine.ts'
import { PartsUnderDraft } from './parts-under-draft.ts'
import { PastUses } from './past-uses.ts'
import { ReplaySums, type ReplayTotals } from './replay-sums.ts'
import type { MealFacts, PolicyPack, Quote } from './types.ts'

/** One sale as the book has it: what it cost then, and all that a pack may ask about it but the earlier uses. */
export interface PastSale {
  readonly saleId: string
  /** The station that sold it: limits that hold `here` count what one station gave. */
  readonly stationId: string
  readonly facts: Omit<MealFacts, 'uses' | 'earlierMeals'>
  readonly quote: Pick<Quote, 'priceFen' | 'discountFen' | 'selfPayFen' | 'benefits' | 'providerPayments'>
  /** Taken back, whenever that was: it used limits up until then, and stands in no sum. */
  readonly voided: boolean
  /** Parts of it were taken back, whenever that was. */
  readonly parted?: boolean
}

/** What a part that was taken back gave back, as its entry says; funders and payments in the order of the sale. */
export interface PastPart {
  readonly saleId: string
  readonly memberId: string | null
  readonly priceFen: number
  readonly discountFen: number
  readonly selfPayFen: number
  readonly funders: readonly { readonly funderId: string; readonly amountFen: number }[]
  readonly providerPayments: readonly { readonly funderId: string; readonly amountFen: number }[]
  readonly benefits: readonly { readonly benefitId: string; readonly amountFen: number }[]
}

/** What happened to the limits of a month, in the order in which the book heard of it. */
export type PastEvent =
  | { readonly kind: 'sold'; readonly sale: PastSale }
  | { readonly kind: 'voided'; readonly saleId: string; readonly memberId: string | null }
  | { readonly kind: 'part'; readonly part: PastPart }

/**
 * What a month of meals would have cost under another pack, beside what it did cost (SPEC PO-12). Each sale is quoted anew
 * from its own facts and from what the draft itself gave until then, so limits hold across the month. The pack's dates are
 * not asked: a draft begins in the future. Nobody is thought to eat otherwise because it costs otherwise. Of a part that was
 * taken back, what the draft gave for it goes back in the proportion of its price (SPEC LG-32).
 *
 * @throws BillError or DateError on facts that no sale of a book has
 */
export function replayMonth(draft: PolicyPack, events: Iterable<PastEvent>): ReplayTotals {
  const given = new PastUses()
  const parts = new PartsUnderDraft()
  const sums = new ReplaySums()
  for (const event of events) {
    if (event.kind === 'voided') {
      given.takeBack(event.saleId, event.memberId)
      continue
    }
    if (event.kind === 'part') {
      const back = parts.takeBack(event.part)
      if (back === null) continue
      given.takePartBack(event.part.saleId, event.part.memberId, back.after.benefits)
      if (!back.voided) sums.takeBack(back)
      continue
    }
    const { sale } = event
    const after = quotedUnder(draft, sale, given)
    given.note(sale, after)
    if (sale.parted === true) parts.note(sale, after)
    if (!sale.voided) sums.add(sale, after)
  }
  return sums.totals()
}

/** As at the counter: a guest pays the full price under any pack (SPEC CK-18). */
function quotedUnder(draft: PolicyPack, sale: PastSale, given: PastUses): Quote {
  const { facts } = sale
  if (facts.member === null) return fullPriceQuote(facts.foodFen, facts.deliveryFen)
  return quote(draft, { ...facts, ...given.before(sale) })
}
