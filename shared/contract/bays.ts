import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { BayKey } from '../domain/bays/state.ts'
import type { BaysView, BayView, ExitView } from '../domain/bays/view.ts'
import { approval, approvedErrors, staffErrors } from './refusals.ts'

const bayId = z.string().min(1).max(32)
const trayId = z.uuid()

/** What any of the staff may press at the bays; the station decides whether it fits the moment. */
const bayKey = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['refill-begin', 'refill-end', 'accept-take', 'new-level', 'release']),
    bayId,
  }),
  z.strictObject({ kind: z.enum(['close-tray', 'take-cash', 'guest-cash', 'confirm-tray']), trayId }),
]) satisfies z.ZodType<BayKey>

/** What lets food go unpaid. */
const cancelKey = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cancel-line'), trayId, bayId }),
  z.strictObject({ kind: z.literal('cancel-tray'), trayId }),
]) satisfies z.ZodType<BayKey>

const keyErrors = { ...staffErrors, NOT_NOW: { status: 409 } } as const

export const baysContract = {
  /** The bays that are set up here, for the windows to choose from; none in a canteen without. */
  setUp: oc.output(type<{ readonly bayIds: readonly string[]; readonly exit: boolean }>()),
  /** One bay as its screen shows it, then each change. */
  watchBay: oc
    .input(z.strictObject({ bayId }))
    .output(eventIterator(type<BayView>()))
    .errors({ NO_SUCH_BAY: { status: 404 } }),
  watchExit: oc.output(eventIterator(type<ExitView>())).errors({ NO_SUCH_BAY: { status: 404 } }),
  /** All bays and trays, for staff. */
  watch: oc.output(eventIterator(type<BaysView>())).errors({ ...staffErrors, NO_SUCH_BAY: { status: 404 } }),
  press: oc
    .input(z.strictObject({ key: bayKey }))
    .output(z.object({}))
    .errors(keyErrors),
  /** With a manager's word: from whoever else is signed in, her PIN for this one act. */
  cancel: oc
    .input(z.strictObject({ key: cancelKey, approval }))
    .output(z.object({}))
    .errors({ ...approvedErrors, NOT_NOW: { status: 409 } }),
}
