import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { MealPeriod } from '../domain/menu.ts'
import type { QuoteStep } from '../domain/policy/types.ts'
import type { SaleLine, Tender } from '../domain/sale.ts'
import type { Fen, Milligrams } from '../domain/units.ts'

const businessDate = z.iso.date()

export interface SaleSummary {
  readonly saleId: string
  readonly atMs: number
  readonly businessDate: string
  readonly mealPeriod: MealPeriod
  readonly displayName: string | null
  readonly priceFen: Fen
  readonly subsidyFen: Fen
  readonly selfPayFen: Fen
  readonly cashFen: Fen
  readonly lineCount: number
}

/** "Why this price": the sale with each step of its quote, as it stands in the book. */
export interface SaleExplained extends SaleSummary {
  readonly lines: readonly SaleLine[]
  readonly steps: readonly QuoteStep[]
  readonly tender: Tender
  readonly packId: string
  readonly packVersion: number
  readonly entryHash: string
}

export interface DayTotals {
  readonly businessDate: string
  readonly meals: number
  readonly priceFen: Fen
  readonly discountFen: Fen
  readonly subsidyFen: Fen
  readonly walletFen: Fen
  readonly cashFen: Fen
  readonly byPeriod: readonly {
    readonly mealPeriod: MealPeriod
    readonly meals: number
    readonly priceFen: Fen
    readonly subsidyFen: Fen
  }[]
  readonly byFunder: readonly { readonly funderId: string; readonly amountFen: Fen }[]
  readonly byDish: readonly {
    readonly dishId: string
    readonly count: number
    readonly netMg: Milligrams
    readonly amountFen: Fen
  }[]
}

/** The book cannot be read now; it is opened again by itself, and the same question can be asked a moment later. */
const salesErrors = { BOOK_UNAVAILABLE: { status: 503 } } as const

export const salesContract = {
  recent: oc
    .input(z.strictObject({ limit: z.int().min(1).max(100) }))
    .output(type<readonly SaleSummary[]>())
    .errors(salesErrors),
  explain: oc
    .input(z.strictObject({ saleId: z.uuid() }))
    .output(type<SaleExplained>())
    .errors({ ...salesErrors, NOT_FOUND: { status: 404, data: z.object({ saleId: z.string() }) } }),
  dayTotals: oc.input(z.strictObject({ businessDate })).output(type<DayTotals>()).errors(salesErrors),
}
