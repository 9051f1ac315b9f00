import { advanceBays } from '../../../shared/domain/bays/advance.ts'
import {
  initialBays,
  type BayKey,
  type BayNote,
  type BaysContext,
  type BaysEffect,
  type BaysInput,
  type BaysState,
  type BaySetup,
  type Tray,
  type TrayPhase,
} from '../../../shared/domain/bays/state.ts'
import { bayOverviewOf, bayViewOf, exitViewOf, trayOverviewOf } from '../../../shared/domain/bays/view-of.ts'
import type { BaysView, BayView, ExitView, NotedAt } from '../../../shared/domain/bays/view.ts'
import type { SaleDraft, SettleOutcome } from '../../../shared/domain/sale.ts'
import type { CardEvent, ScaleReading } from '../../../shared/domain/scale.ts'
import type { WeighingLock } from '../../../shared/domain/metrology/standing.ts'
import type { Book } from '../book/book.ts'
import { createBookWatch } from '../counter/book-watch.ts'
import type { Counter } from '../counter/counter.ts'
import { createSettler } from '../counter/settler.ts'
import type { BaysConfig, Clock, Ids, Log, Timers } from '../deps.ts'
import { Live } from '../live.ts'
import type { ScaleRecord } from '../metrology/scale-record.ts'
import { KeptRows, type FoundTray } from './kept.ts'
import { notedOn } from './noted.ts'

export interface BaysDeps {
  readonly book: Book
  readonly clock: Clock
  readonly timers: Timers
  readonly ids: Ids
  readonly log: Log
  /** Prices, quotes and the state of the clock are the counter's. */
  readonly counter: Counter
  readonly bays: BaysConfig
  /** What the checks and certificates of the bays' scales say, by bay. */
  readonly scaleRecords: ReadonlyMap<string, ScaleRecord>
  /** Called after a tray was written, for its receipt. */
  readonly onSettled?: (sale: SaleDraft) => void
}

/** Who pressed a staff key, and which manager agreed where it takes one. */
export interface Pressed {
  readonly actor: string
  readonly approvedBy?: string
}

export type KeyAnswer = 'done' | 'not-now' | 'book-unavailable'

const TICK_MS = 250
const MINUTE_MS = 60_000
const MOST_NOTES = 50
/** Writes what nobody signed for. */
const NOBODY: Pressed = { actor: 'bays' }

/**
 * The bays at work: feeds the machine what happens, keeps what it must remember before anybody is shown it, does what it
 * asks for, and shows what it says.
 */
export class Bays {
  readonly #deps: BaysDeps
  readonly #setups: readonly BaySetup[]
  readonly #rows = new KeptRows()
  readonly #settler
  readonly #watch
  readonly #stopTicking
  readonly #bayViews: ReadonlyMap<string, Live<BayView>>
  readonly #drawn = new Map<string, string>()
  #state: BaysState
  #nextTrayId: string
  #notes: readonly NotedAt[] = []
  #revision = 0
  #unflushed = false
  readonly view: Live<BaysView>
  readonly exit: Live<ExitView>

