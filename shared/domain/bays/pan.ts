import type { StableWeight } from '../sale.ts'
import type { ScaleReading } from '../scale.ts'
import { milligrams, ZERO_MG } from '../units.ts'
import { takenAt, withTake } from './lines.ts'
import { bayOf, boundTray, withBay, withKept, withTray } from './parts.ts'
import {
  BAY_PATIENCE,
  REFILL_MG,
  type Bay,
  type BayNote,
  type BaysContext,
  type BaysState,
  type BaysStep,
  type Oddity,
} from './state.ts'

/** The weight of a pan at rest; anything else a scale can say moves no line (SPEC BY-2). */
export const atRest = (reading: ScaleReading): StableWeight | null =>
  reading.state === 'ok' ? { grossMg: reading.weightMg, rawHex: reading.rawHex } : null

export const isAway = ({ state }: ScaleReading): boolean => state === 'stale' || state === 'disconnected'

/** Less than this is the scale's own unrest: it stays with the level and is never lost. */
const noiseMg = ({ setup }: Bay): number => 2 * setup.profile.divisionMg

/**
 * Takes one reading of a bay's scale in. The difference to the level is attributed as soon as the pan is at rest: to the
 * tray that is bound, or to nobody; what nothing plausible explains becomes the bay's oddity (SPEC BY-2, BY-5 … BY-8).
 */
export function takeReading(
  before: BaysState,
  bayId: string,
  reading: ScaleReading,
  context: BaysContext,
): BaysStep {
  const state = withBay(before, bayId, { scale: reading })
  const bay = bayOf(state, bayId)
  const weight = atRest(reading)
  const handled = bay.kept.refill === 'busy' || bay.kept.refill === 'in-check'
  if (weight === null || handled) return { state, effects: [] }
  if (bay.kept.refill === 'coming-to-rest') return endRefill(state, bayId, weight)
  if (bay.kept.level === null) return { state: withKept(state, bayId, { level: weight }), effects: [] }
  return { state: compare(state, bay, bay.kept.level, weight, context), effects: [] }
}

function compare(
  state: BaysState,
  bay: Bay,
  level: StableWeight,
  weight: StableWeight,
  context: BaysContext,
): BaysState {
  const { bayId } = bay.setup
  const takenMg = level.grossMg - weight.grossMg
  if (Math.abs(takenMg) < noiseMg(bay)) return withBay(state, bayId, { oddity: null })
  const kind = takenMg > 0 ? 'drop' : 'rise'
  const changedMg = plausibleMg(state, bay, weight, takenMg)
  if (changedMg === null) return withOddity(state, bay, kind, weight, context)
  const to = { grossMg: milligrams(level.grossMg - changedMg), rawHex: weight.rawHex }
  return attribute(withBay(state, bayId, { oddity: null }), bayId, to, context)
}

/**
 * What was taken (or put back, negative) if the pan can have changed like that through whom it is attributed to, or null.
 * Putting back takes off what she has and no more; a scale's own unrest beyond it stays with the level.
 */
function plausibleMg(state: BaysState, bay: Bay, weight: StableWeight, takenMg: number): number | null {
  const tray = boundTray(state, bay)
  const hasMg = tray === null ? (bay.kept.loose?.netMg ?? 0) : takenAt(tray.kept, bay.setup.bayId)
  if (takenMg > 0) return hasMg + takenMg <= bay.setup.largestTakeMg ? takenMg : null
  if (hasMg === 0 || isOlderRise(bay, weight, tray?.kept.trayId ?? null)) return null
  const backMg = Math.min(-takenMg, hasMg)
  return -takenMg - backMg < noiseMg(bay) ? -backMg : null
}

/** A rise that stood there before this binding is nobody's putting back (SPEC BY-6). */
const isOlderRise = ({ oddity }: Bay, weight: StableWeight, trayId: string | null): boolean =>
  oddity?.kind === 'rise' && oddity.trayId !== trayId && weight.grossMg <= oddity.weight.grossMg

