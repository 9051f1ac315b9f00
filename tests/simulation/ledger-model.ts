import { Violation } from './violation.ts'

/** What the auditor remembers of one sale. */
export interface KnownSale {
  readonly saleId: string
  readonly memberId: string | null
  readonly businessDate: string
  readonly mealPeriod: string
  readonly priceFen: number
  readonly subsidyFen: number
  readonly walletFen: number
  readonly cashFen: number
}

interface KnownTopUp {
  readonly memberId: string
  readonly amountFen: number
}

/** The auditor's own ledger: as simple as it can be, and fed by nothing but what people were told. */
export class LedgerModel {
  readonly wallets = new Map<string, number>()
  readonly sales = new Map<string, KnownSale>()
  readonly topUps = new Map<string, KnownTopUp>()
  readonly #subsidised = new Set<string>()

  balanceOf(memberId: string): number {
    return this.wallets.get(memberId) ?? 0
  }

  topUp(topUpId: string, topUp: KnownTopUp): void {
    if (this.topUps.has(topUpId)) throw new Violation('LG-1', `top-up ${topUpId} was made twice`)
    this.topUps.set(topUpId, topUp)
    this.wallets.set(topUp.memberId, this.balanceOf(topUp.memberId) + topUp.amountFen)
  }

  /** @throws Violation when the wallet cannot bear it. */
  sell(sale: KnownSale): void {
    if (this.sales.has(sale.saleId)) throw new Violation('LG-1', `sale ${sale.saleId} was made twice`)
    this.sales.set(sale.saleId, sale)
    const { memberId } = sale
    if (memberId === null) return
    const leftFen = this.balanceOf(memberId) - sale.walletFen
    if (leftFen < 0) throw new Violation('LG-5', `the wallet of ${memberId} fell to ${leftFen}`)
    this.wallets.set(memberId, leftFen)
    if (sale.subsidyFen > 0) this.#subsidised.add(mealOf(memberId, sale))
  }

  hadSubsidy(memberId: string, meal: Pick<KnownSale, 'businessDate' | 'mealPeriod'>): boolean {
    return this.#subsidised.has(mealOf(memberId, meal))
  }

  /** A new book begins with what the wallets hold. */
  startAnew(): void {
    this.sales.clear()
    this.topUps.clear()
    this.#subsidised.clear()
  }
}

const mealOf = (memberId: string, meal: Pick<KnownSale, 'businessDate' | 'mealPeriod'>): string =>
  `${memberId}/${meal.businessDate}/${meal.mealPeriod}`
