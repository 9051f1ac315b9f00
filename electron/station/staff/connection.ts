import type { StaffRole } from '../../../shared/domain/staff.ts'

/** Somebody who is signed in on a window. */
export interface SignedIn {
  readonly staffId: string
  readonly role: StaffRole
}

/** One window of the office, or one run of a command; each signs in for itself, and closing it signs out. */
export interface Connection {
  /** Who is signed in now; null after the window locked itself. */
  signedIn(): SignedIn | null
  close(): void
}
