import type { CardLookup } from '../member.ts'
import { isJustPaid, mustBeLifted } from './platform.ts'
import { announce } from './speech.ts'
import { PATIENCE, type CheckoutContext, type CheckoutState } from './state.ts'
import type { TroubleCode } from './view.ts'

/** A trouble that passes by itself; it is said once. */
export function notify(state: CheckoutState, code: TroubleCode, context: CheckoutContext): CheckoutState {
  const noticed: CheckoutState = { ...state, notice: { code, untilMs: context.nowMs + PATIENCE.noticeMs } }
  return announce(noticed, { kind: 'trouble', code })
}

/** One presence of one card, as the book knows it (SPEC CK-2, CK-4, CK-6). */
export function takeCard(state: CheckoutState, lookup: CardLookup, context: CheckoutContext): CheckoutState {
  if (state.settling !== null) return state
  if (lookup.kind !== 'known') return notify(state, `card-${lookup.kind}`, context)
  const { member } = lookup
  const justPaid = state.paid?.draft.cardUid
  if (justPaid === member.cardUid) return notify(state, 'already-paid', context)
  if (state.scaleInCheck) return notify(state, 'scale-in-check', context)
  if (mustBeLifted(state, context)) return notify(state, 'take-plate-away', context)
  const another = state.bound !== null && state.bound.member.cardUid !== member.cardUid
  if (another && state.shortfallFen === null && state.confirmFen === null)
    return takeSeveralCards(state, context)
  return bind(state, lookup, context)
}

function bind(
  state: CheckoutState,
  lookup: CardLookup & { kind: 'known' },
  context: CheckoutContext,
): CheckoutState {
  const bound: CheckoutState = {
    ...state,
    bound: { member: lookup.member, tappedAtMs: context.nowMs },
    shortfallFen: null,
    confirmFen: null,
    notice: null,
    paid: isJustPaid(state, context) ? state.paid : null,
  }
  const waitsForPlate = state.sale === null && state.bound === null
  return waitsForPlate ? announce(bound, { kind: 'place-plate' }) : bound
}

/** Two cards at once: nobody's money is guessed (SPEC CK-5). */
export function takeSeveralCards(state: CheckoutState, context: CheckoutContext): CheckoutState {
  if (state.settling !== null) return state
  return notify({ ...state, bound: null, shortfallFen: null, confirmFen: null }, 'two-cards', context)
}
