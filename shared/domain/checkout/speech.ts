import type { CheckoutState } from './state.ts'
import type { Speech } from './view.ts'

type WithoutSequence<Each> = Each extends unknown ? Omit<Each, 'sequence'> : never
export type Announcement = WithoutSequence<Speech>

/** The state with one more announcement: a new sequence number means that it is said (SPEC CK-15). */
export function announce(state: CheckoutState, announcement: Announcement): CheckoutState {
  const sequence = (state.speech?.sequence ?? 0) + 1
  return { ...state, speech: { ...announcement, sequence } }
}
