import { create } from 'zustand'
import type { TrialView } from '../../shared/contract/trial.ts'
import type { BayView, ExitView } from '../../shared/domain/bays/view.ts'

interface Trial {
  readonly view: TrialView | null
  /** What stands on the small screens of its bays and of the exit. */
  readonly screens: { readonly bays: Readonly<Record<string, BayView>>; readonly exit: ExitView | null }
}

export const NO_TRIAL: Trial = { view: null, screens: { bays: {}, exit: null } }

/** The simulated devices, as the trial station last said. */
export const useTrial = create<Trial>(() => NO_TRIAL)
