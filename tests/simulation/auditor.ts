import type { Book } from '../../electron/station/book/book.ts'
import type { CounterView } from '../../shared/domain/checkout/view.ts'
import type { Menu } from '../../shared/domain/menu.ts'
import type { SaleDraft } from '../../shared/domain/sale.ts'
import type { Roll } from './canteen.ts'
import { expectedSubsidyFen, lineFault } from './expectations.ts'
import { LedgerModel, ownFen, type KnownSale } from './ledger-model.ts'
import type { Cause } from './scheduler.ts'
import type { Trace } from './trace.ts'
import { Violation } from './violation.ts'

/** Food that one person brings to the counter, however often it has to be put down again: it is paid once or not at all. */
export interface Serving {
  readonly number: number
  /** Members whose card was truly on the reader. */
  readonly tapped: Set<string>
  /** Every load that truly lay on the scale, as the scale felt it, in milligrams. */
  readonly loadsMg: Set<number>
  /** What staff keyed in, by dish. */
  keyed: ReadonlyMap<string, number>
  /** What her wallet held before the office put more into it: a card tapped before that knows no better. */
  readonly earlierBalancesFen: Set<number>
  /** Members whose wallet or limits the office changed meanwhile: a card tapped before that knows no better. */
  readonly changed: Set<string>
  /** Staff took cash with a key. */
  cashAgreed: boolean
  /** The sale that it was charged with. */
  saleId: string | null
}

/** What the auditor may look at besides the screens. */
export interface AuditedStation {
  /** The real book, whatever the station was given. */
  readonly book: Book
  readonly divisionMg: number
  /** The date by the device's clock and, where that stands behind, by the book's newest entry. */
  dates(): readonly string[]
  /** Acts of the office whose outcome was unknown, and that are in the book after all, are made known. */
  settleOffice(): void
  /** Whether this moment's clock is so far off that selling waits for staff. */
  clockIsFarOff(): boolean
  deviceMs(): number
}

interface OpenSale {
  serving: Serving
  readonly menus: readonly Menu[]
  readonly dates: Set<string>
  /** Was agreed on and only waits for the book: what the clock does after that changes nothing. */
  agreed: boolean
}

/** A menu is read at a tick, which may be late, and a sale may begin behind the "paid" of the one before. */
const DAY_MS = 86_400_000
const MENU_LAG_MS = 3500

/**
 * Watches the counter from outside. What a senior was told is acknowledged: from then on it has to be in the book, once,
 * at the price that was shown, and for food that was there.
 */
export class Auditor {
  readonly model = new LedgerModel()
  readonly #trace: Trace
  readonly #roll: Roll
  readonly #open = new Map<string, OpenSale>()
  #menus: { readonly menu: Menu; untilMs: number }[] = []
  #serving: Serving = emptyServing(0)
  #last: CounterView | null = null
  #farOff = false
  /** The device's time that staff confirmed, as it goes on; null when none is, or when none has to be. */
  #confirmedMs: number | null = null

