import type { CloseHindrance, DayClose } from '../../../shared/contract/day.ts'
import { fen, type Fen } from '../../../shared/domain/units.ts'
import type { Append, BookFile } from '../book/book.ts'
import { drawerBalance } from '../book/drawer-balance.ts'
import { BookError } from '../book/errors.ts'
import { closeCovering, dayCloseOf } from './closes.ts'
import { drawerNow } from './drawer.ts'
import { dueDate } from './due.ts'

/** What was counted, and who answers for it. */
export interface CloseRequest {
  readonly businessDate: string
  readonly countedFen: Fen
  readonly floatFen: Fen
  readonly explanation: string
  /** The staff id of the manager. */
  readonly closedBy: string
}

export type CloseOutcome =
  /** Locked now, or before: then nothing was changed. */
  | { readonly kind: 'closed'; readonly close: DayClose }
  | { readonly kind: 'not-the-open-day'; readonly toClose: string }
  | { readonly kind: 'not-now'; readonly hindrance: CloseHindrance }
  | { readonly kind: 'explanation-missing'; readonly differenceFen: number }
  | { readonly kind: 'float-too-large' }

/** What stands around a close. */
export interface CloseMoment {
  /** The business date by the canteen's clocks. */
  readonly today: string
  /** What at the counter speaks against it. */
  readonly hindrance: CloseHindrance | null
  readonly actor: string
}

/**
 * Locks a date, inside a `book.write`: what the drawer should hold is read in the same transaction that books the
 * difference, so no sale can come between. Asked again for a date that is locked, it answers that close (SPEC LG-26).
 *
 * @throws BookError `broken-invariant` when the drawer does not add up, before or after
 */
export function closeDay(
  file: BookFile,
  append: Append,
  request: CloseRequest,
  moment: CloseMoment,
): CloseOutcome {
  const { businessDate, countedFen, floatFen, explanation, closedBy } = request
  const earlier = closeCovering(file, businessDate)
  if (earlier !== null) return { kind: 'closed', close: dayCloseOf(file, earlier) }
  // First: with a clock that is wrong nobody knows which date is due.
  if (moment.hindrance !== null) return { kind: 'not-now', hindrance: moment.hindrance }
  const { toClose, hindrance } = dueDate(file, moment.today)
  if (businessDate !== toClose) return { kind: 'not-the-open-day', toClose }
  if (hindrance !== null) return { kind: 'not-now', hindrance }
  const { expectedFen } = drawerNow(file)
  const differenceFen = countedFen - expectedFen
  if (differenceFen !== 0 && explanation === '') return { kind: 'explanation-missing', differenceFen }
  if (floatFen > countedFen) return { kind: 'float-too-large' }
  const { seq: headSeq, hash: headHash } = file.head
  const counted = { expectedFen: fen(expectedFen), countedFen, explanation, floatFen }
  const body = { closedDate: businessDate, closedBy, ...counted, headSeq, headHash }
  append({ kind: 'day.closed', body, businessDate }, moment.actor)
  assertFloatStays(file, floatFen)
  const close = closeCovering(file, businessDate)
  if (close === null) throw new BookError('broken-invariant', `${businessDate} was closed and has no close`)
  return { kind: 'closed', close: dayCloseOf(file, close) }
}

function assertFloatStays(file: BookFile, floatFen: Fen): void {
  const heldFen = drawerBalance(file)
  if (heldFen !== floatFen)
    throw new BookError('broken-invariant', `the closed drawer has ${heldFen}, not its float of ${floatFen}`)
}
