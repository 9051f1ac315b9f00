import { z } from 'zod'
import type { EntryText, JournalKind } from '../../shared/domain/journal/entry.ts'

/** An entry that this program should understand and cannot: kept, shown, and counted nowhere (SPEC SY-7). */
export class NonsenseError extends Error {
  override readonly name = 'NonsenseError'
}

export interface MealSums {
  readonly meals: number
  readonly priceFen: number
  readonly discountFen: number
  readonly subsidyFen: number
  readonly walletFen: number
  readonly cashFen: number
}

export interface FunderShare {
  readonly funderId: string
  readonly amountFen: number
}

/** What one entry adds to the totals of a day. `id` counts once in a canteen, whoever brings it. */
export type DayChange =
  | {
      readonly what: 'sale' | 'void'
      readonly id: string
      readonly businessDate: string
      readonly mealPeriod: string
      readonly sums: MealSums
      readonly funders: readonly FunderShare[]
    }
  | {
      readonly what: 'top-up' | 'top-up-reversal'
      readonly id: string
      readonly businessDate: string
      readonly source: string
      readonly amountFen: number
    }
  | {
      readonly what: 'refund'
      readonly id: string
      readonly businessDate: string
      readonly method: string
      readonly amountFen: number
    }
  | {
      readonly what: 'correction'
      readonly id: string
      readonly businessDate: string
      /** Added to a wallet, or taken from it when negative. */
      readonly amountFen: number
    }
  | {
      readonly what: 'close'
      readonly id: string
      readonly businessDate: string
      readonly at: string
      readonly expectedFen: number
      readonly countedFen: number
      readonly floatFen: number
      readonly headSeq: number
      readonly headHash: string
    }

/** More than any canteen will ever take on a day, and small enough that no sum of them leaves the whole numbers. */
const LARGEST_FEN = 100_000_000_000

const fen = z.int().min(0).max(LARGEST_FEN)
const signedFen = z.int().min(-LARGEST_FEN).max(LARGEST_FEN)
/** A database holds no NUL and no half of a character; a body's text can say both. */
const id = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'not a name')
const date = z.iso.date()
const shares = z.array(z.object({ funderId: id, amountFen: fen }))

const saleBody = z.object({
  sale: z.object({
    saleId: id,
    businessDate: date,
    mealPeriod: id,
    quote: z.object({
      priceFen: fen,
      discountFen: fen,
      subsidyFen: fen,
      benefits: z.array(z.object({ funders: shares })),
    }),
    tender: z.object({ walletFen: fen, cashFen: fen }),
  }),
})
const voidBody = z.object({
  saleId: id,
  reversed: z.object({
    mealPeriod: id,
    priceFen: fen,
    discountFen: fen,
    subsidyFen: fen,
    walletFen: fen,
    cashFen: fen,
    funders: shares,
  }),
})
const partBody = voidBody.extend({ reversalId: id })
const topUpBody = z.object({ topUpId: id, amountFen: fen, source: id })
const refundBody = z.object({ refundId: id, amountFen: fen, method: id })
const correctionBody = z.object({ correctionId: id, amountFen: signedFen })
const closeBody = z.object({
  closedDate: date,
  /** A drawer from which more was given than was in it stands below zero until it is counted. */
  expectedFen: signedFen,
  countedFen: fen,
  floatFen: fen,
  headSeq: z.int().min(0),
  headHash: id.max(64),
})

type Reader = (body: unknown, entry: EntryText) => DayChange | null

const nothing: Reader = () => null

