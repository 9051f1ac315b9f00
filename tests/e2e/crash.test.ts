import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CounterPhase } from '../../shared/domain/checkout/view.ts'
import { demoMembers } from '../../electron/trial/demo/members.ts'
import { serveCounter, type ServedCounter } from '../fixtures/served-counter.ts'

const [LIN, CHEN] = demoMembers.map(({ cardUid }) => cardUid) as [string, string]

let counter: ServedCounter

beforeEach(async () => {
  counter = await serveCounter()
  await sees('idle')
})
afterEach(() => counter.remove())

const sees = (phase: CounterPhase, more = '') =>
  counter.seniors.waitForSelector(`[data-phase="${phase}"]${more}`, { timeout: 20_000 })

async function amountOnScreen(): Promise<string> {
  return (await counter.seniors.textContent('body')) ?? ''
}

test('ST-2 a station killed before the tap: the screens say they are checking, then the plate is asked for again', async () => {
  counter.putPlate(220)
  await sees('ready')
  counter.killStation()
  await counter.seniors.waitForSelector('[data-connection="checking"]', { timeout: 10_000 })
  await sees('trouble', '[data-trouble="take-plate-away"]')
  await counter.liftPlate()
  await sees('idle')
  counter.putPlate(220)
  await sees('ready')
  counter.reader.tap(LIN)
  await sees('paid')
  const book = await counter.book()
  expect(book.recentSales(10)).toHaveLength(1)
  book.close()
})

test('CK-12 a station killed after the tap: the sale is shown as paid and the same card pays no second time', async () => {
  counter.putPlate(220)
  await sees('ready')
  counter.reader.tap(LIN)
  await sees('paid')
  counter.killStation()
  // A lamp that is good before the staff's window has lost the station says nothing of the new one's reader.
  await Promise.all(
    [counter.seniors, counter.staff].map((window) =>
      window.waitForSelector('[data-connection="checking"]', { timeout: 10_000 }),
    ),
  )
  await sees('paid')
  await counter.staff.waitForSelector('[data-lamp="reader"][data-light="good"]')
  await pause(500)
  // As long as somebody holds it who wonders whether she has paid.
  counter.reader.tap(LIN, 2_000)
  await sees('paid', '[data-trouble="already-paid"]')
  expect(await amountOnScreen()).toContain('5.80')
  await counter.liftPlate()
  await sees('idle')
  counter.putPlate(100)
  counter.reader.tap(CHEN)
  await sees('paid')
  const book = await counter.book()
  const sales = book.recentSales(10).map(({ displayName, selfPayFen }) => [displayName, selfPayFen])
  expect(sales).toEqual([
    ['陈阿公', 0],
    ['林依姆', 580],
  ])
  book.close()
})

test('ST-2 a page that is loaded anew in mid-sale finds the basket as it was', async () => {
  counter.putPlate(220)
  await sees('ready')
  await counter.seniors.reload()
  await sees('ready')
  expect(await amountOnScreen()).toContain('8.80')
  counter.reader.tap(LIN)
  await sees('paid')
  const book = await counter.book()
  expect(book.recentSales(10)).toHaveLength(1)
  book.close()
})

test('DV-5 a scale pulled out and plugged in again sells on without a person', async () => {
  await counter.scale.unplug()
  await sees('trouble', '[data-trouble="scale-disconnected"]')
  await counter.scale.plug()
  await sees('idle')
  counter.putPlate(220)
  await sees('ready')
})
