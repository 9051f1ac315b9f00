import { useCallback, useEffect, useRef, useState } from 'react'
import type { StaffKey } from '../../../shared/domain/checkout/state.ts'
import type { CounterPhase } from '../../../shared/domain/checkout/view.ts'
import type { PressOutcome } from '../../stores/press.ts'
import { touch, type Touches } from '../../ui/touch.ts'

/** Long enough to be read twice. */
const REFUSAL_SHOWN_MS = 8_000

export interface Refusal {
  readonly label: string
  readonly outcome: Exclude<PressOutcome, 'done'>
  readonly phase: CounterPhase
}

export interface StaffKeys {
  /** @param atMs when it was touched, by the page's monotonic clock */
  touchKey(key: StaffKey, label: string, atMs: number): void
  readonly refusal: Refusal | null
}

/** Sends keys to the station: one for each touch, and says in words what was refused. */
export function useStaffKeys(
  press: (key: StaffKey) => Promise<PressOutcome>,
  phase: CounterPhase,
): StaffKeys {
  const touches = useRef<Touches>(new Map())
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  useEffect(() => {
    if (refusal === null) return undefined
    const forgetting = setTimeout(() => setRefusal(null), REFUSAL_SHOWN_MS)
    return () => clearTimeout(forgetting)
  }, [refusal])

  const touchKey = useCallback(
    (key: StaffKey, label: string, atMs: number) => {
      const touched = touch(touches.current, identityOf(key), atMs)
      touches.current = touched.touches
      if (!touched.counts) return
      void press(key).then((outcome) => setRefusal(outcome === 'done' ? null : { label, outcome, phase }))
    },
    [press, phase],
  )
  return { touchKey, refusal }
}

/** One key on the screen, whatever it carries: hold and release are the same key. */
function identityOf(key: StaffKey): string {
  switch (key.kind) {
    case 'choose-dish':
    case 'add-portion':
      return `dish ${key.dishId}`
    case 'choose-plate':
      return `plate ${key.plateId}`
    case 'remove-line':
      return `line ${key.lineNo}`
    case 'hold':
    case 'release':
      return 'hold'
    default:
      return key.kind
  }
}
