import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { StaffKey } from '../domain/checkout/state.ts'
import type { CounterView } from '../domain/checkout/view.ts'
import type { Menu } from '../domain/menu.ts'
import { bookErrors, pinErrors, staffErrors } from './refusals.ts'

const id = z.string().min(1).max(64)
const lineNo = z.int().min(0).max(999)

/** One touch of a staff key. The station decides whether it fits the moment. */
const staffKey = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choose-dish'), dishId: id }),
  z.strictObject({ kind: z.literal('add-portion'), dishId: id, quantity: z.int().min(1).max(99) }),
  z.strictObject({ kind: z.literal('remove-line'), lineNo }),
  z.strictObject({ kind: z.literal('choose-plate'), plateId: id }),
  z.strictObject({ kind: z.literal('add-plate') }),
  z.strictObject({ kind: z.literal('hold') }),
  z.strictObject({ kind: z.literal('release') }),
  z.strictObject({ kind: z.literal('take-cash') }),
  z.strictObject({ kind: z.literal('guest-cash') }),
  z.strictObject({ kind: z.literal('cancel') }),
  z.strictObject({ kind: z.literal('confirm-clock') }),
  z.strictObject({ kind: z.literal('accept-warning') }),
]) satisfies z.ZodType<StaffKey>

/** Expected refusals. Anything else that goes wrong is a broken invariant and crashes the station. */
const counterErrors = {
  /** The key does not fit the state of the sale. */
  NOT_NOW: { status: 409, data: z.object({ phase: z.string() }) },
  /** No such dish, plate or line on today's menu. */
  NOT_ON_MENU: { status: 404, data: z.object({ id: z.string() }) },
} as const

export const counterContract = {
  /** The counter as it is now, then each change. Slow readers get the newest view only. */
  watch: oc.output(eventIterator(type<CounterView>())),
  press: oc
    .input(z.strictObject({ key: staffKey }))
    .output(z.object({ revision: z.int() }))
    .errors(counterErrors),
  /** A card reader that types was heard at a window; the digits are a card's tap (SPEC DV-20). */
  cardTyped: oc
    .input(z.strictObject({ digits: z.string().regex(/^[0-9A-F]{8,20}$/) }))
    .output(z.object({ taken: z.boolean() })),
  /** The PIN of the member whose large meal waits for it, from the seniors' screen (SPEC CK-20). */
  enterPin: oc
    .input(z.strictObject({ saleId: id, pin: z.string().max(12) }))
    .output(z.object({}))
    .errors({ NOT_NOW: counterErrors.NOT_NOW, ...pinErrors, ...bookErrors }),
  /** Staff's word in place of her PIN, by whoever is signed in; the audit notes it. */
  confirmSale: oc
    .input(z.strictObject({ saleId: id }))
    .output(z.object({}))
    .errors({ NOT_NOW: counterErrors.NOT_NOW, ...staffErrors }),
  /** The picture of the member on the screen, for whoever is signed in; null when she is no longer there. */
  photo: oc
    .input(z.strictObject({ photoId: id }))
    .output(type<{ readonly photo: string | null }>())
    .errors(staffErrors),
  /** Opens the drawer from the staff's screen, where the configuration has the key there; it is noted who did. */
  openDrawer: oc
    .output(z.object({}))
    .errors({ NO_DRAWER: { status: 404 }, NO_PRINTER: { status: 503 }, BOOK_UNAVAILABLE: { status: 503 } }),
  /** Today's menu with its plates, for the keys and the idle screen. */
  menu: oc.output(type<Menu>()),
}
