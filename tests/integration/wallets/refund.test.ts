import { afterEach, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { drawerNow } from '../../../electron/station/day/drawer.ts'
import { refundReceipt } from '../../../electron/station/receipts/refund.ts'
import { fen } from '../../../shared/domain/units.ts'
import { saleDraft, TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { PIN_OF, signedIn } from '../../fixtures/signed-in.ts'
import { textOf } from '../receipts/well-formed.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function office() {
  const counter = new CounterStation()
  ends.push(() => counter.stop())
  const manager = await signedIn(counter.station, 'manager')
  const cashier = await signedIn(counter.station, 'cashier')
  const approval = { staffId: manager.staffId, pin: PIN_OF.manager }
  return { counter, manager, client: cashier.client, approval }
}

const drawer = ({ book }: CounterStation): number => book.read(drawerNow).expectedFen

test('LG-36 a senior gets her money back in parts by a manager’s word; asked twice it is paid once', async () => {
  const { counter, client, approval, manager } = await office()
  const before = drawer(counter)
  const refund = { refundId: uuidv7(), memberId: 'm-1', amountFen: 1_234, note: '搬去女儿家' }
  await expect(client.wallets.refund(refund)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  expect(counter.book.balanceOf('m-1')).toBe(5_000)
  const paid = await client.wallets.refund({ ...refund, approval })
  expect(paid).toMatchObject({ balanceAfterFen: 3_766, receipt: { title: '退款凭条' } })
  expect(textOf(paid.receipt.svg)).toContain('12.34')
  expect([counter.book.balanceOf('m-1'), drawer(counter)]).toEqual([3_766, before - 1_234])

  // Its answer was lost, and a meal was eaten since: the same answer, and nothing is paid again.
  counter.book.settle(saleDraft({ priceFen: 766 }))
  const { entries } = counter.book.health()
  expect(await manager.client.wallets.refund(refund)).toMatchObject({ balanceAfterFen: 3_766 })
  expect(counter.book.health().entries).toBe(entries)
  await expect(manager.client.wallets.refund({ ...refund, amountFen: 1_235 })).rejects.toMatchObject({
    code: 'INTERNAL_SERVER_ERROR',
  })
  expect([counter.book.balanceOf('m-1'), drawer(counter)]).toEqual([3_000, before - 1_234])

  await manager.client.wallets.refund({ ...refund, refundId: uuidv7(), amountFen: 3_000 })
  expect(counter.book.balanceOf('m-1')).toBe(0)
  const lines = await client.members.movements({ memberId: 'm-1', days: 1 })
  expect(lines.map(({ kind, amountFen, balanceAfterFen }) => [kind, amountFen, balanceAfterFen])).toEqual([
    ['refund', -3_000, 0],
    ['sale', -766, 3_000],
    ['refund', -1_234, 3_766],
    ['top-up', 5_000, 5_000],
  ])
  const { folder } = counter
  await counter.stop()
  expect(verifyBook(folder).findings).toEqual([])
})

test('LG-36 never more than she has, never more than the drawer holds, and only to a member', async () => {
  const { counter, manager } = await office()
  const refund = (amountFen: number, memberId = 'm-1') =>
    manager.client.wallets.refund({ refundId: uuidv7(), memberId, amountFen, note: '' })
  await expect(refund(5_001)).rejects.toMatchObject({ code: 'TOO_MUCH', data: { balanceFen: 5_000 } })
  await expect(refund(1, 'nobody')).rejects.toMatchObject({ code: 'NO_SUCH_MEMBER' })
  for (const amountFen of [0, -1, 1.5])
    await expect(refund(amountFen)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  await manager.client.day.moveDrawer({
    moveId: uuidv7(),
    amountFen: 3_000 - drawer(counter),
    note: '送银行',
  })
  const { entries } = counter.book.health()
  await expect(refund(3_001)).rejects.toMatchObject({ code: 'NOT_ENOUGH_CASH', data: { cashFen: 3_000 } })
  expect(counter.book.health().entries).toBe(entries)
  await refund(3_000)
  expect([counter.book.balanceOf('m-1'), drawer(counter)]).toEqual([2_000, 0])
})

test('LG-36 LG-27 what was paid out stands in the day’s report, its drawer and what the canteen owes', async () => {
  const { counter, manager } = await office()
  const { client } = manager
  const before = await client.reports.day({ businessDate: TODAY })
  await client.wallets.refund({ refundId: uuidv7(), memberId: 'm-1', amountFen: 1_200, note: '' })
  await client.wallets.refund({ refundId: uuidv7(), memberId: 'm-2', amountFen: 5_000, note: '' })
  const report = await client.reports.day({ businessDate: TODAY })
  expect(report.refunds).toEqual([{ method: 'cash', count: 2, amountFen: 6_200 }])
  expect(report.walletLiability.afterFen).toBe(before.walletLiability.afterFen - 6_200)
  expect(report.drawer.givenBackFen).toBe(6_200)
  expect(report.drawer.expectedFen).toBe(before.drawer.expectedFen - 6_200)
  expect((await client.day.state()).drawer).toEqual(report.drawer)
  const audit = await client.staff.audit({ limit: 5, before: null })
  expect(audit[0]).toMatchObject({ act: 'wallet.refunded', approvedByName: '王经理' })
  expect(counter.book.balanceOf('m-2')).toBe(0)
  expect(await client.members.erase({ memberId: 'm-2' })).toEqual({})
})

test('LG-36 LG-33 a grant is not paid out: it stays the fund’s money for her meals', async () => {
  const { counter, manager } = await office()
  const given = { title: { zh: '助餐金', en: 'Meal grant' }, amountFen: fen(2_000), lastDay: '2026-12-31' }
  const grant = { grantId: 'g-1', memberId: 'm-1', funderId: 'village', ...given }
  counter.book.append({ kind: 'grant.given', body: grant }, 'test')
  const refund = (amountFen: number) =>
    manager.client.wallets.refund({ refundId: uuidv7(), memberId: 'm-1', amountFen, note: '' })
  await expect(refund(5_001)).rejects.toMatchObject({ code: 'TOO_MUCH', data: { balanceFen: 5_000 } })
  await refund(5_000)
  const member = await manager.client.members.get({ memberId: 'm-1' })
  expect([member.balanceFen, member.grants.map(({ leftFen }) => leftFen)]).toEqual([0, [2_000]])
})

test('LG-36 the slip says who got how much by whose word, and leaves room for her name', async () => {
  const { counter, manager } = await office()
  const refundId = uuidv7()
  await manager.client.wallets.refund({ refundId, memberId: 'm-1', amountFen: 200, note: '余额太多' })
  const { receipts } = manager.client
  const { svg } = await receipts.read({ of: { kind: 'refund', refundId } })
  for (const words of ['林依姆', '现金', '2.00', '48.00', '王经理', '余额太多', '签收：'])
    expect(textOf(svg).replaceAll(' ', '')).toContain(words)
  const config = { canteen: counterCanteen, namesOnScreen: 'form-of-address' } as const
  const unknown = counter.book.read((file) =>
    refundReceipt({ book: counter.book, config, trial: false }, file, 'none'),
  )
  expect(unknown).toBeNull()
})

const counterCanteen = {
  name: '测试食堂',
  area: '',
  timeZone: 'Asia/Shanghai',
  cutOverHour: 4,
  mealPeriods: [],
}
