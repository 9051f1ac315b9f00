import { handOverAll } from './bindings.ts'
import { beginClosing, closeTrays, takeMember, takeOutcome } from './closing.ts'
import { pressKey, takeScaleCheck } from './keys.ts'
import { noteLoose, noticeRefills, takeReading } from './pan.ts'
import { withBay, withPhase, within, withTray } from './parts.ts'
import { takeExitTap, takeSeveral, takeTap } from './taps.ts'
import {
  BAY_PATIENCE,
  type Bay,
  type BaysContext,
  type BaysInput,
  type BaysState,
  type BaysStep,
} from './state.ts'

/**
 * One step of the bays: takes one input in, lets go of what has expired, hands bays over and moves closing trays on. Pure
 * and total; at most one settlement is in flight, and each tray settles at most once (SPEC BY-11).
 */
export function advanceBays(before: BaysState, input: BaysInput, context: BaysContext): BaysStep {
  // What is known of the book or the clock moves nothing by itself; the next tick goes on from there.
  if (input.kind === 'book') return { state: { ...before, bookTrouble: input.trouble }, effects: [] }
  if (input.kind === 'clock') return { state: { ...before, clockToConfirm: input.toConfirm }, effects: [] }
  const fresh = expireBindings(before, context)
  const step = takeInput(fresh.state, input, context)
  if (step.refused === true) return { state: before, effects: [], refused: true }
  const taken = { state: step.state, effects: [...fresh.effects, ...step.effects] }
  const expired = input.kind === 'tick' ? expire(taken, context) : taken
  return closeTrays(handOverAll(expired, context), context)
}

type StepInput = Exclude<BaysInput, { kind: 'book' | 'clock' }>

function takeInput(state: BaysState, input: StepInput, context: BaysContext): BaysStep {
  const only = (next: BaysState): BaysStep => ({ state: next, effects: [] })
  switch (input.kind) {
    case 'reading':
      return takeReading(state, input.bayId, input.reading, context)
    case 'tap':
      return takeTap(state, input.bayId, input.lookup, context)
    case 'exit-tap':
      return only(takeExitTap(state, input.lookup, context))
    case 'several':
      return only(takeSeveral(state, input.bayId, context))
    case 'reader':
      return only(withReader(state, input.bayId, input.connected))
    case 'key':
      return pressKey(state, input, context) ?? { ...only(state), refused: true }
    case 'scale-check':
      return takeScaleCheck(state, input.bayId, input.underWay) ?? { ...only(state), refused: true }
    case 'member':
      return takeMember(state, input.trayId, input.lookup, context)
    case 'outcome':
      return takeOutcome(state, input.outcome, context)
    case 'tick':
      return only(state)
  }
}

const withReader = (state: BaysState, bayId: string | null, readerConnected: boolean): BaysState =>
  bayId === null
    ? { ...state, exit: { ...state.exit, readerConnected } }
    : withBay(state, bayId, { readerConnected })

/**
 * Before a reading is attributed: a machine that slept must not charge what happened meanwhile, and a scale that may no longer
 * sell charges nobody for what comes next (SPEC BY-1, BY-15).
 */
function expireBindings(state: BaysState, context: BaysContext): BaysStep {
  const { nowMs, locks } = context
  const over = ({ kept: { binding }, setup: { bayId } }: Bay): boolean =>
    binding !== null &&
    !binding.ending &&
    (locks[bayId] !== undefined || !within(binding.untilMs, BAY_PATIENCE.boundMs, nowMs))
  if (!state.bays.some(over)) return { state, effects: [] }
  const bays = state.bays.map((bay) => {
    const { binding } = bay.kept
    if (binding === null || !over(bay)) return bay
    return { ...bay, kept: { ...bay.kept, binding: { ...binding, ending: true } } }
  })
  return handOverAll({ state: { ...state, bays }, effects: [] }, context)
}

function expire(step: BaysStep, context: BaysContext): BaysStep {
  const bays = step.state.bays.reduce((next, bay) => expireBay(next, bay, context), step)
  const refilled = noticeRefills(bays, context)
  return { ...refilled, state: expireExit(expireTrays(refilled.state, context), context) }
}

function expireBay(step: BaysStep, bay: Bay, { nowMs }: BaysContext): BaysStep {
  const { bayId } = bay.setup
  let { state } = step
  const { notice, queue } = bay
  if (notice !== null && !within(notice.untilMs, BAY_PATIENCE.noticeMs, nowMs))
    state = withBay(state, bayId, { notice: null })
  if (queue !== null && !within(queue.sinceMs + BAY_PATIENCE.queueMs, BAY_PATIENCE.queueMs, nowMs))
    state = withBay(state, bayId, { queue: null })
  const { loose } = bay.kept
  const canReturn =
    loose === null || within(loose.lastAtMs + BAY_PATIENCE.looseMs, BAY_PATIENCE.looseMs, nowMs)
  return canReturn ? { ...step, state } : noteLoose({ ...step, state }, bayId)
}

/** A tray that nobody touches goes to be paid by itself; a settlement that the disk refused is tried again (SPEC BY-10). */
function expireTrays(state: BaysState, context: BaysContext): BaysState {
  const { nowMs, trayMs } = context
  return state.trays.reduce((next, { kept, phase }) => {
    const { trayId } = kept
    if (phase.at === 'stopped' && phase.because === 'book' && nowMs - phase.sinceMs >= BAY_PATIENCE.retryMs)
      return withPhase(next, trayId, { at: 'closing', sinceMs: nowMs, pays: 'wallet' })
    if (phase.at !== 'open') return next
    // A clock that was set back says nothing about how long the tray has stood.
    if (nowMs < kept.lastAtMs) return withTray(next, trayId, { kept: { ...kept, lastAtMs: nowMs } })
    return nowMs - kept.lastAtMs >= trayMs ? beginClosing(next, trayId, 'wallet', context) : next
  }, state)
}

function expireExit(state: BaysState, { nowMs }: BaysContext): BaysState {
  const { notice, shown, paid } = state.exit
  const noticeOver = notice !== null && !within(notice.untilMs, BAY_PATIENCE.noticeMs, nowMs)
  const shownOver = shown !== null && !within(shown.untilMs, BAY_PATIENCE.exitMs, nowMs)
  const paidOver = paid !== null && !within(paid.paidAtMs + BAY_PATIENCE.paidMs, BAY_PATIENCE.paidMs, nowMs)
  if (!noticeOver && !shownOver && !paidOver) return state
  return {
    ...state,
    exit: {
      ...state.exit,
      notice: noticeOver ? null : notice,
      shown: shownOver ? null : shown,
      paid: paidOver ? null : paid,
    },
  }
}
