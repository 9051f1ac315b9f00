import { dietWarnings } from '../diet.ts'
import type { CardLookup, CounterMember } from '../member.ts'
import { seekBinding } from './bindings.ts'
import { beginClosing } from './closing.ts'
import { goodOf } from './good.ts'
import { bayOf, withBay, withPhase } from './parts.ts'
import {
  BAY_PATIENCE,
  type BayNotice,
  type BaysContext,
  type BaysState,
  type BaysStep,
  type Tray,
} from './state.ts'

/** A trouble at one reader, in words that pass by themselves; `bayId` null is the exit reader. */
function notify(state: BaysState, bayId: string | null, code: BayNotice, { nowMs }: BaysContext): BaysState {
  const notice = { code, untilMs: nowMs + BAY_PATIENCE.noticeMs }
  return bayId === null ? { ...state, exit: { ...state.exit, notice } } : withBay(state, bayId, { notice })
}

/** Said before anything is taken; her second tap while it stands takes the bay (SPEC BY-18). */
const warn = (state: BaysState, bayId: string, cardUid: string, { nowMs }: BaysContext): BaysState =>
  withBay(state, bayId, {
    notice: { code: 'diet-warning', untilMs: nowMs + BAY_PATIENCE.noticeMs, cardUid },
  })

/** Several cards at once are never chosen between; whoever is bound stays bound (SPEC BY-1, CK-5). */
export function takeSeveral(state: BaysState, bayId: string | null, context: BaysContext): BaysState {
  return notify(state, bayId, 'two-cards', context)
}

/** A card at a bay: opens its tray, or finds it, and asks for the bay (SPEC BY-1). */
export function takeTap(state: BaysState, bayId: string, lookup: CardLookup, context: BaysContext): BaysStep {
  const none = (code: BayNotice): BaysStep => ({ state: notify(state, bayId, code, context), effects: [] })
  if (lookup.kind !== 'known') return none(`card-${lookup.kind}`)
  const { setup, kept, notice } = bayOf(state, bayId)
  const good = goodOf(context.menu, setup.dishId)
  if (good === null) return none('not-on-sale')
  const lock = context.locks[bayId]
  if (lock !== undefined) return none(lock)
  if (kept.refill === 'in-check') return none('scale-in-check')
  const { member } = lookup
  const known = trayOfCard(state, member.cardUid)
  const { id: dishId, name, tags } = good.dish
  const unfit = dietWarnings(member.eating ?? {}, [{ dishId, name, tags }]).length > 0
  const warned = notice?.code === 'diet-warning' && notice.cardUid === member.cardUid
  const isHers = known !== null && kept.binding?.trayId === known.kept.trayId
  if (unfit && !warned && !isHers) return { state: warn(state, bayId, member.cardUid, context), effects: [] }
  if (known?.phase.at === 'settling' || known?.phase.at === 'asked') return none('one-moment')
  const tray = known ?? openTray(lookup.member, context)
  const opened = known === null ? { ...state, trays: [...state.trays, tray] } : state
  // Whoever taps at a bay again goes on eating: what was about to be paid waits for her.
  const reopened = mayReopen(tray) ? withPhase(opened, tray.kept.trayId, { at: 'open' }) : opened
  const cleared = withBay(reopened, bayId, { notice: null })
  const sought = seekBinding({ state: cleared, effects: [] }, bayId, tray.kept.trayId, context)
  const waits = bayOf(sought.state, bayId).queue?.trayId === tray.kept.trayId
  return waits ? { ...sought, state: notify(sought.state, bayId, 'one-moment', context) } : sought
}

const mayReopen = ({ phase }: Tray): boolean =>
  phase.at === 'closing' || (phase.at === 'stopped' && phase.because !== 'restored')

const trayOfCard = (state: BaysState, cardUid: string): Tray | null =>
  state.trays.find(({ kept, phase }) => kept.cardUid === cardUid && !isRestored(phase)) ?? null

const isRestored = (phase: Tray['phase']): boolean => phase.at === 'stopped' && phase.because === 'restored'

function openTray({ cardUid, displayName, facts }: CounterMember, context: BaysContext): Tray {
  const { nextTrayId: trayId, nowMs } = context
  const { memberId } = facts
  const kept = { trayId, cardUid, memberId, openedAtMs: nowMs, lastAtMs: nowMs, lines: [] }
  return { kept, displayName, phase: { at: 'open' } }
}

/** A card at the exit: its tray is paid once its bays are at rest (SPEC BY-9). */
export function takeExitTap(state: BaysState, lookup: CardLookup, context: BaysContext): BaysState {
  if (lookup.kind !== 'known') return notify(state, null, `card-${lookup.kind}`, context)
  const tray = trayOfCard(state, lookup.member.cardUid)
  const { exit } = state
  if (tray === null) {
    // The card that has just paid is shown what it paid, not a trouble.
    const justPaid = exit.paid?.draft.cardUid === lookup.member.cardUid
    return justPaid ? state : notify(state, null, 'no-tray', context)
  }
  const { trayId } = tray.kept
  const shown = { trayId, untilMs: context.nowMs + BAY_PATIENCE.exitMs }
  const facing: BaysState = { ...state, exit: { ...exit, shown, paid: null, notice: null } }
  return beginClosing(facing, trayId, 'wallet', context)
}
