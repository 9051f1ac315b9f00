import type { Database } from 'better-sqlite3'
import type { JournalKind } from '../../shared/domain/journal/entry.ts'
import type { VoidReason } from '../../shared/domain/sale.ts'
import { fen } from '../../shared/domain/units.ts'
import type { Act, Booked } from './desk.ts'
import { ownFen, type KnownAmounts, type KnownSale, type LedgerModel } from './ledger-model.ts'
import { Violation } from './violation.ts'

/** What moves money at the office's windows, each act with the auditor's own idea of what it must do. */
export class MoneyActs {
  readonly #model: LedgerModel
  /** Answers of voids, by their id: asked again they must be the same. */
  readonly #voidAnswers = new Map<string, string>()

  constructor(model: LedgerModel) {
    this.#model = model
  }

  topUp(topUpId: string, memberId: string, amountFen: number): Act {
    const model = this.#model
    return {
      ...act('top-up', 'cashier', { kind: 'wallet.topped-up', where: { topUpId } }),
      ask: (client) => client.members.topUp({ topUpId, memberId, amountFen: fen(amountFen) }),
      booked({ businessDate, body }) {
        expect('LG-6', body, { topUpId, memberId, amountFen, source: 'cash' })
        const topUp = { topUpId, memberId, amountFen, source: 'cash', businessDate } as const
        model.apply({ act: 'top-up', id: topUpId, topUp })
      },
      answered(answer, fresh) {
        if (fresh) expect('LG-5', answer, { balanceAfterFen: model.balanceOf(memberId) })
      },
      refused: never('top-up'),
    }
  }

  reverseTopUp(reversalId: string, topUpId: string): Act {
    const model = this.#model
    const topUp = model.topUps.get(topUpId)
    const note = '记错了'
    return {
      ...act('reversal', 'manager', { kind: 'top-up.reversed', where: { reversalId } }),
      ask: (client, approval) => client.members.reverseTopUp({ reversalId, topUpId, note, approval }),
      booked({ businessDate, body }) {
        expect('LG-25', body, { topUpId, memberId: topUp?.memberId, amountFen: topUp?.amountFen })
        model.apply({ act: 'reversal', id: reversalId, topUpId, businessDate })
      },
      answered(answer, fresh) {
        if (fresh) expect('LG-25', answer, { balanceAfterFen: model.balanceOf(topUp?.memberId ?? '') })
      },
      refused(code) {
        const amountFen = topUp?.amountFen ?? 0
        const right =
          (code === 'ALREADY_SPENT' && model.balanceOf(topUp?.memberId ?? '') < amountFen) ||
          (code === 'NOT_ENOUGH_CASH' && topUp?.source === 'cash' && model.drawerFen < amountFen) ||
          (code === 'ALREADY_REVERSED' && model.reversals.has(topUpId)) ||
          (code === 'NO_SUCH_TOP_UP' && !model.topUps.has(topUpId))
        if (!right) throw new Violation('LG-25', `top-up ${topUpId} was refused with ${code}`)
      },
    }
  }

  /** Her own money is given back to a senior, out of the drawer. */
  refund(refundId: string, memberId: string, amountFen: number): Act {
    const model = this.#model
    const asked = { refundId, memberId, amountFen: fen(amountFen), note: '搬家' } as const
    return {
      ...act('refund', 'manager', { kind: 'wallet.refunded', where: { refundId } }),
      ask: (client, approval) => client.wallets.refund({ ...asked, approval }),
      booked({ businessDate, body }) {
        expect('LG-36', body, { memberId, amountFen, method: 'cash' })
        model.apply({ act: 'refund', id: refundId, refund: { memberId, amountFen, businessDate } })
      },
      answered(answer, fresh) {
        if (fresh) expect('LG-36', answer, { balanceAfterFen: model.balanceOf(memberId) })
      },
      refused(code) {
        const right =
          (code === 'TOO_MUCH' && model.balanceOf(memberId) < amountFen) ||
          (code === 'NOT_ENOUGH_CASH' && model.drawerFen < amountFen)
        if (!right) throw new Violation('LG-36', `a refund of ${amountFen} was refused with ${code}`)
      },
    }
  }

