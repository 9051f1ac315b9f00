import type { Dish, Menu, WeightPrice } from '../menu.ts'
import { tareOnScale } from '../metrology/tare.ts'
import type { WeighingLock } from '../metrology/standing.ts'
import { weighedLine, weighingRefusal } from '../pricing.ts'
import type { SaleLine, WeighedLine } from '../sale.ts'
import { milligrams, type Milligrams } from '../units.ts'
import type { CheckoutContext, CheckoutState, OpenSale } from './state.ts'

/** What is sold by weight from this scale, whatever the menu calls it. */
interface WeighedGood {
  readonly dish: Pick<Dish, 'id' | 'name' | 'tags'>
  readonly price: WeightPrice
  readonly priceVersion: number
}

/** The line that lies on the scale, or why there is none. */
export type OnScale =
  | { readonly kind: 'none' }
  | { readonly kind: 'moving'; readonly good: WeighedGood | null; readonly netMg: Milligrams }
  | { readonly kind: 'dish-unknown'; readonly netMg: Milligrams }
  | { readonly kind: 'below-minimum' | 'above-maximum'; readonly netMg: Milligrams }
  /** The scale may sell nothing today (SPEC MT-7 … MT-9). */
  | { readonly kind: 'locked'; readonly because: WeighingLock; readonly netMg: Milligrams }
  | { readonly kind: 'line'; readonly line: WeighedLine }

export const dishOf = (menu: Menu, dishId: string): Dish | undefined =>
  menu.dishes.find((dish) => dish.id === dishId)

function tareOf(menu: Menu, plateId: string): Milligrams {
  const plate = menu.plates.find((each) => each.id === plateId)
  if (plate === undefined) throw new Error(`no plate ${plateId} on menu ${menu.id}`)
  return plate.tareMg
}

function goodOn(sale: OpenSale): WeighedGood | null {
  const { weighing } = sale.menu
  if (weighing.kind === 'uniform')
    return {
      dish: { id: 'buffet', name: weighing.name, tags: ['buffet'] },
      price: weighing.price,
      priceVersion: weighing.priceVersion,
    }
  const dishId = weighing.kind === 'fixed-dish' ? weighing.dishId : sale.dishId
  const dish = dishId === null ? undefined : dishOf(sale.menu, dishId)
  if (dish === undefined || dish.pricing.kind !== 'weight') return null
  return { dish, price: dish.pricing.price, priceVersion: dish.priceVersion }
}

/** Reads the line off the scale. Only an `ok` weight of at least Min net becomes one (SPEC PR-4, CK-8). */
export function onScale(state: CheckoutState, context: CheckoutContext): OnScale {
  const { sale, scale } = state
  const { profile } = context
  if (sale === null || profile === null || state.platform.at !== 'loaded') return { kind: 'none' }
  if (scale.state !== 'ok' && scale.state !== 'unstable') return { kind: 'none' }
  const tareMg = tareOnScale(tareOf(sale.menu, state.plateId), profile)
  const netMg = milligrams(Math.max(0, scale.weightMg - tareMg))
  const good = goodOn(sale)
  if (scale.state === 'unstable') return { kind: 'moving', good, netMg }
  if (context.weighingLock !== null) return { kind: 'locked', because: context.weighingLock, netMg }
  const refusal = weighingRefusal(scale.weightMg, tareMg, profile)
  if (refusal !== null)
    return { kind: refusal.kind === 'above-maximum' ? 'above-maximum' : 'below-minimum', netMg }
  if (good === null) return { kind: 'dish-unknown', netMg }
  const weighed = weighedLine({
    ...good,
    grossMg: scale.weightMg,
    plate: { id: state.plateId, tareMg },
    scale: profile,
    rawHex: scale.rawHex,
    rounding: context.rounding,
  })
  return weighed.kind === 'line' ? weighed : { kind: 'below-minimum', netMg }
}

/** The basket as it would be sold now: what staff added, then what lies on the scale. */
export function linesNow(state: CheckoutState, context: CheckoutContext): readonly SaleLine[] {
  const basket = state.sale?.basket ?? []
  const scale = onScale(state, context)
  return scale.kind === 'line' ? [...basket, scale.line] : basket
}

/**
 * True when the basket can be paid as it is: something is in it, nothing moves, nothing waits for a dish, and nothing
 * stops the sale (SPEC CK-8, CK-11, CK-16).
 */
export function basketIsWhole(state: CheckoutState, context: CheckoutContext): boolean {
  if (state.sale === null || state.settling !== null || state.sale.held) return false
  if (state.clockToConfirm || state.bookTrouble !== null) return false
  if (linesNow(state, context).length === 0) return false
  if (state.platform.at === 'loaded') return onScale(state, context).kind === 'line'
  return state.scale.state !== 'unstable' && state.scale.state !== 'overload'
}
