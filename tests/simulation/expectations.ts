import type { Menu, WeightPrice } from '../../shared/domain/menu.ts'
import type { SaleLine } from '../../shared/domain/sale.ts'
import type { Senior } from './canteen.ts'

/**
 * What a meal must cost, worked out a second time and in another way than the product does: by hand for the demo pack
 * alone, in big integers.
 */

const MG_PER: Record<WeightPrice['per'], bigint> = {
  '50g': 50_000n,
  '100g': 100_000n,
  '500g': 500_000n,
  kg: 1_000_000n,
}

/** Half up to the fen. */
function expectedAmountFen(netMg: number, price: WeightPrice): number {
  const perMg = MG_PER[price.per]
  return Number((2n * BigInt(netMg) * BigInt(price.fen) + perMg) / (2n * perMg))
}

const SUBSIDISED_MEALS = new Set(['lunch', 'dinner'])
const PACK_FROM = '2020-01-01'

/** In whole years. */
export function ageAt(bornOn: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(bornOn.slice(0, 4))
  return date.slice(5) >= bornOn.slice(5) ? years : years - 1
}

/** What the demo pack gives once in a meal period: 5.00 from 80, 3.00 from 70, never more than the price. */
export function expectedSubsidyFen(
  senior: Pick<Senior, 'bornOn'>,
  meal: { readonly businessDate: string; readonly mealPeriod: string },
  priceFen: number,
): number {
  if (meal.businessDate < PACK_FROM || !SUBSIDISED_MEALS.has(meal.mealPeriod)) return 0
  const age = ageAt(senior.bornOn, meal.businessDate)
  return Math.min(priceFen, age >= 80 ? 500 : age >= 70 ? 300 : 0)
}

/** The weight in a scale's own bytes, in milligrams; null when there is none in them. */
function weightInFrame(rawHex: string): number | null {
  const text = Buffer.from(rawHex, 'hex').toString('latin1')
  const continuous = /^\u0002([+-]\d{6})3[0-9A-F]{2}\u0003$/.exec(text)
  if (continuous?.[1] !== undefined) return Number(continuous[1]) * 1000
  const polled = /^S S +(-?)(\d+)\.(\d{3}) kg\s*$/.exec(text)
  return polled === null ? null : Number(`${polled[1]}${polled[2]}${polled[3]}`) * 1000
}

/** Why this line cannot come from this menu, or null. */
export function lineFault(line: SaleLine, menu: Menu): string | null {
  const dish = menu.dishes.find(({ id }) => id === line.dishId)
  if (line.kind !== 'weighed') {
    if (dish === undefined || dish.pricing.kind === 'weight') return `${line.dishId} is not sold by number`
    if (dish.pricing.priceFen !== line.priceFen || dish.priceVersion !== line.priceVersion)
      return `${line.dishId} is sold at ${line.priceFen}, the menu says ${dish.pricing.priceFen}`
    return line.amountFen === line.priceFen * line.quantity ? null : `${line.amountFen} is a wrong product`
  }
  const { weighing } = menu
  const uniform = weighing.kind === 'uniform' ? weighing : null
  const dishPrice = dish?.pricing.kind === 'weight' ? dish.pricing.price : null
  const price = uniform?.price ?? dishPrice
  const version = uniform?.priceVersion ?? dish?.priceVersion
  if (
    price === null ||
    price.per !== line.price.per ||
    price.fen !== line.price.fen ||
    version !== line.priceVersion
  )
    return `${line.dishId} is sold at ${line.price.fen} per ${line.price.per}, the menu says otherwise`
  const plate = menu.plates.find(({ id }) => id === line.evidence.plateId)
  if (plate?.tareMg !== line.tareMg || line.grossMg - line.tareMg !== line.netMg)
    return `net ${line.netMg} is not gross ${line.grossMg} less tare ${plate?.tareMg}`
  if (weightInFrame(line.evidence.rawHex) !== line.grossMg)
    return `gross ${line.grossMg} is not what the scale sent: ${line.evidence.rawHex}`
  const expectedFen = expectedAmountFen(line.netMg, price)
  return line.amountFen === expectedFen ? null : `${line.netMg} mg cost ${line.amountFen}, not ${expectedFen}`
}
