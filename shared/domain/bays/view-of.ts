import { fen, milligrams, ZERO_FEN, ZERO_MG } from '../units.ts'
import { goodOf } from './good.ts'
import { amountOf, isSellable, lineAt, totalOf } from './lines.ts'
import { bayKeysOf, trayKeysOf } from './keys.ts'
import { atRest, isAway } from './pan.ts'
import { boundTray, trayOf } from './parts.ts'
import type { Bay, BaysContext, BaysState, Tray } from './state.ts'
import type { BayOverview, BayTrouble, BayView, ExitView, TrayOverview } from './view.ts'

/** What one bay's screen shows; amounts are of what was attributed, never of a pan that moves (SPEC BY-2). */
export function bayViewOf(state: BaysState, bay: Bay, context: BaysContext): BayView {
  const { setup, kept } = bay
  const tray = boundTray(state, bay)
  const line = tray === null ? null : lineAt(tray.kept, setup.bayId)
  const good = kept.binding?.good ?? goodOf(context.menu, setup.dishId)
  const trouble = troubleOf(state, bay, context)
  return {
    bayId: setup.bayId,
    dishId: setup.dishId,
    dish: good === null ? null : { name: good.dish.name, tags: good.dish.tags, price: good.price },
    phase: kept.refill === 'none' || kept.refill === 'in-check' ? phaseOf(bay, trouble) : 'refilling',
    trouble,
    displayName: tray?.displayName ?? null,
    trayId: tray?.kept.trayId ?? null,
    netMg: line?.netMg ?? ZERO_MG,
    amountFen: line === null ? ZERO_FEN : amountOf(line, context.rounding),
    trayFen: tray === null ? ZERO_FEN : totalOf(tray.kept, context.rounding),
    belowMinimum: line !== null && !isSellable(line),
    readerConnected: bay.readerConnected,
  }
}

function phaseOf(bay: Bay, trouble: BayTrouble | null): BayView['phase'] {
  if (trouble === 'one-moment' || bay.queue !== null) return 'settling'
  if (trouble !== null) return 'trouble'
  if (bay.kept.binding === null) return 'idle'
  return atRest(bay.scale) === null ? 'settling' : 'taking'
}

function troubleOf(state: BaysState, bay: Bay, context: BaysContext): BayTrouble | null {
  if (bay.notice !== null) return bay.notice.code
  if (state.bookTrouble !== null) return 'book'
  if (isAway(bay.scale)) return 'scale-away'
  if (bay.kept.refill === 'in-check') return 'scale-in-check'
  const lock = context.locks[bay.setup.bayId]
  if (lock !== undefined) return lock
  if (bay.scale.state === 'overload') return 'scale-overload'
  if (bay.scale.state !== 'ok' && bay.scale.state !== 'unstable') return 'scale-not-ready'
  if (bay.oddity !== null) return bay.oddity.kind === 'rise' ? 'weight-rose' : 'large-take'
  const sold = bay.kept.binding !== null || goodOf(context.menu, bay.setup.dishId) !== null
  return sold ? null : 'not-on-sale'
}

export function bayOverviewOf(state: BaysState, bay: Bay, context: BaysContext): BayOverview {
  const { kept, oddity } = bay
  const odd = oddity === null || kept.level === null ? null : kept.level.grossMg - oddity.weight.grossMg
  return {
    ...bayViewOf(state, bay, context),
    panMg: atRest(bay.scale)?.grossMg ?? null,
    oddMg: odd === null ? null : milligrams(odd),
    looseMg: kept.loose?.netMg ?? ZERO_MG,
    keys: bayKeysOf(bay),
  }
}

const STATES = {
  open: 'open',
  closing: 'closing',
  asked: 'checking',
  settling: 'checking',
  stopped: 'stopped',
} as const

export function trayOverviewOf(tray: Tray, context: BaysContext): TrayOverview {
  const { kept, phase } = tray
  return {
    trayId: kept.trayId,
    displayName: tray.displayName,
    openedAtMs: kept.openedAtMs,
    lastAtMs: kept.lastAtMs,
    state: STATES[phase.at],
    because: phase.at === 'stopped' ? phase.because : null,
    missingFen: phase.at === 'stopped' ? fen(phase.missingFen) : ZERO_FEN,
    totalFen: totalOf(kept, context.rounding),
    lines: kept.lines.map((line) => ({
      bayId: line.bayId,
      name: line.good.dish.name,
      netMg: line.netMg,
      amountFen: amountOf(line, context.rounding),
      belowMinimum: !isSellable(line),
    })),
    keys: trayKeysOf(tray),
  }
}

const NOTHING_SHOWN = {
  trouble: null,
  displayName: null,
  lines: [],
  totalFen: ZERO_FEN,
  subsidyFen: ZERO_FEN,
  selfPayFen: ZERO_FEN,
  balanceAfterFen: null,
  missingFen: ZERO_FEN,
} as const

export function exitViewOf(state: BaysState, context: BaysContext): ExitView {
  const { exit } = state
  const { readerConnected } = exit
  if (exit.notice !== null)
    return { ...NOTHING_SHOWN, phase: 'trouble', trouble: exit.notice.code, readerConnected }
  if (exit.paid !== null) return paidView(exit.paid, readerConnected)
  if (exit.shown === null) return { ...NOTHING_SHOWN, phase: 'idle', readerConnected }
  const tray = trayOf(state, exit.shown.trayId)
  if (tray === null) return { ...NOTHING_SHOWN, phase: 'nothing', readerConnected }
  const { displayName, lines, totalFen, missingFen } = trayOverviewOf(tray, context)
  const sold = lines.filter(({ belowMinimum }) => !belowMinimum)
  const about = { ...NOTHING_SHOWN, displayName, lines: sold, totalFen, missingFen, readerConnected }
  switch (tray.phase.at) {
    case 'open':
    case 'closing':
      return { ...about, phase: 'settling' }
    case 'asked':
    case 'settling':
      return { ...about, phase: 'checking' }
    case 'stopped':
      if (tray.phase.because === 'insufficient') return { ...about, phase: 'insufficient' }
      return { ...about, phase: 'trouble', trouble: 'ask-staff' }
  }
}

function paidView(
  { draft, displayName, balanceAfterFen }: NonNullable<BaysState['exit']['paid']>,
  readerConnected: boolean,
): ExitView {
  return {
    ...NOTHING_SHOWN,
    phase: 'paid',
    displayName,
    lines: draft.lines.map((line) => ({
      name: line.name,
      netMg: line.kind === 'weighed' ? line.netMg : ZERO_MG,
      amountFen: line.amountFen,
    })),
    totalFen: draft.quote.priceFen,
    subsidyFen: draft.quote.subsidyFen,
    selfPayFen: draft.quote.selfPayFen,
    balanceAfterFen,
    readerConnected,
  }
}
