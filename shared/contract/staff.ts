import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import { STAFF_ROLES, type StaffRole } from '../domain/staff.ts'
import type { PaidBy } from './payers.ts'
import { pinErrors, plainText, staffErrors } from './refusals.ts'

export interface StaffMember {
  readonly staffId: string
  readonly name: string
  readonly role: StaffRole
  readonly active: boolean
  /** Wrong PINs have locked this person out until then; null when not. */
  readonly lockedUntilMs: number | null
}

/** Who stands behind this window. Each window signs in for itself. */
export interface StaffView {
  /** Nobody was appointed yet: the first thing to do is to make the first admin. There is no default PIN. */
  readonly firstRun: boolean
  readonly signedIn: { readonly staffId: string; readonly name: string; readonly role: StaffRole } | null
  /** The window locks itself then unless it is used; null when nobody is signed in. */
  readonly locksAtMs: number | null
  /** Those who can sign in, for the sign-in screen; all of them for an admin. */
  readonly staff: readonly StaffMember[]
}

/** One line of the audit: a privileged act, by whom, about what. */
export interface AuditLine {
  readonly origin: string
  readonly seq: number
  readonly atMs: number
  readonly actorName: string
  /** An `AuditAct` where the entry is `audit.noted`, else the entry's own kind. */
  readonly act: string
  /** The name of the person or dish it is about, else an id, a date or a file's name. */
  readonly subject: string | null
  /** Who of the member's family paid; null where nobody did. */
  readonly paidBy: PaidBy | null
  /** Who gave her word for it, where the act needed another one's. */
  readonly approvedByName: string | null
}

const staffId = z.string().min(1).max(64)
const name = plainText.trim().min(1).max(40)
/** Four to eight digits; the station refuses what anybody would guess. */
const pin = z.string().max(12)
const role = z.enum(STAFF_ROLES)
const noSuchStaff = { NO_SUCH_STAFF: { status: 404 } } as const
const weakPin = { PIN_TOO_SIMPLE: { status: 422 } } as const

export const staffContract = {
  /** This window's view, then each change: sign-in, auto-lock, a new colleague. */
  watch: oc.output(eventIterator(type<StaffView>())).errors(staffErrors),
  createFirstAdmin: oc
    .input(z.strictObject({ name, pin }))
    .output(z.object({ staffId }))
    .errors({ ...staffErrors, ...weakPin, ALREADY_SET_UP: { status: 409 } }),
  signIn: oc
    .input(z.strictObject({ staffId, pin }))
    .output(z.object({ role }))
    .errors({ ...staffErrors, ...pinErrors }),
  signOut: oc.output(z.object({})).errors(staffErrors),
  /** Somebody touched the screen: the lock waits on. Every other request does the same. */
  touch: oc.output(z.object({})).errors(staffErrors),
  add: oc
    .input(z.strictObject({ name, role, pin }))
    .output(z.object({ staffId }))
    .errors({ ...staffErrors, ...weakPin }),
  /** Another role, or no longer working here. The last active admin stays one. */
  change: oc
    .input(z.strictObject({ staffId, name, role, active: z.boolean() }))
    .output(z.object({}))
    .errors({ ...staffErrors, ...noSuchStaff, LAST_ADMIN: { status: 409 } }),
  /** An admin gives somebody a new PIN, and ends a lock-out with it. */
  resetPin: oc
    .input(z.strictObject({ staffId, pin }))
    .output(z.object({}))
    .errors({ ...staffErrors, ...noSuchStaff, ...weakPin }),
  changeOwnPin: oc
    .input(z.strictObject({ oldPin: pin, newPin: pin }))
    .output(z.object({}))
    .errors({ ...staffErrors, ...pinErrors, ...weakPin }),
  /** Newest first; `before` is the last line of the page before, and a page that is not full is the last one. */
  audit: oc
    .input(
      z.strictObject({
        limit: z.int().min(1).max(200),
        before: z.strictObject({ origin: z.string().max(64), seq: z.int().min(1) }).nullable(),
      }),
    )
    .output(type<readonly AuditLine[]>())
    .errors(staffErrors),
}
