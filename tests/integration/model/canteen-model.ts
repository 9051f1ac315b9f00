import type { CardState } from '../../../shared/domain/member.ts'

/** What is kept of a senior, a card and a sale by somebody with a pencil: amounts in fen, nothing of the book's own code. */

export interface ModelCard {
  owner: number
  state: CardState
  depositFen: number
}

export interface ModelSale {
  readonly saleId: string
  readonly owner: number
  readonly date: string
  readonly lines: { readonly priceFen: number; left: number }[]
  readonly priceFen: number
  /** What is left of each after parts were taken back. */
  dailyFen: number
  monthlyFen: number
  walletFen: number
  cashFen: number
  standing: boolean
  readonly dailyUsed: boolean
}

export interface ModelTopUp {
  readonly topUpId: string
  readonly owner: number
  readonly amountFen: number
  standing: boolean
}

/** The rules of `MODEL_PACK`, as somebody would say them: once a day up to 3 yuan, and up to 2.50 a meal while the month has 10. */
const DAILY_FEN = 300
const MEAL_FEN = 250
const MONTH_FEN = 1_000

export interface Reckoning {
  readonly priceFen: number
  readonly dailyFen: number
  readonly monthlyFen: number
  readonly walletFen: number
  readonly cashFen: number
}

/** Seniors 0 and 1 are old enough for a subsidy, 2 is not; each begins unregistered. */
export class CanteenModel {
  date: string
  readonly purses = new Map<number, number>()
  readonly cards = new Map<number, ModelCard>()
  readonly sales: ModelSale[] = []
  readonly topUps: ModelTopUp[] = []

  constructor(date: string) {
    this.date = date
  }

  /** What a meal of this price comes to, as long as nothing else happens. */
  reckon(owner: number, priceFen: number): Reckoning {
    const helped = owner < 2
    const dailyFen = helped && !this.#ateSubsidised(owner) ? Math.min(DAILY_FEN, priceFen) : 0
    const monthlyFen = helped ? Math.min(MEAL_FEN, priceFen - dailyFen, MONTH_FEN - this.#ofMonth(owner)) : 0
    const selfPayFen = priceFen - dailyFen - monthlyFen
    const walletFen = Math.min(selfPayFen, this.purses.get(owner) ?? 0)
    return { priceFen, dailyFen, monthlyFen, walletFen, cashFen: selfPayFen - walletFen }
  }

  /** Why a meal that was reckoned earlier cannot be written now, or null. */
  refusal(owner: number, { walletFen, dailyFen, monthlyFen }: Reckoning): string | null {
    if (walletFen > (this.purses.get(owner) ?? 0)) return 'insufficient-balance'
    if (dailyFen > 0 && this.#ateSubsidised(owner)) return 'subsidy-used'
    return monthlyFen > 0 && this.#ofMonth(owner) + monthlyFen > MONTH_FEN ? 'subsidy-used' : null
  }

  sell(saleId: string, owner: number, lines: ModelSale['lines'], reckoned: Reckoning): void {
    this.pay(owner, -reckoned.walletFen)
    const dailyUsed = reckoned.dailyFen > 0
    this.sales.push({ saleId, owner, date: this.date, lines, standing: true, dailyUsed, ...reckoned })
  }

  pay(owner: number, amountFen: number): void {
    this.purses.set(owner, (this.purses.get(owner) ?? 0) + amountFen)
  }

  takeBack(sale: ModelSale): void {
    this.pay(sale.owner, sale.walletFen)
    Object.assign(sale, { standing: false, dailyFen: 0, monthlyFen: 0, walletFen: 0, cashFen: 0 })
  }

  /** A use counts until the whole meal is taken back, however little of it is left. */
  #ateSubsidised(owner: number): boolean {
    return this.sales.some(
      (sale) => sale.standing && sale.owner === owner && sale.date === this.date && sale.dailyUsed,
    )
  }

  #ofMonth(owner: number): number {
    const month = this.date.slice(0, 7)
    return this.sales
      .filter((sale) => sale.owner === owner && sale.date.startsWith(month))
      .reduce((sum, { monthlyFen }) => sum + monthlyFen, 0)
  }
}
