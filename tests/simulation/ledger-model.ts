import { Violation } from './violation.ts'

/** Who paid how much, in fen. */
export interface KnownAmounts {
  readonly priceFen: number
  readonly subsidyFen: number
  /** Her own money and grants together. */
  readonly walletFen: number
  readonly cashFen: number
  /** What each grant pays of the wallet's part, by its id; none of nothing. */
  readonly grants: Readonly<Record<string, number>>
  /** What each funder owes. */
  readonly funders: Readonly<Record<string, number>>
}

/** What her own prepaid money pays. */
export const ownFen = ({ walletFen, grants }: Pick<KnownAmounts, 'walletFen' | 'grants'>): number =>
  Object.values(grants).reduce((left, amountFen) => left - amountFen, walletFen)

/** What the auditor remembers of one sale. */
export interface KnownSale extends KnownAmounts {
  readonly saleId: string
  readonly memberId: string | null
  readonly businessDate: string
  readonly mealPeriod: string
  /** How often each of its lines was sold, and what one of them cost. */
  readonly lines: readonly { readonly quantity: number; readonly eachFen: number }[]
}

/** Something of a sale that was taken back: a part of it, or all that was left. */
export interface KnownBack {
  readonly saleId: string
  readonly businessDate: string
  readonly whole: boolean
  readonly amounts: KnownAmounts
  /** Of a part: which line, once. */
  readonly lineNo: number | null
}

export interface KnownTopUp {
  readonly topUpId: string
  readonly memberId: string
  readonly amountFen: number
  readonly source: 'cash' | 'opening'
  readonly businessDate: string
}

/** Her own money given back to a senior. */
export interface KnownRefund {
  readonly memberId: string
  readonly amountFen: number
  readonly businessDate: string
}

/** A wallet put right: added to it, or taken from it when negative. */
export interface KnownCorrection {
  readonly memberId: string
  readonly amountFen: number
  readonly businessDate: string
  /** The correction that it takes back. */
  readonly undoes: string | null
}

export interface KnownClose {
  readonly closedDate: string
  readonly expectedFen: number
  readonly countedFen: number
  readonly floatFen: number
}

/** Whatever moves money, as people were told of it. `id` is the one that it is known by in the book. */
export type KnownAct = { readonly id: string } & (
  | { readonly act: 'sale'; readonly sale: KnownSale }
  | { readonly act: 'top-up'; readonly topUp: KnownTopUp }
  | { readonly act: 'void'; readonly saleId: string; readonly businessDate: string }
  | { readonly act: 'part'; readonly back: KnownBack }
  | { readonly act: 'deposit'; readonly amountFen: number; readonly uid: string }
  | { readonly act: 'card-return'; readonly uid: string }
  | { readonly act: 'reversal'; readonly topUpId: string; readonly businessDate: string }
  | { readonly act: 'refund'; readonly refund: KnownRefund }
  | { readonly act: 'correction'; readonly correction: KnownCorrection }
  | { readonly act: 'move'; readonly amountFen: number }
  | { readonly act: 'close'; readonly close: KnownClose }
)

/** Sums of one business date, as the auditor adds them up. */
export interface KnownSums {
  readonly meals: number
  readonly priceFen: number
  readonly subsidyFen: number
  readonly walletFen: number
  readonly cashFen: number
}

