import type { StaffMember, StaffView } from '../../../shared/contract/staff.ts'
import type { Book } from '../book/book.ts'
import { BookError } from '../book/errors.ts'
import type { SignedIn } from './connection.ts'
import type { Pins } from './pins.ts'
import { roster, type RosterMember } from './roster.ts'

/** How soon a book that could not be read is asked again. */
const RETRY_MS = 1000

type Listed = RosterMember & Pick<StaffMember, 'lockedUntilMs'>

/** The staff as the windows show it: as the book last said, because a book in trouble must not empty the sign-in screen. */
export class StaffList {
  readonly #book: Book
  readonly #pins: Pins
  /** Null before the book could be read at all. */
  #listed: readonly Listed[] | null = null

  constructor(book: Book, pins: Pins) {
    this.#book = book
    this.#pins = pins
  }

  find(staffId: string): RosterMember | undefined {
    return this.#listed?.find((member) => member.staffId === staffId)
  }

  /** Those who can sign in; all of the staff for an admin. */
  shownTo(signedIn: SignedIn | null): Pick<StaffView, 'firstRun' | 'staff'> {
    const all = this.#listed ?? []
    const shown = signedIn?.role === 'admin' ? all : all.filter((member) => member.active && member.hasPin)
    return {
      firstRun: this.#listed?.length === 0,
      staff: shown.map(({ hasPin: _hasPin, ...member }) => member),
    }
  }

  /**
   * Reads it again.
   *
   * @param nowMs the wall clock
   * @returns in how many milliseconds to do so again, because a lock-out ends or the book could not be read; else null
   */
  read(nowMs: number): number | null {
    try {
      this.#listed = this.#book.read((file) =>
        roster(file).map((member) => ({
          ...member,
          lockedUntilMs: this.#pins.lockedUntilMs(file, member.staffId),
        })),
      )
    } catch (error) {
      if (!(error instanceof BookError) || error.code === 'broken-invariant') throw error
      return RETRY_MS
    }
    const ends = this.#listed.flatMap(({ lockedUntilMs }) => (lockedUntilMs === null ? [] : [lockedUntilMs]))
    return ends.length === 0 ? null : Math.max(1, Math.min(...ends) - nowMs)
  }
}
