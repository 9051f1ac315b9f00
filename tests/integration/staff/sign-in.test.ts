import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { PIN_OF, staffView } from '../../fixtures/signed-in.ts'
import { OfficeTill, refusalOf } from './till.ts'

test('SE-9 a station without staff has nobody to sign in, and its first run makes the first admin', async () => {
  const till = new OfficeTill()
  const window = till.window()
  expect(await staffView(window)).toEqual({ firstRun: true, signedIn: null, locksAtMs: null, staff: [] })
  for (const pin of ['0000', '1234', '123456', 'admin', ''])
    expect(await refusalOf(window.client.staff.createFirstAdmin({ name: '周主任', pin }))).toMatchObject({
      code: 'PIN_TOO_SIMPLE',
      defined: true,
    })
  const { staffId } = await window.client.staff.createFirstAdmin({ name: '周主任', pin: '905271' })
  expect(await staffView(window)).toMatchObject({
    firstRun: false,
    signedIn: { staffId, name: '周主任', role: 'admin' },
    staff: [{ staffId, name: '周主任', role: 'admin', active: true, lockedUntilMs: null }],
  })
})

test('SE-9 there is one first run: a second is refused, also one that comes at the same moment', async () => {
  const till = new OfficeTill()
  const windows = [till.window(), till.window(), till.window()]
  const outcomes = await Promise.allSettled(
    windows.map(({ client }, index) =>
      client.staff.createFirstAdmin({ name: `第${index}位`, pin: `90527${index}` }),
    ),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const outcome of outcomes.filter(({ status }) => status === 'rejected'))
    expect(outcome).toMatchObject({ reason: { code: 'ALREADY_SET_UP', defined: true } })
  const views = await Promise.all(windows.map((window) => staffView(window)))
  expect(views.filter(({ signedIn }) => signedIn !== null)).toHaveLength(1)
  for (const view of views) expect(view).toMatchObject({ firstRun: false, staff: [{ role: 'admin' }] })
  await till.restart()
  const late = till.window()
  expect(
    await refusalOf(late.client.staff.createFirstAdmin({ name: '后来者', pin: '905279' })),
  ).toMatchObject({ code: 'ALREADY_SET_UP' })
})

test('SE-7 each window signs in for itself, and a window that is closed is signed out', async () => {
  const till = new OfficeTill()
  const admin = await till.as('admin')
  const cashier = await till.as('cashier')
  const nobody = till.window()
  expect((await staffView(admin)).signedIn).toMatchObject({ staffId: admin.staffId, role: 'admin' })
  expect((await staffView(cashier)).signedIn).toMatchObject({ staffId: cashier.staffId, role: 'cashier' })
  expect((await staffView(nobody)).signedIn).toBeNull()
  cashier.close()
  expect(cashier.connection.signedIn()).toBeNull()
  expect(admin.connection.signedIn()).not.toBeNull()
  expect(till.noted().at(-1)).toEqual({
    actor: `staff:${cashier.staffId}`,
    act: 'signed-out',
    subject: cashier.staffId,
  })
})

test('SE-7 somebody who signs in where a colleague was takes her place', async () => {
  const till = new OfficeTill()
  const cashier = await till.as('cashier')
  const admin = await till.as('admin')
  await cashier.client.staff.signIn({ staffId: admin.staffId, pin: PIN_OF.admin })
  expect((await staffView(cashier)).signedIn).toMatchObject({ staffId: admin.staffId })
  await cashier.client.staff.signOut()
  expect((await staffView(cashier)).signedIn).toBeNull()
  await cashier.client.staff.signOut()
  expect(
    till
      .noted()
      .map(({ act }) => act)
      .slice(-3),
  ).toEqual(['signed-in', 'signed-out', 'signed-out'])
})

test('SE-7 a window that is closed while its PIN is being checked signs nobody in', async () => {
  const till = new OfficeTill()
  const admin = await till.as('admin')
  const window = till.window()
  const asked = window.client.staff.signIn({ staffId: admin.staffId, pin: PIN_OF.admin })
  asked.catch(() => undefined)
  await pause(5)
  window.close()
  await pause(300)
  expect(window.connection.signedIn()).toBeNull()
})

test('SE-8 signing in, a wrong PIN, signing out and a new PIN leave entries with who did it', async () => {
  const till = new OfficeTill()
  const admin = await till.as('admin')
  const cashier = await till.as('cashier')
  const from = till.noted().length
  await cashier.client.staff.signOut()
  await refusalOf(cashier.client.staff.signIn({ staffId: cashier.staffId, pin: '111222' }))
  await cashier.client.staff.signIn({ staffId: cashier.staffId, pin: PIN_OF.cashier })
  await cashier.client.staff.changeOwnPin({ oldPin: PIN_OF.cashier, newPin: '552093' })
  await admin.client.staff.resetPin({ staffId: cashier.staffId, pin: '640917' })
  const [herself, boss] = [`staff:${cashier.staffId}`, `staff:${admin.staffId}`]
  const subject = cashier.staffId
  expect(till.noted().slice(from)).toEqual([
    { actor: herself, act: 'signed-out', subject },
    { actor: 'counter', act: 'sign-in-failed', subject },
    { actor: herself, act: 'signed-in', subject },
    { actor: herself, act: 'pin-changed', subject },
    { actor: boss, act: 'pin-changed', subject },
    { actor: herself, act: 'signed-out', subject },
  ])
})
