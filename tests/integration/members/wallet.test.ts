import { afterEach, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { drawerOf } from '../../../shared/domain/ledger/accounts.ts'
import { fen } from '../../../shared/domain/units.ts'
import { saleDraft, TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { PIN_OF, signedIn, type SignedInWindow } from '../../fixtures/signed-in.ts'

const stations: CounterStation[] = []

async function office(): Promise<
  SignedInWindow & { readonly counter: CounterStation; readonly manager: SignedInWindow }
> {
  const counter = new CounterStation()
  stations.push(counter)
  const manager = await signedIn(counter.station, 'manager')
  return { ...(await signedIn(counter.station, 'cashier')), counter, manager }
}

afterEach(async () => {
  for (const station of stations.splice(0)) await station.stop()
})

const drawer = ({ book }: CounterStation): number =>
  0 - book.read((file) => file.queries.balance.get(drawerOf('kiosk-1'))?.balance_fen ?? 0)

test('LG-1 the same top-up twice is one: one entry, one answer, cash in the drawer once', async () => {
  const { client, counter } = await office()
  const before = drawer(counter)
  const topUp = { topUpId: uuidv7(), memberId: 'm-1', amountFen: 10_000 }
  const first = await client.members.topUp(topUp)
  expect(first.balanceAfterFen).toBe(15_000)
  expect(first.receipt.markup).toContain('100.00')
  counter.book.settle(saleDraft({ priceFen: 1280 }))
  await client.members.topUp({ topUpId: uuidv7(), memberId: 'm-1', amountFen: 500 })
  expect(await client.members.topUp(topUp)).toMatchObject({ balanceAfterFen: 15_000 })
  expect(drawer(counter)).toBe(before + 10_500)
  expect(counter.book.balanceOf('m-1')).toBe(15_000 - 1280 + 500)
  for (const amountFen of [0, -1, 500_001, 1.5])
    await expect(client.members.topUp({ ...topUp, topUpId: uuidv7(), amountFen })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  const nobody = client.members.topUp({ ...topUp, topUpId: uuidv7(), memberId: 'nobody' })
  await expect(nobody).rejects.toMatchObject({ code: 'NO_SUCH_MEMBER' })
})

test('LG-25 a top-up is taken back once, by a manager’s word, and the drawer gives the cash', async () => {
  const { client, counter, manager } = await office()
  const before = drawer(counter)
  const topUpId = uuidv7()
  await client.members.topUp({ topUpId, memberId: 'm-1', amountFen: 2_000 })
  const reversal = { reversalId: uuidv7(), topUpId, note: '收错了钱' }
  await expect(client.members.reverseTopUp(reversal)).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
    data: { needs: 'manager' },
  })
  const wrong = { staffId: manager.staffId, pin: '111222' }
  const refused = client.members.reverseTopUp({ ...reversal, approval: wrong })
  await expect(refused).rejects.toMatchObject({ code: 'WRONG_PIN' })
  expect(counter.book.balanceOf('m-1')).toBe(7_000)

  const approval = { staffId: manager.staffId, pin: PIN_OF.manager }
  expect(await client.members.reverseTopUp({ ...reversal, approval })).toEqual({ balanceAfterFen: 5_000 })
  expect(drawer(counter)).toBe(before)
  counter.book.settle(saleDraft({ priceFen: 1000 }))
  // The same request again, its first answer lost.
  expect(await client.members.reverseTopUp({ ...reversal, approval })).toEqual({ balanceAfterFen: 5_000 })
  const again = manager.client.members.reverseTopUp({ ...reversal, reversalId: uuidv7() })
  await expect(again).rejects.toMatchObject({ code: 'ALREADY_REVERSED' })
  expect(counter.book.balanceOf('m-1')).toBe(4_000)
  const entry = counter.book.read((file) => {
    const row = file.db.prepare('SELECT approved_by, note FROM top_up_reversals').get()
    return row as { approved_by: string; note: string }
  })
  expect(entry).toEqual({ approved_by: manager.staffId, note: '收错了钱' })
})

test('LG-25 never below what is left of it in the wallet, never more than the drawer holds', async () => {
  const { client, counter, manager } = await office()
  const topUpId = uuidv7()
  await client.members.topUp({ topUpId, memberId: 'm-1', amountFen: 6_000 })
  counter.book.settle(saleDraft({ priceFen: 5_001 }))
  const reversal = () => manager.client.members.reverseTopUp({ reversalId: uuidv7(), topUpId, note: '' })
  await expect(reversal()).rejects.toMatchObject({ code: 'ALREADY_SPENT', data: { balanceFen: 5_999 } })
  const lines = await client.members.movements({ memberId: 'm-1', days: 1 })
  expect(lines.find(({ id }) => id === topUpId)?.reversible).toBe(false)

  await client.members.topUp({ topUpId: uuidv7(), memberId: 'm-1', amountFen: 1 })
  const move = { moveId: uuidv7(), amountFen: fen(-drawer(counter) + 5_000), note: '送银行', approvedBy: 's' }
  counter.book.append({ kind: 'drawer.moved', body: move }, 'test')
  await expect(reversal()).rejects.toMatchObject({ code: 'NOT_ENOUGH_CASH', data: { cashFen: 5_000 } })
  counter.book.append(
    { kind: 'drawer.moved', body: { ...move, moveId: uuidv7(), amountFen: fen(1_000) } },
    'test',
  )
  expect(await reversal()).toEqual({ balanceAfterFen: 0 })
  expect(drawer(counter)).toBe(0)
  const unknown = manager.client.members.reverseTopUp({ reversalId: uuidv7(), topUpId: 'none', note: '' })
  await expect(unknown).rejects.toMatchObject({ code: 'NO_SUCH_TOP_UP' })
})

test('LG-25 an opening balance is taken back without cash', async () => {
  const { counter, manager } = await office()
  const before = drawer(counter)
  const topUpId = uuidv7()
  counter.book.topUp({ topUpId, memberId: 'm-2', amountFen: fen(300), source: 'opening' }, 'test')
  await manager.client.members.reverseTopUp({ reversalId: uuidv7(), topUpId, note: '' })
  expect(counter.book.balanceOf('m-2')).toBe(5_000)
  expect(drawer(counter)).toBe(before)
})

test('LG-24 LG-25 the account tells every movement, newest first, each with the balance it left', async () => {
  const { client, counter, manager } = await office()
  const { book, clock } = counter
  const minute = () => (clock.ms += 60_000)
  const sale = saleDraft({ priceFen: 1_280, subsidised: true })
  const cash = saleDraft({ priceFen: 700, cashFen: 700 })
  const topUpId = uuidv7()
  minute()
  book.settle(sale)
  minute()
  await client.members.topUp({ topUpId, memberId: 'm-1', amountFen: 2_000 })
  minute()
  book.settle(cash)
  book.settle(saleDraft({ memberId: 'm-2' }))
  minute()
  await manager.client.sales.void({ voidId: uuidv7(), saleId: sale.saleId, reason: 'wrong-dish', note: '' })
  minute()
  await manager.client.members.reverseTopUp({ reversalId: uuidv7(), topUpId, note: '' })

  const account = await client.members.movements({ memberId: 'm-1', days: 31 })
  const line = ({ kind, id, amountFen, balanceAfterFen, reversible, source }: (typeof account)[number]) => [
    kind,
    id,
    amountFen,
    balanceAfterFen,
    reversible,
    source,
  ]
  expect(account.map(line)).toEqual([
    ['top-up-reversed', topUpId, -2_000, 5_000, false, 'cash'],
    ['void', sale.saleId, 980, 7_000, false, null],
    ['sale', cash.saleId, 0, 6_020, true, null],
    ['top-up', topUpId, 2_000, 6_020, false, 'cash'],
    ['sale', sale.saleId, -980, 4_020, false, null],
    ['top-up', expect.any(String), 5_000, 5_000, true, 'cash'],
  ])
  expect(account[1]).toMatchObject({ atMs: clock.ms - 60_000, businessDate: TODAY })

  clock.ms += 31 * 86_400_000
  const later = (await signedIn(counter.station, 'cashier')).client
  expect(await later.members.movements({ memberId: 'm-1', days: 31 })).toEqual([])
  expect(await later.members.movements({ memberId: 'm-1', days: 32 })).toHaveLength(6)
  const nobody = later.members.movements({ memberId: 'nobody', days: 1 })
  await expect(nobody).rejects.toMatchObject({ code: 'NO_SUCH_MEMBER' })
})