/** The auditor's own ledger: as simple as it can be, and fed by nothing but what people were told. */
export class LedgerModel {
  readonly wallets = new Map<string, number>()
  readonly sales = new Map<string, KnownSale>()
  readonly topUps = new Map<string, KnownTopUp>()
  /** Parts and voids, in their order. */
  readonly backs: KnownBack[] = []
  /** What lies on each card that was not returned. */
  readonly deposits = new Map<string, number>()
  /** By the sale that was taken back whole. */
  readonly voids = new Map<string, { readonly voidId: string; readonly businessDate: string }>()
  /** By the top-up that was taken back. */
  readonly reversals = new Map<string, { readonly reversalId: string; readonly businessDate: string }>()
  readonly refunds = new Map<string, KnownRefund>()
  readonly corrections = new Map<string, KnownCorrection>()
  readonly closes = new Map<string, KnownClose>()
  drawerFen = 0
  closedThrough: string | null = null
  #acts = new Map<string, KnownAct>()
  readonly #subsidised = new Map<string, number>()
  /** Told before a wallet, or a limit, is changed by anything but a sale. */
  beforeChange: (memberId: string) => void = () => undefined
  /** Told of each sale that was taken back. */
  onVoid: (saleId: string) => void = () => undefined

  balanceOf(memberId: string): number {
    return this.wallets.get(memberId) ?? 0
  }

  has(id: string): boolean {
    return this.#acts.has(id)
  }

  /** Every act under the id that the book knows it by. */
  get acts(): ReadonlyMap<string, KnownAct> {
    return this.#acts
  }

  /** @throws Violation when it happened before, or cannot be. */
  apply(act: KnownAct): void {
    if (this.#acts.has(act.id)) throw new Violation('LG-1', `${act.act} ${act.id} was made twice`)
    this.#acts.set(act.id, act)
    switch (act.act) {
      case 'sale':
        this.#sell(act.sale)
        return
      case 'top-up':
        this.#topUp(act.topUp)
        return
      case 'void':
        this.#takeBackSale(act.saleId, act.id, act.businessDate)
        return
      case 'reversal':
        this.#takeBackTopUp(act.topUpId, act.id, act.businessDate)
        return
      case 'part':
        this.#takeBackPart(act.back)
        return
      case 'deposit':
        this.deposits.set(act.uid, act.amountFen)
        this.drawerFen += act.amountFen
        return
      case 'card-return':
        this.#returnCard(act.uid)
        return
      case 'refund':
        this.#refund(act.id, act.refund)
        return
      case 'correction':
        this.#correct(act.id, act.correction)
        return
      case 'move':
        this.drawerFen += act.amountFen
        return
      case 'close':
        this.#close(act.close)
    }
  }

  hadSubsidy(memberId: string, meal: Pick<KnownSale, 'businessDate' | 'mealPeriod'>): boolean {
    return (this.#subsidised.get(mealOf(memberId, meal)) ?? 0) > 0
  }

  isUndone(correctionId: string): boolean {
    return [...this.corrections.values()].some(({ undoes }) => undoes === correctionId)
  }

  /** On which date something is written that the clocks date so. */
  openDate(date: string): string {
    return this.closedThrough === null || date > this.closedThrough ? date : dayAfter(this.closedThrough)
  }

  soldOn(date: string): KnownSums {
    return sumsOf([...this.sales.values()].filter(({ businessDate }) => businessDate === date))
  }

  /** A meal counts as taken back with the last of it. */
  voidedOn(date: string): KnownSums {
    const back = this.backs.filter(({ businessDate }) => businessDate === date)
    return { ...sumsOf(back.map(({ amounts }) => amounts)), meals: back.filter(({ whole }) => whole).length }
  }

  /** What was not taken back of a sale. */
  leftOf(sale: KnownSale): KnownAmounts {
    const parts = this.backs.filter(({ saleId }) => saleId === sale.saleId)
    return parts.reduce<KnownAmounts>((left, { amounts }) => less(left, amounts), sale)
  }

  /** How often a line of a sale is left. */
  lineLeft({ saleId, lines }: KnownSale, lineNo: number): number {
    const taken = this.backs.filter((back) => back.saleId === saleId && back.lineNo === lineNo).length
    return (lines[lineNo]?.quantity ?? 0) - taken
  }

  /** What all wallets hold together after a date, by the dates of what moved them. */
  liabilityAfter(date: string): number {
    let fen = 0
    for (const sale of this.sales.values())
      if (sale.businessDate <= date && sale.memberId !== null) fen -= ownFen(sale)
    for (const { businessDate, amountFen } of this.topUps.values()) if (businessDate <= date) fen += amountFen
    for (const { saleId, businessDate, amounts } of this.backs)
      if (businessDate <= date && this.sales.get(saleId)?.memberId !== null) fen += ownFen(amounts)
    for (const [topUpId, { businessDate }] of this.reversals)
      if (businessDate <= date) fen -= this.topUps.get(topUpId)?.amountFen ?? 0
    for (const { businessDate, amountFen } of this.refunds.values())
      if (businessDate <= date) fen -= amountFen
    for (const { businessDate, amountFen } of this.corrections.values())
      if (businessDate <= date) fen += amountFen
    return fen
  }

  /** A new book begins with what the wallets hold. */
  startAnew(): void {
    this.sales.clear()
    this.topUps.clear()
    this.voids.clear()
    this.backs.length = 0
    this.deposits.clear()
    this.reversals.clear()
    this.refunds.clear()
    this.corrections.clear()
    this.closes.clear()
    this.#subsidised.clear()
    this.#acts.clear()
    this.drawerFen = 0
    this.closedThrough = null
  }

  /** The disk is lost, and with it what no copy held: only these acts ever happened. */
  keepOnly(held: ReadonlySet<string>): void {
    const acts = [...this.#acts.values()].filter(({ id }) => held.has(id))
    this.startAnew()
    this.wallets.clear()
    for (const act of acts) this.apply(act)
  }

  /** @throws Violation when the wallet cannot bear it. */
  #sell(sale: KnownSale): void {
    this.sales.set(sale.saleId, sale)
    this.drawerFen += sale.cashFen
    const { memberId } = sale
    if (memberId === null) return
    this.#move(memberId, -ownFen(sale))
    if (sale.subsidyFen > 0) this.#count(memberId, sale, 1)
  }

  #topUp(topUp: KnownTopUp): void {
    this.beforeChange(topUp.memberId)
    this.topUps.set(topUp.topUpId, topUp)
    if (topUp.source === 'cash') this.drawerFen += topUp.amountFen
    this.#move(topUp.memberId, topUp.amountFen)
  }

  #takeBackSale(saleId: string, voidId: string, businessDate: string): void {
    const sale = this.sales.get(saleId)
    if (sale === undefined || this.voids.has(saleId))
      throw new Violation('LG-24', `${saleId} was taken back, and could not be`)
    const amounts = this.leftOf(sale)
    this.voids.set(saleId, { voidId, businessDate })
    this.onVoid(saleId)
    this.#giveBack(sale, { saleId, businessDate, whole: true, amounts, lineNo: null })
    if (sale.memberId !== null && sale.subsidyFen > 0) this.#count(sale.memberId, sale, -1)
  }

