import { create } from 'zustand'
import type { TrialView } from '../../shared/contract/trial.ts'

/** The simulated devices, as the trial station last said. */
export const useTrial = create<{ readonly view: TrialView | null }>(() => ({ view: null }))
