import type { StaffView } from '../../../shared/contract/staff.ts'
import type { StaffRole } from '../../../shared/domain/staff.ts'
import type { Cancel, Clock, Timers } from '../deps.ts'
import { Live } from '../live.ts'
import type { Approval, ApprovalOutcome, Connection, SignedIn } from './connection.ts'

/** What a window asks of the desk behind it. */
export interface Desk {
  readonly clock: Clock
  readonly timers: Timers
  /** How long a window may stand unused before it locks itself. */
  readonly idleMs: number
  /** The view's part that is the same for every window; all of the staff for an admin. */
  staffFor(signedIn: SignedIn | null): Pick<StaffView, 'firstRun' | 'staff'>
  approve(signedIn: SignedIn, needed: StaffRole, approval: Approval | undefined): Promise<ApprovalOutcome>
  /** Somebody is no longer signed in at a window: by her own wish, by the lock, by a new colleague. */
  leaves(signedIn: SignedIn): void
  closed(window: StaffWindow): void
}

interface Used {
  readonly monotonicMs: number
  readonly wallMs: number
}

/** A view is drawn again only when the lock has moved by so much: each request moves it. */
const VIEW_STEP_MS = 1000

const NOBODY = AbortSignal.abort()

/** One window with its session. It locks itself when nobody uses it, also when the machine slept meanwhile (SPEC SE-10). */
export class StaffWindow implements Connection {
  readonly view: Live<StaffView>
  readonly #desk: Desk
  #session: { signedIn: SignedIn; readonly ended: AbortController } | null = null
  #used: Used = { monotonicMs: 0, wallMs: 0 }
  #cancel: Cancel = () => undefined
  #closed = false

  constructor(desk: Desk) {
    this.#desk = desk
    this.view = new Live(this.#drawn())
  }

  get closed(): boolean {
    return this.#closed
  }

  signedIn(): SignedIn | null {
    if (this.#session !== null && this.#leftMs() <= 0) this.leave()
    return this.#session?.signedIn ?? null
  }

  session(): AbortSignal {
    return this.signedIn() === null ? NOBODY : (this.#session?.ended.signal ?? NOBODY)
  }

  touch(): void {
    if (this.signedIn() === null) return
    this.#use()
    const shownMs = this.view.current.locksAtMs
    if (shownMs === null || Math.abs(this.#locksAtMs() - shownMs) >= VIEW_STEP_MS) this.redraw()
  }

  async approve(needed: StaffRole, approval: Approval | undefined): Promise<ApprovalOutcome> {
    const signedIn = this.signedIn()
    if (signedIn === null) return { kind: 'not-allowed', needs: needed }
    return await this.#desk.approve(signedIn, needed, approval)
  }

  /** Whoever was signed in leaves for somebody else. */
  enter(signedIn: SignedIn): void {
    this.leave()
    this.#session = { signedIn, ended: new AbortController() }
    this.#use()
    this.#watchLock()
    this.redraw()
  }

  /** Signs out; nothing when nobody is signed in. */
  leave(): void {
    const session = this.#session
    if (session === null) return
    this.#session = null
    this.#cancel()
    this.redraw()
    session.ended.abort()
    this.#desk.leaves(session.signedIn)
  }

  /** The one who is signed in was given another role: it counts from now on. */
  changeRole(role: StaffRole): void {
    if (this.#session !== null) this.#session.signedIn = { ...this.#session.signedIn, role }
  }

  redraw(): void {
    this.view.publish(this.#drawn())
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.leave()
    this.#desk.closed(this)
  }

  #use(): void {
    const { timers, clock } = this.#desk
    this.#used = { monotonicMs: timers.monotonicMs(), wallMs: clock.nowMs() }
  }

  /** The monotonic clock stands still while the machine sleeps, the wall clock jumps: the one that is further on counts. */
  #leftMs(): number {
    const { timers, clock, idleMs } = this.#desk
    const { monotonicMs, wallMs } = this.#used
    return idleMs - Math.max(timers.monotonicMs() - monotonicMs, clock.nowMs() - wallMs)
  }

  #locksAtMs(): number {
    return this.#desk.clock.nowMs() + this.#leftMs()
  }

  #watchLock(): void {
    this.#cancel = this.#desk.timers.after(Math.max(1, Math.ceil(this.#leftMs())), () => {
      if (this.signedIn() !== null) this.#watchLock()
    })
  }

  #drawn(): StaffView {
    const signedIn = this.#session?.signedIn ?? null
    const { firstRun, staff } = this.#desk.staffFor(signedIn)
    const locksAtMs = signedIn === null ? null : Math.round(this.#locksAtMs())
    const name = staff.find((member) => member.staffId === signedIn?.staffId)?.name
    return {
      firstRun,
      signedIn: signedIn === null ? null : { ...signedIn, name: name ?? signedIn.staffId },
      locksAtMs,
      staff,
    }
  }
}
