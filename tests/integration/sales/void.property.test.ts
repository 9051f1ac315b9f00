import fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import type { Book } from '../../../electron/station/book/book.ts'
import { verifyDatabase } from '../../../electron/station/book/verify-book.ts'
import { voidInside, type VoidOutcome } from '../../../electron/station/sales/voids.ts'
import { fen } from '../../../shared/domain/units.ts'
import { furnishedBook, saleDraft, TODAY } from '../../fixtures/books.ts'

type Act =
  | {
      readonly kind: 'sale'
      readonly memberId: string | null
      readonly priceFen: number
      readonly subsidised: boolean
      readonly inCash: boolean
    }
  | { readonly kind: 'void'; readonly which: number; readonly again: boolean }
  | { readonly kind: 'empty-drawer' | 'close-day' }

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('sale'),
      memberId: fc.constantFrom('m-1', 'm-2', null),
      priceFen: fc.integer({ min: 300, max: 2400 }),
      subsidised: fc.boolean(),
      inCash: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('void'), which: fc.nat(), again: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('empty-drawer', 'close-day') }) },
)

interface Sold {
  readonly saleId: string
  readonly memberId: string | null
  readonly walletFen: number
  readonly cashFen: number
  readonly subsidyOn: string | null
  voidId: string | null
  answer?: VoidOutcome
}

/** What the book must say, worked out beside it. */
class Model {
  readonly wallets = new Map([
    ['m-1', 5000],
    ['m-2', 5000],
  ])
  readonly sales: Sold[] = []
  drawerFen = 15_000
  today = TODAY

  used(memberId: string | null): boolean {
    return this.sales.some(
      (sale) => sale.memberId === memberId && sale.subsidyOn === this.today && sale.voidId === null,
    )
  }

  walletOf(memberId: string | null): number {
    return this.wallets.get(memberId ?? '') ?? 0
  }

  afterVoid(sale: Sold, voidId: string): VoidOutcome {
    if (sale.voidId !== null)
      return sale.voidId === voidId && sale.answer !== undefined ? sale.answer : { kind: 'already-voided' }
    if (this.drawerFen < sale.cashFen) return { kind: 'not-enough-cash', cashFen: this.drawerFen }
    const balanceAfterFen = sale.memberId === null ? null : fen(this.walletOf(sale.memberId) + sale.walletFen)
    return { kind: 'voided', balanceAfterFen, cashBackFen: fen(sale.cashFen) }
  }

  move(sale: Sold, sign: 1 | -1): void {
    if (sale.memberId !== null)
      this.wallets.set(sale.memberId, this.walletOf(sale.memberId) - sign * sale.walletFen)
    this.drawerFen += sign * sale.cashFen
  }
}

/** Sells, and says what the book should have answered. */
function sell(book: Book, model: Model, wish: Extract<Act, { kind: 'sale' }>): void {
  const { memberId, priceFen } = wish
  const subsidised = wish.subsidised && memberId !== null
  const selfPayFen = priceFen - (subsidised ? 300 : 0)
  const cashFen = wish.inCash ? selfPayFen : 0
  const draft = saleDraft({ memberId, priceFen, subsidised, cashFen, businessDate: model.today })
  const { saleId, tender } = draft
  const outcome = book.settle(draft)
  expect(outcome.kind === 'refused' ? outcome.reason : outcome.kind).toBe(
    tender.walletFen > model.walletOf(memberId)
      ? 'insufficient-balance'
      : subsidised && model.used(memberId)
        ? 'subsidy-used'
        : 'settled',
  )
  if (outcome.kind === 'refused') return
  const sale = { saleId, memberId, ...tender, subsidyOn: subsidised ? model.today : null, voidId: null }
  model.sales.push(sale)
  model.move(sale, 1)
}

function takeBack(book: Book, model: Model, { which, again }: Extract<Act, { kind: 'void' }>): void {
  const sale = model.sales[which % Math.max(1, model.sales.length)]
  if (sale === undefined) return
  const voidId = again ? (sale.voidId ?? uuidv7()) : uuidv7()
  const request = { voidId, saleId: sale.saleId, reason: 'other', note: '', approvedBy: 'manager' } as const
  const expected = model.afterVoid(sale, voidId)
  expect(book.write((file, append) => voidInside(file, append, request, 'test'))).toEqual(expected)
  if (expected.kind !== 'voided' || sale.voidId !== null) return
  sale.voidId = voidId
  sale.answer = expected
  model.move(sale, -1)
}

function emptyDrawer(book: Book, model: Model): void {
  if (model.drawerFen === 0) return
  const body = { moveId: uuidv7(), amountFen: fen(-model.drawerFen), note: '', approvedBy: 's' }
  book.append({ kind: 'drawer.moved', body }, 'test')
  model.drawerFen = 0
}

function closeDay(book: Book, model: Model): void {
  const { headSeq, headHash } = book.health()
  const counted = { expectedFen: fen(model.drawerFen), countedFen: fen(model.drawerFen), floatFen: fen(0) }
  const body = {
    closedDate: model.today,
    closedBy: 'manager',
    explanation: '',
    headSeq,
    headHash,
    ...counted,
  }
  book.append({ kind: 'day.closed', body, businessDate: model.today }, 'test')
  model.drawerFen = 0
  model.today = book.openDate(model.today)
}

function assertAgree(book: Book, model: Model): void {
  for (const [memberId, balanceFen] of model.wallets) expect(book.balanceOf(memberId)).toBe(balanceFen)
  const sums = book.read((file) =>
    file
      .statement<[], { drawer: number; sum: number }>(
        `SELECT coalesce(sum(debit_fen - credit_fen), 0) AS sum,
           (SELECT debit_fen - credit_fen FROM balances WHERE account = 'canteen:drawer:kiosk-1') AS drawer
         FROM balances`,
      )
      .get(),
  )
  expect(sums).toEqual({ sum: 0, drawer: model.drawerFen })
  // What funders owe is what stands, and the cap of one a day holds among what stands.
  const standing = model.sales.filter(({ subsidyOn, voidId }) => subsidyOn !== null && voidId === null)
  const owed = book.read((file) =>
    file
      .statement<[], { owed: number }>(
        "SELECT coalesce(sum(debit_fen - credit_fen), 0) AS owed FROM balances WHERE account LIKE 'funder:%'",
      )
      .get(),
  )
  expect(owed?.owed).toBe(300 * standing.length)
  expect(new Set(standing.map((sale) => `${sale.memberId} ${sale.subsidyOn}`)).size).toBe(standing.length)
}

test('LG-24 LG-3 LG-5 LG-18 whatever is sold and taken back, the sums are zero, the caps hold and each wallet is as reckoned', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 5, maxLength: 40 }), (acts) => {
      const book = furnishedBook()
      const model = new Model()
      for (const each of acts) {
        if (each.kind === 'sale') sell(book, model, each)
        else if (each.kind === 'void') takeBack(book, model, each)
        else if (each.kind === 'empty-drawer') emptyDrawer(book, model)
        else closeDay(book, model)
        assertAgree(book, model)
      }
      expect(book.read((file) => verifyDatabase(file.db)).findings).toEqual([])
      book.close()
    }),
    { seed: 24, numRuns: 25 },
  )
}, 60_000)