  /** @throws BookError when the book does not answer. */
  constructor(deps: BaysDeps) {
    this.#deps = deps
    this.#nextTrayId = deps.ids.next()
    this.#setups = deps.bays.stations.map(({ bayId, dishId, scale: { profile }, largestTakeMg }) => ({
      bayId,
      dishId,
      profile,
      largestTakeMg,
    }))
    this.#settler = createSettler({ ...deps, cardTerms: () => deps.counter.context().cardTerms }, (input) =>
      this.#hear(input),
    )
    this.#watch = createBookWatch(deps, (input) => this.#hear(input))
    const { state, paid } = this.#found(null)
    this.#state = state
    const context = this.#context()
    this.#notes = deps.book.read((file) => notedOn(file, context.businessDate, MOST_NOTES))
    this.#bayViews = new Map(
      state.bays.map((bay) => [bay.setup.bayId, new Live(bayViewOf(state, bay, context))]),
    )
    this.exit = new Live(exitViewOf(state, context))
    this.view = new Live(this.#overview(context))
    this.#forgetPaid(paid)
    this.#stopTicking = deps.timers.every(TICK_MS, () => this.#tick())
  }

  get bayIds(): readonly string[] {
    return this.#setups.map(({ bayId }) => bayId)
  }

  get hasExit(): boolean {
    return this.#deps.bays.exitReader !== null
  }

  /** Null for a bay that is not set up. */
  bayView(bayId: string): Live<BayView> | null {
    return this.#bayViews.get(bayId) ?? null
  }

  onReading(bayId: string, reading: ScaleReading): void {
    const known = this.#state.bays.find(({ setup }) => setup.bayId === bayId)?.scale
    const same = known?.state === reading.state && weightOf(known) === weightOf(reading)
    if (!same) this.#feed({ kind: 'reading', bayId, reading })
  }

  /** A card at a bay's reader, or at the exit's, which is null. */
  onCard(bayId: string | null, event: CardEvent): void {
    switch (event.kind) {
      case 'present': {
        const { businessDate } = this.#deps.counter.context()
        const lookup = this.#watch.ask((book) => book.lookUpCard(event.uid, businessDate))
        if (lookup === null) return
        this.#feed(bayId === null ? { kind: 'exit-tap', lookup } : { kind: 'tap', bayId, lookup })
        return
      }
      case 'several':
        this.#feed({ kind: 'several', bayId })
        return
      case 'connected':
      case 'disconnected':
        this.#feed({ kind: 'reader', bayId, connected: event.kind === 'connected' })
        return
      case 'removed':
    }
  }

  /** What she does who presses is noted under her name (SPEC BY-13). */
  press(key: BayKey, by: Pressed): KeyAnswer {
    const answer = this.#feed({ kind: 'key', key, ...staffOf(by) }, by)
    this.#show(true)
    return answer
  }

  /** A check of a bay's scale began or ended. @returns false when it may not begin, or the book did not take it down */
  onScaleCheck(bayId: string, underWay: boolean): boolean {
    const answer = this.#feed({ kind: 'scale-check', bayId, underWay })
    this.#show(true)
    return answer === 'done'
  }

  close(): void {
    this.#stopTicking()
    this.#settler.close()
    this.#watch.close()
  }

  #tick(): void {
    const toConfirm = this.#deps.counter.clockState() === 'to-confirm'
    if (toConfirm !== this.#state.clockToConfirm) this.#feed({ kind: 'clock', toConfirm })
    this.#feed({ kind: 'tick' })
    this.#show(true)
    const served = this.#state.bays.some(({ kept }) => kept.binding !== null)
    if (!this.#unflushed || served || this.#isPaying()) return
    this.#unflushed = false
    this.#watch.ask((book) => book.checkpoint())
  }

  #isPaying(): boolean {
    return this.#state.trays.some(({ phase }) => phase.at === 'settling')
  }

  #context(): BaysContext {
    const { counter, bays } = this.#deps
    const now = counter.context()
    const locks = this.#locksOn(now.businessDate)
    return { ...now, locks, nextTrayId: this.#nextTrayId, trayMs: bays.trayMinutes * MINUTE_MS }
  }

  #locksOn(businessDate: string): BaysContext['locks'] {
    const locks: Record<string, WeighingLock> = {}
    for (const [bayId, record] of this.#deps.scaleRecords) {
      const lock = record.lockOn(businessDate)
      if (lock !== null) locks[bayId] = lock
    }
    return locks
  }

  /** What the settler and the watch say; a book that is back is asked what it really holds. */
  #hear(
    input:
      | { readonly kind: 'outcome'; readonly outcome: SettleOutcome }
      | { readonly kind: 'book'; readonly trouble: BaysState['bookTrouble'] },
  ): void {
    if (input.kind === 'book' && input.trouble === null) {
      const found = this.#watch.ask(() => this.#found(this.#state))
      if (found === null) return
      this.#state = found.state
      this.#forgetPaid(found.paid)
    }
    this.#feed(input)
  }

  /** One step. Nothing of it is true, shown or done before the book has kept what a restart must know (SPEC BY-12). */
  #feed(input: BaysInput, by = NOBODY): KeyAnswer {
    const step = advanceBays(this.#state, input, this.#context())
    if (step.refused === true) return 'not-now'
    const notes = step.effects.flatMap((effect) => (effect.kind === 'note' ? [effect.note] : []))
    if (!this.#keep(step.state, notes, by)) return 'book-unavailable'
    this.#state = step.state
    if (step.state.trays.some(({ kept }) => kept.trayId === this.#nextTrayId))
      this.#nextTrayId = this.#deps.ids.next()
    this.#show(false)
    for (const effect of step.effects) this.#perform(effect)
    return 'done'
  }

  /** False when the book could not: then the step has not happened, and the pan's next reading brings it again. */
  #keep(state: BaysState, notes: readonly BayNote[], { actor, ...agreed }: Pressed): boolean {
    if (notes.length === 0 && !this.#rows.differ(state)) return true
    const kept = this.#watch.ask((book) =>
      book.write((file, append) => {
        this.#rows.write(file, state)
        for (const note of notes) append({ kind: 'bay.noted', body: { ...note, ...agreed } }, actor)
        return true
      }),
    )
    if (kept === null) return false
    this.#rows.wrote(state)
    this.#unflushed = true
    const atMs = this.#deps.clock.nowMs()
    this.#notes = [...notes.map((note) => ({ ...note, atMs })), ...this.#notes].slice(0, MOST_NOTES)
    return true
  }

  #perform(effect: BaysEffect): void {
    switch (effect.kind) {
      case 'note':
        return
      case 'ask-member': {
        const { businessDate } = this.#deps.counter.context()
        const lookup = this.#watch.ask((book) => book.lookUpCard(effect.cardUid, businessDate))
        this.#feed({ kind: 'member', trayId: effect.trayId, lookup })
        return
      }
      case 'settle':
        this.#unflushed = true
        this.#settler.settle(effect.draft)
    }
  }

  /** The state as the book holds it; a settlement that is under way now stays so. @throws BookError */
  #found(now: BaysState | null): { readonly state: BaysState; readonly paid: readonly SettleOutcome[] } {
    const { book } = this.#deps
    const rows = book.read((file) => this.#rows.load(file))
    const paid: SettleOutcome[] = []
    const trays = rows.trays.map((found): Tray => {
      const { trayId, cardUid } = found.kept
      const { businessDate } = this.#deps.counter.context()
      const lookup = book.lookUpCard(cardUid, businessDate)
      const displayName = lookup.kind === 'known' ? lookup.member.displayName : null
      const outcome = book.outcomeOf(trayId)
      if (outcome !== null) paid.push(outcome)
      return { kept: found.kept, displayName, phase: this.#phaseOf(found, now) }
    })
    const fresh = initialBays(this.#setups, { bays: rows.bays, trays })
    if (now === null) return { state: fresh, paid }
    const bays = fresh.bays.map((bay) => {
      const live = now.bays.find(({ setup }) => setup.bayId === bay.setup.bayId)
      return live === undefined ? bay : { ...live, kept: bay.kept }
    })
    return { state: { ...now, bays, trays }, paid }
  }

  #phaseOf({ kept, own }: FoundTray, now: BaysState | null): TrayPhase {
    const draft = this.#deps.book.draftOf(kept.trayId)
    if (draft !== null) return { at: 'settling', draft }
    const known = now?.trays.find((tray) => tray.kept.trayId === kept.trayId)?.phase
    if (known?.at === 'settling') return known
    if (own) return { at: 'open' }
    return { at: 'stopped', because: 'restored', missingFen: 0, sinceMs: this.#deps.clock.nowMs() }
  }

  /** Trays whose sale the book holds already: paid just before the station ended. */
  #forgetPaid(paid: readonly SettleOutcome[]): void {
    for (const outcome of paid) this.#feed({ kind: 'outcome', outcome })
  }

  #overview(context: BaysContext): BaysView {
    const { bays, trays, bookTrouble } = this.#state
    return {
      revision: this.#revision,
      atMs: context.nowMs,
      bays: bays.map((bay) => bayOverviewOf(this.#state, bay, context)),
      trays: trays.map((tray) => trayOverviewOf(tray, context)),
      notes: this.#notes,
      bookTrouble,
    }
  }

  /** Publishes each view that has changed; the overview of everything at its own pace, for it is staff's. */
  #show(everything: boolean): void {
    const context = this.#context()
    for (const bay of this.#state.bays) {
      const view = this.#bayViews.get(bay.setup.bayId)
      if (view !== undefined) this.#publish(view, bay.setup.bayId, bayViewOf(this.#state, bay, context))
    }
    this.#publish(this.exit, 'exit', exitViewOf(this.#state, context))
    if (!everything) return
    const { revision, atMs, ...lasting } = this.#overview(context)
    const drawn = JSON.stringify(lasting)
    if (drawn === this.#drawn.get('all')) return
    this.#drawn.set('all', drawn)
    this.#revision = revision + 1
    this.view.publish({ ...lasting, atMs, revision: this.#revision })
  }

  #publish<View>(live: Live<View>, name: string, view: View): void {
    const drawn = JSON.stringify(view)
    if (drawn === this.#drawn.get(name)) return
    this.#drawn.set(name, drawn)
    live.publish(view)
  }
}

/** An actor of the staff is `staff:ID`. */
const staffOf = ({ actor }: Pressed): { readonly staffId?: string } =>
  actor.startsWith('staff:') ? { staffId: actor.slice('staff:'.length) } : {}

const weightOf = (reading: ScaleReading): number | null => ('weightMg' in reading ? reading.weightMg : null)