  /** A wallet is put right, by an entry against one of hers or none. */
  correct(correctionId: string, memberId: string, amountFen: number, corrects: string | null): Act {
    const model = this.#model
    const asked = { memberId, amountFen: fen(amountFen), reason: 'other', corrects, note: '抄错' } as const
    const correction = { memberId, amountFen, undoes: null }
    return {
      ...act('correction', 'manager', { kind: 'wallet.corrected', where: { correctionId } }),
      ask: (client, approval) => client.wallets.correct({ correctionId, ...asked, approval }),
      booked({ businessDate, body }) {
        expect('LG-37', body, { memberId, amountFen, corrects, undoes: null })
        model.apply({ act: 'correction', id: correctionId, correction: { ...correction, businessDate } })
      },
      answered(answer, fresh) {
        if (fresh) expect('LG-37', answer, { balanceAfterFen: model.balanceOf(memberId) })
      },
      refused(code) {
        if (code !== 'TOO_MUCH' || model.balanceOf(memberId) + amountFen >= 0)
          throw new Violation('LG-37', `a correction by ${amountFen} was refused with ${code}`)
      },
    }
  }

  undoCorrection(correctionId: string, undoes: string): Act {
    const model = this.#model
    const wrong = model.corrections.get(undoes)
    const memberId = wrong?.memberId ?? ''
    const amountFen = -(wrong?.amountFen ?? 0)
    return {
      ...act('correction-undone', 'manager', { kind: 'wallet.corrected', where: { correctionId } }),
      ask: (client, approval) =>
        client.wallets.undoCorrection({ correctionId, undoes, note: '没错', approval }),
      booked({ businessDate, body }) {
        expect('LG-37', body, { memberId, amountFen, undoes })
        const correction = { memberId, amountFen, undoes, businessDate }
        model.apply({ act: 'correction', id: correctionId, correction })
      },
      answered(answer, fresh) {
        if (fresh) expect('LG-37', answer, { balanceAfterFen: model.balanceOf(memberId) })
      },
      refused(code) {
        const right =
          (code === 'TOO_MUCH' && model.balanceOf(memberId) + amountFen < 0) ||
          (code === 'ALREADY_UNDONE' && model.isUndone(undoes))
        if (!right) throw new Violation('LG-37', `taking ${undoes} back was refused with ${code}`)
      },
    }
  }

  void(voidId: string, saleId: string, reason: VoidReason): Act {
    const model = this.#model
    const sale = model.sales.get(saleId)
    const note = reason === 'other' ? '打错了' : ''
    let cashBackFen = 0
    return {
      ...act('void', 'manager', { kind: 'sale.voided', where: { voidId } }),
      ask: (client, approval) => client.sales.void({ voidId, saleId, reason, note, approval }),
      booked({ businessDate, body }) {
        const left = sale === undefined ? NOTHING : model.leftOf(sale)
        const { priceFen, subsidyFen, walletFen, cashFen, grants, funders } = left
        expect('LG-24', body, { saleId, reason, note })
        expect('LG-24', field(body, 'reversed'), {
          priceFen,
          subsidyFen,
          walletFen,
          cashFen,
          memberId: sale?.memberId,
        })
        expectShares('LG-24', 'funders', fundersIn(field(body, 'reversed')), funders)
        expectShares('LG-34', 'grants', grantsIn(field(body, 'reversed')), grants)
        cashBackFen = cashFen
        model.apply({ act: 'void', id: voidId, saleId, businessDate })
      },
      answered: (answer, fresh) => {
        const memberId = sale?.memberId ?? null
        const balanceAfterFen = memberId === null ? null : model.balanceOf(memberId)
        expect('LG-24', answer, { cashBackFen, ...(fresh ? { balanceAfterFen } : {}) })
        const told = JSON.stringify([field(answer, 'balanceAfterFen'), field(answer, 'cashBackFen')])
        const before = this.#voidAnswers.get(voidId) ?? told
        if (before !== told)
          throw new Violation('LG-24', `void ${voidId} was answered ${before}, then ${told}`)
        this.#voidAnswers.set(voidId, told)
      },
      refused(code) {
        const right =
          (code === 'NOT_ENOUGH_CASH' &&
            sale !== undefined &&
            model.drawerFen < model.leftOf(sale).cashFen) ||
          (code === 'ALREADY_VOIDED' && model.voids.has(saleId)) ||
          (code === 'NOT_FOUND' && !model.sales.has(saleId))
        if (!right) throw new Violation('LG-24', `the void of ${saleId} was refused with ${code}`)
      },
    }
  }

