import { ageOn } from '../business-day.ts'
import type { CounterMember } from '../member.ts'
import { fullPriceQuote, quote } from '../policy/engine.ts'
import type { Quote } from '../policy/types.ts'
import { asksForTime } from '../policy/asked.ts'
import { basketDishes, basketTags, basketTotal } from '../pricing.ts'
import type { SaleDraft, SaleLine } from '../sale.ts'
import { ZERO_FEN } from '../units.ts'
import { tenderFor } from '../grants.ts'
import type { CheckoutContext, OpenSale } from './state.ts'

/** What a quote depends on besides the food and the member; a counter and a tray of the bays are quoted alike. */
export type QuoteContext = Pick<
  CheckoutContext,
  'pack' | 'businessDate' | 'mealPeriod' | 'workingDay' | 'canteenArea' | 'minuteOfDay'
>

/** What these lines cost this member today; a guest (null) pays the full price (SPEC CK-18). */
export function quoteFor(
  lines: readonly SaleLine[],
  member: CounterMember | null,
  context: QuoteContext,
): Quote {
  const foodFen = basketTotal(lines)
  if (context.pack === null || member === null) return fullPriceQuote(foodFen)
  return quote(context.pack, {
    businessDate: context.businessDate,
    mealPeriod: context.mealPeriod,
    workingDay: context.workingDay,
    channel: 'counter',
    canteenArea: context.canteenArea,
    foodFen,
    deliveryFen: ZERO_FEN,
    dishTags: basketTags(lines),
    dishes: basketDishes(lines),
    minuteOfDay: context.minuteOfDay,
    earlierMeals: member.earlierMeals ?? 0,
    member: member.facts,
    uses: member.uses,
  })
}

/** A sale ready to settle: grants and wallet pay what they can, cash the rest (SPEC LG-4, LG-33). */
export function draftFor(
  sale: Pick<OpenSale, 'saleId'>,
  lines: readonly SaleLine[],
  member: CounterMember | null,
  context: QuoteContext,
): SaleDraft {
  const quoted = quoteFor(lines, member, context)
  return {
    saleId: sale.saleId,
    memberId: member?.facts.memberId ?? null,
    cardUid: member?.cardUid ?? null,
    businessDate: context.businessDate,
    mealPeriod: context.mealPeriod,
    lines,
    quote: quoted,
    tender: tenderFor(quoted.selfPayFen, member),
    memberAge: member === null ? null : ageOn(member.facts.bornOn, context.businessDate),
    ...(context.pack !== null && asksForTime(context.pack) ? { minuteOfDay: context.minuteOfDay } : {}),
  }
}
