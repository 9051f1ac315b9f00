import { uuidv7 } from 'uuidv7'
import { expect, onTestFinished, test } from 'vitest'
import type { Book } from '../../../electron/station/book/book.ts'
import { quotes } from '../../../electron/station/book-checks/sales.ts'
import { replayBookMonth } from '../../../electron/station/policy/replay-month.ts'
import { reversePartInside } from '../../../electron/station/sales/reverse-part.ts'
import { voidInside } from '../../../electron/station/sales/voids.ts'
import { CHINA_CALENDAR } from '../../../shared/domain/calendar-china.ts'
import { draftFor } from '../../../shared/domain/checkout/quoting.ts'
import type { Condition, PolicyPack } from '../../../shared/domain/policy/types.ts'
import type { CountedLine, SaleDraft } from '../../../shared/domain/sale.ts'
import { basisPoints, fen } from '../../../shared/domain/units.ts'
import { cardOf, furnishedBook, PACK, TODAY } from '../../fixtures/books.ts'

const AREA = '35/3501'
const PLACE = { canteenArea: AREA, calendar: CHINA_CALENDAR }
const MONTH = TODAY.slice(0, 7)
const ANYBODY: Condition = { guest: false }

/** Half of the meal from two funders, at most five yuan a day, or what else is said. */
const halfUpTo = (capFen: number, when: Condition = ANYBODY): PolicyPack => ({
  ...PACK,
  id: 'half',
  steps: [
    {
      kind: 'benefits',
      combine: 'stack',
      benefits: [
        {
          id: 'half',
          title: { zh: '对半', en: 'Half' },
          when,
          amount: { percent: basisPoints(5_000) },
          limits: [{ per: 'day', amountFen: fen(capFen), scope: 'everywhere' }],
          funders: [
            { funderId: 'city', name: { zh: '市', en: 'City' }, share: { percent: basisPoints(3_333) } },
            { funderId: 'town', name: { zh: '镇', en: 'Town' }, share: { remainder: true } },
          ],
        },
      ],
    },
  ],
})

const bowls = (quantity: number): CountedLine => ({
  kind: 'portion',
  dishId: 'noodles',
  name: { zh: '面', en: 'Noodles' },
  tags: [],
  quantity,
  priceFen: fen(401),
  priceVersion: 1,
  amountFen: fen(401 * quantity),
})

function bookUnder(pack: PolicyPack): Book {
  const book = furnishedBook()
  onTestFinished(() => book.close())
  book.append({ kind: 'policy.published', body: { pack } }, 'test')
  return book
}

/** Sold as the counter sells it, from what the book knows at the tap. */
function sell(book: Book, pack: PolicyPack, quantity: number, minuteOfDay = 720): SaleDraft {
  const found = book.lookUpCard(cardOf('m-1'), TODAY)
  const member = found.kind === 'known' ? found.member : null
  const draft = draftFor({ saleId: uuidv7() }, [bowls(quantity)], member, {
    pack,
    businessDate: TODAY,
    mealPeriod: 'lunch',
    workingDay: true,
    canteenArea: AREA,
    minuteOfDay,
  })
  expect(book.settle(draft).kind).toBe('settled')
  return draft
}

const request = (saleId: string) =>
  ({ voidId: uuidv7(), saleId, reason: 'other', note: '', approvedBy: 's-1' }) as const

function takeBowlBack(book: Book, saleId: string): void {
  const outcome = book.write((file, append) =>
    reversePartInside(file, append, { ...request(saleId), lines: [{ lineNo: 0, quantity: 1 }] }, 'staff:s-1'),
  )
  expect(outcome.kind).toBe('part-reversed')
}

const findings = (book: Book): readonly unknown[] =>
  book.read(({ db }) => [...quotes.find({ db, place: PLACE } as Parameters<typeof quotes.find>[0])])

const replayed = (book: Book, draft: PolicyPack) =>
  book.read((file) => replayBookMonth(file, draft, MONTH, PLACE))

