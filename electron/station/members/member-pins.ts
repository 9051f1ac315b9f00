import type { Book, BookFile } from '../book/book.ts'
import type { Clock, Timers } from '../deps.ts'
import { Pins } from '../staff/pins.ts'

/** The PINs of the members: kept, hashed and locked out as the staff's are (SPEC CK-20, SE-6). */
export const memberPins = (deps: {
  readonly book: Book
  readonly clock: Clock
  readonly timers: Timers
}): Pins =>
  new Pins(deps, {
    name: 'member_pins',
    key: 'member_id',
    purpose: 'member-pins',
    failed: 'member-pin-failed',
  })

/** Takes a member's PIN away, inside the caller's transaction. */
export function forgetPin(file: BookFile, memberId: string): void {
  file.statement<[string]>('DELETE FROM member_pins WHERE member_id = ?').run(memberId)
  file.seals.seal('member_pins', memberId)
}
