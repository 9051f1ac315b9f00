import fc from 'fast-check'
import { expect } from 'vitest'
import type { Book } from '../../../electron/station/book/book.ts'
import { returnInside } from '../../../electron/station/members/card-returns.ts'
import { issueInside, markCardInside, reissueInside } from '../../../electron/station/members/cards.ts'
import { reverseInside } from '../../../electron/station/members/wallet.ts'
import { partsOf } from '../../../electron/station/sales/parts.ts'
import { reversePartInside } from '../../../electron/station/sales/reverse-part.ts'
import { voidInside } from '../../../electron/station/sales/voids.ts'
import { addDays } from '../../../shared/domain/calendar.ts'
import { draftFor } from '../../../shared/domain/checkout/quoting.ts'
import type { PartReversal } from '../../../shared/domain/ledger/part-reversal.ts'
import type { CounterMember } from '../../../shared/domain/member.ts'
import type { PolicyPack } from '../../../shared/domain/policy/types.ts'
import type { SaleDraft, SaleLine } from '../../../shared/domain/sale.ts'
import { fen } from '../../../shared/domain/units.ts'
import type { CanteenModel, ModelSale, Reckoning } from './canteen-model.ts'

/** The book, and what in it belongs to this sequence: other sequences have other seniors, cards and ids. */
export interface Real {
  readonly book: Book
  readonly pack: PolicyPack
  readonly sequence: number
  ids: number
}

type Step = fc.Command<CanteenModel, Real>

const ACTOR = 'staff:s-1'
const BY = { note: '', approvedBy: 's-1' } as const

export const memberId = ({ sequence }: Real, owner: number): string => `m-${sequence}-${owner}`
export const uidOf = ({ sequence }: Real, card: number): string =>
  String(1_000_000_000 + sequence * 10 + card)
const nextId = (real: Real): string => `${real.sequence}/${(real.ids += 1)}`

/** One thing that happens: it does nothing where the model says that it cannot, and compares where it can. */
function step(name: string, run: (model: CanteenModel, real: Real) => void): Step {
  return { check: () => true, run, toString: () => name }
}

const register = (owner: number): Step =>
  step(`register ${owner}`, (model, real) => {
    const facts = {
      memberId: memberId(real, owner),
      bornOn: owner < 2 ? '1945-03-01' : '1990-03-01',
      categories: [],
      householdArea: '35/3501',
      residenceArea: '35/3501',
    }
    real.book.registerMember({ fullName: '林阿婆', formOfAddress: '林阿婆' }, facts, ACTOR)
    if (!model.purses.has(owner)) model.purses.set(owner, 0)
  })

const issue = (owner: number, card: number, depositFen: number): Step =>
  step(`issue card ${card} to ${owner} for ${depositFen}`, (model, real) => {
    const wish = { memberId: memberId(real, owner), uid: uidOf(real, card), depositFen: fen(depositFen) }
    const { kind } = real.book.write((file, append) => issueInside(file, append, wish, ACTOR))
    const held = model.cards.get(card)
    if (!model.purses.has(owner)) return expect(kind).toBe('no-such-member')
    if (held !== undefined && held.state !== 'returned' && held.owner !== owner)
      return expect(kind).toBe('in-use')
    expect(kind).toBe('done')
    const isNew = held === undefined || held.state === 'returned'
    model.cards.set(card, { owner, state: 'valid', depositFen: isNew ? depositFen : held.depositFen })
  })

const reissue = (owner: number, card: number): Step =>
  step(`reissue card ${card} to ${owner}`, (model, real) => {
    const wish = { memberId: memberId(real, owner), newUid: uidOf(real, card), depositFen: fen(0) }
    const { kind } = real.book.write((file, append) => reissueInside(file, append, wish, ACTOR))
    const held = model.cards.get(card)
    if (!model.purses.has(owner)) return expect(kind).toBe('no-such-member')
    if (held !== undefined && held.state !== 'returned' && held.owner !== owner)
      return expect(kind).toBe('in-use')
    expect(kind).toBe('done')
    for (const [other, found] of model.cards)
      if (found.owner === owner && found.state === 'valid' && other !== card) found.state = 'lost'
    const depositFen = held === undefined || held.state === 'returned' ? 0 : held.depositFen
    model.cards.set(card, { owner, state: 'valid', depositFen })
  })

