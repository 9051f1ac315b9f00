import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { expect, onTestFinished, test } from 'vitest'
import type { Book, BookOptions } from '../../../electron/station/book/book.ts'
import { amountText, Paper } from '../../../electron/station/receipts/paper.ts'
import { receiptPage } from '../../../electron/station/receipts/print.ts'
import { receiptOf, topUpReceipt } from '../../../electron/station/receipts/receipts.ts'
import { voidInside } from '../../../electron/station/sales/voids.ts'
import type { Receipt } from '../../../shared/contract/receipts.ts'
import { fen } from '../../../shared/domain/units.ts'
import { furnishedBook, saleDraft, TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn } from '../../fixtures/signed-in.ts'
import { textOf, xmlFault } from './well-formed.ts'

const canteen = {
  name: '<幸福> & "美满" 食堂',
  area: '',
  timeZone: 'Asia/Shanghai',
  cutOverHour: 4,
  mealPeriods: [],
}
/** Every sign that means something to a receipt or to XML, in a name that fits its column. */
const SIGNS = ['<', '&', '"', '|', '{', '}', '\\', '^', '_', '`', '~', '-', '=']
const HOSTILE = `林${SIGNS.join('')}`

function ownBook(change: Partial<BookOptions> = {}): Book {
  const book = furnishedBook(change)
  onTestFinished(() => book.close())
  return book
}

const depsFor = (book: Book, trial = false) => ({
  book,
  trial,
  config: { canteen, namesOnScreen: 'form-of-address' as const },
})

/** The receipt's rows, each `word value` with single spaces; its picture is well-formed on the way. */
function rowsOf(receipt: Receipt | null): readonly string[] {
  if (receipt === null) throw new Error('no receipt')
  expect(xmlFault(receipt.svg)).toBeNull()
  return textOf(receipt.svg)
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s+/g, ' '))
    .filter((line) => line !== '')
}

test('LG-25 a top-up’s receipt says who, how much, what she has now, and where in the book it stands', () => {
  const book = ownBook()
  const topUpId = uuidv7()
  const { hash, seq } = book.topUp(
    { topUpId, memberId: 'm-1', amountFen: fen(12_345), source: 'cash' },
    'test',
  )
  const receipt = topUpReceipt(depsFor(book), topUpId)
  expect(receipt?.title).toBe('充值凭条')
  const rows = rowsOf(receipt)
  expect(rows.slice(-8)).toEqual([
    '充值凭条',
    '时间2026-11-03 12:00',
    '窗口kiosk-1',
    '姓名林依姆',
    '方式现金',
    '充值123.45',
    '现余额173.45',
    `凭证${seq} ${hash.slice(-12)}`,
  ])
  expect(receipt).toEqual(topUpReceipt(depsFor(book), topUpId))
  expect(topUpReceipt(depsFor(book), 'nothing')).toBeNull()
})

test('LG-4 a meal’s receipt has its lines, the subsidy, what she paid and how, and her balance then', () => {
  const book = ownBook()
  const draft = saleDraft({ subsidised: true, cashFen: 80 })
  book.settle(draft)
  book.topUp({ topUpId: uuidv7(), memberId: 'm-1', amountFen: fen(100), source: 'cash' }, 'test')
  const rows = rowsOf(receiptOf(depsFor(book), { kind: 'sale', saleId: draft.saleId }))
  for (const row of [
    '餐段午餐',
    '姓名林依姆',
    '自选 340 克12.80',
    '原价12.80',
    '补贴-3.00',
    '您付9.80',
    '卡内支付9.00',
    '现金0.80',
    '余额41.00',
  ])
    expect(rows).toContain(row)
  expect(rows.join()).not.toContain('试用')
  const guest = saleDraft({ memberId: null })
  book.settle(guest)
  const ofGuest = rowsOf(receiptOf(depsFor(book, true), { kind: 'sale', saleId: guest.saleId })).join('\n')
  expect(ofGuest).not.toMatch(/姓名|余额|卡内/)
  expect(ofGuest).toContain('试用，不作凭证')
})

test('LG-24 a void has a receipt of what was given back, and from then on the sale’s own says so', () => {
  const book = ownBook()
  const { saleId } = saleDraft()
  book.settle(saleDraft({ saleId, subsidised: true, cashFen: 80 }))
  expect(receiptOf(depsFor(book), { kind: 'void', saleId })).toBeNull()
  const request = { voidId: uuidv7(), saleId, reason: 'wrong-member', note: '', approvedBy: 'boss' } as const
  book.write((file, append) => voidInside(file, append, request, 'test'))
  const rows = rowsOf(receiptOf(depsFor(book), { kind: 'void', saleId }))
  for (const row of [
    '原单时间2026-11-03 12:00',
    '原因刷错卡',
    '批准boss',
    '补贴退回3.00',
    '退回卡内9.00',
    '退还现金0.80',
    '余额50.00',
  ])
    expect(rows).toContain(row)
  expect(rowsOf(receiptOf(depsFor(book), { kind: 'sale', saleId }))).toContain('此单已作废')
})

