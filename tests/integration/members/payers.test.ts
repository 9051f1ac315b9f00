import { afterEach, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { importEntries } from '../../../electron/station/book/import-entries.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { canonicalJson } from '../../../shared/domain/journal/canonical.ts'
import { hybridTime } from '../../../shared/domain/journal/hybrid-clock.ts'
import golden from '../../fixtures/golden-journal.json' with { type: 'json' }
import { TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { PIN_OF, signedIn } from '../../fixtures/signed-in.ts'
import { formOf } from './people.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A senior with a daughter who pays for her. */
async function office() {
  const counter = new CounterStation()
  ends.push(() => counter.stop())
  const manager = await signedIn(counter.station, 'manager')
  const { client } = await signedIn(counter.station, 'cashier')
  const daughter = {
    payerId: uuidv7(),
    memberId: 'm-1',
    name: '林小燕',
    relation: '女儿',
    phone: '13900001111',
  }
  await client.members.addPayer(daughter)
  const entries = () => counter.book.health().entries
  return { counter, client, manager, daughter, entries }
}

test('ME-17 payers are added, changed and removed by id; said again nothing is written, and what does not fit is refused', async () => {
  const { client, manager, daughter, entries } = await office()
  const before = entries()
  await client.members.addPayer(daughter)
  expect(entries()).toBe(before)
  await expect(client.members.addPayer({ ...daughter, name: '林别人' })).rejects.toMatchObject({
    code: 'PAYER_EXISTS',
  })
  const shown = { payerId: daughter.payerId, name: '林小燕', relation: '女儿', phoneMasked: '139****1111' }
  expect((await client.members.get({ memberId: 'm-1' })).payers).toEqual([shown])

  // The screen knows the phone only masked: what it does not say stays.
  await client.members.changePayer({ ...daughter, relation: '大女儿', phone: null })
  expect((await client.members.get({ memberId: 'm-1' })).payers).toEqual([{ ...shown, relation: '大女儿' }])
  await client.members.changePayer({ ...daughter, relation: '大女儿', phone: '' })
  expect((await client.members.get({ memberId: 'm-1' })).payers[0]?.phoneMasked).toBeNull()

  // A form about her speaks of no payer: hers stay.
  await client.members.change({
    memberId: 'm-1',
    person: formOf({ fullName: '林新名', bornOn: '1950-01-01' }),
  })
  expect((await client.members.get({ memberId: 'm-1' })).payers).toHaveLength(1)

  const stranger = { ...daughter, payerId: uuidv7() }
  await expect(client.members.changePayer(stranger)).rejects.toMatchObject({ code: 'NO_SUCH_PAYER' })
  const nobody = { ...daughter, memberId: 'nobody' }
  await expect(client.members.addPayer(nobody)).rejects.toMatchObject({ code: 'NO_SUCH_MEMBER' })
  await expect(client.members.addPayer({ ...stranger, name: ' ' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  for (let index = 0; index < 9; index += 1)
    await client.members.addPayer({ ...daughter, payerId: uuidv7(), phone: null })
  await expect(client.members.addPayer(stranger)).rejects.toMatchObject({ code: 'TOO_MANY_PAYERS' })

  const { payerId } = daughter
  await client.members.removePayer({ memberId: 'm-1', payerId })
  const left = await client.members.get({ memberId: 'm-1' })
  expect([left.payers.length, left.payers.some((payer) => payer.payerId === payerId)]).toEqual([9, false])
  const after = entries()
  await client.members.removePayer({ memberId: 'm-1', payerId })
  expect(entries()).toBe(after)
  const [line] = await manager.client.staff.audit({ limit: 1, before: null })
  expect(line).toMatchObject({ act: 'payer-removed', subject: '林新名', paidBy: null })
})

test('LG-40 slip, account, statement and audit say who paid a top-up and what undid it', async () => {
  const { counter, client, manager, daughter } = await office()
  const { payerId } = daughter
  const topUp = { topUpId: uuidv7(), memberId: 'm-1', amountFen: 3_000, payerId }
  const { receipt, balanceAfterFen } = await client.members.topUp(topUp)
  expect(balanceAfterFen).toBe(8_000)
  expect(receipt.markup).toContain('付款人')
  expect(receipt.markup).toContain('女儿 林小燕')
  expect(await client.members.topUp(topUp)).toMatchObject({ balanceAfterFen: 8_000 })
  const other = client.members.topUp({ ...topUp, payerId: undefined })
  await expect(other).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
  const own = await client.members.topUp({ topUpId: uuidv7(), memberId: 'm-1', amountFen: 100 })
  expect(own.receipt.markup).not.toContain('付款人')
  // Nobody can be named who is no payer of hers.
  const strangers = { ...topUp, topUpId: uuidv7() }
  for (const wrong of [{ payerId: uuidv7() }, { memberId: 'm-2' }])
    await expect(client.members.topUp({ ...strangers, ...wrong })).rejects.toMatchObject({
      code: 'NO_SUCH_PAYER',
    })
  expect([counter.book.balanceOf('m-1'), counter.book.balanceOf('m-2')]).toEqual([8_100, 5_000])

  const approval = { staffId: manager.staffId, pin: PIN_OF.manager }
  await client.members.reverseTopUp({ reversalId: uuidv7(), topUpId: topUp.topUpId, note: '', approval })
  const paidBy = { payerId, name: '林小燕', relation: '女儿' }
  const account = await client.members.movements({ memberId: 'm-1', days: 1 })
  expect(account.map((line) => [line.kind, line.paidBy])).toEqual([
    ['top-up-reversed', paidBy],
    ['top-up', null],
    ['top-up', paidBy],
    ['top-up', null],
  ])
  const span = { memberId: 'm-1', from: TODAY, to: TODAY }
  const { lines } = await client.wallets.statement(span)
  expect(lines.map((line) => line.paidBy)).toEqual(account.map((line) => line.paidBy).toReversed())
  const acts = (await manager.client.staff.audit({ limit: 50, before: null })).filter(({ act }) =>
    ['wallet.topped-up', 'top-up.reversed'].includes(act),
  )
  expect(acts.slice(0, 3).map((line) => [line.act, line.subject, line.paidBy])).toEqual([
    ['top-up.reversed', '林阿0', paidBy],
    ['wallet.topped-up', '林阿0', null],
    ['wallet.topped-up', '林阿0', paidBy],
  ])
})

test('LG-40 ME-17 after her data was erased a payer is told as such, the amounts stay, and the book verifies', async () => {
  const { counter, client, manager, daughter } = await office()
  const { payerId } = daughter
  const topUp = { topUpId: uuidv7(), memberId: 'm-1', amountFen: 3_000, payerId }
  await client.members.topUp(topUp)
  await client.members.removePayer({ memberId: 'm-1', payerId })
  const erased = { payerId, name: null, relation: null }
  const [line] = await client.members.movements({ memberId: 'm-1', days: 1 })
  expect(line).toMatchObject({ kind: 'top-up', amountFen: 3_000, paidBy: erased })
  const shown = await client.receipts.read({ of: { kind: 'top-up', topUpId: topUp.topUpId } })
  expect(shown.markup).toContain('资料已删除的付款人')
  const act = (await manager.client.staff.audit({ limit: 9, before: null })).find(
    (each) => each.act === 'wallet.topped-up',
  )
  expect(act?.paidBy).toEqual(erased)
  // Its answer was lost: it is answered again, although the payer can no longer be chosen.
  expect(await client.members.topUp(topUp)).toMatchObject({ balanceAfterFen: 8_000 })
  const next = client.members.topUp({ ...topUp, topUpId: uuidv7() })
  await expect(next).rejects.toMatchObject({ code: 'NO_SUCH_PAYER' })
  const { folder } = counter
  await counter.stop()
  expect(verifyBook(folder).findings).toEqual([])
})

test('LG-40 LG-15 top-ups of the first version, which knew no payers, are read as paid by herself', async () => {
  const { counter, client } = await office()
  const before = golden.filter(({ entry }) => entry.seq <= 3)
  const [last] = before.slice(-1)
  expect(last?.entry).toMatchObject({ kind: 'wallet.topped-up', version: 1 })
  const entries = before.map(({ entry: { body, ...entry } }) => ({
    ...entry,
    hlc: hybridTime(entry.hlc),
    bodyText: canonicalJson(body),
  }))
  expect(importEntries(counter.book, 'kiosk-golden', entries)).toMatchObject({ kind: 'imported' })
  const account = await client.members.movements({ memberId: 'm-1', days: 1 })
  expect(
    account.filter(({ kind }) => kind === 'top-up').map((line) => [line.amountFen, line.paidBy]),
  ).toEqual([
    [5_000, null],
    [5_000, null],
  ])
})
