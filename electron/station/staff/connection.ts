import type { StaffView } from '../../../shared/contract/staff.ts'
import type { StaffRole } from '../../../shared/domain/staff.ts'
import type { Live } from '../live.ts'

/** Somebody who is signed in on a window. */
export interface SignedIn {
  readonly staffId: string
  readonly role: StaffRole
}

/** Somebody else's word for one act: her id and her PIN, as the contract's `approval` carries them. */
export interface Approval {
  readonly staffId: string
  readonly pin: string
}

export type ApprovalOutcome =
  | { readonly kind: 'approved'; readonly staffId: string }
  | { readonly kind: 'wrong-pin'; readonly triesLeft: number }
  | { readonly kind: 'locked'; readonly untilMs: number }
  /** Neither the one who is signed in nor the one who was asked may do this. */
  | { readonly kind: 'not-allowed'; readonly needs: StaffRole }

/** One window of the office, or one run of a command; each signs in for itself, and closing it signs out. */
export interface Connection {
  /** What this window shows of the staff: who is signed in, when it locks, who could sign in. */
  readonly view: Live<StaffView>
  /** Who is signed in now; null after the window locked itself. */
  signedIn(): SignedIn | null
  /** The window was used: it locks itself only later. */
  touch(): void
  /** Aborts when whoever is signed in now no longer is; aborted already when nobody is. */
  session(): AbortSignal
  /** See `approve` in approval.ts. @throws BookError when the book does not take the outcome down. */
  approve(needed: StaffRole, approval: Approval | undefined): Promise<ApprovalOutcome>
  close(): void
}
