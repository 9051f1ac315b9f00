import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { ORPCError } from '@orpc/client'
import fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import type { DayReport } from '../../../shared/contract/reports.ts'
import type { SaleDraft } from '../../../shared/domain/sale.ts'
import { fen } from '../../../shared/domain/units.ts'
import { NOON_MS, saleDraft, testClock, TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn, type SignedInWindow } from '../../fixtures/signed-in.ts'

const DAY_MS = 86_400_000

/** One act at the counter or in the office; numbers choose among what there is at that moment. */
export const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('sale' as const),
      member: fc.constantFrom('m-1', 'm-2', null),
      priceFen: fc.integer({ min: 450, max: 3000 }),
      subsidised: fc.boolean(),
      cashShare: fc.constantFrom(0, 0, 0.3, 1),
      discountFen: fc.constantFrom(0, 0, 50, 137),
      providerFen: fc.constantFrom(0, 0, 20),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('void' as const), which: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('top-up' as const),
      member: fc.constantFrom('m-1', 'm-2'),
      amountFen: fc.integer({ min: 1, max: 6000 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('reverse' as const), which: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('refund' as const, 'correct' as const),
      member: fc.constantFrom('m-1', 'm-2'),
      amountFen: fc.integer({ min: 1, max: 6000 }),
      sign: fc.constantFrom(1, -1),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      amountFen: fc.integer({ min: -9000, max: 3000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('close' as const),
      offFen: fc.constantFrom(0, 0, -150, 3),
      floatShare: fc.constantFrom(0, 0.5, 1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('next-day' as const) }) },
)
export type Act = typeof act extends fc.Arbitrary<infer Each> ? Each : never

/** Refusals that the rules ask for; anything else that is thrown is a defect. */
const EXPECTED = [
  'ALREADY_VOIDED',
  'NOT_ENOUGH_CASH',
  'ALREADY_REVERSED',
  'ALREADY_SPENT',
  'NOT_THAT_MUCH',
  'TOO_MUCH',
  'NOT_NOW',
]

/** What wallets, drawer and funders must stand at: sums of what was answered, kept beside the book. */
class Expected {
  readonly accounts: Record<string, number> = {
    'member:m-1:cash': 5000,
    'member:m-2:cash': 5000,
    'canteen:drawer:kiosk-1': 15_000,
  }

  add(account: string, amountFen: number): void {
    this.accounts[account] = (this.accounts[account] ?? 0) + amountFen
  }

  sale({ memberId, quote, tender }: SaleDraft, sign: 1 | -1): void {
    if (memberId !== null) this.add(`member:${memberId}:cash`, -sign * tender.walletFen)
    this.add('canteen:drawer:kiosk-1', sign * tender.cashFen)
    this.add('canteen:sales', sign * (quote.priceFen - quote.discountFen))
    for (const { funderId, amountFen } of [
      ...quote.benefits.flatMap(({ funders }) => funders),
      ...quote.providerPayments,
    ])
      this.add(`funder:${funderId}:receivable`, sign * amountFen)
    for (const { amountFen } of quote.providerPayments) this.add('provider:payable', sign * amountFen)
  }
}

/** A station under acts from the contract, and beside it what they must have come to. */
export class Canteen {
  readonly clock = testClock(NOON_MS)
  readonly till = new CounterStation({ clock: this.clock })
  readonly expected = new Expected()
  readonly sold: SaleDraft[] = []
  readonly topUps: { readonly topUpId: string; readonly memberId: string; readonly amountFen: number }[] = []
  readonly dates = new Set<string>([TODAY])
  readonly refused: string[] = []
  #window: SignedInWindow | null = null

  async client() {
    this.#window ??= await signedIn(this.till.station, 'manager')
    return this.#window.client
  }

  async act(wish: Act): Promise<void> {
    try {
      await this.#act(wish)
    } catch (error) {
      if (!(error instanceof ORPCError) || !EXPECTED.includes(String(error.code))) throw error
      this.refused.push(String(error.code))
    }
  }

  async #act(wish: Act): Promise<void> {
    const { expected } = this
    const client = await this.client()
    switch (wish.kind) {
      case 'sale':
        return this.#sell(wish)
      case 'void': {
        const sale = this.sold[wish.which % Math.max(1, this.sold.length)]
        if (sale === undefined) return
        const { saleId } = sale
        const answer = await client.sales.void({ voidId: uuidv7(), saleId, reason: 'other', note: '' })
        strictEqual(answer.cashBackFen, sale.tender.cashFen)
        expected.sale(sale, -1)
        return
      }
      case 'top-up': {
        const { member: memberId, amountFen } = wish
        const topUpId = uuidv7()
        await client.members.topUp({ topUpId, memberId, amountFen })
        this.topUps.push({ topUpId, memberId, amountFen })
        expected.add(`member:${memberId}:cash`, amountFen)
        expected.add('canteen:drawer:kiosk-1', amountFen)
        return
      }
      case 'reverse': {
        const topUp = this.topUps[wish.which % Math.max(1, this.topUps.length)]
        if (topUp === undefined) return
        const { topUpId, memberId, amountFen } = topUp
        await client.members.reverseTopUp({ reversalId: uuidv7(), topUpId, note: '' })
        expected.add(`member:${memberId}:cash`, -amountFen)
        expected.add('canteen:drawer:kiosk-1', -amountFen)
        return
      }
      case 'refund': {
        const { member: memberId, amountFen } = wish
        await client.wallets.refund({ refundId: uuidv7(), memberId, amountFen, note: '' })
        expected.add(`member:${memberId}:cash`, -amountFen)
        expected.add('canteen:drawer:kiosk-1', -amountFen)
        return
      }
      case 'correct': {
        const { member: memberId, sign } = wish
        const amountFen = sign * wish.amountFen
        const about = { memberId, amountFen, reason: 'other', corrects: null, note: '抄错' } as const
        await client.wallets.correct({ correctionId: uuidv7(), ...about })
        expected.add(`member:${memberId}:cash`, amountFen)
        expected.add('canteen:wallet-corrections', amountFen)
        return
      }
      case 'move':
        if (wish.amountFen === 0) return
        await client.day.moveDrawer({ moveId: uuidv7(), amountFen: wish.amountFen, note: '' })
        expected.add('canteen:drawer:kiosk-1', wish.amountFen)
        expected.add('canteen:safe', -wish.amountFen)
        return
      case 'close':
        return await this.#close(wish.offFen, wish.floatShare)
      case 'next-day':
        this.clock.ms += DAY_MS
        this.#window?.close()
        this.#window = null
        this.dates.add(this.#openDate())
    }
  }

  #sell(wish: Extract<Act, { kind: 'sale' }>): void {
    const { member: memberId, subsidised, discountFen, providerFen } = wish
    const { book } = this.till
    const businessDate = this.#openDate()
    this.dates.add(businessDate)
    const plain = saleDraft({
      memberId,
      priceFen: wish.priceFen,
      subsidised: subsidised && memberId !== null,
      businessDate,
    })
    const selfPayFen = plain.quote.selfPayFen - discountFen
    const cashFen = memberId === null ? selfPayFen : Math.floor(selfPayFen * wish.cashShare)
    const draft: SaleDraft = {
      ...plain,
      quote: {
        ...plain.quote,
        discountFen: fen(discountFen),
        selfPayFen: fen(selfPayFen),
        providerPayments:
          providerFen === 0 ? [] : [{ paymentId: 'p', funderId: 'city', amountFen: fen(providerFen) }],
      },
      tender: { walletFen: fen(selfPayFen - cashFen), cashFen: fen(cashFen) },
    }
    const outcome = book.settle(draft)
    if (outcome.kind === 'refused') {
      ok(['insufficient-balance', 'subsidy-used'].includes(outcome.reason), outcome.reason)
      this.refused.push(outcome.reason)
      return
    }
    strictEqual(outcome.kind, 'settled')
    this.sold.push(draft)
    this.expected.sale(draft, 1)
  }

  /** What is sold now is sold on this date: noon in China is on the same date everywhere. */
  #openDate(): string {
    return this.till.book.openDate(new Date(this.clock.ms).toISOString().slice(0, 10))
  }

  async #close(offFen: number, floatShare: number): Promise<void> {
    const client = await this.client()
    const { toClose: businessDate, drawer, hindrance } = await client.day.state()
    strictEqual(drawer.expectedFen, this.expected.accounts['canteen:drawer:kiosk-1'])
    if (hindrance !== null) return
    const countedFen = Math.max(0, drawer.expectedFen + offFen)
    const floatFen = Math.floor(countedFen * floatShare)
    const close = await client.day.close({ businessDate, countedFen, floatFen, explanation: '找零' })
    strictEqual(close.differenceFen, countedFen - drawer.expectedFen)
    this.dates.add(businessDate)
    this.expected.add('canteen:drawer:kiosk-1', floatFen - drawer.expectedFen)
    this.expected.add('canteen:cash-difference', drawer.expectedFen - countedFen)
    this.expected.add('canteen:safe', countedFen - floatFen)
  }

  /** Σ debits = Σ credits, no wallet below zero, and every account where the acts that were answered put it. */
  assertAccounts(): void {
    const rows = this.till.book.read((file) =>
      file
        .statement<[], { account: string; debit: number; credit: number }>(
          'SELECT account, debit_fen AS debit, credit_fen AS credit FROM balances',
        )
        .all(),
    )
    strictEqual(
      rows.reduce((sum, { debit, credit }) => sum + debit - credit, 0),
      0,
    )
    const debitSide = /^(funder|canteen:(drawer|safe|cash-difference|deposits|wallet-corrections))/
    const found = Object.fromEntries(
      rows.map(({ account, debit, credit }) => [
        account,
        debitSide.test(account) ? debit - credit : credit - debit,
      ]),
    )
    for (const [account, amountFen] of Object.entries(this.expected.accounts))
      deepStrictEqual([account, found[account] ?? 0], [account, amountFen])
    for (const id of ['m-1', 'm-2']) ok(this.till.book.balanceOf(id) >= 0, id)
  }

  async reports(): Promise<readonly DayReport[]> {
    const client = await this.client()
    return await Promise.all([...this.dates].map((businessDate) => client.reports.day({ businessDate })))
  }
}
