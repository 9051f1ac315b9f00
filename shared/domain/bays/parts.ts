import type { Bay, BaysState, KeptBay, Tray, TrayPhase } from './state.ts'

/** @throws Error for a bay that is not set up: whoever feeds the machine knows its bays. */
export function bayOf(state: BaysState, bayId: string): Bay {
  const bay = state.bays.find(({ setup }) => setup.bayId === bayId)
  if (bay === undefined) throw new Error(`there is no bay ${bayId}`)
  return bay
}

export const trayOf = (state: BaysState, trayId: string): Tray | null =>
  state.trays.find(({ kept }) => kept.trayId === trayId) ?? null

/** The tray that a bay is bound to now. */
export const boundTray = (state: BaysState, { kept }: Bay): Tray | null =>
  kept.binding === null ? null : trayOf(state, kept.binding.trayId)

export function withBay(state: BaysState, bayId: string, change: Partial<Bay>): BaysState {
  return {
    ...state,
    bays: state.bays.map((bay) => (bay.setup.bayId === bayId ? { ...bay, ...change } : bay)),
  }
}

export function withKept(state: BaysState, bayId: string, change: Partial<KeptBay>): BaysState {
  return withBay(state, bayId, { kept: { ...bayOf(state, bayId).kept, ...change } })
}

export function withTray(state: BaysState, trayId: string, change: Partial<Tray>): BaysState {
  return {
    ...state,
    trays: state.trays.map((tray) => (tray.kept.trayId === trayId ? { ...tray, ...change } : tray)),
  }
}

export const withPhase = (state: BaysState, trayId: string, phase: TrayPhase): BaysState =>
  withTray(state, trayId, { phase })

/** True while `nowMs` lies in the window; a clock set back ends the window as well. */
export const within = (untilMs: number, lengthMs: number, nowMs: number): boolean =>
  nowMs >= untilMs - lengthMs && nowMs < untilMs
