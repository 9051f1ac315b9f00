import { expect, test } from 'vitest'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { PIN_OF, staffView } from '../../fixtures/signed-in.ts'
import { OfficeTill, refusalOf } from './till.ts'

const NEW_PIN = '640917'

test('SE-7 an admin adds a colleague, who signs in with the role she was given', async () => {
  const till = new OfficeTill()
  const admin = await till.as('admin')
  const { staffId } = await admin.client.staff.add({ name: '赵姐', role: 'manager', pin: NEW_PIN })
  const window = till.window()
  expect((await staffView(window)).staff.map(({ name }) => name)).toEqual(['周主任', '赵姐'])
  await expect(window.client.staff.signIn({ staffId, pin: NEW_PIN })).resolves.toEqual({ role: 'manager' })
  expect((await staffView(window)).signedIn).toEqual({ staffId, name: '赵姐', role: 'manager' })
  expect(
    await refusalOf(admin.client.staff.add({ name: '钱哥', role: 'cashier', pin: '1111' })),
  ).toMatchObject({ code: 'PIN_TOO_SIMPLE', defined: true })
})

test('SE-7 another role counts from that moment on, at every window', async () => {
  const till = new OfficeTill()
  const admin = await till.as('admin')
  const manager = await till.as('manager')
  const { staffId } = manager
  await manager.client.staff.audit({ limit: 1, before: null })
  await admin.client.staff.change({ staffId, name: '王经理', role: 'cashier', active: true })
  expect((await staffView(manager)).signedIn).toMatchObject({ staffId, role: 'cashier' })
  expect(await refusalOf(manager.client.staff.audit({ limit: 1, before: null }))).toMatchObject({
    code: 'NOT_ALLOWED',
    data: { needs: 'manager' },
  })
})

test('SE-7 who no longer works here is signed out at all windows, and is on no sign-in screen but in the admin’s list', async () => {
  const till = new OfficeTill()
  const admin = await till.as('admin')
  const [first, second] = [await till.as('cashier'), await till.as('cashier')]
  const { staffId } = first
  await admin.client.staff.change({ staffId, name: '小陈', role: 'cashier', active: false })
  for (const { connection, client } of [first, second]) {
    expect(connection.signedIn()).toBeNull()
    expect(await refusalOf(client.day.state())).toMatchObject({ code: 'SIGN_IN_REQUIRED' })
    expect(await refusalOf(client.staff.signIn({ staffId, pin: PIN_OF.cashier }))).toMatchObject({
      code: 'WRONG_PIN',
    })
  }
  expect((await staffView(first)).staff.map(({ name }) => name)).toEqual(['周主任'])
  expect((await staffView(admin)).staff).toMatchObject([{ name: '周主任' }, { staffId, active: false }])
  await admin.client.staff.change({ staffId, name: '小陈', role: 'cashier', active: true })
  await first.client.staff.signIn({ staffId, pin: PIN_OF.cashier })
})

test('SE-9 the last admin stays one: neither another role nor a farewell', async () => {
  const till = new OfficeTill()
  const { client, staffId } = await till.as('admin')
  const before = till.standing()
  const lastAdmin = { code: 'LAST_ADMIN', status: 409, defined: true }
  const herself = { staffId, name: '周主任', role: 'admin', active: true } as const
  expect(await refusalOf(client.staff.change({ ...herself, role: 'manager' }))).toMatchObject(lastAdmin)
  expect(await refusalOf(client.staff.change({ ...herself, active: false }))).toMatchObject(lastAdmin)
  expect(till.standing()).toBe(before)
  const second = await client.staff.add({ name: '孙姐', role: 'admin', pin: NEW_PIN })
  await client.staff.change({ ...herself, role: 'manager' })
  expect(
    await refusalOf(
      client.staff.change({ staffId: second.staffId, name: '孙姐', role: 'admin', active: false }),
    ),
  ).toMatchObject({ code: 'NOT_ALLOWED', data: { needs: 'admin' } })
})

test('SE-7 an id that is nobody’s is a typed error', async () => {
  const till = new OfficeTill()
  const { client } = await till.as('admin')
  const nobody = { code: 'NO_SUCH_STAFF', status: 404, defined: true }
  const change = { staffId: 'nobody', name: '无名', role: 'cashier', active: true } as const
  expect(await refusalOf(client.staff.change(change))).toMatchObject(nobody)
  expect(await refusalOf(client.staff.resetPin({ staffId: 'nobody', pin: NEW_PIN }))).toMatchObject(nobody)
})

test('SE-6 a new PIN from an admin ends a lock-out, and signs her out wherever the old one had let her in', async () => {
  const till = new OfficeTill()
  const admin = await till.as('admin')
  const cashier = await till.as('cashier')
  const { staffId } = cashier
  const window = till.window()
  for (const pin of ['9011', '9012', '9013']) await refusalOf(window.client.staff.signIn({ staffId, pin }))
  expect(await refusalOf(window.client.staff.signIn({ staffId, pin: PIN_OF.cashier }))).toMatchObject({
    code: 'LOCKED',
  })
  await admin.client.staff.resetPin({ staffId, pin: NEW_PIN })
  expect(cashier.connection.signedIn()).toBeNull()
  expect(await refusalOf(window.client.staff.signIn({ staffId, pin: PIN_OF.cashier }))).toMatchObject({
    code: 'WRONG_PIN',
    data: { triesLeft: 2 },
  })
  await window.client.staff.signIn({ staffId, pin: NEW_PIN })
})

test('SE-6 one’s own PIN is changed with the old one, and guessing at that locks out as at sign-in', async () => {
  const till = new OfficeTill()
  const { client, staffId } = await till.as('cashier')
  const change = (oldPin: string, newPin = NEW_PIN) => client.staff.changeOwnPin({ oldPin, newPin })
  expect(await refusalOf(change(PIN_OF.cashier, '4321'))).toMatchObject({
    code: 'PIN_TOO_SIMPLE',
    defined: true,
  })
  expect(await refusalOf(change('9011'))).toMatchObject({
    code: 'WRONG_PIN',
    defined: true,
    data: { triesLeft: 2 },
  })
  await change(PIN_OF.cashier)
  expect(await refusalOf(change(PIN_OF.cashier, '582206'))).toMatchObject({ code: 'WRONG_PIN' })
  await refusalOf(change('9012'))
  expect(await refusalOf(change('9013'))).toMatchObject({ code: 'LOCKED', defined: true })
  await till.later(30_000)
  await client.staff.signOut()
  await client.staff.signIn({ staffId, pin: NEW_PIN })
})

test('SE-6 the staff and their PINs are there after a restart, and verify finds nothing to complain about', async () => {
  const till = new OfficeTill()
  const cashier = await till.as('cashier')
  expect(verifyBook(till.counter.folder)).toMatchObject({ ok: true })
  await till.restart()
  const again = till.window()
  expect((await staffView(again)).staff.map(({ name, role }) => [name, role])).toEqual([
    ['周主任', 'admin'],
    ['小陈', 'cashier'],
  ])
  await again.client.staff.signIn({ staffId: cashier.staffId, pin: PIN_OF.cashier })
  expect((await staffView(again)).signedIn).toMatchObject({ name: '小陈', role: 'cashier' })
})
