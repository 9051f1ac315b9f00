import { apportion } from '../ledger/part-reversal.ts'
import type { PastPart, PastSale } from './replay.ts'
import type { Quote } from './types.ts'

/** What one side, the book or the draft, has given for what is left of a sale. */
interface Left {
  readonly priceFen: number
  readonly selfPayFen: number
  readonly discountFen: number
  /** Of each benefit its funders, in the order of the quote. */
  readonly funders: readonly {
    readonly benefitId: string
    readonly funderId: string
    readonly amountFen: number
  }[]
  readonly providerPayments: readonly { readonly funderId: string; readonly amountFen: number }[]
}

interface Parted {
  readonly sale: PastSale
  readonly before: Left
  readonly after: Left
}

/** A part of a sale as both sides give it back. */
export interface PartTakenBack {
  readonly memberId: string | null
  readonly voided: boolean
  readonly before: PastPart
  readonly after: PastPart
}

/** What parts of sales give back under a draft, in proportion to what the draft gave for the whole (SPEC LG-32). */
export class PartsUnderDraft {
  readonly #sales = new Map<string, Parted>()

  note(sale: PastSale, after: Quote): void {
    this.#sales.set(sale.saleId, { sale, before: leftOf(sale.quote), after: leftOf(after) })
  }

  /** Null for a part of a sale that is not in this stretch of the book. */
  takeBack(part: PastPart): PartTakenBack | null {
    const parted = this.#sales.get(part.saleId)
    if (parted === undefined) return null
    const { sale, before, after } = parted
    // The same amounts go back alike: the book also knows how the senior paid, which decides about the last fen.
    const under = isSame(before, after) ? part : partOf(part, after)
    this.#sales.set(part.saleId, { sale, before: less(before, part), after: less(after, under) })
    return { memberId: part.memberId, voided: sale.voided, before: part, after: under }
  }
}

function leftOf(quote: PastSale['quote']): Left {
  const { priceFen, selfPayFen, discountFen, benefits, providerPayments } = quote
  return {
    priceFen,
    selfPayFen,
    discountFen,
    funders: benefits.flatMap(({ benefitId, funders }) => funders.map((one) => ({ benefitId, ...one }))),
    providerPayments,
  }
}

function partOf({ saleId, memberId, priceFen }: PastPart, left: Left): PastPart {
  const weights = [left.selfPayFen, ...left.funders.map(({ amountFen }) => amountFen), left.discountFen]
  const [selfPayFen = 0, ...rest] = apportion(priceFen, weights)
  const back = left.funders.map((one, index) => ({ ...one, amountFen: rest[index] ?? 0 }))
  const ids = [...new Set(back.map(({ benefitId }) => benefitId))]
  return {
    saleId,
    memberId,
    priceFen,
    selfPayFen,
    discountFen: rest.at(-1) ?? 0,
    funders: back,
    providerPayments: left.providerPayments.map(({ funderId, amountFen }) => ({
      funderId,
      amountFen: Math.floor((amountFen * priceFen) / left.priceFen),
    })),
    benefits: ids.map((benefitId) => ({ benefitId, amountFen: sumOf(back, benefitId) })),
  }
}

const sumOf = (back: Left['funders'], id: string): number =>
  back.reduce((sum, { benefitId, amountFen }) => sum + (benefitId === id ? amountFen : 0), 0)

function less(left: Left, part: PastPart): Left {
  return {
    priceFen: left.priceFen - part.priceFen,
    selfPayFen: left.selfPayFen - part.selfPayFen,
    discountFen: left.discountFen - part.discountFen,
    funders: left.funders.map((one, index) => ({
      ...one,
      amountFen: one.amountFen - (part.funders[index]?.amountFen ?? 0),
    })),
    providerPayments: left.providerPayments.map((one, index) => ({
      ...one,
      amountFen: one.amountFen - (part.providerPayments[index]?.amountFen ?? 0),
    })),
  }
}

function isSame(one: Left, other: Left): boolean {
  const parts = ({ selfPayFen, discountFen, funders, providerPayments }: Left): unknown => [
    selfPayFen,
    discountFen,
    funders.map(({ benefitId, funderId, amountFen }) => [benefitId, funderId, amountFen]),
    providerPayments.map(({ funderId, amountFen }) => [funderId, amountFen]),
  ]
  return JSON.stringify(parts(one)) === JSON.stringify(parts(other))
}