/** Remembers what is odd; while the weight stays the same, also since when and under whom. */
function withOddity(
  state: BaysState,
  bay: Bay,
  kind: Oddity['kind'],
  weight: StableWeight,
  { nowMs }: BaysContext,
): BaysState {
  const known = bay.oddity?.kind === kind ? bay.oddity : null
  const trayId = known === null ? (bay.kept.binding?.trayId ?? null) : known.trayId
  const same = known !== null && Math.abs(known.weight.grossMg - weight.grossMg) < noiseMg(bay)
  const oddity: Oddity = { kind, weight, sinceMs: same ? known.sinceMs : nowMs, trayId }
  return withBay(state, bay.setup.bayId, { oddity })
}

/** Moves the level to `weight` and gives the difference to the tray that is bound, or to nobody. */
export function attribute(
  state: BaysState,
  bayId: string,
  weight: StableWeight,
  context: BaysContext,
): BaysState {
  const bay = bayOf(state, bayId)
  const { level, binding, loose } = bay.kept
  if (level === null) throw new Error(`bay ${bayId} has no level to attribute from`)
  const tray = boundTray(state, bay)
  const moved = withKept(state, bayId, { level: weight })
  const { nowMs } = context
  if (tray === null || binding === null) {
    const netMg = milligrams((loose?.netMg ?? 0) + level.grossMg - weight.grossMg)
    return withKept(moved, bayId, { loose: netMg === 0 ? null : { netMg, lastAtMs: nowMs } })
  }
  const take = { before: level, after: weight }
  const kept = withTake(tray.kept, bay.setup, binding.good, take, nowMs)
  const renewed = { ...binding, untilMs: nowMs + BAY_PATIENCE.boundMs }
  return withTray(withKept(moved, bayId, { binding: renewed }), tray.kept.trayId, { kept })
}

/** Notes what nobody was bound for, once it can no longer be put back (SPEC BY-5). */
export function noteLoose({ state, effects }: BaysStep, bayId: string): BaysStep {
  const { kept, setup } = bayOf(state, bayId)
  if (kept.loose === null) return { state, effects }
  const note: BayNote = {
    bayId,
    dishId: setup.dishId,
    trayId: null,
    what: 'unattributed',
    netMg: kept.loose.netMg,
  }
  return { state: withKept(state, bayId, { loose: null }), effects: [...effects, { kind: 'note', note }] }
}

/** Whatever lies in the pan now is its new level; the difference is noted as what it was (SPEC BY-7). */
export function relevel(
  { state, effects }: BaysStep,
  bayId: string,
  weight: StableWeight,
  what: 'refilled' | 'take-refused',
): BaysStep {
  const { kept, setup, oddity } = bayOf(state, bayId)
  const netMg = kept.level === null ? ZERO_MG : milligrams(kept.level.grossMg - weight.grossMg)
  const released = withBay(withKept(state, bayId, { level: weight }), bayId, { oddity: null })
  if (netMg === 0) return { state: released, effects }
  const trayId = what === 'take-refused' ? (oddity?.trayId ?? null) : null
  const note: BayNote = { bayId, dishId: setup.dishId, trayId, what, netMg }
  return { state: released, effects: [...effects, { kind: 'note', note }] }
}

/** Staff is done: the pan as it stands is the new level. */
export const endRefill = (state: BaysState, bayId: string, weight: StableWeight): BaysStep =>
  relevel({ state: withKept(state, bayId, { refill: 'none' }), effects: [] }, bayId, weight, 'refilled')

/** A large rise that has stood for a while with nobody bound is a refill that nobody pressed a key for (SPEC BY-7). */
export function noticeRefills(step: BaysStep, { nowMs }: BaysContext): BaysStep {
  let next = step
  for (const { setup, kept, oddity } of step.state.bays) {
    if (oddity === null || kept.level === null || kept.binding !== null || !isRefill(oddity, kept.level))
      continue
    if (nowMs - oddity.sinceMs >= BAY_PATIENCE.refillStandsMs)
      next = relevel(noteLoose(next, setup.bayId), setup.bayId, oddity.weight, 'refilled')
  }
  return next
}

export const isRefill = ({ kind, weight, trayId }: Oddity, level: StableWeight): boolean =>
  kind === 'rise' && trayId === null && weight.grossMg - level.grossMg >= REFILL_MG
