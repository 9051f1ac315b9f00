import { expect, onTestFinished, test } from 'vitest'
import { cardOf } from '../../fixtures/books.ts'
import { CounterStation, type CounterOptions } from '../../fixtures/counter-station.ts'
import { openWindow, signedIn } from '../../fixtures/signed-in.ts'

const DIGITS = cardOf('m-1')

async function counter(options: CounterOptions): Promise<CounterStation> {
  const opened = new CounterStation(options)
  onTestFinished(() => opened.stop())
  await opened.empty()
  return opened
}

const TYPES: CounterOptions = { wedge: { protocol: 'keyboard-wedge', base: 'hexadecimal' } }

test('DV-20 typed digits are a tap: the meal is paid once, however often they are typed at the plate', async () => {
  const till = await counter(TYPES)
  const { client } = openWindow(till.station)
  expect(till.station.health.current.reader).toEqual({
    connected: true,
    protocol: 'keyboard-wedge',
    port: null,
  })
  await till.plate(320)
  expect(await client.counter.cardTyped({ digits: DIGITS })).toEqual({ taken: true })
  await till.pass(100)
  expect(till.view).toMatchObject({ phase: 'paid', member: { displayName: '林依姆' } })
  for (let again = 0; again < 3; again += 1) {
    await client.counter.cardTyped({ digits: DIGITS })
    await till.pass(1_000)
  }
  expect(till.book.recentSales(10)).toHaveLength(1)
})

test('DV-20 digits of no card are no tap, and without the configuration none are', async () => {
  const till = await counter(TYPES)
  const { client } = openWindow(till.station)
  await till.plate(320)
  for (const digits of ['0000000000', 'FFFFFFFF', '123456789'])
    expect(await client.counter.cardTyped({ digits })).toEqual({ taken: false })
  await expect(client.counter.cardTyped({ digits: '123' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  expect(till.view.phase).toBe('ready')
  const other = await counter({})
  expect(await openWindow(other.station).client.counter.cardTyped({ digits: DIGITS })).toEqual({
    taken: false,
  })
})

test('ME-7 while the office waits for a card, a typed one is the office’s', async () => {
  const till = await counter(TYPES)
  const { client } = await signedIn(till.station, 'cashier')
  const cards = await client.members.tappedCards()
  await cards.next()
  await client.counter.cardTyped({ digits: DIGITS })
  expect((await cards.next()).value).toMatchObject({ uid: DIGITS, state: 'valid' })
})