/** For each kind this program knows: what it adds. A new kind does not compile until somebody decided. */
const READERS: { readonly [Kind in JournalKind]: Reader } = {
  'sale.settled': (body) => saleChange(saleBody.parse(body)),
  'sale.voided': (body, entry) => voidChange(voidBody.parse(body), date.parse(entry.businessDate)),
  'sale.part-reversed': (body, entry) => partChange(partBody.parse(body), date.parse(entry.businessDate)),
  'wallet.topped-up': (body, entry) => topUpChange('top-up', body, entry),
  'top-up.reversed': (body, entry) => topUpChange('top-up-reversal', body, entry),
  'wallet.refunded': (body, entry) => refundChange(body, entry),
  'wallet.corrected': (body, entry) => correctionChange(body, entry),
  'day.closed': (body, entry) => closeChange(body, entry),
  'member.registered': nothing,
  'card.issued': nothing,
  'card.reported-lost': nothing,
  'card.returned': nothing,
  'member.limit-set': nothing,
  'card.seen-twice': nothing,
  'menu.published': nothing,
  'policy.published': nothing,
  'grant.given': nothing,
  'grant.expired': nothing,
  'clock.confirmed': nothing,
  'drawer.moved': nothing,
  'dish.saved': nothing,
  'price.set': nothing,
  'menu.planned': nothing,
  'dish.sold-out': nothing,
  'scale.checked': nothing,
  'scale.released': nothing,
  'staff.appointed': nothing,
  'audit.noted': nothing,
  'book.restored': nothing,
  'bay.noted': nothing,
}

/**
 * What an entry of a known kind adds to the totals; null when nothing.
 *
 * @throws NonsenseError when its body is not what its kind says, or its amounts do not add up (SPEC LG-4).
 */
export function changeOf(entry: EntryText): DayChange | null {
  try {
    return READERS[entry.kind as JournalKind](JSON.parse(entry.bodyText), entry)
  } catch (error) {
    if (error instanceof SyntaxError) throw new NonsenseError('the body is not JSON')
    if (!(error instanceof z.ZodError)) throw error
    const [issue] = error.issues
    throw new NonsenseError(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
  }
}

function saleChange({ sale }: z.output<typeof saleBody>): DayChange {
  const { quote, tender, saleId, businessDate, mealPeriod } = sale
  const { priceFen, discountFen, subsidyFen } = quote
  const sums = { meals: 1, priceFen, discountFen, subsidyFen, ...tender }
  const funders = quote.benefits.flatMap((benefit) => benefit.funders)
  assertAddsUp(sums, funders)
  return { what: 'sale', id: saleId, businessDate, mealPeriod, sums, funders }
}

function voidChange({ saleId, reversed }: z.output<typeof voidBody>, businessDate: string): DayChange {
  const { mealPeriod, funders, ...amounts } = reversed
  const sums = { meals: 1, ...amounts }
  assertAddsUp(sums, funders)
  return { what: 'void', id: saleId, businessDate, mealPeriod, sums, funders }
}

/** A part of a meal is none. */
function partChange({ reversalId, ...body }: z.output<typeof partBody>, businessDate: string): DayChange {
  const change = voidChange(body, businessDate)
  return change.what === 'void' ? { ...change, id: reversalId, sums: { ...change.sums, meals: 0 } } : change
}

function topUpChange(what: 'top-up' | 'top-up-reversal', body: unknown, entry: EntryText): DayChange {
  const { topUpId, amountFen, source } = topUpBody.parse(body)
  return { what, id: topUpId, businessDate: date.parse(entry.businessDate), source, amountFen }
}

function refundChange(body: unknown, entry: EntryText): DayChange {
  const { refundId, amountFen, method } = refundBody.parse(body)
  return { what: 'refund', id: refundId, businessDate: date.parse(entry.businessDate), method, amountFen }
}

function correctionChange(body: unknown, entry: EntryText): DayChange {
  const { correctionId, amountFen } = correctionBody.parse(body)
  return { what: 'correction', id: correctionId, businessDate: date.parse(entry.businessDate), amountFen }
}

function closeChange(body: unknown, { at }: EntryText): DayChange {
  const { closedDate, ...counted } = closeBody.parse(body)
  return { what: 'close', id: closedDate, businessDate: closedDate, at, ...counted }
}

function assertAddsUp(sums: MealSums, funders: readonly FunderShare[]): void {
  const shared = funders.reduce((sum, { amountFen }) => sum + amountFen, 0)
  if (shared !== sums.subsidyFen)
    throw new NonsenseError(`funders give ${shared} fen, the subsidy is ${sums.subsidyFen}`)
  const paid = sums.discountFen + sums.subsidyFen + sums.walletFen + sums.cashFen
  if (paid !== sums.priceFen) throw new NonsenseError(`${paid} fen were paid, the price is ${sums.priceFen}`)
}
