import { afterEach, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { cardOf, furnishedBook, saleDraft } from '../../fixtures/books.ts'
import { BayCounter } from '../../fixtures/bay-counter.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn } from '../../fixtures/signed-in.ts'
import { tamper } from '../book/rows.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

function counter(): CounterStation {
  const station = new CounterStation()
  ends.push(() => station.stop())
  return station
}

test('CK-4 LG-1 a double tap is one debit', async () => {
  const station = counter()
  await station.empty()
  await station.plate(200)
  await station.tap('m-1')
  await station.tap('m-1')
  await station.pass(3_000)
  const balanceFen = station.book.balanceOf('m-1')
  expect(balanceFen).toBeLessThan(5_000)
  await station.tap('m-1')
  await station.pass(3_000)
  expect(station.book.balanceOf('m-1')).toBe(balanceFen)
  expect(station.book.recentSales(10)).toHaveLength(1)
})

test('CK-6 a card that is reported lost pays nothing at the counter from the next tap on', async () => {
  const station = counter()
  const { client } = await signedIn(station.station, 'cashier')
  await station.empty()
  await client.members.reportLost({ uid: cardOf('m-1') })
  await station.plate(200)
  await station.tap('m-1')
  await station.pass(500)
  expect(station.view.trouble).toBe('card-lost')
  expect(station.book.balanceOf('m-1')).toBe(5_000)
})

test('CK-6 a card that is reported lost while its plate is being weighed pays nothing either', async () => {
  const station = counter()
  const { client } = await signedIn(station.station, 'cashier')
  await station.empty()
  await station.tap('m-1')
  await client.members.reportLost({ uid: cardOf('m-1') })
  await station.plate(200)
  await station.pass(1_000)
  expect(station.view.trouble).toBe('card-lost')
  expect(station.book.balanceOf('m-1')).toBe(5_000)
})

test('BY-1 a card that is reported lost binds no bay from the next tap on', async () => {
  const bays = new BayCounter(1)
  ends.push(() => bays.stop())
  await bays.pass(1_000)
  bays.counter.book.reportCardLost(cardOf('m-1'), 'test')
  await bays.tap('1', 'm-1')
  expect(bays.view('1').trouble).toBe('card-lost')
  await bays.take('1', 100)
  await bays.pass(1_000)
  expect(bays.overview.trays).toEqual([])
  expect(bays.counter.book.balanceOf('m-1')).toBe(5_000)
})

test('LG-5 a cloned card at several stations costs at most what each of them knew of the wallet', () => {
  const stations = ['kiosk-1', 'kiosk-2', 'kiosk-3'].map((originId) => furnishedBook({ originId }))
  const spent = stations.map((book) => {
    let sumFen = 0
    while (book.settle(saleDraft({ saleId: uuidv7(), priceFen: 1_280 })).kind === 'settled') sumFen += 1_280
    return sumFen
  })
  expect(spent).toEqual([3_840, 3_840, 3_840])
  for (const book of stations) {
    expect(book.balanceOf('m-1')).toBe(5_000 - 3_840)
    book.close()
  }
})

test('LG-19 a member’s card that is changed behind the book’s back is found by the proof', async () => {
  const station = new CounterStation()
  station.book.reportCardLost(cardOf('m-2'), 'test')
  const { folder } = station
  await station.stop()
  expect(verifyBook(folder).ok).toBe(true)
  tamper(folder, `UPDATE cards SET state = 'valid' WHERE uid = '${cardOf('m-2')}'`)
  const { ok, findings } = verifyBook(folder)
  expect(ok).toBe(false)
  expect(JSON.stringify(findings)).toContain(cardOf('m-2'))
})
