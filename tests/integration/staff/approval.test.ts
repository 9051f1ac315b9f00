import { expect, test } from 'vitest'
import { actorOf, approve, approvedBy } from '../../../electron/station/staff/approval.ts'
import { PIN_OF } from '../../fixtures/signed-in.ts'
import { OfficeTill, refusalOf } from './till.ts'

test('SE-7 who has the role approves by herself, and needs no PIN for it', async () => {
  const till = new OfficeTill()
  const { connection, staffId } = await till.as('manager')
  expect(await approve(connection, 'manager')).toEqual({ kind: 'approved', staffId })
  expect(await approve(connection, 'cashier')).toEqual({ kind: 'approved', staffId })
  expect(await approve(connection, 'admin')).toEqual({ kind: 'not-allowed', needs: 'admin' })
  expect(await approvedBy(connection, 'manager', undefined)).toBe(staffId)
  expect(actorOf({ connection })).toBe(`staff:${staffId}`)
})

test('SE-7 a cashier needs a manager’s word: her id and her PIN, and nobody else’s', async () => {
  const till = new OfficeTill()
  const manager = await till.as('manager')
  const { connection, staffId: herself } = await till.as('cashier')
  const refused = { kind: 'not-allowed', needs: 'manager' }
  expect(await approve(connection, 'manager')).toEqual(refused)
  expect(await approve(connection, 'manager', { staffId: herself, pin: PIN_OF.cashier })).toEqual(refused)
  expect(await approve(connection, 'manager', { staffId: 'nobody', pin: PIN_OF.manager })).toEqual(refused)
  const approval = { staffId: manager.staffId, pin: PIN_OF.manager }
  expect(await approve(connection, 'manager', approval)).toEqual({
    kind: 'approved',
    staffId: manager.staffId,
  })
  expect(connection.signedIn()).toMatchObject({ staffId: herself, role: 'cashier' })
  expect(actorOf({ connection })).toBe(`staff:${herself}`)
})

test('SE-6 a wrong PIN at an approval counts to the same lock-out, and is noted with who asked', async () => {
  const till = new OfficeTill()
  const { staffId, client } = await till.as('manager')
  const cashier = await till.as('cashier')
  const ask = (pin: string) => approve(cashier.connection, 'manager', { staffId, pin })
  expect(await ask('9011')).toEqual({ kind: 'wrong-pin', triesLeft: 2 })
  expect(till.noted().at(-1)).toEqual({
    actor: `staff:${cashier.staffId}`,
    act: 'sign-in-failed',
    subject: staffId,
  })
  await client.staff.signOut()
  await refusalOf(client.staff.signIn({ staffId, pin: '9012' }))
  const untilMs = till.counter.clock.ms + 30_000
  expect(await ask('9013')).toEqual({ kind: 'locked', untilMs })
  expect(await ask(PIN_OF.manager)).toEqual({ kind: 'locked', untilMs })
  expect(await refusalOf(client.staff.signIn({ staffId, pin: PIN_OF.manager }))).toMatchObject({
    code: 'LOCKED',
    data: { untilMs },
  })
  await till.later(30_000)
  expect(await ask(PIN_OF.manager)).toEqual({ kind: 'approved', staffId })
  expect(await ask('9014')).toEqual({ kind: 'wrong-pin', triesLeft: 2 })
})

test('SE-7 who no longer works here approves nothing, nor does anybody at a locked window', async () => {
  const till = new OfficeTill()
  const admin = await till.as('admin')
  const { staffId } = await till.as('manager')
  const cashier = await till.as('cashier')
  const approval = { staffId, pin: PIN_OF.manager }
  await admin.client.staff.change({ staffId, name: '王经理', role: 'manager', active: false })
  const refused = { kind: 'not-allowed', needs: 'manager' }
  expect(await approve(cashier.connection, 'manager', approval)).toEqual(refused)
  await till.later(300_000)
  expect(await approve(admin.connection, 'manager')).toEqual(refused)
  expect(() => actorOf(cashier)).toThrow(expect.objectContaining({ code: 'SIGN_IN_REQUIRED' }))
})

test('SE-7 each refusal of an approval reaches the screen as its typed error', async () => {
  const till = new OfficeTill()
  const { staffId } = await till.as('manager')
  const { client } = await till.as('cashier')
  const move = (approval?: { readonly staffId: string; readonly pin: string }) =>
    refusalOf(
      client.day.moveDrawer({
        moveId: '01a20330-20b1-7872-b43a-7fb9957bbed5',
        amountFen: 5_000,
        note: '零钱',
        approval,
      }),
    )
  const before = till.standing()
  expect(await move()).toMatchObject({ code: 'NOT_ALLOWED', defined: true, data: { needs: 'manager' } })
  expect(till.standing()).toBe(before)
  expect(await move({ staffId, pin: '9011' })).toMatchObject({ code: 'WRONG_PIN', defined: true })
  await move({ staffId, pin: '9012' })
  expect(await move({ staffId, pin: '9013' })).toMatchObject({ code: 'LOCKED', defined: true })
})
