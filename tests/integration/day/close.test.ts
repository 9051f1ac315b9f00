import { rmSync } from 'node:fs'
import { ORPCError } from '@orpc/client'
import { expect, onTestFinished, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { fen } from '../../../shared/domain/units.ts'
import { reversalOf } from '../../../shared/domain/sale.ts'
import { NOON_MS, saleDraft, testClock, TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { openWindow, PIN_OF, signedIn, type OfficeClient } from '../../fixtures/signed-in.ts'

const DAY_MS = 86_400_000
const TOMORROW = '2026-11-04'
const AFTER_TOMORROW = '2026-11-05'

interface Office {
  readonly till: CounterStation
  readonly client: OfficeClient
  readonly managerId: string
}

async function office(options: ConstructorParameters<typeof CounterStation>[0] = {}): Promise<Office> {
  const till = new CounterStation(options)
  onTestFinished(async () => {
    await till.stop()
    rmSync(till.folder, { recursive: true, force: true })
  })
  const manager = await signedIn(till.station, 'manager')
  return { till, client: manager.client, managerId: manager.staffId }
}

/** Days later somebody signs in again: the window of before has locked itself. */
async function later({ till }: Pick<Office, 'till'>, ms: number): Promise<OfficeClient> {
  till.clock.ms += ms
  return (await signedIn(till.station, 'manager')).client
}

const cashSale = ({ book }: CounterStation, priceFen: number, businessDate = TODAY): string => {
  const draft = saleDraft({ memberId: null, priceFen, businessDate })
  expect(book.settle(draft).kind).toBe('settled')
  return draft.saleId
}

/** Furnishing pays three members 50.00 each in cash. */
const FURNISHED_FEN = 15_000

const closing = (businessDate: string, countedFen: number, floatFen = 0, explanation = '') => ({
  businessDate,
  countedFen,
  floatFen,
  explanation,
})

const codeOf = async (request: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await request.then(
    () => null,
    (failure: unknown) => failure,
  )
  if (!(error instanceof ORPCError)) return error
  const { code, data } = error as ORPCError<string, unknown>
  return typeof data === 'object' ? { code, ...data } : { code }
}

test('LG-26 the drawer is reckoned in parts that add up, and the close books difference and float', async () => {
  const { till, client } = await office()
  const voided = cashSale(till, 1_280)
  cashSale(till, 900)
  await client.day.moveDrawer({ moveId: uuidv7(), amountFen: 20_000, note: '零钱' })
  const draft = till.book.draftOf(voided)
  if (draft === null) throw new Error('just sold')
  const body = {
    voidId: uuidv7(),
    saleId: voided,
    reversed: reversalOf(draft),
    reason: 'not-taken',
    note: '',
    approvedBy: 's-2',
    balanceAfterFen: null,
  } as const
  till.book.append({ kind: 'sale.voided', body }, 'test')

  const drawer = {
    floatFen: 0,
    salesFen: 2_180,
    topUpsFen: FURNISHED_FEN,
    depositsFen: 0,
    movedFen: 20_000,
    givenBackFen: 1_280,
    expectedFen: FURNISHED_FEN + 20_900,
  }
  expect(await client.day.state()).toMatchObject({
    businessDate: TODAY,
    mealsToday: 1,
    toClose: TODAY,
    closedThrough: null,
    hindrance: null,
    closes: [],
    drawer,
  })

  const countedFen = drawer.expectedFen - 150
  expect(await codeOf(client.day.close(closing(TODAY, countedFen, 20_000)))).toEqual({
    code: 'EXPLANATION_MISSING',
    differenceFen: -150,
  })
  expect(await codeOf(client.day.close(closing(TODAY, countedFen, countedFen + 1, '找错')))).toEqual({
    code: 'FLOAT_TOO_LARGE',
  })
  const close = await client.day.close(closing(TODAY, countedFen, 20_000, '找错零钱'))
  expect(close).toMatchObject({
    closedDate: TODAY,
    closedByName: '王经理',
    expectedFen: drawer.expectedFen,
    countedFen,
    differenceFen: -150,
    explanation: '找错零钱',
    floatFen: 20_000,
  })
  expect(await client.day.state()).toMatchObject({
    businessDate: TOMORROW,
    closedThrough: TODAY,
    closes: [close],
    drawer: {
      floatFen: 20_000,
      salesFen: 0,
      topUpsFen: 0,
      depositsFen: 0,
      movedFen: 0,
      givenBackFen: 0,
      expectedFen: 20_000,
    },
  })
  const balance = (account: string) =>
    till.book.read((file) => file.queries.balance.get(account)?.balance_fen ?? 0)
  expect(balance('canteen:cash-difference')).toBe(-150)
  expect(balance('canteen:drawer:kiosk-1')).toBe(-20_000)
  expect(balance('canteen:safe')).toBe(-(countedFen - 20_000 - 20_000))
})

test('LG-26 asked twice, also after a restart, a day is closed once: the same close comes back', async () => {
  const clock = testClock()
  const { till, client } = await office({ clock })
  cashSale(till, 1_280)
  const first = await client.day.close(closing(TODAY, FURNISHED_FEN + 1_280, 5_000))
  const { entries } = till.book.health()
  expect(await client.day.close(closing(TODAY, 1, 1, 'something else'))).toEqual(first)
  expect(till.book.health().entries).toBe(entries)
  await till.station.stop()

  const again = new CounterStation({ clock, folder: till.folder })
  onTestFinished(() => again.stop())
  const manager = await signedIn(again.station, 'manager')
  expect(await manager.client.day.close(closing(TODAY, 1, 1, 'again'))).toEqual(first)
  expect((await manager.client.day.state()).closes).toEqual([first])
  const closes = again.book.read((file) =>
    file
      .statement<[], { count: number }>("SELECT count(*) AS count FROM journal WHERE kind = 'day.closed'")
      .get(),
  )
  expect(closes).toEqual({ count: 1 })
})

test('LG-26 what comes late belongs to the next date, at the counter too, and its limits count there', async () => {
  const { till, client } = await office()
  const sold = saleDraft({ memberId: 'm-1', subsidised: true })
  expect(till.book.settle(sold).kind).toBe('settled')
  await client.day.close(closing(TODAY, FURNISHED_FEN, 0))
  expect(till.book.settle(saleDraft({ memberId: null }))).toEqual({ kind: 'refused', reason: 'day-closed' })

  await till.empty()
  expect(till.view.businessDate).toBe(TOMORROW)
  await till.plate(250)
  await till.tap('m-1')
  expect(till.view.phase).toBe('paid')
  // The daily subsidy once more: the meal is tomorrow's, and tomorrow she has had it.
  expect(till.view.quote?.subsidyFen).toBe(300)
  await till.empty()
  expect(await client.day.state()).toMatchObject({ businessDate: TOMORROW, mealsToday: 1 })
  expect((await client.reports.day({ businessDate: TODAY })).total.sold.meals).toBe(1)
  expect((await client.reports.day({ businessDate: TOMORROW })).total.sold.meals).toBe(1)
})

test('LG-26 no date is closed before its own day, so dates never run ahead of the calendar', async () => {
  const { till, client } = await office()
  cashSale(till, 1_000)
  await client.day.close(closing(TODAY, FURNISHED_FEN + 1_000))
  cashSale(till, 700, TOMORROW)
  expect(await client.day.state()).toMatchObject({ toClose: TOMORROW, hindrance: 'closed-already' })
  expect(await codeOf(client.day.close(closing(TOMORROW, 700)))).toEqual({
    code: 'NOT_NOW',
    hindrance: 'closed-already',
  })
  const nextDay = await later({ till }, DAY_MS)
  expect(await nextDay.day.state()).toMatchObject({
    businessDate: TOMORROW,
    toClose: TOMORROW,
    hindrance: null,
  })
  expect(await nextDay.day.close(closing(TOMORROW, 700))).toMatchObject({ closedDate: TOMORROW })
})

test('LG-26 a forgotten day is closed first, with what lies in the drawer by then; idle days need no close', async () => {
  const { till } = await office()
  cashSale(till, 1_000)
  // Nobody closed; nobody came on the next day; on the third somebody sells before looking.
  const client = await later({ till }, 2 * DAY_MS)
  cashSale(till, 500, AFTER_TOMORROW)
  expect(await client.day.state()).toMatchObject({
    businessDate: AFTER_TOMORROW,
    toClose: TODAY,
    drawer: { salesFen: 1_500 },
  })
  expect(await codeOf(client.day.close(closing(AFTER_TOMORROW, 0)))).toEqual({
    code: 'NOT_THE_OPEN_DAY',
    toClose: TODAY,
  })
  await client.day.close(closing(TODAY, FURNISHED_FEN + 1_500, 2_000))
  expect(await client.day.state()).toMatchObject({ businessDate: AFTER_TOMORROW, toClose: AFTER_TOMORROW })
  cashSale(till, 300, AFTER_TOMORROW)
  await client.day.close(closing(AFTER_TOMORROW, 2_300))
  const idle = await client.reports.day({ businessDate: TOMORROW })
  expect(idle).toMatchObject({ total: { net: { meals: 0 } }, close: { closedDate: AFTER_TOMORROW } })
  expect(await client.reports.days({ from: TODAY, to: AFTER_TOMORROW })).toMatchObject([
    { businessDate: TODAY, closed: true },
    { businessDate: AFTER_TOMORROW, net: { meals: 2, cashFen: 800 }, closed: true },
  ])
})

test('LG-26 a canteen that begins to close after weeks of selling does not catch up with each day', async () => {
  const { till } = await office()
  for (let day = 1; day <= 9; day += 1) {
    till.clock.ms = NOON_MS + day * DAY_MS
    cashSale(till, 1_000, new Date(till.clock.ms).toISOString().slice(0, 10))
  }
  const client = await later({ till }, 0)
  expect(await client.day.state()).toMatchObject({ toClose: '2026-11-12' })
  await client.day.close(closing('2026-11-12', FURNISHED_FEN + 9_000))
  expect(await client.reports.day({ businessDate: TOMORROW })).toMatchObject({
    close: { closedDate: '2026-11-12' },
  })
})

test('LG-26 nothing is closed while somebody is served, before the clock is confirmed, or when nothing was sold', async () => {
  const { till, client } = await office()
  await till.empty()
  await till.plate(250)
  expect(await client.day.state()).toMatchObject({ hindrance: 'sale-in-progress' })
  expect(await codeOf(client.day.close(closing(TODAY, FURNISHED_FEN)))).toEqual({
    code: 'NOT_NOW',
    hindrance: 'sale-in-progress',
  })
  await till.tap('m-1')
  await till.empty()
  expect(await client.day.state()).toMatchObject({ hindrance: null })
  await client.day.close(closing(TODAY, FURNISHED_FEN))

  const nextDay = await later({ till }, DAY_MS)
  expect(await nextDay.day.state()).toMatchObject({ toClose: TOMORROW, hindrance: 'nothing-sold' })
  till.clock.ms += 300 * DAY_MS
  expect(till.station.counter.clockState()).toBe('to-confirm')
  const someday = await later({ till }, 0)
  expect(await someday.day.state()).toMatchObject({ hindrance: 'clock-to-confirm' })
})

test('LG-26 SE-7 a cashier closes with a manager’s PIN and not without', async () => {
  const { till, managerId } = await office()
  cashSale(till, 1_000)
  const cashier = await signedIn(till.station, 'cashier')
  const counted = closing(TODAY, FURNISHED_FEN + 1_000)
  expect(await codeOf(cashier.client.day.close(counted))).toMatchObject({ code: 'NOT_ALLOWED' })
  expect(
    await codeOf(cashier.client.day.close({ ...counted, approval: { staffId: managerId, pin: '000000' } })),
  ).toMatchObject({ code: 'WRONG_PIN' })
  const approval = { staffId: managerId, pin: PIN_OF.manager }
  expect(await cashier.client.day.close({ ...counted, approval })).toMatchObject({ closedByName: '王经理' })
  expect(await codeOf(openWindow(till.station).client.day.close(counted))).toMatchObject({
    code: 'SIGN_IN_REQUIRED',
  })
})

test('LG-26 change money is moved once, and never more is taken out than there is', async () => {
  const { client } = await office()
  const move = { moveId: uuidv7(), amountFen: -5_000, note: '交银行' }
  expect(await client.day.moveDrawer(move)).toEqual({ expectedFen: FURNISHED_FEN - 5_000 })
  expect(await client.day.moveDrawer(move)).toEqual({ expectedFen: FURNISHED_FEN - 5_000 })
  expect(
    await codeOf(client.day.moveDrawer({ moveId: uuidv7(), amountFen: fen(-10_001), note: '' })),
  ).toEqual({
    code: 'NOT_THAT_MUCH',
    expectedFen: FURNISHED_FEN - 5_000,
  })
})
