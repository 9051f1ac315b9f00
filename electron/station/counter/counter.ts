import { workingDayOf, type WorkingCalendar } from '../../../shared/domain/calendar.ts'
import { advance } from '../../../shared/domain/checkout/advance.ts'
import {
  initialState,
  type CheckoutContext,
  type CheckoutEffect,
  type CheckoutInput,
  type CheckoutState,
  type KeyRefusal,
  type StaffKey,
} from '../../../shared/domain/checkout/state.ts'
import { viewOf } from '../../../shared/domain/checkout/view-of.ts'
import type { CounterView } from '../../../shared/domain/checkout/view.ts'
import { NO_MENU, type Menu } from '../../../shared/domain/menu.ts'
import { isListOld } from '../../../shared/domain/members/card-rules.ts'
import { ROUND_HALF_UP_TO_FEN } from '../../../shared/domain/rounding.ts'
import type { SaleConfirmation, SaleDraft } from '../../../shared/domain/sale.ts'
import type { CardEvent, ScaleReading } from '../../../shared/domain/scale.ts'
import type { Fen } from '../../../shared/domain/units.ts'
import type { Book } from '../book/book.ts'
import type { Clock, Ids, Log, StationConfig, Timers } from '../deps.ts'
import { Live } from '../live.ts'
import { priceMoment } from '../menus/library.ts'
import { OfferedMenu } from '../menus/offered-menu.ts'
import type { ScaleRecord } from '../metrology/scale-record.ts'
import { PackShelf } from '../policy/pack-shelf.ts'
import { voidOf } from '../sales/voids.ts'
import { createBookWatch } from './book-watch.ts'
import { createClockGuard, type ClockState } from './clock-guard.ts'
import { createSettler } from './settler.ts'

export interface CounterDeps {
  readonly book: Book
  readonly clock: Clock
  readonly timers: Timers
  readonly ids: Ids
  readonly log: Log
  readonly config: StationConfig
  readonly calendar: WorkingCalendar
  readonly trial: boolean
  /** Where the enrolment lies, which names keys of packs. */
  readonly dataFolder: string
  /** What the scale's checks say; null without a scale. */
  readonly scaleRecord: ScaleRecord | null
  readonly onSettled?: (sale: SaleDraft) => void
  /** When the server answered last; null for a station that belongs to none. */
  readonly lastSyncMs: () => number | null
}

/** The counter at work: feeds the checkout what happens, does what it asks for, and shows what it says. */
export interface Counter {
  readonly view: Live<CounterView>
  readonly menu: () => Menu
  clockState(): ClockState
  /** What a sale of this moment is priced and quoted under. */
  context(): CheckoutContext
  onReading(reading: ScaleReading): void
  onCard(event: CardEvent): void
  press(key: StaffKey): KeyRefusal | null
  /** The meal that waits for a PIN or staff's word now; null when none does (SPEC CK-20). */
  toConfirm(): ToConfirm | null
  /** The word that was asked for. @returns false when that meal no longer waits for it. */
  confirm(asked: ToConfirm, confirmation: SaleConfirmation): boolean
  /** The sale was taken back: it is no longer shown as paid. */
  onVoided(saleId: string): void
  /** A check of the scale began or ended (SPEC MT-11). */
  onScaleCheck(underWay: boolean): void
  close(): void
}

/** What a word is asked for: it holds for no other sale, card or amount. */
export interface ToConfirm {
  readonly saleId: string
  readonly cardUid: string
  readonly memberId: string
  readonly upToFen: Fen
}

const TICK_MS = 250

export function createCounter(deps: CounterDeps): Counter {
  return new RunningCounter(deps)
}

class RunningCounter implements Counter {
  readonly #deps: CounterDeps
  readonly #guard
  readonly #settler
  readonly #watch
  readonly #stopTicking
  #state: CheckoutState
  readonly #offer = new OfferedMenu()
  #menu: Menu = NO_MENU
  #menuRevision = 0
  readonly #packs: PackShelf
  #nextSaleId: string
  #shown = ''
  #revision = 0
  readonly view: Live<CounterView>

