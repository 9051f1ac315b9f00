import type { StaffMember } from '../../../shared/contract/staff.ts'
import { isPinFit, roleReaches, staffActor, type StaffRole } from '../../../shared/domain/staff.ts'
import type { Book } from '../book/book.ts'
import { BookError } from '../book/errors.ts'
import type { Cancel, Clock, Ids, Log, Timers } from '../deps.ts'
import { noteAudit, noteAuditInside } from './audit.ts'
import type { Approval, ApprovalOutcome, Connection, SignedIn } from './connection.ts'
import { Pins, type PinOutcome } from './pins.ts'
import { putStaffName, roster, rosterMember, type RosterMember } from './roster.ts'
import { StaffList } from './staff-list.ts'
import { StaffWindow } from './window.ts'

export interface StaffDeskDeps {
  readonly book: Book
  readonly clock: Clock
  readonly timers: Timers
  readonly ids: Ids
  readonly log: Log
  /** How long a window may stand unused before it locks itself; five minutes unless said. */
  readonly idleMs?: number
}

const IDLE_MS = 5 * 60_000

/** Who asks before anybody is signed in. */
const NOBODYS_ACTOR = 'counter'

interface NewColleague {
  readonly name: string
  readonly role: StaffRole
  readonly pin: string
}

/**
 * The staff of the station and the windows they sign in at. What is refused is a value; a book in trouble is a BookError,
 * and then nothing has happened.
 */
export class StaffDesk {
  readonly #deps: StaffDeskDeps
  readonly #pins: Pins
  readonly #windows = new Set<StaffWindow>()
  readonly #list: StaffList
  #cancelRefresh: Cancel = () => undefined
  #closed = false

  constructor(deps: StaffDeskDeps) {
    this.#deps = deps
    this.#pins = new Pins(deps)
    this.#list = new StaffList(deps.book, this.#pins)
    this.#refresh()
  }

  connect(): Connection {
    const { clock, timers, idleMs = IDLE_MS } = this.#deps
    const window = new StaffWindow({
      clock,
      timers,
      idleMs,
      staffFor: (signedIn) => this.#list.shownTo(signedIn),
      approve: (...asked) => this.#approve(...asked),
      leaves: (signedIn) => this.#noteLeaving(signedIn),
      closed: (closed) => this.#windows.delete(closed),
    })
    this.#windows.add(window)
    return window
  }

