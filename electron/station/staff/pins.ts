import type { AuditAct } from '../../../shared/domain/journal/audit-act.ts'
import { pinTriesLeft } from '../../../shared/domain/staff.ts'
import type { Append, Book, BookFile } from '../book/book.ts'
import type { BookReader } from '../book/reader.ts'
import type { Clock, Timers } from '../deps.ts'
import { noteAuditInside } from './audit.ts'
import { LockOut, type Failures } from './lock-out.ts'
import { hashPin, isPinOf, type PinHash } from './pin-hash.ts'

/** Somebody says who she is. `actor` is who asked, for the entry of a wrong PIN. */
export interface Guess {
  readonly staffId: string
  readonly pin: string
  readonly actor: string
}

export type PinOutcome<Answer> =
  | { readonly kind: 'right'; readonly answer: Answer }
  | { readonly kind: 'wrong-pin'; readonly triesLeft: number }
  | { readonly kind: 'locked'; readonly untilMs: number }

interface PinRow {
  readonly salt: Uint8Array
  readonly hash: Uint8Array
  readonly failures: number
  readonly lockedUntilMs: number
}

const NO_FAILURES: Failures = { failures: 0, lockedUntilMs: 0 }

/** Whose PINs, and what of a wrong one is noted. */
export interface PinTable {
  readonly name: 'staff_pins' | 'member_pins'
  readonly key: 'staff_id' | 'member_id'
  /** What the secret is derived for: the same digits hash differently in the other table. */
  readonly purpose: string
  readonly failed: Extract<AuditAct, 'sign-in-failed' | 'member-pin-failed'>
}

const STAFF: PinTable = {
  name: 'staff_pins',
  key: 'staff_id',
  purpose: 'staff-pins',
  failed: 'sign-in-failed',
}

/**
 * The PINs of the staff and their lock-outs. They are no part of the journal: so few digits must not travel, not even as
 * a hash. Guesses at one person's PIN are taken in turn, so that many at once are still counted one by one.
 */
export class Pins {
  readonly #book: Book
  readonly #table: PinTable
  readonly #lockOut: LockOut
  readonly #secret: Uint8Array
  readonly #turns = new Map<string, Promise<unknown>>()

  constructor(
    deps: { readonly book: Book; readonly clock: Clock; readonly timers: Timers },
    table: PinTable = STAFF,
  ) {
    this.#book = deps.book
    this.#table = table
    this.#lockOut = new LockOut(deps.clock, deps.timers)
    this.#secret = deps.book.read((file) => file.persons.secretFor(table.purpose))
  }

  /** Until when somebody is locked out, or null. */
  lockedUntilMs(file: BookFile, staffId: string): number | null {
    const row = pinRow(file, staffId, this.#table)
    return row === undefined ? null : this.#lockOut.untilMs(staffId, row)
  }

  hash(pin: string, staffId: string): Promise<PinHash> {
    return hashPin(pin, staffId, this.#secret)
  }

  /** Gives somebody a PIN, in place of the one before; ends her lock-out. Only inside a `book.write`. */
  put(file: BookFile, staffId: string, { salt, hash }: PinHash): void {
    file
      .statement<[string, Uint8Array, Uint8Array]>(
        `INSERT INTO ${this.#table.name} (${this.#table.key}, salt, hash, failures, locked_until_ms) VALUES (?, ?, ?, 0, 0)
         ON CONFLICT DO UPDATE SET salt = excluded.salt, hash = excluded.hash, failures = 0, locked_until_ms = 0`,
      )
      .run(staffId, salt, hash)
    file.seals.seal(this.#table.name, staffId)
  }

  /**
   * Checks a guess. A wrong one is in the book before it is answered, so that ending the program wins nobody a free guess;
   * a right one is answered only when `whenRight` could be written, so that a full disk tells nobody which it was.
   *
   * @param whenRight runs in the transaction that forgets the wrong guesses before; null means that the guess came to
   * nothing after all, as from somebody who was dismissed meanwhile
   * @throws BookError when the book does not take it down.
   */
  check<Answer>(
    guess: Guess,
    whenRight: (file: BookFile, append: Append) => Answer | null,
  ): Promise<PinOutcome<Answer>> {
    return this.inTurn(guess.staffId, async () => {
      const { staffId, pin } = guess
      const row = this.#book.read((file) => pinRow(file, staffId, this.#table))
      if (row === undefined) return { kind: 'wrong-pin', triesLeft: 0 }
      const untilMs = this.#lockOut.untilMs(staffId, row)
      if (untilMs !== null) return { kind: 'locked', untilMs }
      if (!(await isPinOf(pin, staffId, this.#secret, row))) return this.#failed(guess, row)
      return this.#book.write((file, append) => {
        const answer = whenRight(file, append)
        if (answer === null) return { kind: 'wrong-pin', triesLeft: 0 }
        keepFailures(file, staffId, NO_FAILURES, this.#table)
        return { kind: 'right', answer }
      })
    })
  }

  /** One after the other for one person. */
  async inTurn<Result>(staffId: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#turns.get(staffId)
    const turn = before === undefined ? work() : before.then(work)
    // Whoever comes next waits for this turn, however it ends; its error is its own caller's.
    const settled = turn.then(
      () => undefined,
      () => undefined,
    )
    this.#turns.set(staffId, settled)
    try {
      return await turn
    } finally {
      if (this.#turns.get(staffId) === settled) this.#turns.delete(staffId)
    }
  }

  #failed<Answer>({ staffId, actor }: Guess, row: PinRow): PinOutcome<Answer> {
    const next = this.#lockOut.afterFailure(row)
    this.#book.write((file, append) => {
      keepFailures(file, staffId, next, this.#table)
      noteAuditInside(append, actor, this.#table.failed, staffId)
    })
    const untilMs = this.#lockOut.untilMs(staffId, next)
    if (untilMs !== null) return { kind: 'locked', untilMs }
    return { kind: 'wrong-pin', triesLeft: pinTriesLeft(next.failures) }
  }
}

/** Until when somebody is locked out by the clock of then, ended or not; 0 when never. For whoever reads beside the station. */
export const lockedUntilOf = (reader: BookReader, staffId: string): number =>
  pinRow(reader, staffId, STAFF)?.lockedUntilMs ?? 0

const pinRow = (reader: BookReader, staffId: string, { name, key }: PinTable): PinRow | undefined =>
  reader
    .statement<[string], PinRow>(
      `SELECT salt, hash, failures, locked_until_ms AS lockedUntilMs FROM ${name} WHERE ${key} = ?`,
    )
    .get(staffId)

const keepFailures = (
  file: BookFile,
  staffId: string,
  { failures, lockedUntilMs }: Failures,
  { name, key }: PinTable,
): void => {
  file
    .statement<[number, number, string]>(
      `UPDATE ${name} SET failures = ?, locked_until_ms = ? WHERE ${key} = ?`,
    )
    .run(failures, lockedUntilMs, staffId)
  file.seals.seal(name, staffId)
}