  /** One of a line is taken back; something of the sale has to be left after it. */
  part(reversalId: string, sale: KnownSale, lineNo: number): Act {
    const model = this.#model
    const { saleId } = sale
    const priceFen = sale.lines[lineNo]?.eachFen ?? 0
    const asked = { saleId, lines: [{ lineNo, quantity: 1 }], reason: 'wrong-dish', note: '' } as const
    let cashBackFen = 0
    return {
      ...act('part', 'manager', { kind: 'sale.part-reversed', where: { reversalId } }),
      ask: (client, approval) =>
        client.sales.reversePart({ reversalId, ...asked, lines: [...asked.lines], approval }),
      booked({ businessDate, body }) {
        const amounts = partAmounts(field(body, 'reversed'), model.leftOf(sale), priceFen)
        cashBackFen = amounts.cashFen
        const back = { saleId, businessDate, whole: false, amounts, lineNo }
        model.apply({ act: 'part', id: reversalId, back })
      },
      answered(answer, fresh) {
        const balanceAfterFen = sale.memberId === null ? null : model.balanceOf(sale.memberId)
        expect('LG-32', answer, { whole: false, cashBackFen, ...(fresh ? { balanceAfterFen } : {}) })
      },
      refused(code) {
        const right =
          (code === 'NOT_ENOUGH_CASH' && model.drawerFen < priceFen) ||
          (code === 'ALREADY_VOIDED' && model.voids.has(saleId)) ||
          (code === 'NOT_LEFT' && model.lineLeft(sale, lineNo) < 1) ||
          (code === 'NOT_FOUND' && !model.sales.has(saleId))
        if (!right) throw new Violation('LG-32', `a part of ${saleId} was refused with ${code}`)
      },
    }
  }

  /** A card is handed in, and the deposit on it is paid back. @param gone told when the card is nobody's any more */
  returnCard(returnId: string, uid: string, gone: () => void): Act {
    const model = this.#model
    const depositFen = model.deposits.get(uid) ?? 0
    return {
      ...act('card-return', 'cashier', { kind: 'card.returned', where: { returnId } }),
      approved: false,
      ask: (client) => client.members.returnCard({ returnId, uid }),
      booked({ body }) {
        expect('LG-35', body, { uid, depositFen })
        model.apply({ act: 'card-return', id: returnId, uid })
        gone()
      },
      answered(answer) {
        expect('LG-35', answer, { depositFen })
      },
      refused(code) {
        if (code !== 'NOT_ENOUGH_CASH' || model.drawerFen >= depositFen)
          throw new Violation('LG-35', `the return of ${uid} was refused with ${code}`)
      },
    }
  }

  move(moveId: string, amountFen: number): Act {
    const model = this.#model
    return {
      ...act('drawer', 'manager', { kind: 'drawer.moved', where: { moveId } }),
      ask: (client, approval) =>
        client.day.moveDrawer({ moveId, amountFen: fen(amountFen), note: '零钱', approval }),
      booked({ body }) {
        expect('LG-27', body, { moveId, amountFen })
        model.apply({ act: 'move', id: moveId, amountFen })
      },
      answered(answer) {
        expect('LG-27', answer, { expectedFen: model.drawerFen })
      },
      refused(code) {
        if (code !== 'NOT_THAT_MUCH' || model.drawerFen + amountFen >= 0)
          throw new Violation(
            'LG-27',
            `${amountFen} in the drawer's ${model.drawerFen} was refused with ${code}`,
          )
      },
    }
  }

  close(request: CloseRequest, isHindered: (code: string) => boolean): Act {
    const model = this.#model
    const { businessDate: closedDate, countedFen, floatFen, explanation } = request
    return {
      ...act('close', 'manager', { kind: 'day.closed', where: { closedDate } }),
      ask: (client, approval) =>
        client.day.close({ ...request, countedFen: fen(countedFen), floatFen: fen(floatFen), approval }),
      booked({ businessDate, body }) {
        const expectedFen = model.drawerFen
        expect('LG-26', body, { expectedFen, countedFen, floatFen, explanation })
        if (businessDate !== closedDate)
          throw new Violation('LG-26', `${closedDate} is closed by an entry of ${businessDate}`)
        const close = { closedDate, expectedFen, countedFen, floatFen }
        model.apply({ act: 'close', id: closedDate, close })
      },
      answered(answer) {
        expect('LG-26', answer, { closedDate, countedFen, floatFen, explanation })
      },
      refused(code) {
        const right =
          (code === 'EXPLANATION_MISSING' && explanation === '' && countedFen !== model.drawerFen) ||
          (code === 'FLOAT_TOO_LARGE' && floatFen > countedFen) ||
          isHindered(code)
        if (!right) throw new Violation('LG-26', `the close of ${closedDate} was refused with ${code}`)
      },
    }
  }
}

