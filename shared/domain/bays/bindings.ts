import { noteLoose, atRest, isAway, isRefill } from './pan.ts'
import { bayOf, trayOf, withBay, withKept, withTray } from './parts.ts'
import { goodOf } from './good.ts'
import { BAY_PATIENCE, type Bay, type BaysContext, type BaysState, type BaysStep } from './state.ts'

/** Binds the bay to the tray for a bounded time; a binding it had at another bay ends there (SPEC BY-1). */
function bind(step: BaysStep, bayId: string, trayId: string, context: BaysContext): BaysStep {
  const { setup } = bayOf(step.state, bayId)
  const good = goodOf(context.menu, setup.dishId)
  const tray = trayOf(step.state, trayId)
  const isLocked = context.locks[bayId] !== undefined
  if (good === null || tray === null || isLocked)
    return { ...step, state: withBay(step.state, bayId, { queue: null }) }
  const { state, effects } = noteLoose(step, bayId)
  const { nowMs } = context
  const binding = { trayId, good, untilMs: nowMs + BAY_PATIENCE.boundMs, ending: false }
  const bound = withKept(withBay(state, bayId, { queue: null, notice: null }), bayId, { binding })
  return { state: withTray(bound, trayId, { kept: { ...tray.kept, lastAtMs: nowMs } }), effects }
}

/** A tap of a known card whose tray is open: the bay is hers now, or once the weight before her is attributed. */
export function seekBinding(step: BaysStep, bayId: string, trayId: string, context: BaysContext): BaysStep {
  const { kept } = bayOf(step.state, bayId)
  const { nowMs } = context
  const moving = leaveOtherBays(step.state, bayId, trayId)
  if (kept.binding?.trayId === trayId) {
    const binding = { ...kept.binding, untilMs: nowMs + BAY_PATIENCE.boundMs, ending: false }
    return { ...step, state: withKept(withBay(moving, bayId, { queue: null }), bayId, { binding }) }
  }
  const queued = withBay(moving, bayId, { queue: { trayId, sinceMs: nowMs } })
  const ending = kept.binding === null ? null : { ...kept.binding, ending: true }
  return handOver({ ...step, state: withKept(queued, bayId, { binding: ending }) }, bayId, context)
}

function leaveOtherBays(state: BaysState, bayId: string, trayId: string): BaysState {
  return {
    ...state,
    bays: state.bays.map((bay) => (bay.setup.bayId === bayId ? bay : left(bay, trayId))),
  }
}

function left(bay: Bay, trayId: string): Bay {
  const { kept, queue } = bay
  const binding = kept.binding?.trayId === trayId ? { ...kept.binding, ending: true } : kept.binding
  const waits = queue?.trayId === trayId ? null : queue
  if (binding === kept.binding && waits === queue) return bay
  return { ...bay, kept: { ...kept, binding }, queue: waits }
}

/** Ends every binding of a tray that is about to be paid. */
export const endBindings = (state: BaysState, trayId: string): BaysState => ({
  ...state,
  bays: state.bays.map((bay) => left(bay, trayId)),
})

/** Ends what has come to its end, and lets in who waits; called after every step. */
export function handOverAll(step: BaysStep, context: BaysContext): BaysStep {
  return step.state.bays.reduce((next, { setup }) => handOver(next, setup.bayId, context), step)
}

function handOver(step: BaysStep, bayId: string, context: BaysContext): BaysStep {
  const bay = bayOf(step.state, bayId)
  let state = step.state
  if (bay.kept.binding?.ending === true && isAttributed(bay))
    state = withKept(state, bayId, { binding: null })
  const freed = bayOf(state, bayId)
  if (freed.queue === null || freed.kept.binding !== null || !isReady(freed)) return { ...step, state }
  return bind({ ...step, state }, bayId, freed.queue.trayId, context)
}

/**
 * True when nothing of the tray that is bound can still change: the pan is at rest and explained, or its scale is away. A
 * rise lowers no line, so it keeps nobody who leaves, but it keeps the next one from being charged for it (SPEC BY-4, BY-6).
 */
function isAttributed({ scale, oddity, kept, queue }: Bay): boolean {
  if (isAway(scale)) return true
  if (atRest(scale) === null) return false
  if (oddity === null) return true
  if (oddity.kind === 'drop') return false
  return queue === null || oddity.trayId !== kept.binding?.trayId
}

/** True when what happens from now on can be told from what happened before. */
function isReady({ scale, oddity, kept }: Bay): boolean {
  if (kept.refill !== 'none' || kept.level === null || atRest(scale) === null) return false
  return oddity === null || (oddity.kind === 'rise' && !isRefill(oddity, kept.level))
}
