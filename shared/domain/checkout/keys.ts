import { isSoldOut } from '../menu.ts'
import { basketTotal, countedLine } from '../pricing.ts'
import { basketIsWhole, dishOf, linesNow, onScale } from './basket.ts'
import { acceptWarnings, warningsWaiting } from './diet.ts'
import { mustBeLifted, openSale } from './platform.ts'
import { announce } from './speech.ts'
import type { CheckoutContext, CheckoutState, KeyRefusal, StaffKey } from './state.ts'
import type { StaffKeyKind } from './view.ts'

/** The keys that do something in this state; the screen shows the others as resting (SPEC CK-13). */
export function keysNow(state: CheckoutState, context: CheckoutContext): readonly StaffKeyKind[] {
  if (state.settling !== null) return []
  const { sale } = state
  const keys: StaffKeyKind[] = []
  if (state.clockToConfirm) keys.push('confirm-clock')
  if (basketIsWhole(state, context) && warningsWaiting(state, context).length > 0) keys.push('accept-warning')
  const mayOpen = sale !== null || !mustBeLifted(state, context)
  const choosesDish = (sale?.menu ?? context.menu).weighing.kind === 'dish-keys'
  if (choosesDish && sale !== null && state.platform.at === 'loaded') keys.push('choose-dish')
  if (mayOpen) keys.push('add-portion', 'choose-plate')
  if (sale !== null) {
    if (sale.basket.length > 0) keys.push('remove-line')
    if (onScale(state, context).kind === 'line') keys.push('add-plate')
    keys.push(sale.held ? 'release' : 'hold')
    const whole = basketIsWhole(state, context)
    if (whole && state.shortfallFen !== null) keys.push('take-cash')
    if (whole && state.bound === null) keys.push('guest-cash')
  }
  if (sale !== null || state.bound !== null) keys.push('cancel')
  return keys
}

/** Applies one key, or says why it does nothing. Payment keys are applied by `advance`, which may settle. */
export function pressKey(
  state: CheckoutState,
  key: StaffKey,
  context: CheckoutContext,
): CheckoutState | KeyRefusal {
  if (!keysNow(state, context).includes(key.kind)) return { code: 'NOT_NOW' }
  switch (key.kind) {
    case 'choose-dish':
      return chooseDish(state, key.dishId)
    case 'add-portion':
      return sayTotal(addPortion(state, key.dishId, key.quantity, context), context)
    case 'remove-line':
      return sayTotal(removeLine(state, key.lineNo), context)
    case 'choose-plate':
      return choosePlate(state, key.plateId, context)
    case 'add-plate':
      return addPlate(state, context)
    case 'hold':
    case 'release':
      return state.sale === null ? state : { ...state, sale: { ...state.sale, held: key.kind === 'hold' } }
    case 'cancel':
      return cancel(state)
    case 'accept-warning':
      return acceptWarnings(state, context)
    case 'confirm-clock':
      return { ...state, clockToConfirm: false }
    case 'take-cash':
    case 'guest-cash':
      return state
  }
}

export const isRefusal = (result: CheckoutState | KeyRefusal): result is KeyRefusal => 'code' in result

function sayTotal(result: CheckoutState | KeyRefusal, context: CheckoutContext): CheckoutState | KeyRefusal {
  if (isRefusal(result)) return result
  const amountFen = basketTotal(linesNow(result, context))
  return amountFen === 0 ? result : announce(result, { kind: 'total', amountFen })
}

function chooseDish(state: CheckoutState, dishId: string): CheckoutState | KeyRefusal {
  const { sale } = state
  if (sale === null) return { code: 'NOT_NOW' }
  const offered = dishOf(sale.menu, dishId)
  if (offered?.pricing.kind !== 'weight' || isSoldOut(sale.menu, dishId))
    return { code: 'NOT_ON_MENU', id: dishId }
  return { ...state, sale: { ...sale, dishId } }
}

function addPortion(
  state: CheckoutState,
  dishId: string,
  quantity: number,
  context: CheckoutContext,
): CheckoutState | KeyRefusal {
  const sale = state.sale ?? openSale(context)
  const dish = dishOf(sale.menu, dishId)
  if (dish === undefined || dish.pricing.kind === 'weight' || isSoldOut(sale.menu, dishId))
    return { code: 'NOT_ON_MENU', id: dishId }
  const { kind, priceFen } = dish.pricing
  const index = sale.basket.findIndex((line) => line.kind === kind && line.dishId === dishId)
  const before = sale.basket[index]
  const total = quantity + (before !== undefined && before.kind !== 'weighed' ? before.quantity : 0)
  const counted = countedLine({ kind, dish, priceFen, priceVersion: dish.priceVersion, quantity: total })
  if (counted.kind === 'refused') return { code: 'NOT_NOW' }
  const basket = index < 0 ? [...sale.basket, counted.line] : sale.basket.with(index, counted.line)
  return { ...state, sale: { ...sale, basket }, paid: null }
}

function removeLine(state: CheckoutState, lineNo: number): CheckoutState | KeyRefusal {
  const { sale } = state
  if (sale === null || sale.basket[lineNo] === undefined) return { code: 'NOT_ON_MENU', id: String(lineNo) }
  const basket = sale.basket.toSpliced(lineNo, 1)
  const empty = basket.length === 0 && state.platform.at !== 'loaded'
  return { ...state, sale: empty ? null : { ...sale, basket } }
}

function choosePlate(
  state: CheckoutState,
  plateId: string,
  context: CheckoutContext,
): CheckoutState | KeyRefusal {
  const menu = state.sale?.menu ?? context.menu
  if (!menu.plates.some((plate) => plate.id === plateId)) return { code: 'NOT_ON_MENU', id: plateId }
  return { ...state, plateId }
}

/** Keeps the plate's line and asks for the next plate: several plates go on one tap (SPEC CK-9). */
function addPlate(state: CheckoutState, context: CheckoutContext): CheckoutState | KeyRefusal {
  const scale = onScale(state, context)
  if (state.sale === null || scale.kind !== 'line') return { code: 'NOT_NOW' }
  const sale = { ...state.sale, basket: [...state.sale.basket, scale.line], dishId: null }
  const added: CheckoutState = { ...state, sale, platform: { at: 'must-clear', because: 'added' } }
  return announce(added, { kind: 'take-plate' })
}

/** Drops the sale: nothing was charged, and what lies on the scale has to be lifted first. */
function cancel(state: CheckoutState): CheckoutState {
  return {
    ...state,
    sale: null,
    bound: null,
    shortfallFen: null,
    confirmFen: null,
    notice: null,
    announcedLine: null,
    platform: state.platform.at === 'clear' ? state.platform : { at: 'must-clear', because: 'cancelled' },
  }
}
