import { draftFor } from '../checkout/quoting.ts'
import type { CardLookup, CounterMember } from '../member.ts'
import { isAboveDailyLimit, lacksConfirmation } from '../members/card-rules.ts'
import { ZERO_FEN } from '../units.ts'
import type { SaleConfirmation, SaleDraft, SettleOutcome, SettleRefusal } from '../sale.ts'
import { endBindings } from './bindings.ts'
import { isSellable, saleLineOf } from './lines.ts'
import { trayOf, withPhase } from './parts.ts'
import {
  BAY_PATIENCE,
  type BaysContext,
  type BaysEffect,
  type BaysState,
  type BaysStep,
  type BayLine,
  type BayNote,
  type StopReason,
  type Tray,
  type TrayPays,
} from './state.ts'

/** Sends a tray on its way to be paid, unless it is already being paid (SPEC BY-9, BY-11). */
export function beginClosing(
  state: BaysState,
  trayId: string,
  pays: TrayPays,
  { nowMs }: BaysContext,
  confirmation: SaleConfirmation | null = null,
): BaysState {
  const tray = trayOf(state, trayId)
  if (tray === null || tray.phase.at === 'settling' || tray.phase.at === 'asked') return state
  const word = confirmation === null ? {} : { confirmation }
  return endBindings(withPhase(state, trayId, { at: 'closing', sinceMs: nowMs, pays, ...word }), trayId)
}

function stop(
  state: BaysState,
  trayId: string,
  because: StopReason,
  { nowMs }: BaysContext,
  missingFen = 0,
): BaysState {
  return withPhase(state, trayId, { at: 'stopped', because, missingFen, sinceMs: nowMs })
}

/**
 * Moves trays that are closing a step on: one at a time is being paid, and none while the book or the clock is in doubt. A
 * tray whose bays do not come to rest is shown to staff.
 */
export function closeTrays(step: BaysStep, context: BaysContext): BaysStep {
  return step.state.trays.reduce((next, { kept: { trayId } }) => closeTray(next, trayId, context), step)
}

function closeTray(step: BaysStep, trayId: string, context: BaysContext): BaysStep {
  const { state, effects } = step
  const tray = trayOf(state, trayId)
  if (tray?.phase.at !== 'closing') return step
  const { sinceMs } = tray.phase
  if (isBound(state, trayId)) {
    const waited = context.nowMs - sinceMs
    const patient = waited >= 0 && waited < BAY_PATIENCE.closingMs
    return patient ? step : { state: stop(state, trayId, 'unsettled', context), effects }
  }
  if (!tray.kept.lines.some(isSellable)) return dropTray(step, tray)
  if (state.clockToConfirm || state.bookTrouble !== null || state.trays.some(isBeingPaid)) return step
  const asked = withPhase(state, trayId, { ...tray.phase, at: 'asked' })
  const ask: BaysEffect = { kind: 'ask-member', trayId, cardUid: tray.kept.cardUid }
  return { state: asked, effects: [...effects, ask] }
}

const isBound = ({ bays }: BaysState, trayId: string): boolean =>
  bays.some(({ kept }) => kept.binding?.trayId === trayId)

const isBeingPaid = ({ phase }: Tray): boolean => phase.at === 'settling' || phase.at === 'asked'

/** The book's answer about whoever pays: a settlement, or why there is none (SPEC BY-9, CK-7). */
export function takeMember(
  state: BaysState,
  trayId: string,
  lookup: CardLookup | null,
  context: BaysContext,
): BaysStep {
  const tray = trayOf(state, trayId)
  if (tray?.phase.at !== 'asked') return { state, effects: [] }
  if (lookup === null) return { state: stop(state, trayId, 'book', context), effects: [] }
  const { pays, confirmation } = tray.phase
  if (pays === 'guest') return settle(state, tray, null, context)
  if (lookup.kind !== 'known' || lookup.member.facts.memberId !== tray.kept.memberId)
    return { state: stop(state, trayId, 'card-not-valid', context), effects: [] }
  const draft = draftOf(tray, lookup.member, context, confirmation)
  if (isAboveDailyLimit(draft, lookup.member.card ?? NOTHING_SPENT, context.cardTerms))
    return { state: stop(state, trayId, 'daily-limit', context), effects: [] }
  if (lacksConfirmation(draft, context.cardTerms))
    return { state: stop(state, trayId, 'to-confirm', context), effects: [] }
  const { tender } = draft
  if (tender.cashFen > 0 && pays !== 'cash')
    return { state: stop(state, trayId, 'insufficient', context, tender.cashFen), effects: [] }
  return settle(state, tray, lookup.member, context, confirmation)
}