  constructor(trace: Trace, roll: Roll) {
    this.#trace = trace
    this.#roll = roll
    this.model.onVoid = (saleId) => {
      // What was taken back before she left the counter can be paid anew.
      if (this.#serving.saleId === saleId) this.#serving.saleId = null
    }
    this.model.beforeChange = (memberId) => {
      this.#serving.earlierBalancesFen.add(this.model.balanceOf(memberId))
      this.#serving.changed.add(memberId)
    }
  }

  get serving(): Serving {
    return this.#serving
  }

  beginServing(): Serving {
    this.#serving = emptyServing(this.#serving.number + 1)
    // A knock on the empty scale opens a sale that is nobody's until there is something in it.
    const open = this.#last?.lines.length === 0 ? this.#open.get(this.#last.saleId ?? '') : undefined
    if (open !== undefined) open.serving = this.#serving
    return this.#serving
  }

  /** From now on this menu is in force, and the ones before it are not. */
  menuPublished(menu: Menu, nowMs: number): void {
    for (const before of this.#menus) before.untilMs = Math.min(before.untilMs, nowMs + MENU_LAG_MS)
    this.menuInDoubt(menu)
  }

  /** The office tries to publish this menu: until it is told that it did, either may be in force. */
  menuInDoubt(menu: Menu): void {
    this.#menus.push({ menu, untilMs: Number.POSITIVE_INFINITY })
  }

  /** A new book begins: the wallets are all that is carried over. */
  startBook(): void {
    this.model.startAnew()
    this.#open.clear()
    this.#menus = []
  }

  /** A station's process begins; its views count from one again. */
  stationStarted(): void {
    this.#last = null
    this.#farOff = false
    this.#confirmedMs = null
  }

  confirmClock(deviceMs: number): void {
    this.#confirmedMs = deviceMs
  }

  /** @throws Violation for whatever on this view must not be. */
  see(view: CounterView, cause: Cause, nowMs: number, station: AuditedStation): void {
    const last = this.#last
    if (last !== null && view.revision === last.revision) return
    this.#last = view
    this.#trace.note(view.phase, view.trouble, view.saleId, view.totalFen, view.speech?.sequence ?? 0)
    this.#checkOrder(view, last)
    const known = view.saleId === null || this.model.sales.has(view.saleId)
    if (view.saleId !== null && !known) this.#noteOpen(view.saleId, nowMs, station)
    if (view.phase === 'paid') this.#told(view, known, station)
    if (view.phase === 'checking') this.#noteAgreed(view)
    if (view.phase === 'paid' || view.phase === 'checking') this.#checkPriceShown(view, last, cause)
    this.lookAtClock(station)
  }

  /** Looks at the device's clock, before anything is sold by it. */
  lookAtClock(station: AuditedStation): void {
    this.#farOff = station.clockIsFarOff()
    if (!this.#farOff) this.#confirmedMs = null
    else if (this.#isConfirmed(station)) this.#confirmedMs = station.deviceMs()
  }

  #isConfirmed(station: AuditedStation): boolean {
    if (this.#confirmedMs === null) return false
    const jumpMs = station.deviceMs() - this.#confirmedMs
    return jumpMs >= -DAY_MS && jumpMs <= 60 * DAY_MS
  }

  /** A sale that the book holds and nobody was told of yet: after a crash, when its outcome was unknown. */
  foundInBook(draft: SaleDraft, station: AuditedStation): void {
    this.#trace.note('found', draft.saleId)
    this.#acknowledge(draft, station)
  }

  #checkOrder(view: CounterView, last: CounterView | null): void {
    if (last === null) return
    if (view.revision < last.revision) throw new Violation('CK-1', 'the view went back')
    if ((view.speech?.sequence ?? 0) < (last.speech?.sequence ?? 0))
      throw new Violation('CK-15', 'an old announcement came again')
  }

  #noteOpen(saleId: string, nowMs: number, station: AuditedStation): void {
    const open = this.#open.get(saleId)
    if (open !== undefined) {
      for (const date of station.dates()) open.dates.add(date)
      return
    }
    const menus = this.#menus.filter(({ untilMs }) => untilMs >= nowMs).map(({ menu }) => menu)
    this.#open.set(saleId, { serving: this.#serving, menus, dates: new Set(station.dates()), agreed: false })
  }

  #noteAgreed({ saleId }: CounterView): void {
    const open = this.#open.get(saleId ?? '')
    if (open !== undefined && !this.#farOff) open.agreed = true
  }

  /** "Paid" stands on the screen. */
  #told(view: CounterView, known: boolean, station: AuditedStation): void {
    const { saleId, payment, quote } = view
    if (saleId === null || payment === null || quote === null)
      throw new Violation('CK-1', 'paid, but not what and by whom')
    const draft = known ? null : station.book.draftOf(saleId)
    if (!known && draft === null)
      throw new Violation('LG-21', `paid was shown for ${saleId}, which the book does not hold`)
    if (draft !== null) this.#acknowledge(draft, station)
    const sale = this.model.sales.get(saleId)
    this.#trace.checks += 1
    if (
      sale?.priceFen !== quote.priceFen ||
      sale.subsidyFen !== quote.subsidyFen ||
      sale.walletFen !== payment.walletFen ||
      sale.cashFen !== payment.cashFen ||
      sale.walletFen - ownFen(sale) !== (payment.grantsFen ?? 0) ||
      view.totalFen !== quote.priceFen
    )
      throw new Violation('CK-1', `the screen and the book differ on ${saleId}`)
    if (draft === null || draft.memberId === null) return
    const balanceFen = this.model.balanceOf(draft.memberId)
    if (payment.balanceAfterFen !== balanceFen)
      throw new Violation(
        'LG-4',
        `the screen leaves ${payment.balanceAfterFen}, the wallet holds ${balanceFen}`,
      )
    const inBookFen = station.book.balanceOf(draft.memberId)
    if (inBookFen !== balanceFen)
      throw new Violation('LG-21', `the book holds ${inBookFen} for ${draft.memberId}, not ${balanceFen}`)
  }

  /** The price may change with the weight or a key of staff, and with nothing else (SPEC PR-5). */
  #checkPriceShown(view: CounterView, last: CounterView | null, cause: Cause): void {
    if (last === null || last.saleId !== view.saleId || cause === 'scale' || cause === 'key') return
    if (!['ready', 'insufficient', 'checking', 'paid'].includes(last.phase)) return
    this.#trace.checks += 1
    if (last.totalFen !== view.totalFen)
      throw new Violation(
        'PR-5',
        `${last.totalFen} was shown and ${view.totalFen} charged for ${view.saleId}`,
      )
  }

