import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { Milligrams } from '../domain/units.ts'

/** The simulated devices of the trial counter, as its panel shows them. */
export interface TrialView {
  readonly plateOn: boolean
  readonly foodMg: Milligrams
  readonly scalePlugged: boolean
  readonly readerPlugged: boolean
  readonly moving: boolean
  readonly cardOnReader: string | null
  readonly cards: readonly { readonly uid: string; readonly label: string; readonly hint: string }[]
}

/** Hands on the simulated scale and reader. Present only in a trial station. */
export const trialContract = {
  watch: oc.output(eventIterator(type<TrialView>())),
  /** Puts the demo plate with this much food on the scale; it swings for a moment, as scales do. */
  placePlate: oc.input(z.strictObject({ foodMg: z.int().min(0).max(5_000_000) })).output(z.object({})),
  removePlate: oc.output(z.object({})),
  tapCard: oc.input(z.strictObject({ uid: z.string().regex(/^[0-9A-F]{10}$/) })).output(z.object({})),
  setPlugged: oc
    .input(z.strictObject({ device: z.enum(['scale', 'reader']), plugged: z.boolean() }))
    .output(z.object({})),
}
