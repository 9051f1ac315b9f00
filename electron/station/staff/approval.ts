import { ORPCError } from '@orpc/server'
import { staffActor, type StaffRole } from '../../../shared/domain/staff.ts'
import { BookError } from '../book/errors.ts'
import type { Approval, ApprovalOutcome, Connection } from './connection.ts'

/**
 * Asks for the word of somebody of that role: whoever is signed in, if her role reaches; else the one whose PIN was given.
 * A wrong PIN counts towards the same lock-out as at sign-in (SPEC SE-6).
 *
 * @throws BookError when the book does not take the outcome down.
 */
export const approve = (
  connection: Connection,
  needed: StaffRole,
  approval?: Approval,
): Promise<ApprovalOutcome> => connection.approve(needed, approval)

/**
 * `approve` for a handler whose errors include the contract's `approvedErrors`: each refusal is thrown as its typed error.
 *
 * @returns the staff id of whoever approved: what `approvedBy` and `closedBy` of an entry say.
 */
export async function approvedBy(
  connection: Connection,
  needed: StaffRole,
  approval: Approval | undefined,
): Promise<string> {
  const outcome = await approve(connection, needed, approval).catch((error: unknown) => {
    if (error instanceof BookError && error.code !== 'broken-invariant')
      throw new ORPCError('BOOK_UNAVAILABLE', { status: 503 })
    throw error
  })
  switch (outcome.kind) {
    case 'approved':
      return outcome.staffId
    case 'wrong-pin':
      throw new ORPCError('WRONG_PIN', { status: 401, data: { triesLeft: outcome.triesLeft } })
    case 'locked':
      throw new ORPCError('LOCKED', { status: 429, data: { untilMs: outcome.untilMs } })
    case 'not-allowed':
      throw new ORPCError('NOT_ALLOWED', { status: 403, data: { needs: outcome.needs } })
  }
}

/**
 * The actor of whatever a request writes: `staff:ID`.
 *
 * @throws ORPCError SIGN_IN_REQUIRED when the window locked itself while the request was under way.
 */
export function actorOf(context: { readonly connection: Connection }): string {
  const signedIn = context.connection.signedIn()
  if (signedIn === null) throw new ORPCError('SIGN_IN_REQUIRED', { status: 401 })
  return staffActor(signedIn.staffId)
}
