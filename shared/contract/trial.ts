import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { Words } from '../domain/menu.ts'
import type { Milligrams } from '../domain/units.ts'

export type TrialDevice = 'scale' | 'reader' | 'printer' | 'display'

/** What a bay has; the exit has a reader alone. */
export type BayDevice = 'scale' | 'reader'

/** One simulated dish station. */
export interface TrialBay {
  readonly bayId: string
  readonly dish: Words
  /** What lies in the pan. */
  readonly panMg: Milligrams
  /** What it holds when it is full. */
  readonly fullMg: Milligrams
  readonly moving: boolean
  readonly handInPan: boolean
  readonly cardOnReader: string | null
  readonly plugged: Readonly<Record<BayDevice, boolean>>
}

/** The simulated devices of the trial counter, as its panel shows them. */
export interface TrialView {
  readonly plateOn: boolean
  readonly foodMg: Milligrams
  readonly plugged: Readonly<Record<TrialDevice, boolean>>
  readonly moving: boolean
  readonly cardOnReader: string | null
  readonly cards: readonly { readonly uid: string; readonly label: string; readonly hint: string }[]
  readonly bays: readonly TrialBay[]
  readonly cardAtExit: string | null
  readonly exitPlugged: boolean
  readonly printer: {
    readonly hasPaper: boolean
    /** What hangs out of the printer, the newest last. */
    readonly receipts: readonly string[]
  }
  /** What the price display's bytes have lit: its digits, and the lamp beside them. */
  readonly display: { readonly digits: string; readonly lamp: string }
}

const uid = z.string().regex(/^[0-9A-F]{10}$/)
const bayId = z.string().min(1).max(32)
const done = z.object({})

/** Hands on the simulated devices. Present only in a trial station. */
export const trialContract = {
  watch: oc.output(eventIterator(type<TrialView>())),
  /** Puts the demo plate with this much food on the scale; it swings for a moment, as scales do. */
  placePlate: oc.input(z.strictObject({ foodMg: z.int().min(0).max(5_000_000) })).output(done),
  removePlate: oc.output(done),
  tapCard: oc.input(z.strictObject({ uid })).output(done),
  setPlugged: oc
    .input(
      z.strictObject({ device: z.enum(['scale', 'reader', 'printer', 'display']), plugged: z.boolean() }),
    )
    .output(done),
  /** Pulls the plug of a bay's scale or reader, or of the exit's reader, whose bay is null; or puts it back. */
  setBayPlugged: oc
    .input(
      z.union([
        z.strictObject({ bayId, device: z.enum(['scale', 'reader']), plugged: z.boolean() }),
        z.strictObject({ bayId: z.null(), device: z.literal('reader'), plugged: z.boolean() }),
      ]),
    )
    .output(done),
  /** Holds a card against a bay's reader, or the exit's, which is null. */
  tapBay: oc.input(z.strictObject({ bayId: bayId.nullable(), uid })).output(done),
  /** Takes food out of a pan, or puts it back (negative); no more than there is, and none beyond a full pan. */
  takeFood: oc.input(z.strictObject({ bayId, takenMg: z.int().min(-5_000_000).max(5_000_000) })).output(done),
  refillPan: oc.input(z.strictObject({ bayId })).output(done),
  /** A hand that leans on the pan until it leaves. */
  setHand: oc.input(z.strictObject({ bayId, inPan: z.boolean() })).output(done),
  setPaper: oc.input(z.strictObject({ hasPaper: z.boolean() })).output(done),
}