  constructor(deps: CounterDeps) {
    this.#deps = deps
    this.#nextSaleId = deps.ids.next()
    this.#guard = createClockGuard(deps.clock, deps.book)
    this.#packs = new PackShelf(deps)
    this.#lookAtMenu(deps.book)
    this.#settler = createSettler({ ...deps, cardTerms: () => this.context().cardTerms }, (input) =>
      this.#feed(input),
    )
    this.#watch = createBookWatch(deps, (input) => this.#feed(input))
    this.#state = initialState(this.#menu.defaultPlateId)
    this.view = new Live(this.#drawn())
    this.#restoreLastSale()
    this.#lookAtClock()
    this.#stopTicking = deps.timers.every(TICK_MS, () => this.#tick())
  }

  menu = (): Menu => this.#menu

  clockState(): ClockState {
    return this.#guard.state()
  }

  onReading(reading: ScaleReading): void {
    const { scale } = this.#state
    const same = reading.state === scale.state && weightOf(reading) === weightOf(scale)
    if (!same) this.#feed({ kind: 'reading', reading })
  }

  onCard(event: CardEvent): void {
    switch (event.kind) {
      case 'present': {
        if (this.#state.settling !== null) return
        const { businessDate } = this.context()
        const lookup = this.#watch.ask((book) => book.lookUpCard(event.uid, businessDate))
        if (lookup !== null) this.#feed({ kind: 'card', lookup })
        return
      }
      case 'several':
        this.#feed({ kind: 'several-cards' })
        return
      case 'connected':
      case 'disconnected':
        this.#feed({ kind: 'reader', connected: event.kind === 'connected' })
        return
      case 'removed':
    }
  }

  press(key: StaffKey): KeyRefusal | null {
    return this.#feed({ kind: 'key', key })
  }

  toConfirm(): ToConfirm | null {
    const { sale, bound, confirmFen } = this.#state
    if (sale === null || bound === null || confirmFen === null) return null
    const { cardUid, facts } = bound.member
    return { saleId: sale.saleId, cardUid, memberId: facts.memberId, upToFen: confirmFen }
  }

  confirm({ memberId: _, ...asked }: ToConfirm, confirmation: SaleConfirmation): boolean {
    const now = this.toConfirm()
    if (now?.saleId !== asked.saleId || now.cardUid !== asked.cardUid || now.upToFen > asked.upToFen)
      return false
    this.#feed({ kind: 'confirmed', confirmed: { ...asked, confirmation } })
    return true
  }

  onVoided(saleId: string): void {
    this.#feed({ kind: 'voided', saleId })
  }

  onScaleCheck(underWay: boolean): void {
    this.#feed({ kind: 'scale-check', underWay })
  }

  close(): void {
    this.#stopTicking()
    this.#settler.close()
    this.#watch.close()
  }

  #tick(): void {
    if (this.#state.settling === null)
      this.#watch.ask((book) => {
        this.#packs.look(book)
      })
    this.#feed({ kind: 'tick' })
    if (this.#state.sale === null && this.#state.settling === null)
      this.#watch.ask(() => this.#settler.idle())
  }

  /** Asked before every step: a plate that lands as a price becomes due has the new one (SPEC ME-1, PR-5). */
  #lookAtMenu(book: Book): void {
    const { clock, config } = this.#deps
    const { businessDate, mealPeriod } = this.#guard.moment(config.canteen)
    const meal = { businessDate: book.openDate(businessDate), mealPeriod }
    const menu = this.#offer.at(book, meal, priceMoment(clock, book))
    if (menu === this.#menu) return
    this.#menu = menu
    this.#menuRevision += 1
  }

  /** Asked before every step: a sale between the clock's jump and the next tick would have the wrong date (SPEC CK-16). */
  #lookAtClock(): void {
    const toConfirm = this.#guard.state() === 'to-confirm'
    if (toConfirm !== this.#state.clockToConfirm) this.#feed({ kind: 'clock', toConfirm })
  }