test('LG-31 PO-12 under a limit by amount, what a part gave back is given again, and neither check nor replay wonders', () => {
  const pack = halfUpTo(500)
  const book = bookUnder(pack)
  const first = sell(book, pack, 2)
  takeBowlBack(book, first.saleId)
  // Half of one bowl stands: 2.00 or 2.01 of five yuan. Half of the next two is 4.01, and more than the rest of the day.
  const second = sell(book, pack, 2)
  expect(first.quote.subsidyFen).toBe(401)
  expect(second.quote.subsidyFen).toBeGreaterThan(500 - 401)
  expect(findings(book)).toEqual([])

  const same = replayed(book, pack)
  expect(same).toMatchObject({
    meals: 2,
    priceFen: 401 * 3,
    subsidy: { beforeFen: 500, afterFen: 500, differenceFen: 0 },
    selfPay: { beforeFen: 703, differenceFen: 0 },
    members: { more: 0, less: 0, same: 1 },
  })
  expect(same.funders.map(({ differenceFen }) => differenceFen)).toEqual([0, 0])
})

test('PO-12 under a draft a part goes back in the proportion of its price, and gives the draft’s own limit back', () => {
  const pack = halfUpTo(500)
  const book = bookUnder(pack)
  const first = sell(book, pack, 2)
  takeBowlBack(book, first.saleId)
  sell(book, pack, 2)
  const under = replayed(book, halfUpTo(600))
  expect(under.priceFen).toBe(401 * 3)
  expect(under.subsidy.afterFen + under.selfPay.afterFen).toBe(under.priceFen)
  // Two bowls at half are 4.01 (the half fen up); one back leaves 2.00 or 2.01, then 3.99 or more are left of six yuan.
  expect(under.subsidy.afterFen).toBe(600)
  expect(replayed(book, halfUpTo(100_00)).subsidy.afterFen).toBe(602)
})

test('PO-12 a sale whose rest was voided after a part is in no sum, and its limit is free again', () => {
  const pack = halfUpTo(500)
  const book = bookUnder(pack)
  const first = sell(book, pack, 2)
  takeBowlBack(book, first.saleId)
  book.write((file, append) => voidInside(file, append, request(first.saleId), 'test'))
  sell(book, pack, 2)
  expect(findings(book)).toEqual([])
  expect(replayed(book, pack)).toMatchObject({ meals: 1, subsidy: { beforeFen: 401, afterFen: 401 } })
})

test('PO-18 a pack that asks for the time: the sale keeps it, and its quote can be made again', () => {
  const pack = halfUpTo(100_00, { time: { until: '12:00' } })
  const book = bookUnder(pack)
  expect(sell(book, pack, 1, 719).quote.subsidyFen).toBe(201)
  expect(sell(book, pack, 1, 720).quote.subsidyFen).toBe(0)
  expect(findings(book)).toEqual([])
  expect(replayed(book, pack).subsidy).toMatchObject({ beforeFen: 201, differenceFen: 0 })
  expect(sell(book, halfUpTo(500), 1).minuteOfDay).toBeUndefined()
})

test('PO-18 the second meal of the day counts the first one, although nobody subsidised it; a void makes it none', () => {
  const pack = halfUpTo(100_00, { mealOfDay: { from: 2, to: 2, counting: 'all' } })
  const book = bookUnder(pack)
  const first = sell(book, pack, 1)
  expect(first.quote.subsidyFen).toBe(0)
  book.write((file, append) => voidInside(file, append, request(first.saleId), 'test'))
  expect(sell(book, pack, 1).quote.subsidyFen).toBe(0)
  expect(sell(book, pack, 1).quote.subsidyFen).toBe(201)
  expect(sell(book, pack, 1).quote.subsidyFen).toBe(0)
  expect(findings(book)).toEqual([])
  expect(replayed(book, pack).subsidy).toMatchObject({ beforeFen: 201, differenceFen: 0 })
})