const mark = (card: number, state: 'valid' | 'lost'): Step =>
  step(`card ${card} is ${state}`, (model, real) => {
    const wish = { uid: uidOf(real, card), state }
    const { kind } = real.book.write((file, append) => markCardInside(file, append, wish, ACTOR))
    const held = model.cards.get(card)
    if (held === undefined) return expect(kind).toBe('no-such-card')
    if (held.state === 'returned') return expect(kind).toBe('returned')
    expect(kind).toBe('done')
    held.state = state
  })

const handIn = (card: number, twice: boolean): Step =>
  step(`hand card ${card} in${twice ? ', said twice' : ''}`, (model, real) => {
    const wish = { returnId: nextId(real), uid: uidOf(real, card) }
    const say = () => real.book.write((file, append) => returnInside(file, append, wish, ACTOR))
    const outcome = say()
    const held = model.cards.get(card)
    if (held === undefined) return expect(outcome.kind).toBe('no-such-card')
    if (held.state !== 'valid')
      return expect(outcome.kind).toBe(held.state === 'lost' ? 'lost' : 'already-returned')
    expect(outcome).toEqual({ kind: 'returned', depositFen: held.depositFen })
    if (twice) expect(say()).toEqual(outcome)
    held.state = 'returned'
    held.depositFen = 0
  })

const topUp = (owner: number, amountFen: number, twice: boolean): Step =>
  step(`top ${owner} up by ${amountFen}${twice ? ', said twice' : ''}`, (model, real) => {
    if (!model.purses.has(owner)) return
    const topUpId = nextId(real)
    const wish = {
      topUpId,
      memberId: memberId(real, owner),
      amountFen: fen(amountFen),
      source: 'cash',
    } as const
    const { hash } = real.book.topUp(wish, ACTOR)
    if (twice) expect(real.book.topUp(wish, ACTOR).hash).toBe(hash)
    expect(() => real.book.topUp({ ...wish, amountFen: fen(amountFen + 1) }, ACTOR)).toThrow('another body')
    model.topUps.push({ topUpId, owner, amountFen, standing: true })
    model.pay(owner, amountFen)
  })

const reverseTopUp = (which: number): Step =>
  step(`reverse top-up ${which}`, (model, real) => {
    const paid = model.topUps[which % Math.max(1, model.topUps.length)]
    if (paid === undefined) return
    const wish = { reversalId: nextId(real), topUpId: paid.topUpId, ...BY }
    const outcome = real.book.write((file, append) => reverseInside(file, append, wish, ACTOR))
    const balanceFen = model.purses.get(paid.owner) ?? 0
    if (!paid.standing) return expect(outcome.kind).toBe('already-reversed')
    if (balanceFen < paid.amountFen) return expect(outcome).toEqual({ kind: 'already-spent', balanceFen })
    expect(outcome).toEqual({ kind: 'reversed', balanceAfterFen: balanceFen - paid.amountFen })
    paid.standing = false
    model.pay(paid.owner, -paid.amountFen)
  })

interface Portion {
  readonly priceFen: number
  readonly quantity: number
}

/** The card is looked up as the counter does it. @returns null when it pays for nothing, which the model says too. */
function tapped(model: CanteenModel, real: Real, card: number): CounterMember | null {
  const found = real.book.lookUpCard(uidOf(real, card), model.date)
  const held = model.cards.get(card)
  if (held === undefined || held.state !== 'valid') {
    expect(found.kind).toBe(held === undefined ? 'unknown' : held.state)
    return null
  }
  if (found.kind !== 'known')
    throw new Error(`card ${card} is ${found.kind} in the book and valid in the model`)
  expect(found.member.facts.memberId).toBe(memberId(real, held.owner))
  return found.member
}