const NOTHING_SPENT = { spentFen: ZERO_FEN, ownLimitFen: null } as const

function draftOf(
  { kept }: Tray,
  member: CounterMember | null,
  context: BaysContext,
  confirmation?: SaleConfirmation,
): SaleDraft {
  const lines = kept.lines.filter(isSellable).map((line) => saleLineOf(line, context.rounding))
  const draft = draftFor({ saleId: kept.trayId }, lines, member, context)
  return confirmation === undefined ? draft : { ...draft, confirmation }
}

function settle(
  state: BaysState,
  tray: Tray,
  member: CounterMember | null,
  context: BaysContext,
  confirmation?: SaleConfirmation,
): BaysStep {
  const draft = draftOf(tray, member, context, confirmation)
  const settling = withPhase(state, tray.kept.trayId, { at: 'settling', draft })
  return { state: settling, effects: [{ kind: 'settle', draft }] }
}

/** What the book answered to the one settlement in flight. */
export function takeOutcome(state: BaysState, outcome: SettleOutcome, context: BaysContext): BaysStep {
  const tray = state.trays.find(({ phase }) => phase.at === 'settling')
  // A tray that was found paid when the book came back is gone already.
  if (tray?.phase.at !== 'settling' || isAnother(outcome, tray)) return { state, effects: [] }
  const { draft } = tray.phase
  const { trayId } = tray.kept
  switch (outcome.kind) {
    case 'unknown':
      return { state, effects: [] }
    case 'refused':
      return { state: refused(state, trayId, outcome.reason, context), effects: [] }
    case 'settled':
    case 'exists': {
      const gone = dropTray({ state, effects: [] }, tray)
      if (state.exit.shown?.trayId !== trayId) return gone
      const { balanceAfterFen } = outcome
      const paid = { draft, displayName: tray.displayName, balanceAfterFen, paidAtMs: context.nowMs }
      return { ...gone, state: { ...gone.state, exit: { ...state.exit, shown: null, paid } } }
    }
  }
}

const isAnother = (outcome: SettleOutcome, { kept }: Tray): boolean =>
  (outcome.kind === 'settled' || outcome.kind === 'exists') && outcome.saleId !== kept.trayId

/** Nothing was charged. What the book knows better is quoted anew; the disk is tried again later. */
function refused(state: BaysState, trayId: string, reason: SettleRefusal, context: BaysContext): BaysState {
  switch (reason) {
    case 'insufficient-balance':
    case 'subsidy-used':
    case 'grant-changed':
    case 'day-closed':
      return withPhase(state, trayId, { at: 'closing', sinceMs: context.nowMs, pays: 'wallet' })
    case 'card-not-valid':
    case 'daily-limit':
      return stop(state, trayId, reason, context)
    case 'not-confirmed':
      return stop(state, trayId, 'to-confirm', context)
    case 'disk-full':
    case 'read-only':
    case 'book-unavailable':
      return stop(state, trayId, 'book', context)
  }
}

/** A tray that is paid, or that holds nothing to pay: what was too little to sell is noted (SPEC BY-3). */
function dropTray({ state, effects }: BaysStep, { kept }: Tray): BaysStep {
  const notes = kept.lines
    .filter((line) => !isSellable(line))
    .map((line): BaysEffect => ({ kind: 'note', note: noteOf(kept.trayId, line, 'below-minimum') }))
  return {
    state: { ...state, trays: state.trays.filter((tray) => tray.kept.trayId !== kept.trayId) },
    effects: [...effects, ...notes],
  }
}

export const noteOf = (trayId: string, line: BayLine, what: BayNote['what']): BayNote => ({
  bayId: line.bayId,
  dishId: line.good.dish.id,
  trayId,
  what,
  netMg: line.netMg,
})
