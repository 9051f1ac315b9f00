import { dietWarnings, type DietWarning } from '../diet.ts'
import { linesNow, onScale } from './basket.ts'
import { announce } from './speech.ts'
import type { CheckoutContext, CheckoutState } from './state.ts'

/** What the bound senior is to be warned of: of the basket, and of the dish that is being weighed (SPEC CK-24). */
function warningsNow(state: CheckoutState, context: CheckoutContext): readonly DietWarning[] {
  if (state.bound === null || state.sale === null) return []
  const { eating } = state.bound.member
  if (eating === undefined) return []
  const scale = onScale(state, context)
  const weighed = scale.kind === 'moving' && scale.good !== null ? [scale.good.dish] : []
  return dietWarnings(eating, [
    ...linesNow(state, context),
    ...weighed.map(({ id, name, tags }) => ({ dishId: id, name, tags })),
  ])
}

/** For which sale, card and dishes a warning holds: another dish is another warning. */
function keyOf(state: CheckoutState, warnings: readonly DietWarning[]): string {
  const what = warnings.map(({ dishId, why }) => `${dishId} ${why.en}`).toSorted()
  return [state.sale?.saleId, state.bound?.member.cardUid, ...what].join('|')
}

/** The warnings that staff has not acknowledged: nothing is settled while there is one. */
export function warningsWaiting(state: CheckoutState, context: CheckoutContext): readonly DietWarning[] {
  const warnings = warningsNow(state, context)
  return warnings.length > 0 && keyOf(state, warnings) !== state.dietAccepted ? warnings : []
}

/** Was she warned in this sale, and nobody has acknowledged it? Then a plate that goes takes her card along. */
export function waitsForAcceptance({ sale, bound, dietSaid, dietAccepted }: CheckoutState): boolean {
  if (sale === null || bound === null || dietSaid === null || dietSaid === dietAccepted) return false
  return dietSaid.startsWith(`${sale.saleId}|${bound.member.cardUid}|`)
}

/** Staff has seen it, and she wants it all the same. */
export const acceptWarnings = (state: CheckoutState, context: CheckoutContext): CheckoutState => ({
  ...state,
  dietAccepted: keyOf(state, warningsNow(state, context)),
})

/** Says it once for each sale, card and set of dishes. */
export function announceWarnings(state: CheckoutState, context: CheckoutContext): CheckoutState {
  const warnings = warningsWaiting(state, context)
  if (warnings.length === 0) return state
  const key = keyOf(state, warnings)
  return state.dietSaid === key ? state : announce({ ...state, dietSaid: key }, { kind: 'diet-warning' })
}