  /** Nobody is signed in any more, and no timer is left. The book must still be open. */
  close(): void {
    this.#closed = true
    for (const window of this.#windows) window.close()
    this.#cancelRefresh()
  }

  /** The first of the staff, only while there is nobody: there is no default PIN, and no second first run (SPEC SE-9). */
  async createFirstAdmin(
    connection: Connection,
    { name, pin }: Omit<NewColleague, 'role'>,
  ): Promise<{ readonly staffId: string } | 'weak-pin' | 'already-set-up'> {
    if (!isPinFit(pin)) return 'weak-pin'
    const staffId = this.#deps.ids.next()
    const hash = await this.#pins.hash(pin, staffId)
    const made = this.#deps.book.write((file, append) => {
      if (roster(file).length > 0) return false
      putStaffName(file, staffId, name)
      this.#pins.put(file, staffId, hash)
      append({ kind: 'staff.appointed', body: { staffId, role: 'admin', active: true } }, staffActor(staffId))
      noteAuditInside(append, staffActor(staffId), 'signed-in', staffId)
      return true
    })
    this.#refresh()
    if (!made) return 'already-set-up'
    this.#enter(connection, { staffId, role: 'admin' })
    return { staffId }
  }

  async signIn(connection: Connection, staffId: string, pin: string): Promise<PinOutcome<SignedIn>> {
    const actor = actorAt(connection)
    if (!this.#mayEnter(staffId)) return { kind: 'wrong-pin', triesLeft: 0 }
    try {
      const outcome = await this.#pins.check<SignedIn>({ staffId, pin, actor }, (file, append) => {
        const member = rosterMember(file, staffId)
        if (member?.active !== true) return null
        noteAuditInside(append, staffActor(staffId), 'signed-in', staffId)
        return { staffId, role: member.role }
      })
      if (outcome.kind === 'right') this.#enter(connection, outcome.answer)
      return outcome
    } finally {
      this.#refresh()
    }
  }

  signOut(connection: Connection): void {
    this.#windowOf(connection).leave()
  }

  async add(
    { name, role, pin }: NewColleague,
    actor: string,
  ): Promise<{ readonly staffId: string } | 'weak-pin'> {
    if (!isPinFit(pin)) return 'weak-pin'
    const staffId = this.#deps.ids.next()
    const hash = await this.#pins.hash(pin, staffId)
    this.#deps.book.write((file, append) => {
      putStaffName(file, staffId, name)
      this.#pins.put(file, staffId, hash)
      append({ kind: 'staff.appointed', body: { staffId, role, active: true } }, actor)
    })
    this.#refresh()
    return { staffId }
  }

  /** Another name or role, or no longer working here: then she is signed out at every window. */
  change(
    { staffId, name, role, active }: Omit<StaffMember, 'lockedUntilMs'>,
    actor: string,
  ): 'done' | 'no-such-staff' | 'last-admin' {
    const changed = this.#deps.book.write((file, append) => {
      const before = rosterMember(file, staffId)
      if (before === null) return 'no-such-staff'
      const others = roster(file).filter((member) => member.staffId !== staffId && isAdminHere(member))
      if (isAdminHere(before) && !(active && role === 'admin') && others.length === 0) return 'last-admin'
      putStaffName(file, staffId, name)
      append({ kind: 'staff.appointed', body: { staffId, role, active } }, actor)
      return 'done'
    })
    this.#refresh()
    return changed
  }

  /** Ends a lock-out, and signs her out wherever she is signed in but at this window. */
  async resetPin(
    connection: Connection,
    { staffId, pin }: { readonly staffId: string; readonly pin: string },
    actor: string,
  ): Promise<'done' | 'no-such-staff' | 'weak-pin'> {
    if (!isPinFit(pin)) return 'weak-pin'
    const hash = await this.#pins.hash(pin, staffId)
    const changed = await this.#pins.inTurn(staffId, async () =>
      this.#deps.book.write((file, append) => {
        if (rosterMember(file, staffId) === null) return 'no-such-staff'
        this.#pins.put(file, staffId, hash)
        noteAuditInside(append, actor, 'pin-changed', staffId)
        return 'done'
      }),
    )
    if (changed === 'done') this.#leaveElsewhere(connection, staffId)
    this.#refresh()
    return changed
  }

  async changeOwnPin(
    connection: Connection,
    { staffId }: SignedIn,
    pins: { readonly oldPin: string; readonly newPin: string },
  ): Promise<PinOutcome<null> | { readonly kind: 'weak-pin' }> {
    if (!isPinFit(pins.newPin)) return { kind: 'weak-pin' }
    const hash = await this.#pins.hash(pins.newPin, staffId)
    try {
      const guess = { staffId, pin: pins.oldPin, actor: staffActor(staffId) }
      const outcome = await this.#pins.check(guess, (file, append) => {
        this.#pins.put(file, staffId, hash)
        noteAuditInside(append, staffActor(staffId), 'pin-changed', staffId)
        return 'done'
      })
      if (outcome.kind !== 'right') return outcome
      this.#leaveElsewhere(connection, staffId)
      return { kind: 'right', answer: null }
    } finally {
      this.#refresh()
    }
  }

  /** Whoever does not work here has no PIN to guess at. */
  #mayEnter(staffId: string): boolean {
    return this.#deps.book.read((file) => rosterMember(file, staffId))?.active === true
  }

  async #approve(
    signedIn: SignedIn,
    needed: StaffRole,
    approval: Approval | undefined,
  ): Promise<ApprovalOutcome> {
    if (roleReaches(signedIn.role, needed)) return { kind: 'approved', staffId: signedIn.staffId }
    const refused = { kind: 'not-allowed', needs: needed } as const
    if (approval === undefined) return refused
    const { staffId, pin } = approval
    const mayApprove = (member: RosterMember | null): boolean =>
      member?.active === true && roleReaches(member.role, needed)
    if (!mayApprove(this.#deps.book.read((file) => rosterMember(file, staffId)))) return refused
    try {
      const guess = { staffId, pin, actor: staffActor(signedIn.staffId) }
      const outcome = await this.#pins.check(guess, (file) =>
        mayApprove(rosterMember(file, staffId)) ? staffId : null,
      )
      return outcome.kind === 'right' ? { kind: 'approved', staffId } : outcome
    } finally {
      this.#refresh()
    }
  }

  #enter(connection: Connection, signedIn: SignedIn): void {
    const window = this.#windowOf(connection)
    if (!window.closed) window.enter(signedIn)
    else this.#noteLeaving(signedIn)
  }

  #leaveElsewhere(connection: Connection, staffId: string): void {
    for (const window of this.#windows)
      if (window !== connection && window.signedIn()?.staffId === staffId) window.leave()
  }

  /** A disk in trouble keeps nobody signed in. */
  #noteLeaving({ staffId }: SignedIn): void {
    try {
      noteAudit(this.#deps.book, staffActor(staffId), 'signed-out', staffId)
    } catch (error) {
      if (!(error instanceof BookError) || error.code === 'broken-invariant') throw error
      this.#deps.log.warn('sign-out not noted', { staffId, reason: error.code })
    }
  }

  #windowOf(connection: Connection): StaffWindow {
    if (connection instanceof StaffWindow) return connection
    throw new BookError('broken-invariant', 'a connection that this desk did not make')
  }

  /** Reads the staff again and shows it at every window; whoever was dismissed is signed out. */
  #refresh(): void {
    if (this.#closed) return
    const { clock, timers } = this.#deps
    this.#cancelRefresh()
    const againMs = this.#list.read(clock.nowMs())
    if (againMs !== null) this.#cancelRefresh = timers.after(againMs, () => this.#refresh())
    for (const window of this.#windows) {
      const staffId = window.signedIn()?.staffId
      const member = staffId === undefined ? undefined : this.#list.find(staffId)
      if (member?.active === false) window.leave()
      else if (member !== undefined) window.changeRole(member.role)
      window.redraw()
    }
  }
}

const isAdminHere = (member: RosterMember): boolean =>
  member.active && member.role === 'admin' && member.hasPin

const actorAt = (connection: Connection): string => {
  const signedIn = connection.signedIn()
  return signedIn === null ? NOBODYS_ACTOR : staffActor(signedIn.staffId)
}
