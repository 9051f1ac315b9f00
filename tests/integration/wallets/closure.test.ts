import { readFileSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import readXlsxFile from 'read-excel-file/node'
import { afterEach, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { drawerNow } from '../../../electron/station/day/drawer.ts'
import type { PayOutView } from '../../../shared/contract/wallets.ts'
import { fen } from '../../../shared/domain/units.ts'
import { saleDraft } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { PIN_OF, signedIn } from '../../fixtures/signed-in.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** Three seniors with 50 yuan each, one of them with a meal eaten, one with a deposit on her card. */
async function office() {
  const counter = new CounterStation()
  ends.push(async () => {
    await counter.stop()
    rmSync(counter.folder, { recursive: true, force: true })
  })
  counter.book.settle(saleDraft({ priceFen: 1_266 }))
  const deposit = { uid: '00000000F1', memberId: 'm-2', depositFen: fen(1_000) } as const
  counter.book.append({ kind: 'card.issued', body: deposit }, 'test')
  const manager = await signedIn(counter.station, 'manager')
  const cashier = await signedIn(counter.station, 'cashier')
  const approval = { staffId: manager.staffId, pin: PIN_OF.manager }
  return { counter, manager: manager.client, cashier: cashier.client, approval }
}

/** Lets time pass until it is answered: between a few and the next few the station waits for its turn. */
async function answered<Answer>(counter: CounterStation, asked: Promise<Answer>): Promise<Answer> {
  const state = { over: false }
  void asked.catch(() => undefined).finally(() => (state.over = true))
  while (!state.over) await counter.pass(12)
  return asked
}

/** More than are paid at once, with one yuan each. */
function sixtyMore({ book }: CounterStation): void {
  for (let index = 0; index < 60; index += 1) {
    const memberId = `more-${index}`
    const facts = { memberId, bornOn: '1950-01-01', categories: [], householdArea: '35', residenceArea: '35' }
    book.registerMember({ fullName: `陈阿${index}`, formOfAddress: '陈阿伯' }, facts, 'test')
    book.topUp({ topUpId: uuidv7(), memberId, amountFen: fen(100), source: 'cash' }, 'test')
  }
}

/** The first few are paid; the others wait for a turn that does not come until time passes. */
async function firstFewPaid({ book }: CounterStation): Promise<void> {
  while (book.balanceOf('m-1') > 0) await pause(5)
}

const drawer = ({ book }: CounterStation): number => book.read(drawerNow).expectedFen
const purses = ({ book }: CounterStation): readonly number[] =>
  ['m-1', 'm-2', 'm-3'].map((memberId) => book.balanceOf(memberId))

test('LG-39 the list names everybody who has money, sums tie, and the workbook says the same', async () => {
  const { manager, cashier } = await office()
  await expect(cashier.wallets.balances()).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  const found = await manager.wallets.balances()
  expect(found).toMatchObject({ members: 3, toPay: 3, cashFen: 13_734, depositFen: 1_000, grantsFen: 0 })
  expect(found.rows.map(({ memberId, cashFen, depositFen }) => [memberId, cashFen, depositFen])).toEqual([
    ['m-2', 5_000, 1_000],
    ['m-3', 5_000, 0],
    ['m-1', 3_734, 0],
  ])
  const { path } = await manager.wallets.exportBalances({ format: 'xlsx' })
  const [sheet] = await readXlsxFile(readFileSync(path))
  const [head, first, , , total] = sheet?.data ?? []
  expect(head?.slice(0, 3)).toEqual(['姓名', '编号', '卡内余额（元）'])
  expect(first?.slice(0, 4)).toEqual(['林阿1', 'm-2', 50, 10])
  expect(total?.slice(2, 4)).toEqual([137.34, 10])
})

test('LG-39 one step pays every wallet out, each by an entry; said again it pays nobody, and the book verifies', async () => {
  const { counter, manager, cashier, approval } = await office()
  const closing = { closureId: uuidv7(), method: 'transfer', note: '食堂停办' } as const
  await expect(cashier.wallets.payOutAll(closing)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  const before = drawer(counter)
  const seen: (PayOutView | null)[] = []
  const stop = new AbortController()
  const watching = (async () => {
    for await (const view of await manager.wallets.watchPayOut(undefined, { signal: stop.signal }))
      seen.push(view)
  })()
  const paying = manager.wallets.payOutAll({ ...closing, approval })
  expect(await answered(counter, paying)).toEqual({ members: 3, amountFen: 13_734 })
  stop.abort()
  await watching.catch(() => undefined)
  expect(seen.at(-1)).toBeNull()
  expect([purses(counter), drawer(counter)]).toEqual([[0, 0, 0], before])
  const { entries } = counter.book.health()
  expect(await answered(counter, manager.wallets.payOutAll({ ...closing, approval }))).toEqual({
    members: 0,
    amountFen: 0,
  })
  expect(counter.book.health().entries).toBe(entries)
  // Money that comes after it is not the same closure's to pay.
  counter.book.topUp({ topUpId: uuidv7(), memberId: 'm-3', amountFen: fen(300), source: 'cash' }, 'test')
  expect(await answered(counter, manager.wallets.payOutAll({ ...closing, approval }))).toMatchObject({
    members: 0,
  })
  const next = { ...closing, closureId: uuidv7(), approval }
  expect(await answered(counter, manager.wallets.payOutAll(next))).toEqual({ members: 1, amountFen: 300 })
  const [line] = await manager.members.movements({ memberId: 'm-1', days: 1 })
  expect(line).toMatchObject({ kind: 'refund', amountFen: -3_734, balanceAfterFen: 0 })
  // Her card's deposit is paid when the card is handed in.
  expect(await manager.wallets.balances()).toMatchObject({
    members: 1,
    toPay: 0,
    cashFen: 0,
    depositFen: 1_000,
  })
  await counter.stop()
  expect(verifyBook(counter.folder)).toMatchObject({ ok: true, findings: [] })
})

test('LG-39 in cash it pays no more than the drawer holds, all or nothing, and takes it out of the drawer', async () => {
  const { counter, manager, approval } = await office()
  const closing = { closureId: uuidv7(), method: 'cash', note: '食堂停办', approval } as const
  const held = drawer(counter)
  await manager.day.moveDrawer({ moveId: uuidv7(), amountFen: fen(1_000 - held), note: '存保险箱', approval })
  await expect(manager.wallets.payOutAll(closing)).rejects.toMatchObject({
    code: 'NOT_ENOUGH_CASH',
    data: { cashFen: 1_000, owedFen: 13_734 },
  })
  expect(purses(counter)).toEqual([3_734, 5_000, 5_000])
  await manager.day.moveDrawer({ moveId: uuidv7(), amountFen: fen(20_000), note: '从保险箱', approval })
  expect(await answered(counter, manager.wallets.payOutAll(closing))).toMatchObject({ members: 3 })
  expect([purses(counter), drawer(counter)]).toEqual([[0, 0, 0], 21_000 - 13_734])
})

test('LG-39 a drawer that is emptied meanwhile ends it with what is missing, and nobody is told that she was paid who was not', async () => {
  const { counter, manager, approval } = await office()
  sixtyMore(counter)
  const closing = { closureId: uuidv7(), method: 'cash', note: '停办', approval } as const
  const paying = manager.wallets.payOutAll(closing)
  await firstFewPaid(counter)
  const held = drawer(counter)
  await manager.day.moveDrawer({ moveId: uuidv7(), amountFen: fen(250 - held), note: '存保险箱', approval })
  await expect(answered(counter, paying)).rejects.toMatchObject({
    code: 'NOT_ENOUGH_CASH',
    data: { cashFen: 50 },
  })
  const { cashFen, toPay } = await manager.wallets.balances()
  expect([cashFen, toPay, drawer(counter)]).toEqual([3_600, 36, 50])
  await manager.day.moveDrawer({ moveId: uuidv7(), amountFen: fen(5_000), note: '从保险箱', approval })
  expect(await answered(counter, manager.wallets.payOutAll(closing))).toEqual({
    members: 36,
    amountFen: 3_600,
  })
})

test('LG-39 LG-21 cut off in the middle, what was paid is paid, and the next go pays the rest', async () => {
  const { counter, manager, approval } = await office()
  sixtyMore(counter)
  const closing = { closureId: uuidv7(), method: 'transfer', note: '停办', approval } as const
  void manager.wallets.payOutAll(closing).catch(() => undefined)
  // The station ends after the first few: nothing more is asked of this one.
  await firstFewPaid(counter)
  const { folder } = counter
  await counter.stop()
  const next = new CounterStation({ folder })
  ends.push(() => next.stop())
  const again = await signedIn(next.station, 'manager')
  const left = await again.client.wallets.balances()
  expect(left.members).toBeLessThan(63)
  expect(left.cashFen).toBeGreaterThan(0)
  const paying = again.client.wallets.payOutAll({
    closureId: closing.closureId,
    method: 'transfer',
    note: '停办',
  })
  expect(await answered(next, paying)).toMatchObject({ amountFen: left.cashFen })
  expect(await again.client.wallets.balances()).toMatchObject({ cashFen: 0 })
  await next.stop()
  expect(verifyBook(folder)).toMatchObject({ ok: true, findings: [] })
})
