import { expect, test } from 'vitest'
import { lockOutMs } from '../../../shared/domain/staff.ts'
import { fen } from '../../../shared/domain/units.ts'
import { saleDraft } from '../../fixtures/books.ts'
import { openWindow } from '../../fixtures/signed-in.ts'
import { OfficeTill, refusalOf } from '../staff/till.ts'

const PIN = '730186'
const ABOVE = { cards: { confirmAboveFen: fen(500) } }

/** A plate of 11.28, of which she pays 8.28, before a member with a PIN. */
async function waiting(till = new OfficeTill(ABOVE), pin: string | null = PIN) {
  const { client } = await till.as('cashier')
  if (pin !== null) await client.members.setPin({ memberId: 'm-1', pin })
  await till.counter.empty()
  await till.counter.plate(300)
  await till.counter.tap('m-1')
  return { till, client, saleId: till.counter.view.saleId ?? '' }
}

test('CK-20 scenario 54: above the amount nothing is charged before her PIN, and it pays this one sale', async () => {
  const { till, saleId } = await waiting()
  const { counter } = till
  expect(counter.view).toMatchObject({
    phase: 'confirm',
    confirm: { amountFen: 828, hasPin: true },
    speech: { kind: 'enter-pin' },
  })
  await counter.pass(2_000)
  expect(counter.book.balanceOf('m-1')).toBe(5_000)
  const screen = till.window()
  expect(await refusalOf(screen.client.counter.enterPin({ saleId, pin: '111999' }))).toMatchObject({
    code: 'WRONG_PIN',
    data: { triesLeft: 2 },
  })
  expect(counter.view.phase).toBe('confirm')
  await screen.client.counter.enterPin({ saleId, pin: PIN })
  expect(counter.view).toMatchObject({ phase: 'paid', confirm: null })
  expect(counter.book.balanceOf('m-1')).toBe(5_000 - 828)
  expect(counter.book.draftOf(saleId)).toMatchObject({ confirmation: { by: 'pin' } })
  // The word was for that sale: the next one asks again.
  await counter.pass(9_000)
  await counter.empty()
  await counter.plate(300)
  await counter.tap('m-1')
  expect(counter.view.phase).toBe('confirm')
  expect(await refusalOf(screen.client.counter.enterPin({ saleId, pin: PIN }))).toMatchObject({
    code: 'NOT_NOW',
  })
})

test('CK-20 SE-7 SE-8 without a PIN staff’s word does, by name; without anybody signed in nothing is charged', async () => {
  const { till, client, saleId } = await waiting(undefined, null)
  const { counter } = till
  expect(counter.view).toMatchObject({ confirm: { hasPin: false }, speech: { kind: 'staff-confirms' } })
  const stranger = openWindow(counter.station)
  expect(await refusalOf(stranger.client.counter.confirmSale({ saleId }))).toMatchObject({
    code: 'SIGN_IN_REQUIRED',
  })
  expect(await refusalOf(stranger.client.counter.enterPin({ saleId, pin: PIN }))).toMatchObject({
    code: 'WRONG_PIN',
  })
  stranger.close()
  expect(counter.book.recentSales(1)).toEqual([])
  await client.counter.confirmSale({ saleId })
  expect(counter.view.phase).toBe('paid')
  expect(till.noted().at(-1)).toMatchObject({ act: 'sale-confirmed', subject: saleId })
  expect(counter.book.draftOf(saleId)).toMatchObject({ confirmation: { by: 'staff' } })
})

test('CK-20 a small meal asks for nothing, and the plate that goes back ends the question', async () => {
  const { till, saleId } = await waiting()
  const { counter } = till
  await counter.empty()
  expect(counter.view).toMatchObject({ phase: 'idle', confirm: null })
  const screen = till.window()
  expect(await refusalOf(screen.client.counter.enterPin({ saleId, pin: PIN }))).toMatchObject({
    code: 'NOT_NOW',
  })
  await counter.plate(100)
  await counter.tap('m-1')
  expect(counter.view.phase).toBe('paid')
})

test('CK-20 SE-6 scenario 55: guessing locks her PIN out, for longer each time and over a restart; staff’s word still pays', async () => {
  const { till, client, saleId } = await waiting()
  const guess = () => refusalOf(till.window().client.counter.enterPin({ saleId, pin: '111999' }))
  await guess()
  await guess()
  expect(await guess()).toMatchObject({ code: 'LOCKED' })
  expect(till.noted().filter(({ act }) => act === 'member-pin-failed')).toHaveLength(3)
  await client.counter.confirmSale({ saleId })
  expect(till.counter.view.phase).toBe('paid')

  await till.restart()
  await till.counter.pass(1_200)
  const again = await waiting(till, null)
  const right = () => till.window().client.counter.enterPin({ saleId: again.saleId, pin: PIN })
  expect(await refusalOf(right())).toMatchObject({ code: 'LOCKED' })
  await till.later(lockOutMs(3))
  const nextGuess = till.window().client.counter.enterPin({ saleId: again.saleId, pin: '111999' })
  expect(await refusalOf(nextGuess)).toMatchObject({
    code: 'LOCKED',
    data: { untilMs: till.counter.clock.ms + lockOutMs(4) },
  })
  await till.later(lockOutMs(4))
  await right()
  // Meanwhile the scale had said nothing.
  await till.counter.pass(800)
  expect(till.counter.view.phase).toBe('paid')
})

test('CK-20 ME-11 a PIN that anybody would try is refused, it can be taken away, and it goes with its owner', async () => {
  const till = new OfficeTill(ABOVE)
  const { client } = await till.as('manager')
  for (const pin of ['1234', '111111', '12', 'abcd'])
    expect(await refusalOf(client.members.setPin({ memberId: 'm-1', pin }))).toMatchObject({
      code: 'PIN_TOO_SIMPLE',
    })
  const pins = () =>
    till.counter.book.read((file) => file.statement('SELECT member_id FROM member_pins').all().length)
  await client.members.setPin({ memberId: 'm-1', pin: PIN })
  expect(await client.members.get({ memberId: 'm-1' })).toMatchObject({ hasPin: true })
  await client.members.setPin({ memberId: 'm-1', pin: null })
  expect(pins()).toBe(0)
  await client.members.setPin({ memberId: 'm-1', pin: PIN })
  till.counter.book.settle(saleDraft({ priceFen: till.counter.book.balanceOf('m-1') }))
  await client.members.erase({ memberId: 'm-1' })
  expect(pins()).toBe(0)
})
