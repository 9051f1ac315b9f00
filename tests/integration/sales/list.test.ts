import { expect, onTestFinished, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import type { Book } from '../../../electron/station/book/book.ts'
import { importEntries } from '../../../electron/station/book/import-entries.ts'
import { listSales, type SalesPage } from '../../../electron/station/sales/list.ts'
import { voidInside } from '../../../electron/station/sales/voids.ts'
import { furnishedBook, saleDraft, testClock, TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { openWindow, signedIn } from '../../fixtures/signed-in.ts'

const TOMORROW = '2026-11-04'

function ownBook(...[change]: Parameters<typeof furnishedBook>): Book {
  const book = furnishedBook(change)
  onTestFinished(() => book.close())
  return book
}

const page = (
  book: Book,
  limit: number,
  beforeSaleId: string | null = null,
  businessDate = TODAY,
): SalesPage => book.read((file) => listSales(file, { businessDate, limit, beforeSaleId }, 'form-of-address'))

/** All pages of a day, one after the other. */
function paged(book: Book, limit: number, businessDate = TODAY): readonly string[] {
  const ids: string[] = []
  for (let more = true; more;) {
    const next = page(book, limit, ids.at(-1) ?? null, businessDate)
    ids.push(...next.sales.map(({ saleId }) => saleId))
    more = next.more
  }
  return ids
}

function soldAt(book: Book, businessDate: string): string {
  const draft = saleDraft({ memberId: null, businessDate })
  expect(book.settle(draft).kind).toBe('settled')
  return draft.saleId
}

test('LG-24 a day’s sales come newest first, each once, whatever the size of the page', () => {
  const book = ownBook()
  const today = [soldAt(book, TODAY), soldAt(book, TODAY)]
  const tomorrow = [soldAt(book, TOMORROW)]
  // Another entry between them, and a day that was begun before the one before it had ended.
  book.append({ kind: 'clock.confirmed', body: { deviceMs: 1, newestMs: 2 } }, 'test')
  today.push(soldAt(book, TODAY))
  tomorrow.push(soldAt(book, TOMORROW))
  for (const limit of [1, 2, 3, 50]) {
    expect(paged(book, limit)).toEqual(today.toReversed())
    expect(paged(book, limit, TOMORROW)).toEqual(tomorrow.toReversed())
  }
  expect(page(book, 3)).toMatchObject({ more: false })
  expect(page(book, 2)).toMatchObject({ more: true })
  expect(page(book, 10, null, '2020-01-01')).toEqual({ sales: [], more: false })
  expect(page(book, 10, tomorrow[0])).toEqual({ sales: [], more: false })
  expect(page(book, 10, uuidv7())).toEqual({ sales: [], more: false })
})

test('LG-24 sales of all stations are listed, in the order of the hybrid clock and not of arrival', () => {
  const clock = testClock()
  const here = ownBook({ clock })
  const there = ownBook({ originId: 'kiosk-2', clock })
  const ids: string[] = []
  for (const book of [here, there, here, there]) {
    clock.ms += 1_000
    ids.push(soldAt(book, TODAY))
  }
  const entries = there.read((file) => file.journal.newest('kiosk-2', 100)).toReversed()
  expect(importEntries(here, 'kiosk-2', entries).kind).toBe('imported')
  expect(paged(here, 3)).toEqual(ids.toReversed())
})

test('LG-24 a line says who, how it was paid, and whether it was taken back', () => {
  const book = ownBook()
  const { saleId } = saleDraft({ subsidised: true, cashFen: 80 })
  expect(book.settle(saleDraft({ saleId, subsidised: true, cashFen: 80 })).kind).toBe('settled')
  expect(page(book, 1).sales).toEqual([
    {
      saleId,
      atMs: expect.any(Number) as unknown,
      businessDate: TODAY,
      mealPeriod: 'lunch',
      memberId: 'm-1',
      displayName: '林依姆',
      priceFen: 1280,
      subsidyFen: 300,
      selfPayFen: 980,
      walletFen: 900,
      cashFen: 80,
      lineCount: 1,
      partsBackFen: 0,
      voided: false,
      voidedAs: null,
    },
  ])
  const request = { voidId: uuidv7(), saleId, reason: 'not-taken', note: '没来', approvedBy: 'm' } as const
  book.write((file, append) => voidInside(file, append, request, 'test'))
  expect(page(book, 1).sales[0]?.voidedAs).toEqual({
    atMs: expect.any(Number) as unknown,
    reason: 'not-taken',
    note: '没来',
  })
})

test('LG-24 SE-7 the list is for staff, and it is asked for through the contract', async () => {
  const till = new CounterStation()
  onTestFinished(() => till.stop())
  const saleId = soldAt(till.book, TODAY)
  const nobody = openWindow(till.station)
  const asked = { businessDate: TODAY, limit: 10, beforeSaleId: null }
  await expect(nobody.client.sales.list(asked)).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' })
  const cashier = await signedIn(till.station, 'cashier')
  expect(await cashier.client.sales.list(asked)).toMatchObject({ sales: [{ saleId }], more: false })
  nobody.close()
  cashier.close()
})