  #takeBackPart(back: KnownBack): void {
    const sale = this.sales.get(back.saleId)
    if (sale === undefined || this.voids.has(back.saleId))
      throw new Violation('LG-32', `a part of ${back.saleId} was taken back, and could not be`)
    this.#giveBack(sale, back)
  }

  #giveBack({ memberId }: KnownSale, back: KnownBack): void {
    const { amounts } = back
    if (memberId !== null) this.beforeChange(memberId)
    this.backs.push(back)
    this.drawerFen -= amounts.cashFen
    if (this.drawerFen < 0) throw new Violation('LG-24', `the drawer fell to ${this.drawerFen}`)
    if (memberId !== null) this.#move(memberId, ownFen(amounts))
  }

  #returnCard(uid: string): void {
    this.drawerFen -= this.deposits.get(uid) ?? 0
    if (this.drawerFen < 0) throw new Violation('LG-35', `the drawer fell to ${this.drawerFen}`)
    this.deposits.delete(uid)
  }

  #takeBackTopUp(topUpId: string, reversalId: string, businessDate: string): void {
    const topUp = this.topUps.get(topUpId)
    if (topUp === undefined || this.reversals.has(topUpId))
      throw new Violation('LG-25', `top-up ${topUpId} was taken back, and could not be`)
    this.beforeChange(topUp.memberId)
    this.reversals.set(topUpId, { reversalId, businessDate })
    if (topUp.source === 'cash') this.drawerFen -= topUp.amountFen
    if (this.drawerFen < 0) throw new Violation('LG-25', `the drawer fell to ${this.drawerFen}`)
    this.#move(topUp.memberId, -topUp.amountFen)
  }

  #refund(refundId: string, refund: KnownRefund): void {
    this.beforeChange(refund.memberId)
    this.refunds.set(refundId, refund)
    this.drawerFen -= refund.amountFen
    if (this.drawerFen < 0) throw new Violation('LG-36', `the drawer fell to ${this.drawerFen}`)
    this.#move(refund.memberId, -refund.amountFen)
  }

  #correct(correctionId: string, correction: KnownCorrection): void {
    const { memberId, amountFen, undoes } = correction
    if (undoes !== null && this.isUndone(undoes))
      throw new Violation('LG-37', `correction ${undoes} was taken back twice`)
    this.beforeChange(memberId)
    this.corrections.set(correctionId, correction)
    this.#move(memberId, amountFen)
  }

  #close(close: KnownClose): void {
    const { closedDate, expectedFen, floatFen } = close
    if (this.closedThrough !== null && closedDate <= this.closedThrough)
      throw new Violation('LG-26', `${closedDate} was closed after ${this.closedThrough}`)
    if (expectedFen !== this.drawerFen)
      throw new Violation('LG-26', `the drawer is said to hold ${expectedFen}, not ${this.drawerFen}`)
    this.closes.set(closedDate, close)
    this.closedThrough = closedDate
    this.drawerFen = floatFen
  }

  #move(memberId: string, byFen: number): void {
    const leftFen = this.balanceOf(memberId) + byFen
    if (leftFen < 0) throw new Violation('LG-5', `the wallet of ${memberId} fell to ${leftFen}`)
    this.wallets.set(memberId, leftFen)
  }

  #count(memberId: string, sale: KnownSale, by: 1 | -1): void {
    const meal = mealOf(memberId, sale)
    this.#subsidised.set(meal, (this.#subsidised.get(meal) ?? 0) + by)
  }
}

