import { workingDayOf } from '../calendar.ts'
import { roundedFen, type RoundingRule } from '../rounding.ts'
import { fen, WHOLE_BASIS_POINTS, ZERO_FEN, type Fen } from '../units.ts'
import { grantBenefits } from './benefits.ts'
import { Bill } from './bill.ts'
import { holds, unmetPart } from './conditions.ts'
import type { Discount, DiscountAmount, MealFacts, PolicyPack, PolicyStep, Quote } from './types.ts'
import { asksForCategory } from './asked.ts'
import { discountWords, lapsedWords, priceWords, selfPayWords, unmetWords } from './words.ts'

export { packInForce } from './packs.ts'

/** The pack id of a quote that no pack made: a guest, or no pack in force. */
export const FULL_PRICE_PACK_ID = 'full-price'

/**
 * What this meal costs and who pays, step by step in the pack's own order (SPEC PO-1 … PO-5, PO-8). Pure and total on
 * packs that the schema lets through; the pack's dates are not asked here, see `packInForce`.
 *
 * @throws BillError on negative amounts, DateError on a birth date that is none
 */
export function quote(pack: PolicyPack, facts: MealFacts): Quote {
  const bill = new Bill(onPacksCalendar(pack, facts))
  bill.note('price', pack.id, priceWords(facts.foodFen, facts.deliveryFen), bill.leftFen('all'))
  noteLapsed(pack, bill)
  for (const step of pack.steps) apply(step, bill, pack.rounding)
  bill.note('self-pay', pack.id, selfPayWords(bill.leftFen('all')))
  return bill.quote(pack.id, pack.version)
}

/** Says at the beginning which of her categories this pack would ask for and does not hold today (SPEC ME-14). */
function noteLapsed(pack: PolicyPack, bill: Bill): void {
  const { lapsed = [] } = bill.facts.member ?? {}
  for (const each of lapsed)
    if (asksForCategory(pack, each.category)) bill.note('not-applied', each.category, lapsedWords(each))
}

/** A year that the pack itself knows comes before the program's notice of it (SPEC PO-9). */
function onPacksCalendar({ calendar = [] }: PolicyPack, facts: MealFacts): MealFacts {
  if (!calendar.some(({ year }) => year === Number(facts.businessDate.slice(0, 4)))) return facts
  return { ...facts, workingDay: workingDayOf(calendar, facts.businessDate).workingDay }
}

/** The quote without any pack: the full price, and the senior or guest pays it (SPEC CK-18). */
export function fullPriceQuote(foodFen: Fen, deliveryFen: Fen = ZERO_FEN): Quote {
  const priceFen = fen(foodFen + deliveryFen)
  const base = { ruleId: FULL_PRICE_PACK_ID, afterFen: priceFen }
  return {
    packId: FULL_PRICE_PACK_ID,
    packVersion: 0,
    priceFen,
    discountFen: ZERO_FEN,
    subsidyFen: ZERO_FEN,
    selfPayFen: priceFen,
    benefits: [],
    providerPayments: [],
    steps: [
      { ...base, kind: 'price', words: priceWords(foodFen, deliveryFen), changeFen: priceFen },
      { ...base, kind: 'self-pay', words: selfPayWords(priceFen), changeFen: ZERO_FEN },
    ],
  }
}

function apply(step: PolicyStep, bill: Bill, rounding: RoundingRule): void {
  switch (step.kind) {
    case 'discount':
      applyDiscount(step.discount, bill, rounding)
      return
    case 'benefits':
      grantBenefits(step, bill, rounding)
      return
    case 'provider':
      if (holds(step.payment.when, bill)) bill.payProvider(step.payment)
  }
}

/** What stays to be paid is rounded once, on the whole part; it never becomes more than it was. */
function applyDiscount(discount: Discount, bill: Bill, rounding: RoundingRule): void {
  const { id, title, of = 'food' } = discount
  const unmet = unmetPart(discount.when, bill)
  if (unmet !== null) {
    bill.note('not-applied', id, unmetWords(title, unmet))
    return
  }
  const offFen = offBy(discount, bill.baseFen(discount), rounding)
  const deliveryFen = of === 'food' ? 0 : deliveryPart(offFen, discount, bill, rounding)
  bill.discount(fen(offFen - deliveryFen), fen(deliveryFen))
  bill.note('discount', id, discountWords(title, fen(offFen)), fen(0 - offFen))
}

function offBy(amount: DiscountAmount, leftFen: Fen, rounding: RoundingRule): number {
  if ('fixedFen' in amount) return Math.min(amount.fixedFen, leftFen)
  const stays = Math.min(leftFen, roundedFen(leftFen * amount.multiplier, WHOLE_BASIS_POINTS, rounding))
  return Math.min(leftFen - stays, amount.capFen ?? leftFen)
}

/** How much of a discount on both is the delivery's: its own share, within what either part can bear. */
function deliveryPart(offFen: number, discount: Discount, bill: Bill, rounding: RoundingRule): number {
  const deliveryFen = bill.leftFen('delivery')
  if (discount.of === 'delivery') return offFen
  const own =
    'fixedFen' in discount
      ? 0
      : roundedFen(deliveryFen * (WHOLE_BASIS_POINTS - discount.multiplier), WHOLE_BASIS_POINTS, rounding)
  const least = Math.max(0, offFen - bill.leftFen('food'))
  return Math.max(least, Math.min(own, deliveryFen, offFen))
}
