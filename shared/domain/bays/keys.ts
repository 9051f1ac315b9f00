import { beginClosing, noteOf } from './closing.ts'
import { lineAt } from './lines.ts'
import { attribute, atRest, noteLoose, endRefill, relevel } from './pan.ts'
import { bayOf, trayOf, withBay, withKept, withTray } from './parts.ts'
import type { SaleConfirmation } from '../sale.ts'
import type { Bay, BayKey, BaysContext, BaysInput, BaysState, BaysStep, Tray } from './state.ts'

/** One touch of a staff key; null when it does not fit the moment, and then nothing has changed (SPEC BY-13). */
export function pressKey(
  state: BaysState,
  { key, staffId }: Pick<Extract<BaysInput, { kind: 'key' }>, 'key' | 'staffId'>,
  context: BaysContext,
): BaysStep | null {
  if ('trayId' in key) {
    const tray = trayOf(state, key.trayId)
    return tray === null ? null : pressTrayKey(state, tray, { key, staffId }, context)
  }
  const bay = state.bays.find(({ setup }) => setup.bayId === key.bayId)
  return bay === undefined ? null : pressBayKey(state, bay, key.kind, context)
}

/**
 * The check of a bay's scale: while it is under way nothing on the scale is food, and after it the pan is put back as after a
 * refill. Null while somebody is served there (SPEC BY-15, MT-11).
 */
export function takeScaleCheck(state: BaysState, bayId: string, underWay: boolean): BaysStep | null {
  const { kept, queue } = bayOf(state, bayId)
  if (!underWay) {
    const after = kept.refill === 'in-check' ? withKept(state, bayId, { refill: 'busy' }) : state
    return { state: after, effects: [] }
  }
  if (kept.binding !== null || queue !== null) return null
  const begun = withKept(withBay(state, bayId, { oddity: null }), bayId, { refill: 'in-check' })
  return noteLoose({ state: begun, effects: [] }, bayId)
}

type BayKeyKind = Exclude<BayKey, { trayId: string }>['kind']

function pressBayKey(state: BaysState, bay: Bay, kind: BayKeyKind, context: BaysContext): BaysStep | null {
  if (!bayKeysOf(bay).includes(kind)) return null
  const { bayId } = bay.setup
  const weight = atRest(bay.scale)
  switch (kind) {
    case 'refill-begin': {
      const begun = withKept(withBay(state, bayId, { oddity: null }), bayId, {
        refill: 'busy',
        binding: null,
      })
      return noteLoose({ state: begun, effects: [] }, bayId)
    }
    case 'refill-end': {
      // A pan that still moves is taken as it comes to rest.
      const resting = withKept(state, bayId, { refill: 'coming-to-rest' })
      return weight === null ? { state: resting, effects: [] } : endRefill(resting, bayId, weight)
    }
    case 'accept-take':
      if (weight === null) return null
      return {
        state: withBay(attribute(state, bayId, weight, context), bayId, { oddity: null }),
        effects: [],
      }
    case 'new-level': {
      if (weight === null) return null
      const what = bay.oddity?.kind === 'drop' ? 'take-refused' : 'refilled'
      return relevel(noteLoose({ state, effects: [] }, bayId), bayId, weight, what)
    }
    case 'release':
      return { state: withKept(state, bayId, { binding: null }), effects: [] }
  }
}

/** What staff may press at a bay now. */
export function bayKeysOf({ kept, oddity, scale }: Bay): readonly BayKeyKind[] {
  // While the scale is checked its own page ends the check, and only then the pan is back.
  if (kept.refill === 'in-check') return []
  if (kept.refill !== 'none') return ['refill-end']
  const resting = atRest(scale) !== null && oddity !== null && kept.level !== null
  return [
    'refill-begin',
    ...(resting && oddity.kind === 'drop' && oddity.trayId === (kept.binding?.trayId ?? null)
      ? (['accept-take'] as const)
      : []),
    ...(resting ? (['new-level'] as const) : []),
    ...(kept.binding === null ? [] : (['release'] as const)),
  ]
}

type TrayKey = Extract<BayKey, { trayId: string }>
type TrayKeyKind = TrayKey['kind']

function pressTrayKey(
  state: BaysState,
  tray: Tray,
  { key, staffId }: { readonly key: TrayKey; readonly staffId: string | undefined },
  context: BaysContext,
): BaysStep | null {
  if (!trayKeysOf(tray).includes(key.kind)) return null
  const { trayId } = tray.kept
  const word: SaleConfirmation | null = staffId === undefined ? null : { by: 'staff', staffId }
  switch (key.kind) {
    case 'close-tray':
      return { state: beginClosing(state, trayId, 'wallet', context), effects: [] }
    case 'take-cash':
      // Whoever takes cash of her stands before her.
      return { state: beginClosing(state, trayId, 'cash', context, word), effects: [] }
    case 'confirm-tray':
      return { state: beginClosing(state, trayId, 'wallet', context, word), effects: [] }
    case 'guest-cash':
      return { state: beginClosing(state, trayId, 'guest', context), effects: [] }
    case 'cancel-line':
      return cancelLine(state, tray, key.bayId)
    case 'cancel-tray': {
      const lines = tray.kept.lines.map(({ bayId }) => bayId)
      const emptied = lines.reduce<BaysStep>(
        (step, bayId) => cancelLine(step.state, trayOf(step.state, trayId) ?? tray, bayId, step) ?? step,
        { state, effects: [] },
      )
      return { ...emptied, state: beginClosing(emptied.state, trayId, 'wallet', context) }
    }
  }
}

/** What staff may press for a tray now; one that is being paid can no longer be changed. */
export function trayKeysOf({ phase }: Tray): readonly TrayKeyKind[] {
  if (phase.at === 'asked' || phase.at === 'settling') return []
  const short = phase.at === 'stopped' && phase.because === 'insufficient'
  const invalid =
    phase.at === 'stopped' && (phase.because === 'card-not-valid' || phase.because === 'daily-limit')
  const large = phase.at === 'stopped' && phase.because === 'to-confirm'
  return [
    'close-tray',
    ...(short ? (['take-cash'] as const) : []),
    ...(large ? (['confirm-tray'] as const) : []),
    ...(invalid ? (['guest-cash'] as const) : []),
    'cancel-line',
    'cancel-tray',
  ]
}

/** Takes a line off a tray: the canteen bears it, and the note says so (SPEC BY-13). */
function cancelLine(
  state: BaysState,
  { kept }: Tray,
  bayId: string,
  step: BaysStep = { state, effects: [] },
): BaysStep | null {
  const line = lineAt(kept, bayId)
  if (line === null) return null
  const lines = kept.lines.filter((each) => each !== line)
  return {
    state: withTray(state, kept.trayId, { kept: { ...kept, lines } }),
    effects: [...step.effects, { kind: 'note', note: noteOf(kept.trayId, line, 'line-cancelled') }],
  }
}
