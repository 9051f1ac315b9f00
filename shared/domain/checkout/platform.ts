import type { ScaleProfile, ScaleReading } from '../scale.ts'
import { waitsForAcceptance } from './diet.ts'
import { PATIENCE, type CheckoutContext, type CheckoutState, type Platform } from './state.ts'

/** Zero is "within two divisions, at rest"; a plate is "at least Min". What lies between changes nothing. */
function isZero(reading: ScaleReading, profile: ScaleProfile): boolean {
  return (
    (reading.state === 'ok' || reading.state === 'negative') &&
    Math.abs(reading.weightMg) <= 2 * profile.divisionMg
  )
}

export function isLoad(reading: ScaleReading, profile: ScaleProfile): boolean {
  return (reading.state === 'ok' || reading.state === 'unstable') && reading.weightMg >= profile.minMg
}

/**
 * True while something on the scale keeps the next sale from starting (SPEC CK-3). A scale that is away cannot say, and
 * does not keep a canteen from selling its set meals.
 */
export function mustBeLifted(state: CheckoutState, context: CheckoutContext): boolean {
  const { platform, scale } = state
  const away = context.profile === null || scale.state === 'stale' || scale.state === 'disconnected'
  return platform.at === 'must-clear' && platform.because !== 'added' && !away
}

function nextPlatform(platform: Platform, reading: ScaleReading, profile: ScaleProfile): Platform {
  if (isZero(reading, profile)) return { at: 'clear' }
  if (platform.at === 'clear' && isLoad(reading, profile)) return { at: 'loaded' }
  return platform
}

/** Takes one reading in: where the plate is now, and whether a sale opened or ended by it (SPEC CK-3, CK-12). */
export function takeReading(
  state: CheckoutState,
  reading: ScaleReading,
  context: CheckoutContext,
): CheckoutState {
  const moving = reading.state === 'unstable'
  const next: CheckoutState = {
    ...state,
    scale: reading,
    unstableSinceMs: moving ? (state.unstableSinceMs ?? context.nowMs) : null,
  }
  if (context.profile === null || state.scaleInCheck) return next
  const platform = nextPlatform(state.platform, reading, context.profile)
  if (platform.at === state.platform.at) return next
  if (platform.at === 'loaded') return plateLanded(next, context)
  return plateLeft(next)
}

/** While the scale is checked, and until the weight was lifted, what lies on it is no plate (SPEC MT-11). */
export function takeScaleCheck(
  state: CheckoutState,
  underWay: boolean,
  context: CheckoutContext,
): CheckoutState {
  if (underWay === state.scaleInCheck) return state
  const platform = { at: 'must-clear', because: 'checked' } as const
  // What the scale said last may be an empty pan already, and it will not be said again.
  return takeReading({ ...state, scaleInCheck: underWay, platform }, state.scale, context)
}

function plateLanded(state: CheckoutState, context: CheckoutContext): CheckoutState {
  const sale = state.sale ?? openSale(context)
  const paid = isJustPaid(state, context) ? state.paid : null
  return { ...state, platform: { at: 'loaded' }, sale, paid }
}

/** True while nobody can have read yet what was paid: what comes next does not take it off the screen (SPEC CK-19). */
export function isJustPaid({ paid }: CheckoutState, { nowMs }: CheckoutContext): boolean {
  return paid !== null && nowMs < paid.paidAtMs + PATIENCE.paidAtLeastMs
}

/**
 * An unpaid plate that leaves takes its line with it; a basket that staff added to stays, and so does a card that waits
 * for a plate. With too little in the wallet, the plate going back ends the sale (SPEC CK-7).
 */
function plateLeft(state: CheckoutState): CheckoutState {
  const cleared: CheckoutState = { ...state, platform: { at: 'clear' } }
  if (state.settling !== null || state.platform.at !== 'loaded') return cleared
  const sale = state.sale
  const basketLeft = sale !== null && sale.basket.length > 0
  return {
    ...cleared,
    sale: basketLeft ? { ...sale, dishId: null } : null,
    bound: holdsTheCard(state) ? null : state.bound,
    shortfallFen: null,
    confirmFen: null,
    announcedLine: null,
  }
}

/** Somebody waits for an answer about this plate: the next one may be another's. */
const holdsTheCard = (state: CheckoutState): boolean =>
  state.shortfallFen !== null || state.confirmFen !== null || waitsForAcceptance(state)

export function openSale(context: CheckoutContext): NonNullable<CheckoutState['sale']> {
  return { saleId: context.nextSaleId, menu: context.menu, basket: [], dishId: null, held: false }
}
