import { expect, test } from 'vitest'
import { PACK } from '../../../tests/fixtures/books.ts'
import { fen } from '../units.ts'
import { fullPriceQuote } from './engine.ts'
import { replayMonth, type PastEvent } from './replay.ts'
import type { PolicyPack } from './types.ts'

/** A meal for 10.00 that cost its full price. */
function sold(saleId: string, memberId: string | null, businessDate: string): PastEvent & { kind: 'sold' } {
  const member = memberId && {
    memberId,
    bornOn: '1950-05-05',
    categories: [],
    householdArea: '',
    residenceArea: '',
  }
  const facts = {
    businessDate,
    mealPeriod: 'lunch',
    workingDay: true,
    channel: 'counter',
    canteenArea: '',
    foodFen: fen(1_000),
    deliveryFen: fen(0),
    dishTags: [],
    member: member === '' ? null : member,
  } as const
  const sale = { saleId, stationId: 'kiosk-1', facts, quote: fullPriceQuote(fen(1_000)), voided: false }
  return { kind: 'sold', sale }
}

const inTheFuture: PolicyPack = { ...PACK, effectiveFrom: '2030-01-01' }

test('PO-12 a draft that begins in the future is replayed as if it had been in force, its limits across the month', () => {
  const totals = replayMonth(inTheFuture, [
    sold('s-1', 'm-1', '2026-11-03'),
    sold('s-2', 'm-1', '2026-11-03'),
    sold('s-3', 'm-1', '2026-11-04'),
    sold('s-4', 'm-2', '2026-11-04'),
    sold('s-5', null, '2026-11-04'),
  ])
  expect(totals).toMatchObject({
    meals: 5,
    priceFen: 5_000,
    subsidy: { beforeFen: 0, afterFen: 900, differenceFen: 900 },
    selfPay: { beforeFen: 5_000, afterFen: 4_100, differenceFen: -900 },
    funders: [
      { funderId: 'city', differenceFen: 600 },
      { funderId: 'town', differenceFen: 300 },
    ],
    members: { more: 0, less: 2, same: 0 },
    largest: { more: [], less: [{ memberId: 'm-1', meals: 3, differenceFen: -600 }, { memberId: 'm-2' }] },
  })
})

test('PO-12 a sale that was taken back is in no sum, and gives its limits back from its void on', () => {
  const first = sold('s-1', 'm-1', '2026-11-03')
  const voided: PastEvent = { ...first, sale: { ...first.sale, voided: true } }
  const back: PastEvent = { kind: 'voided', saleId: 's-1', memberId: 'm-1' }
  const second = sold('s-2', 'm-1', '2026-11-03')
  expect(replayMonth(PACK, [voided, back, second])).toMatchObject({ meals: 1, subsidy: { afterFen: 300 } })
  expect(replayMonth(PACK, [voided, second, back])).toMatchObject({ meals: 1, subsidy: { afterFen: 0 } })
})