/** A meal as the counter would settle it, held against the model's reckoning. */
function drafted(
  model: CanteenModel,
  real: Real,
  member: CounterMember,
  owner: number,
  portions: readonly Portion[],
): { readonly draft: SaleDraft; readonly reckoned: Reckoning } {
  const context = {
    pack: real.pack,
    businessDate: model.date,
    mealPeriod: 'lunch',
    workingDay: true,
    canteenArea: '35/3501',
    minuteOfDay: 720,
  } as const
  const draft = draftFor({ saleId: nextId(real) }, portions.map(lineOf), member, context)
  const reckoned = model.reckon(
    owner,
    portions.reduce((sum, { priceFen, quantity }) => sum + priceFen * quantity, 0),
  )
  const { quote, tender } = draft
  const benefit = (id: string): number =>
    quote.benefits.find(({ benefitId }) => benefitId === id)?.amountFen ?? 0
  expect({
    priceFen: quote.priceFen,
    dailyFen: benefit('daily'),
    monthlyFen: benefit('monthly'),
    walletFen: tender.walletFen,
    cashFen: tender.cashFen,
  }).toEqual(reckoned)
  return { draft, reckoned }
}

const lineOf = ({ priceFen, quantity }: Portion, index: number): SaleLine => ({
  kind: 'portion',
  dishId: `dish-${index}`,
  name: { zh: '菜', en: 'Dish' },
  tags: [],
  priceVersion: 1,
  quantity,
  priceFen: fen(priceFen),
  amountFen: fen(priceFen * quantity),
})

const linesOf = (portions: readonly Portion[]): ModelSale['lines'] =>
  portions.map(({ priceFen, quantity }) => ({ priceFen, left: quantity }))

const sell = (card: number, portions: readonly Portion[], twice: boolean): Step =>
  step(`card ${card} eats ${JSON.stringify(portions)}${twice ? ', settled twice' : ''}`, (model, real) => {
    const member = tapped(model, real, card)
    const owner = model.cards.get(card)?.owner
    if (member === null || owner === undefined) return
    const { draft, reckoned } = drafted(model, real, member, owner, portions)
    expect(real.book.settle(draft)).toMatchObject({ kind: 'settled' })
    model.sell(draft.saleId, owner, linesOf(portions), reckoned)
    if (twice) expect(real.book.settle(draft)).toMatchObject({ kind: 'exists' })
  })

/** Two counters quote the same card at once, and both settle: the second one's quote is older than the book. */
const sellTwiceAtOnce = (card: number, one: readonly Portion[], other: readonly Portion[]): Step =>
  step(`card ${card} eats ${JSON.stringify(one)} and at once ${JSON.stringify(other)}`, (model, real) => {
    const member = tapped(model, real, card)
    const owner = model.cards.get(card)?.owner
    if (member === null || owner === undefined) return
    const meals = [one, other].map((portions) => ({
      portions,
      ...drafted(model, real, member, owner, portions),
    }))
    for (const { draft, reckoned, portions } of meals) {
      const reason = model.refusal(owner, reckoned)
      const outcome = real.book.settle(draft)
      if (reason === null) {
        expect(outcome).toMatchObject({ kind: 'settled' })
        model.sell(draft.saleId, owner, linesOf(portions), reckoned)
      } else expect(outcome).toEqual({ kind: 'refused', reason })
    }
  })

const takeBack = (which: number, twice: boolean): Step =>
  step(`take sale ${which} back${twice ? ', said twice' : ''}`, (model, real) => {
    const sale = model.sales[which % Math.max(1, model.sales.length)]
    if (sale === undefined) return
    const wish = { voidId: nextId(real), saleId: sale.saleId, reason: 'wrong-dish', ...BY } as const
    const say = () => real.book.write((file, append) => voidInside(file, append, wish, ACTOR))
    const outcome = say()
    if (!sale.standing) return expect(outcome.kind).toBe('already-voided')
    const balanceAfterFen = (model.purses.get(sale.owner) ?? 0) + sale.walletFen
    expect(outcome).toEqual({ kind: 'voided', balanceAfterFen, cashBackFen: sale.cashFen })
    if (twice) expect(say()).toEqual(outcome)
    model.takeBack(sale)
  })

