import type { CounterMember } from '../member.ts'
import { isAboveDailyLimit, lacksConfirmation, type CardStanding } from '../members/card-rules.ts'
import { basketTotal } from '../pricing.ts'
import type { SaleDraft } from '../sale.ts'
import { ZERO_FEN, type Fen } from '../units.ts'
import { basketIsWhole, linesNow, onScale } from './basket.ts'
import { notify, takeCard, takeSeveralCards } from './cards.ts'
import { isRefusal, pressKey } from './keys.ts'
import { announceWarnings, warningsWaiting } from './diet.ts'
import { takeOutcome } from './outcome.ts'
import { mustBeLifted, takeReading, takeScaleCheck } from './platform.ts'
import { draftFor } from './quoting.ts'
import { announce } from './speech.ts'
import {
  PATIENCE,
  type Advance,
  type CheckoutContext,
  type CheckoutEffect,
  type CheckoutInput,
  type CheckoutState,
} from './state.ts'

/**
 * One step of the counter sale: takes one input in, lets what has expired go, says what changed and, when everything is
 * there, asks for at most one settlement. Pure and total (SPEC CK-1).
 */
export function advance(before: CheckoutState, input: CheckoutInput, context: CheckoutContext): Advance {
  const state = withPlateOfMenu(before, context)
  if (input.kind === 'key') {
    const pressed = pressKey(state, input.key, context)
    if (isRefusal(pressed)) return { state, effects: [], refusal: pressed }
    const pays = input.key.kind === 'take-cash' || input.key.kind === 'guest-cash'
    const effects: CheckoutEffect[] = input.key.kind === 'confirm-clock' ? [{ kind: 'confirm-clock' }] : []
    const next = settleWhenReady(
      announceWarnings(announceLine(pressed, context), context),
      pays ? input.key.kind : null,
      context,
    )
    return { state: next.state, effects: [...effects, ...next.effects] }
  }
  const taken = expire(takeInput(state, input, context), context)
  return settleWhenReady(
    askForCard(announceWarnings(announceLine(taken, context), context), context),
    null,
    context,
  )
}

/** Another menu may not know the plate that was chosen: its own first one stands in. */
function withPlateOfMenu(state: CheckoutState, context: CheckoutContext): CheckoutState {
  const menu = state.sale?.menu ?? context.menu
  const known = menu.plates.some(({ id }) => id === state.plateId)
  return known ? state : { ...state, plateId: menu.defaultPlateId }
}

function takeInput(
  state: CheckoutState,
  input: Exclude<CheckoutInput, { kind: 'key' }>,
  context: CheckoutContext,
): CheckoutState {
  switch (input.kind) {
    case 'reading':
      return takeReading(state, input.reading, context)
    case 'card':
      return takeCard(state, input.lookup, context)
    case 'several-cards':
      return takeSeveralCards(state, context)
    case 'reader':
      return { ...state, readerConnected: input.connected }
    case 'confirmed':
      return { ...state, confirmed: input.confirmed }
    case 'outcome':
      return takeOutcome(state, input.outcome, context)
    case 'book':
      return { ...state, bookTrouble: input.trouble }
    case 'clock':
      return { ...state, clockToConfirm: input.toConfirm }
    case 'scale-check':
      return takeScaleCheck(state, input.underWay, context)
    case 'restored':
      return { ...state, paid: input.paid }
    case 'voided':
      return state.paid?.draft.saleId === input.saleId ? { ...state, paid: null } : state
    case 'tick':
      return state
  }
}

/** Lets go of what has waited long enough; a machine that slept wakes up with all of it gone (SPEC CK-10). */
function expire(state: CheckoutState, context: CheckoutContext): CheckoutState {
  const { nowMs } = context
  let next = state
  if (next.notice !== null && !within(next.notice.untilMs - PATIENCE.noticeMs, PATIENCE.noticeMs, nowMs))
    next = { ...next, notice: null }
  const forPerson = next.shortfallFen !== null || next.confirmFen !== null
  const warned = warningsWaiting(next, context).length > 0
  const waiting = !warned && next.bound !== null && next.settling === null && !forPerson
  if (waiting && next.bound !== null && !within(next.bound.tappedAtMs, PATIENCE.boundCardMs, nowMs))
    next = { ...next, bound: null }
  // A clock that was set back says nothing about how long it has been read.
  if (next.paid !== null && nowMs < next.paid.paidAtMs)
    next = { ...next, paid: { ...next.paid, paidAtMs: nowMs } }
  const paidIsOver = next.paid !== null && !mustBeLifted(next, context)
  const free = next.sale === null && next.bound === null
  const shownMs = free ? PATIENCE.paidMs : PATIENCE.paidAtLeastMs
  if (paidIsOver && next.paid !== null && !within(next.paid.paidAtMs, shownMs, nowMs))
    next = { ...next, paid: null }
  return next
}