  #acknowledge(draft: SaleDraft, station: AuditedStation): void {
    station.settleOffice()
    const { saleId, memberId, quote, tender } = draft
    const open = this.#open.get(saleId)
    const serving = open?.serving ?? this.#serving
    if (serving.saleId !== null)
      throw new Violation(
        'LG-21',
        `serving ${serving.number} is charged with ${serving.saleId} and ${saleId}`,
      )
    serving.saleId = saleId
    this.#trace.meals += 1
    this.#trace.checks += 1
    this.#checkMember(draft, serving)
    this.#checkDate(draft, open, station)
    this.#checkLines(draft, open?.menus ?? this.#menus.map(({ menu }) => menu), serving, station.divisionMg)
    const sale: KnownSale = {
      saleId,
      memberId,
      businessDate: draft.businessDate,
      mealPeriod: draft.mealPeriod,
      priceFen: quote.priceFen,
      subsidyFen: quote.subsidyFen,
      walletFen: tender.walletFen,
      cashFen: tender.cashFen,
      grants: Object.fromEntries(tender.grants?.map((part) => [part.grantId, part.amountFen]) ?? []),
      funders: fundersOf(draft),
      lines: draft.lines.map((line) => ({
        quantity: line.kind === 'weighed' ? 1 : line.quantity,
        eachFen: line.kind === 'weighed' ? line.amountFen : line.priceFen,
      })),
    }
    this.#checkPayment(sale, serving)
    this.model.apply({ act: 'sale', id: saleId, sale })
    this.#trace.note('sold', saleId, memberId, sale.priceFen, sale.subsidyFen, sale.walletFen, sale.cashFen)
  }

  #checkMember({ saleId, memberId, cardUid }: SaleDraft, serving: Serving): void {
    const senior = this.#roll.holderOf(cardUid)
    if ((senior?.memberId ?? null) !== memberId)
      throw new Violation('CK-6', `${saleId}: card ${cardUid} is not the card of ${memberId}`)
    if (memberId !== null && !serving.tapped.has(memberId))
      throw new Violation('CK-5', `${saleId}: ${memberId} pays, whose card was not there`)
    if (senior?.cardLost === true) throw new Violation('CK-6', `${saleId}: ${cardUid} was reported lost`)
  }

  #checkDate({ saleId, businessDate }: SaleDraft, open: OpenSale | undefined, station: AuditedStation): void {
    const dates = new Set(
      [...(open?.dates ?? []), ...station.dates()].map((date) => this.model.openDate(date)),
    )
    if (!dates.has(businessDate))
      throw new Violation('CK-14', `${saleId} is dated ${businessDate}, not ${[...dates].join(' or ')}`)
    if (this.#farOff && !this.#isConfirmed(station) && open?.agreed !== true)
      throw new Violation('CK-16', `${saleId} was sold before staff confirmed the date`)
  }

  #checkLines(draft: SaleDraft, menus: readonly Menu[], serving: Serving, divisionMg: number): void {
    const faults = menus.map((menu) =>
      draft.lines.map((line) => lineFault(line, menu)).find((fault) => fault !== null),
    )
    if (!faults.includes(undefined))
      throw new Violation('PR-2', `${draft.saleId}: ${faults.join('; ') || 'no menu was in force'}`)
    for (const line of draft.lines) {
      if (line.kind !== 'weighed') {
        if (line.quantity > (serving.keyed.get(line.dishId) ?? 0))
          throw new Violation('CK-9', `${draft.saleId}: ${line.quantity} ${line.dishId} that nobody keyed in`)
        continue
      }
      const lay = [...serving.loadsMg].some((loadMg) => Math.abs(loadMg - line.grossMg) <= divisionMg)
      if (!lay) throw new Violation('DV-1', `${draft.saleId}: ${line.grossMg} mg never lay on the scale`)
    }
    const totalFen = draft.lines.reduce((sum, line) => sum + line.amountFen, 0)
    if (totalFen !== draft.quote.priceFen)
      throw new Violation('PR-3', `${draft.saleId}: ${draft.quote.priceFen} is not the sum ${totalFen}`)
  }

  #checkPayment(sale: KnownSale, serving: Serving): void {
    const { saleId, memberId, priceFen, walletFen, cashFen } = sale
    const senior = this.#roll.member(memberId)
    const used = senior === undefined || this.model.hadSubsidy(senior.memberId, sale)
    const subsidyFen = used ? 0 : expectedSubsidyFen(senior, sale, priceFen)
    // Her earlier meal was taken back after she had tapped: she may still have been told that she had hers.
    const toldBefore = sale.subsidyFen === 0 && memberId !== null && serving.changed.has(memberId)
    if (sale.subsidyFen !== subsidyFen && !toldBefore)
      throw new Violation('PO-4', `${saleId}: a subsidy of ${sale.subsidyFen}, not ${subsidyFen}`)
    const selfPayFen = priceFen - sale.subsidyFen
    const known = memberId === null ? [0] : [this.model.balanceOf(memberId), ...serving.earlierBalancesFen]
    // Which grants pay, and how much, the journal is asked for later; her own money pays what they leave.
    const ownPartFen = ownFen(sale)
    const restFen = selfPayFen - (walletFen - ownPartFen)
    const fromWallet = known.map((balanceFen) => Math.min(restFen, balanceFen))
    if (!fromWallet.includes(ownPartFen) || cashFen !== selfPayFen - walletFen)
      throw new Violation('LG-4', `${saleId}: wallet ${walletFen} and cash ${cashFen} for ${selfPayFen}`)
    if (cashFen > 0 && !serving.cashAgreed)
      throw new Violation('CK-7', `${saleId}: ${cashFen} in cash that staff did not take`)
  }
}

function fundersOf({ quote }: SaleDraft): Readonly<Record<string, number>> {
  const owed: Record<string, number> = {}
  const shares = [...quote.benefits.flatMap(({ funders }) => funders), ...quote.providerPayments]
  for (const { funderId, amountFen } of shares) owed[funderId] = (owed[funderId] ?? 0) + amountFen
  return owed
}

const emptyServing = (number: number): Serving => ({
  number,
  tapped: new Set(),
  loadsMg: new Set(),
  keyed: new Map(),
  earlierBalancesFen: new Set(),
  changed: new Set(),
  cashAgreed: false,
  saleId: null,
})
