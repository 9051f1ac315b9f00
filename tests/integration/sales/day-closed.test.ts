import { expect, onTestFinished, test } from 'vitest'
import { fen } from '../../../shared/domain/units.ts'
import { cardOf, furnishedBook, TODAY } from '../../fixtures/books.ts'
import { CheckoutDriver } from '../../fixtures/checkout-driver.ts'

test('LG-26 CK-17 a day that was closed under a sale charges nothing and says so; the next tap sells on the next date', () => {
  const book = furnishedBook()
  onTestFinished(() => book.close())
  const till = new CheckoutDriver()
  till.businessDate = TODAY
  till.settle = (draft) => book.settle(draft)
  const { headSeq, headHash } = book.health()
  const counted = { expectedFen: fen(15_000), countedFen: fen(15_000), floatFen: fen(15_000) }
  const body = { closedDate: TODAY, closedBy: 'manager', explanation: '', headSeq, headHash, ...counted }
  till.clear().plate(320)
  // Closed after the sale was quoted for today, and before it was written: as when its outcome was unknown for a while.
  book.append({ kind: 'day.closed', body, businessDate: TODAY }, 'staff:manager')
  const tap = () => till.tap(book.lookUpCard(cardOf('m-1'), till.businessDate))
  tap()
  expect(till.view).toMatchObject({ phase: 'trouble', trouble: 'day-closed', totalFen: 1280, payment: null })
  expect(till.view.speech).toMatchObject({ kind: 'trouble', code: 'day-closed' })
  expect(book.balanceOf('m-1')).toBe(5000)
  expect(book.recentSales(10)).toEqual([])
  till.businessDate = book.openDate(TODAY)
  tap()
  expect(till.view).toMatchObject({ phase: 'paid', payment: { walletFen: 1280 } })
  expect(book.recentSales(10)).toMatchObject([{ businessDate: '2026-11-04', priceFen: 1280 }])
})