  #feed(input: CheckoutInput): KeyRefusal | null {
    if (input.kind !== 'clock') this.#lookAtClock()
    // Not at the watch's own word: a book that does not answer would be asked, and opened again, twice as often each time.
    if (input.kind !== 'book' && this.#state.settling === null)
      this.#watch.ask((book) => this.#lookAtMenu(book))
    const step = advance(this.#state, input, this.context())
    this.#state = step.state
    if (step.state.sale?.saleId === this.#nextSaleId) this.#nextSaleId = this.#deps.ids.next()
    this.#show()
    for (const effect of step.effects) this.#perform(effect)
    return step.refusal ?? null
  }

  #perform(effect: CheckoutEffect): void {
    switch (effect.kind) {
      case 'settle':
        this.#settler.settle(effect.draft)
        return
      case 'confirm-clock':
        this.#confirmClock()
    }
  }

  /** The journal remembers that a person looked at the date (SPEC CK-16); what it cannot take down is not confirmed. */
  #confirmClock(): void {
    const { book, clock } = this.#deps
    const body = { deviceMs: clock.nowMs(), newestMs: book.newestPhysicalMs() }
    const entry = this.#watch.ask((answering) =>
      answering.append({ kind: 'clock.confirmed', body }, 'counter'),
    )
    if (entry !== null) this.#guard.confirm()
  }

  context(): CheckoutContext {
    const { clock, config, calendar, scaleRecord } = this.#deps
    const moment = this.#guard.moment(config.canteen)
    const businessDate = this.#deps.book.openDate(moment.businessDate)
    return {
      nowMs: clock.nowMs(),
      nextSaleId: this.#nextSaleId,
      menu: this.#menu,
      pack: this.#packs.packOn(businessDate),
      profile: config.scale?.profile ?? null,
      weighingLock: scaleRecord?.lockOn(businessDate) ?? null,
      rounding: ROUND_HALF_UP_TO_FEN,
      ...moment,
      businessDate,
      workingDay: workingDayOf(calendar, businessDate).workingDay,
      canteenArea: config.canteen.area,
      cardTerms: {
        rules: config.cards,
        listIsOld: isListOld(config.cards, this.#deps.lastSyncMs(), clock.nowMs()),
      },
    }
  }

  #drawn(): CounterView {
    const bare = viewOf(this.#state, this.context())
    return { ...bare, revision: this.#revision, menuRevision: this.#menuRevision, trial: this.#deps.trial }
  }

  /** Publishes the view when anything but the time of day has changed. */
  #show(): void {
    const { atMs, ...shown } = viewOf(this.#state, this.context())
    const lasting = { ...shown, menuRevision: this.#menuRevision }
    const drawn = JSON.stringify(lasting)
    if (drawn === this.#shown) return
    this.#shown = drawn
    this.#revision += 1
    this.view.publish({ ...lasting, atMs, revision: this.#revision, trial: this.#deps.trial })
  }

  /**
   * A sale written just before the restart is shown as paid, so nobody taps for it again (SPEC CK-12); not one that was
   * taken back since.
   */
  #restoreLastSale(): void {
    const { book, clock } = this.#deps
    const last = book.recentSales(1)[0]
    // A clock that stands before the sale does not tell how long ago it was: a battery may have died with the power.
    if (last === undefined || clock.nowMs() - last.atMs > RESTORE_MS) return
    if (book.read((file) => voidOf(file, last.saleId)) !== null) return
    const draft = book.draftOf(last.saleId)
    const outcome = book.outcomeOf(last.saleId)
    if (draft === null || outcome === null || outcome.kind !== 'exists') return
    const { displayName } = last
    const { balanceAfterFen } = outcome
    this.#feed({ kind: 'restored', paid: { draft, displayName, balanceAfterFen, paidAtMs: clock.nowMs() } })
  }
}

const RESTORE_MS = 120_000

const weightOf = (reading: ScaleReading): number | null => ('weightMg' in reading ? reading.weightMg : null)
