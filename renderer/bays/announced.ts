import type { BayView, ExitView } from '../../shared/domain/bays/view.ts'
import type { Spoken } from '../voice/speech.ts'

/** Troubles of a card that the voice has words for. */
const SPOKEN_TROUBLES = ['card-unknown', 'card-lost', 'card-returned', 'two-cards'] as const

const spokenTrouble = (trouble: string | null): Spoken | null => {
  const code = SPOKEN_TROUBLES.find((each) => each === trouble)
  return code === undefined ? null : { kind: 'trouble', code }
}

/** What the exit says when its screen goes from one view to the next: what she paid, what is missing, what is wrong. */
export function announcedAtExit(before: ExitView, now: ExitView): Spoken | null {
  if (before.phase === now.phase && before.trouble === now.trouble) return null
  switch (now.phase) {
    case 'paid':
      return {
        kind: 'paid',
        subsidyFen: now.subsidyFen,
        selfPayFen: now.selfPayFen,
        balanceFen: now.balanceAfterFen,
      }
    case 'insufficient':
      return { kind: 'insufficient', shortfallFen: now.missingFen }
    case 'trouble':
      return spokenTrouble(now.trouble)
    case 'idle':
    case 'settling':
    case 'checking':
    case 'nothing':
      return null
  }
}

/** What a bay says: the dish, what her tray took of it and for how much, as soon as it is at rest; or what is wrong. */
export function announcedAtBay(before: BayView, now: BayView): Spoken | null {
  const warning = warnedAtBay(before, now)
  if (warning !== null) return warning
  if (now.trouble !== null) return before.trouble === now.trouble ? null : spokenTrouble(now.trouble)
  const { dish, dishId, netMg, amountFen, belowMinimum } = now
  const changed = before.netMg !== netMg || before.trayId !== now.trayId || before.trouble !== null
  if (now.phase !== 'taking' || dish === null || !changed || netMg === 0 || belowMinimum) return null
  return { kind: 'line', name: dish.name, dishId, netMg, amountFen }
}

/** What a bay says also where bays are silent otherwise: what does not suit her, before it is hers (SPEC BY-18). */
export function warnedAtBay(before: BayView, now: BayView): Spoken | null {
  const isNew = before.trouble !== now.trouble || before.trayId !== now.trayId
  return now.trouble === 'diet-warning' && isNew ? { kind: 'diet-warning-at-bay' } : null
}