/** How a part is split to the fen is told by the book; that nothing is made or lost by it is held here. */
const takePartBack = (which: number, line: number): Step =>
  step(`take one portion of line ${line} of sale ${which} back`, (model, real) => {
    const sale = model.sales[which % Math.max(1, model.sales.length)]
    const lineNo = line % (sale?.lines.length ?? 1)
    const chosen = sale?.lines[lineNo]
    if (sale === undefined || chosen === undefined) return
    const lines = [{ lineNo, quantity: 1 }]
    const wish = { voidId: nextId(real), saleId: sale.saleId, reason: 'wrong-dish', lines, ...BY } as const
    const outcome = real.book.write((file, append) => reversePartInside(file, append, wish, ACTOR))
    if (!sale.standing) return expect(outcome.kind).toBe('already-voided')
    if (chosen.left === 0) return expect(outcome.kind).toBe('not-left')
    chosen.left -= 1
    if (sale.lines.every(({ left }) => left === 0)) {
      expect(outcome).toMatchObject({ kind: 'voided', cashBackFen: sale.cashFen })
      return model.takeBack(sale)
    }
    expect(outcome.kind).toBe('part-reversed')
    const part = real.book.read((file) => partsOf(file, sale.saleId)).at(-1)
    if (part === undefined) throw new Error('a part that was taken back is not in the book')
    applyPart(model, sale, chosen.priceFen, part)
  })

/** Everybody who paid gets back what the price says, each in proportion to what is left of his share, to the fen. */
function applyPart(model: CanteenModel, sale: ModelSale, priceFen: number, part: PartReversal): void {
  const benefit = (id: string): number =>
    part.benefits.find(({ benefitId }) => benefitId === id)?.amountFen ?? 0
  const back = {
    dailyFen: benefit('daily'),
    monthlyFen: benefit('monthly'),
    walletFen: part.walletFen,
    cashFen: part.cashFen,
  }
  const payers = ['dailyFen', 'monthlyFen', 'walletFen', 'cashFen'] as const
  const leftFen = payers.reduce((sum, payer) => sum + sale[payer], 0)
  expect(payers.reduce((sum, payer) => sum + back[payer], 0)).toBe(priceFen)
  for (const payer of payers) {
    expect(Math.abs(back[payer] - (sale[payer] * priceFen) / leftFen)).toBeLessThan(1)
    sale[payer] -= back[payer]
    expect(sale[payer]).toBeGreaterThanOrEqual(0)
  }
  model.pay(sale.owner, back.walletFen)
}

const nextDay = (days: number): Step =>
  step(`${days} days later`, (model) => {
    model.date = addDays(model.date, days)
  })

const owner = fc.nat(2)
const card = fc.nat(3)
const portions = fc.array(
  fc.record({ priceFen: fc.integer({ min: 1, max: 900 }), quantity: fc.integer({ min: 1, max: 3 }) }),
  { minLength: 1, maxLength: 3 },
)

/** How a sequence begins: three seniors, each with a card; the fourth card is nobody's. */
export const beginning: readonly Step[] = [0, 1, 2].flatMap((each) => [
  register(each),
  issue(each, each, 1_000),
])

const meal = fc.tuple(card, portions, fc.boolean()).map((of) => sell(...of))

export const steps = fc.commands(
  [
    meal,
    meal,
    owner.map(register),
    fc.tuple(owner, card, fc.constantFrom(0, 1_000)).map((of) => issue(...of)),
    fc.tuple(owner, card).map((of) => reissue(...of)),
    fc.tuple(card, fc.constantFrom('valid' as const, 'lost' as const)).map((of) => mark(...of)),
    fc.tuple(card, fc.boolean()).map((of) => handIn(...of)),
    fc.tuple(owner, fc.integer({ min: 1, max: 3_000 }), fc.boolean()).map((of) => topUp(...of)),
    fc.nat(5).map(reverseTopUp),
    meal,
    fc.tuple(card, portions, portions).map((of) => sellTwiceAtOnce(...of)),
    fc.tuple(fc.nat(5), fc.boolean()).map((of) => takeBack(...of)),
    fc.tuple(fc.nat(5), fc.nat(2)).map((of) => takePartBack(...of)),
    fc.integer({ min: 1, max: 20 }).map(nextDay),
  ],
  { maxCommands: 40, size: 'max' },
)