const DAY_MS = 86_400_000

const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)

const mealOf = (memberId: string, meal: Pick<KnownSale, 'businessDate' | 'mealPeriod'>): string =>
  `${memberId}/${meal.businessDate}/${meal.mealPeriod}`

function less(left: KnownAmounts, taken: KnownAmounts): KnownAmounts {
  const each = (of: 'funders' | 'grants'): Readonly<Record<string, number>> => {
    const rest = Object.entries(left[of]).map(([id, amount]) => [id, amount - (taken[of][id] ?? 0)] as const)
    return Object.fromEntries(of === 'grants' ? rest.filter(([, amount]) => amount !== 0) : rest)
  }
  return {
    priceFen: left.priceFen - taken.priceFen,
    subsidyFen: left.subsidyFen - taken.subsidyFen,
    walletFen: left.walletFen - taken.walletFen,
    cashFen: left.cashFen - taken.cashFen,
    grants: each('grants'),
    funders: each('funders'),
  }
}

function sumsOf(sales: readonly KnownAmounts[]): KnownSums {
  const sums = { meals: 0, priceFen: 0, subsidyFen: 0, walletFen: 0, cashFen: 0 }
  for (const sale of sales) {
    sums.meals += 1
    sums.priceFen += sale.priceFen
    sums.subsidyFen += sale.subsidyFen
    sums.walletFen += sale.walletFen
    sums.cashFen += sale.cashFen
  }
  return sums
}
