import type { PartTakenBack } from './parts-under-draft.ts'
import type { PastSale } from './replay.ts'
import type { Quote } from './types.ts'

/** One sum as the book has it, as the draft makes it, and the second less the first; in fen. */
export interface Compared {
  readonly beforeFen: number
  readonly afterFen: number
  readonly differenceFen: number
}

export interface ComparedFunder extends Compared {
  readonly funderId: string
}

/** What a month's meals cost one member herself. */
export interface ComparedMember extends Compared {
  readonly memberId: string
  readonly meals: number
}

/** A month under two packs. Sales that were taken back are left out of every figure. */
export interface ReplayTotals {
  readonly meals: number
  readonly priceFen: number
  readonly discount: Compared
  readonly subsidy: Compared
  readonly selfPay: Compared
  /** Who pays for the meals, by id. */
  readonly funders: readonly ComparedFunder[]
  /** Who pays the provider beside that, by id. */
  readonly providerPayments: readonly ComparedFunder[]
  /** How many members pay more, less and the same over the whole month; guests are nobody's members. */
  readonly members: { readonly more: number; readonly less: number; readonly same: number }
  /** Those whose month changes most, at most `MOST_NAMED` each. */
  readonly largest: { readonly more: readonly ComparedMember[]; readonly less: readonly ComparedMember[] }
}

const MOST_NAMED = 20

interface Pair {
  beforeFen: number
  afterFen: number
}

const compared = ({ beforeFen, afterFen }: Pair): Compared => ({
  beforeFen,
  afterFen,
  differenceFen: afterFen - beforeFen,
})

/** Adds sales up, each with its quote under the draft. */
export class ReplaySums {
  #meals = 0
  #priceFen = 0
  readonly #discount: Pair = { beforeFen: 0, afterFen: 0 }
  readonly #selfPay: Pair = { beforeFen: 0, afterFen: 0 }
  readonly #funders = new Map<string, Pair>()
  readonly #providerPayments = new Map<string, Pair>()
  readonly #members = new Map<string, Pair & { meals: number }>()

  add({ facts, quote: before }: PastSale, after: Quote): void {
    this.#meals += 1
    this.#priceFen += before.priceFen
    this.#discount.beforeFen += before.discountFen
    this.#discount.afterFen += after.discountFen
    this.#selfPay.beforeFen += before.selfPayFen
    this.#selfPay.afterFen += after.selfPayFen
    addFunders(this.#funders, 'beforeFen', before)
    addFunders(this.#funders, 'afterFen', after)
    for (const { funderId, amountFen } of before.providerPayments)
      pairOf(this.#providerPayments, funderId).beforeFen += amountFen
    for (const { funderId, amountFen } of after.providerPayments)
      pairOf(this.#providerPayments, funderId).afterFen += amountFen
    if (facts.member !== null) this.#addMember(facts.member.memberId, before.selfPayFen, after.selfPayFen)
  }

  /** Takes a part of a sale out of every sum; the meal itself was eaten. */
  takeBack({ memberId, before, after }: PartTakenBack): void {
    this.#priceFen -= before.priceFen
    this.#discount.beforeFen -= before.discountFen
    this.#discount.afterFen -= after.discountFen
    this.#selfPay.beforeFen -= before.selfPayFen
    this.#selfPay.afterFen -= after.selfPayFen
    for (const [side, part] of [['beforeFen', before] as const, ['afterFen', after] as const]) {
      for (const { funderId, amountFen } of part.funders) pairOf(this.#funders, funderId)[side] -= amountFen
      for (const { funderId, amountFen } of part.providerPayments)
        pairOf(this.#providerPayments, funderId)[side] -= amountFen
    }
    const sums = memberId === null ? undefined : this.#members.get(memberId)
    if (sums === undefined) return
    sums.beforeFen -= before.selfPayFen
    sums.afterFen -= after.selfPayFen
  }

  totals(): ReplayTotals {
    const funders = byFunder(this.#funders)
    const members = [...this.#members].map(([memberId, { meals, ...pair }]): ComparedMember => {
      return { memberId, meals, ...compared(pair) }
    })
    const more = members.filter(({ differenceFen }) => differenceFen > 0)
    const less = members.filter(({ differenceFen }) => differenceFen < 0)
    return {
      meals: this.#meals,
      priceFen: this.#priceFen,
      discount: compared(this.#discount),
      subsidy: compared({
        beforeFen: funders.reduce((sum, { beforeFen }) => sum + beforeFen, 0),
        afterFen: funders.reduce((sum, { afterFen }) => sum + afterFen, 0),
      }),
      selfPay: compared(this.#selfPay),
      funders,
      providerPayments: byFunder(this.#providerPayments),
      members: { more: more.length, less: less.length, same: members.length - more.length - less.length },
      largest: { more: largestOf(more), less: largestOf(less) },
    }
  }

  #addMember(memberId: string, beforeFen: number, afterFen: number): void {
    const sums = this.#members.get(memberId)
    if (sums === undefined) {
      this.#members.set(memberId, { meals: 1, beforeFen, afterFen })
      return
    }
    sums.meals += 1
    sums.beforeFen += beforeFen
    sums.afterFen += afterFen
  }
}

function addFunders(sums: Map<string, Pair>, side: keyof Pair, { benefits }: Pick<Quote, 'benefits'>): void {
  for (const { funders } of benefits)
    for (const { funderId, amountFen } of funders) pairOf(sums, funderId)[side] += amountFen
}

function pairOf(sums: Map<string, Pair>, funderId: string): Pair {
  const known = sums.get(funderId)
  if (known !== undefined) return known
  const fresh = { beforeFen: 0, afterFen: 0 }
  sums.set(funderId, fresh)
  return fresh
}

const byFunder = (sums: ReadonlyMap<string, Pair>): readonly ComparedFunder[] =>
  [...sums]
    .map(([funderId, pair]) => ({ funderId, ...compared(pair) }))
    .toSorted((one, other) => (one.funderId < other.funderId ? -1 : 1))

/** The same members on every machine: of equal changes the first id comes first. */
const largestOf = (members: readonly ComparedMember[]): readonly ComparedMember[] =>
  members
    .toSorted(
      (one, other) =>
        Math.abs(other.differenceFen) - Math.abs(one.differenceFen) ||
        (one.memberId < other.memberId ? -1 : 1),
    )
    .slice(0, MOST_NAMED)