test('LG-26 the slip of a close has the day’s figures, the drawer, and the whole hash that was signed off', () => {
  const book = ownBook()
  book.settle(saleDraft({ subsidised: true }))
  book.settle(saleDraft({ memberId: null, priceFen: 2000 }))
  const { headSeq, headHash } = book.health()
  const counted = { expectedFen: fen(17_000), countedFen: fen(16_950), floatFen: fen(5_000) }
  const body = { closedDate: TODAY, closedBy: 'boss', explanation: '找错五角', headSeq, headHash, ...counted }
  book.append({ kind: 'day.closed', body, businessDate: TODAY }, 'test')
  const which = { kind: 'day-close', businessDate: TODAY } as const
  const rows = rowsOf(receiptOf(depsFor(book), which))
  for (const row of [
    '营业日2026-11-03',
    '用餐2 单',
    '原价合计32.80',
    '补贴3.00',
    '作废 0 单0.00',
    '应有现金170.00',
    '实点现金169.50',
    '差额-0.50',
    '留作找零50.00',
    '交存119.50',
    '说明：找错五角',
  ])
    expect(rows).toContain(row)
  expect(rows.join('')).toContain(headHash)
  expect(receiptOf(depsFor(book), { ...which, businessDate: '2026-11-04' })).toBeNull()
})

test('LG-16 whatever a name looks like, it is printed as it is, and never as a sign of the receipt', () => {
  const book = ownBook()
  const facts = {
    memberId: 'm-1',
    bornOn: '1950-05-05',
    categories: [],
    householdArea: '',
    residenceArea: '',
  }
  book.registerMember({ fullName: HOSTILE, formOfAddress: HOSTILE }, facts, 'test')
  const topUpId = uuidv7()
  book.topUp({ topUpId, memberId: 'm-1', amountFen: fen(100), source: 'cash' }, 'test')
  expect(rowsOf(topUpReceipt(depsFor(book), topUpId))).toContain(`姓名${HOSTILE}`)
  book.erasePerson('m-1')
  expect(rowsOf(topUpReceipt(depsFor(book), topUpId))).toContain('姓名（已注销）')
})

test('LG-16 any text at all gives a well-formed picture that says it', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 14 }),
    fc.string({ unit: fc.constantFrom(...SIGNS, '𠮷', '𝟘', '\u{1f600}', 'é', ' '), maxLength: 14 }),
    fc.constantFrom('---', '===', '~', '\ud800', '\u0007'),
  )
  fc.assert(
    fc.property(anyText, (text) => {
      const { svg } = new Paper('x')
        .heading(text)
        .middle(text)
        .row(text, '1')
        .strong(text, '2')
        .left(text)
        .receipt()
      expect(xmlFault(svg)).toBeNull()
      expect(svg).not.toContain('http://fonts')
    }),
    { seed: 16, numRuns: 400 },
  )
  const said = fc.string({ unit: fc.constantFrom(...SIGNS, '林', 'a', '7'), minLength: 1, maxLength: 10 })
  fc.assert(
    fc.property(said, (text) => {
      expect(rowsOf(new Paper('x').row('姓名', text).receipt())).toContain(`姓名${text}`)
    }),
    { seed: 16, numRuns: 400 },
  )
})

test('LG-4 amounts stand with two decimals, on both sides of zero', () => {
  expect([0, 5, 100, 1250, 123_456, -5, -1250].map(amountText)).toEqual([
    '0.00',
    '0.05',
    '1.00',
    '12.50',
    '1234.56',
    '-0.05',
    '-12.50',
  ])
})

test('SE-8 a receipt is printed on 80 mm into the folder of receipts, and the audit notes it', async () => {
  const pages: string[] = []
  const printer = {
    pdf: (html: string) => {
      pages.push(html)
      return Promise.resolve(new TextEncoder().encode('%PDF'))
    },
  }
  const till = new CounterStation({ printer })
  onTestFinished(() => till.stop())
  const cashier = await signedIn(till.station, 'cashier')
  onTestFinished(() => cashier.close())
  const topUpId = '../opening of m-1'
  till.book.topUp({ topUpId, memberId: 'm-1', amountFen: fen(100), source: 'opening' }, 'test')
  const of = { kind: 'top-up', topUpId } as const
  const shown = await cashier.client.receipts.read({ of })
  const { path } = await cashier.client.receipts.print({ of })
  expect(path).toBe(`${till.folder}/receipts/top-up-___opening_of_m-1.pdf`)
  expect(readFileSync(path, 'utf8')).toBe('%PDF')
  expect(pages).toEqual([receiptPage(shown)])
  expect(pages[0]).toMatch(/@page \{ size: 80mm \d+mm; margin: 0 \}/)
  expect(pages[0]).toContain(shown.svg)
  const noted = till.book.read((file) =>
    file.statement("SELECT actor, subject FROM audit WHERE act = 'receipt-printed'").all(),
  )
  expect(noted).toEqual([{ actor: `staff:${cashier.staffId}`, subject: 'top-up-___opening_of_m-1' }])
  const nothing = { kind: 'sale', saleId: uuidv7() } as const
  await expect(cashier.client.receipts.read({ of: nothing })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('SE-8 where nothing can print nothing is noted as printed', async () => {
  const till = new CounterStation()
  onTestFinished(() => till.stop())
  const cashier = await signedIn(till.station, 'cashier')
  onTestFinished(() => cashier.close())
  till.book.topUp({ topUpId: 't', memberId: 'm-1', amountFen: fen(100), source: 'cash' }, 'test')
  const { entries } = till.book.health()
  await expect(cashier.client.receipts.print({ of: { kind: 'top-up', topUpId: 't' } })).rejects.toMatchObject(
    { code: 'NO_PRINTER' },
  )
  expect(till.book.health().entries).toBe(entries)
})
