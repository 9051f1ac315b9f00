import type { Database } from 'better-sqlite3'
import type { CheckFinding } from '../../../shared/domain/book-checks.ts'
import { canFold, type JournalBodies } from '../../../shared/domain/journal/entry.ts'
import { saleFault } from '../../../shared/domain/ledger/sale-sums.ts'
import { fullPriceQuote, quote } from '../../../shared/domain/policy/engine.ts'
import { PastUses } from '../../../shared/domain/policy/past-uses.ts'
import type { PastSale } from '../../../shared/domain/policy/replay.ts'
import type { PolicyPack, Quote } from '../../../shared/domain/policy/types.ts'
import type { SaleDraft } from '../../../shared/domain/sale.ts'
import { pastMonth } from '../policy/past-month.ts'
import { said, type Check, type Checked } from './check.ts'

interface SaleRow {
  readonly origin: string
  readonly seq: number
  readonly kind: string
  readonly version: number
  readonly body: string
}

export const prices: Check = {
  id: 'prices',
  *find({ db }) {
    const entries = db.prepare<[], SaleRow>(
      "SELECT origin, seq, kind, version, body FROM journal WHERE kind = 'sale.settled'",
    )
    for (const { origin, seq, kind, version, body } of entries.iterate()) {
      if (!canFold(kind, version)) continue
      const { sale } = JSON.parse(body) as JournalBodies['sale.settled']
      const fault = saleFault(sale) ?? stepsFault(sale)
      if (fault !== null) yield said(`${origin}/${seq}`, fault)
    }
  },
}

/** Each step leaves what the one before it left, more or less by its change, and the last leaves what she pays. */
function stepsFault({ quote: { steps, selfPayFen } }: SaleDraft): string | null {
  let leftFen = 0
  for (const { ruleId, changeFen, afterFen } of steps) {
    leftFen += changeFen
    if (leftFen !== afterFen) return `step ${ruleId} leaves ${afterFen} fen, the steps make ${leftFen}`
  }
  return leftFen === selfPayFen ? null : `the steps leave ${leftFen} fen, she paid ${selfPayFen}`
}

/** Older months were looked at while they were new. */
const MONTHS = 2

export const quotes: Check = {
  id: 'quotes',
  *find(book) {
    const months = book.db
      .prepare<[number], string>(
        'SELECT DISTINCT substr(business_date, 1, 7) AS month FROM day_periods ORDER BY month DESC LIMIT ?',
      )
      .pluck()
      .all(MONTHS)
    for (const month of months) yield* quotesOf(book, month)
  },
}

function* quotesOf({ db, place }: Checked, month: string): Generator<CheckFinding> {
  const packs = new PacksOfSales(db)
  const reader = { statement: db.prepare.bind(db) as Parameters<typeof pastMonth>[0]['statement'] }
  const given = new PastUses()
  for (const event of pastMonth(reader, month, place).events()) {
    if (event.kind === 'voided') {
      given.takeBack(event.saleId, event.memberId)
      continue
    }
    if (event.kind === 'part') {
      const { saleId, memberId, benefits } = event.part
      given.takePartBack(saleId, memberId, benefits)
      continue
    }
    const { sale } = event
    const again = quotedAgain(packs.of(sale.saleId), sale, given)
    if (again !== null && !isSame(again, sale.quote))
      yield { where: sale.saleId, expected: again.selfPayFen, found: sale.quote.selfPayFen, detail: null }
    given.note(sale, sale.quote)
  }
}

/** Null when the pack is not in the book: then there is nothing to compare with. */
function quotedAgain(pack: PolicyPack | null, sale: PastSale, given: PastUses): Quote | null {
  const { facts } = sale
  if (facts.member === null) return fullPriceQuote(facts.foodFen, facts.deliveryFen)
  if (pack === null) return null
  return quote(pack, { ...facts, ...given.before(sale) })
}

function isSame(again: Quote, was: PastSale['quote']): boolean {
  const parts = ({ priceFen, discountFen, selfPayFen, benefits, providerPayments }: PastSale['quote']) => [
    priceFen,
    discountFen,
    selfPayFen,
    benefits.flatMap(({ benefitId, funders }) => [
      benefitId,
      ...funders.flatMap(({ funderId, amountFen }) => [funderId, amountFen]),
    ]),
    providerPayments.flatMap(({ funderId, amountFen }) => [funderId, amountFen]),
  ]
  return JSON.stringify(parts(again)) === JSON.stringify(parts(was))
}

/** Under which pack a sale was quoted, as its entry says. */
class PacksOfSales {
  readonly #packs = new Map<string, PolicyPack>()
  readonly #ofSale
  readonly #body

  constructor(db: Database) {
    this.#ofSale = db.prepare<[string], { readonly id: string; readonly version: number }>(
      `SELECT json_extract(body, '$.sale.quote.packId') AS id, json_extract(body, '$.sale.quote.packVersion') AS version
       FROM sales JOIN journal USING (origin, seq) WHERE sale_id = ?`,
    )
    this.#body = db
      .prepare<[string, number], string>('SELECT body FROM policy_packs WHERE pack_id = ? AND version = ?')
      .pluck()
  }

  of(saleId: string): PolicyPack | null {
    const named = this.#ofSale.get(saleId)
    if (named === undefined) return null
    const { id, version } = named
    const known = this.#packs.get(`${id}/${version}`)
    if (known !== undefined) return known
    const body = this.#body.get(id, version)
    if (body === undefined) return null
    const pack = JSON.parse(body) as PolicyPack
    this.#packs.set(`${id}/${version}`, pack)
    return pack
  }
}