const NOTHING: KnownAmounts = {
  priceFen: 0,
  subsidyFen: 0,
  walletFen: 0,
  cashFen: 0,
  grants: {},
  funders: {},
}

/** What the book gave back for a part: as much as it cost, to everybody in proportion to what he has left in the sale. */
function partAmounts(reversed: unknown, left: KnownAmounts, priceFen: number): KnownAmounts {
  expect('LG-32', reversed, { priceFen })
  const sum = (name: string): number => Number(field(reversed, name))
  const back = { walletFen: sum('walletFen'), cashFen: sum('cashFen'), subsidyFen: sum('subsidyFen') }
  if (back.walletFen + back.cashFen + back.subsidyFen !== priceFen)
    throw new Violation('LG-32', `${JSON.stringify(back)} is given back for ${priceFen}`)
  const grants = grantsIn(reversed)
  const shares = [
    ['own', ownFen({ ...back, grants }), ownFen(left)],
    ['cash', back.cashFen, left.cashFen],
    ...Object.entries({ ...left.grants, ...grants }).map(
      ([id]) => [id, grants[id] ?? 0, left.grants[id] ?? 0] as const,
    ),
  ] as const
  for (const [name, backFen, leftFen] of shares)
    if (Math.abs(backFen - (leftFen * priceFen) / left.priceFen) >= 1)
      throw new Violation('LG-32', `${name}: ${backFen} of ${leftFen} for ${priceFen} of ${left.priceFen}`)
  const funders = fundersIn(reversed)
  for (const [funderId, owed] of Object.entries(funders))
    if (owed < 0 || owed > (left.funders[funderId] ?? 0))
      throw new Violation('LG-32', `${funderId} gets back ${owed} of ${left.funders[funderId]}`)
  return { priceFen, ...back, grants, funders }
}

export interface CloseRequest {
  readonly businessDate: string
  readonly countedFen: number
  readonly floatFen: number
  readonly explanation: string
}

interface Mark {
  readonly kind: JournalKind
  readonly where: Readonly<Record<string, string>>
}

/** The parts that every act with an id of its own in the journal has. */
function act(
  name: string,
  role: Act['role'],
  mark: Mark,
): Pick<Act, 'name' | 'role' | 'approved' | 'inBook'> {
  return { name, role, approved: true, inBook: (db) => entryIn(db, mark) }
}

/** @throws Violation when it stands there twice. */
function entryIn(db: Database, { kind, where }: Mark): Booked | null {
  const [[field, id] = ['', '']] = Object.entries(where)
  const rows = db
    .prepare<[string, string, string], { business_date: string; body: string }>(
      'SELECT business_date, body FROM journal WHERE kind = ? AND json_extract(body, ?) = ?',
    )
    .all(kind, `$.${field}`, id)
  if (rows.length > 1) throw new Violation('LG-1', `${kind} ${id} is in the book ${rows.length} times`)
  const [row] = rows
  return row === undefined ? null : { businessDate: row.business_date, body: JSON.parse(row.body) as unknown }
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined

/** @throws Violation unless `actual` has these fields. */
export function expect(rule: string, actual: unknown, fields: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(fields))
    if (field(actual, name) !== value)
      throw new Violation(rule, `${name} is ${String(field(actual, name))}, not ${String(value)}`)
}

function fundersIn(reversed: unknown): Readonly<Record<string, number>> {
  const back: Record<string, number> = {}
  for (const shares of [field(reversed, 'funders'), field(reversed, 'providerPayments')])
    for (const share of shares as { readonly funderId: string; readonly amountFen: number }[])
      back[share.funderId] = (back[share.funderId] ?? 0) + share.amountFen
  return back
}

function grantsIn(reversed: unknown): Readonly<Record<string, number>> {
  const parts = (field(reversed, 'grants') ?? []) as {
    readonly grantId: string
    readonly amountFen: number
  }[]
  return Object.fromEntries(parts.map(({ grantId, amountFen }) => [grantId, amountFen]))
}

function expectShares(
  rule: string,
  whose: string,
  back: Readonly<Record<string, number>>,
  paid: Readonly<Record<string, number>>,
): void {
  const sorted = (sums: Readonly<Record<string, number>>) =>
    JSON.stringify(Object.entries(sums).toSorted(([one], [other]) => (one < other ? -1 : 1)))
  if (sorted(back) !== sorted(paid))
    throw new Violation(rule, `${whose} get back ${sorted(back)}, not ${sorted(paid)}`)
}

export const never =
  (name: string) =>
  (code: string): void => {
    throw new Violation('SE-7', `${name} was refused with ${code}`)
  }