/** True while `nowMs` lies in the window; a clock set back ends the window as well. */
function within(startMs: number, lengthMs: number, nowMs: number): boolean {
  return nowMs >= startMs && nowMs < startMs + lengthMs
}

/** Says a line once it is stable and priced, and again only when the dish or the amount has changed. */
function announceLine(state: CheckoutState, context: CheckoutContext): CheckoutState {
  const scale = onScale(state, context)
  // A warning is not spoken over by an amount that may never be paid.
  if (scale.kind !== 'line' || warningsWaiting(state, context).length > 0) return state
  const { line } = scale
  const key = `${state.sale?.saleId}/${line.dishId}/${line.amountFen}`
  if (state.announcedLine === key) return state
  return announce(
    { ...state, announcedLine: key },
    { kind: 'line', name: line.name, dishId: line.dishId, netMg: line.netMg, amountFen: line.amountFen },
  )
}

/** Says "please tap your card" once for a basket that has stood priced for a while (SPEC CK-15). */
function askForCard(state: CheckoutState, context: CheckoutContext): CheckoutState {
  const waits = state.bound === null && state.notice === null && basketIsWhole(state, context)
  if (!waits) return state.askForCardAtMs === null ? state : { ...state, askForCardAtMs: null }
  const { speech, askForCardAtMs } = state
  if (speech?.kind === 'tap-card') return state
  if (askForCardAtMs === null) return { ...state, askForCardAtMs: context.nowMs + PATIENCE.askForCardMs }
  if (context.nowMs < askForCardAtMs) return state
  return announce({ ...state, askForCardAtMs: null }, { kind: 'tap-card' })
}

function settleWhenReady(
  state: CheckoutState,
  pays: 'take-cash' | 'guest-cash' | null,
  context: CheckoutContext,
): Advance {
  const { sale, bound } = state
  if (sale === null || !basketIsWhole(state, context)) return { state, effects: [] }
  if (pays === 'guest-cash') return settle(state, null, context)
  if (bound === null || warningsWaiting(state, context).length > 0) return { state, effects: [] }
  const draft = withWord(draftFor(sale, linesNow(state, context), bound.member, context), state)
  if (isAboveDailyLimit(draft, bound.member.card ?? FRESH_CARD, context.cardTerms))
    return { state: overLimit(state, context), effects: [] }
  if (lacksConfirmation(draft, context.cardTerms))
    return { state: askToConfirm(state, draft.quote.selfPayFen), effects: [] }
  const { tender } = draft
  if (tender.cashFen > 0 && pays !== 'take-cash')
    return { state: fallShort(state, tender.cashFen), effects: [] }
  return settle(state, bound.member, context)
}

/** Nothing is charged; the difference is said once for each amount (SPEC CK-7). */
function fallShort(state: CheckoutState, shortfallFen: Fen): CheckoutState {
  if (state.shortfallFen === shortfallFen) return state
  return announce({ ...state, shortfallFen, confirmFen: null }, { kind: 'insufficient', shortfallFen })
}

const FRESH_CARD: CardStanding = { spentFen: ZERO_FEN, ownLimitFen: null, hasPin: false }

/** The card is let go and nothing is charged; the basket stays, for cash (SPEC CK-21). */
const overLimit = (state: CheckoutState, context: CheckoutContext): CheckoutState =>
  notify({ ...state, bound: null, shortfallFen: null, confirmFen: null }, 'daily-limit', context)

/** Nothing is charged; the PIN or staff's word is asked for once for each amount (SPEC CK-20). */
function askToConfirm(state: CheckoutState, confirmFen: Fen): CheckoutState {
  if (state.confirmFen === confirmFen) return state
  const hasPin = state.bound?.member.card?.hasPin ?? false
  const asked: CheckoutState = { ...state, confirmFen, shortfallFen: null }
  return announce(asked, { kind: hasPin ? 'enter-pin' : 'staff-confirms' })
}

/** The word that was given, if it was given for this sale, this card and as much. */
function withWord(draft: SaleDraft, { confirmed }: CheckoutState): SaleDraft {
  if (confirmed === null || confirmed.saleId !== draft.saleId) return draft
  const fits = confirmed.cardUid === draft.cardUid && draft.quote.selfPayFen <= confirmed.upToFen
  return fits ? { ...draft, confirmation: confirmed.confirmation } : draft
}

function settle(state: CheckoutState, member: CounterMember | null, context: CheckoutContext): Advance {
  if (state.sale === null) throw new Error('settling without a sale')
  const lines = linesNow(state, context)
  const draft = withWord(draftFor(state.sale, lines, member, context), state)
  if (draft.quote.priceFen !== basketTotal(lines)) throw new Error('the quote is not for this basket')
  const photo = member?.photoId === undefined ? {} : { photoId: member.photoId }
  const settling = { draft, displayName: member?.displayName ?? null, ...photo }
  return {
    state: { ...state, settling, shortfallFen: null, confirmFen: null, confirmed: null },
    effects: [{ kind: 'settle', draft }],
  }
}
