import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { USUAL_CARDS, type CardRules } from '../../../shared/domain/members/card-rules.ts'
import { reversalOf } from '../../../shared/domain/sale.ts'
import { fen } from '../../../shared/domain/units.ts'
import { verifyBook } from '../../../electron/station/book/verify-book.ts'
import { BayCounter } from '../../fixtures/bay-counter.ts'
import { cardOf, furnishedBook, saleDraft, TODAY } from '../../fixtures/books.ts'
import { CounterStation } from '../../fixtures/counter-station.ts'
import { signedIn } from '../../fixtures/signed-in.ts'

const rules = (change: Partial<CardRules>): CardRules => ({ ...USUAL_CARDS, ...change })
const limited = (dailyLimitFen: number, listIsOld = false) => ({
  rules: rules({ dailyLimitFen: fen(dailyLimitFen) }),
  listIsOld,
})

test('CK-21 scenario 52: a clone at several stations costs at most the limit at each, whatever is bought', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 500, max: 4_000 }),
      fc.array(
        fc.record({
          at: fc.nat(3),
          priceFen: fc.integer({ min: 400, max: 2_500 }),
          subsidised: fc.boolean(),
        }),
        {
          minLength: 5,
          maxLength: 30,
        },
      ),
      (count, capFen, meals) => {
        const books = Array.from({ length: count }, (_, at) => furnishedBook({ originId: `kiosk-${at}` }))
        const paid = books.map(() => 0)
        for (const { at, priceFen, subsidised } of meals) {
          const place = at % count
          const draft = saleDraft({ saleId: uuidv7(), priceFen, subsidised })
          const outcome = books[place]?.settle(draft, 'counter', limited(capFen))
          if (outcome?.kind === 'settled') paid[place] = (paid[place] ?? 0) + priceFen
        }
        for (const book of books) book.close()
        for (const each of paid) expect(each).toBeLessThanOrEqual(capFen)
        expect(paid.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(count * capFen)
      },
    ),
    { seed: 52, numRuns: 25 },
  )
}, 60_000)

test('CK-21 what was taken back no longer counts, a second card has a limit of its own, and the tables are the journal’s', () => {
  const book = furnishedBook()
  const terms = limited(2_000)
  const first = saleDraft({ priceFen: 1_500 })
  expect(book.settle(first, 'counter', terms).kind).toBe('settled')
  const second = saleDraft({ priceFen: 600 })
  expect(book.settle(second, 'counter', terms)).toEqual({ kind: 'refused', reason: 'daily-limit' })
  // All of it in cash, as a guest, is nobody's limit.
  expect(book.settle(saleDraft({ memberId: null, priceFen: 9_000 }), 'counter', terms).kind).toBe('settled')
  book.issueCard('AA00000001', 'm-1', 'test')
  expect(book.settle({ ...second, cardUid: 'AA00000001' }, 'counter', terms).kind).toBe('settled')
  const taken = { voidId: uuidv7(), saleId: first.saleId, reversed: reversalOf(first), balanceAfterFen: null }
  book.append(
    { kind: 'sale.voided', body: { ...taken, reason: 'other', note: '', approvedBy: 's-1' } },
    'test',
  )
  expect(book.settle(saleDraft({ priceFen: 2_000 }), 'counter', terms).kind).toBe('settled')
  // Another date begins anew.
  expect(book.settle(saleDraft({ priceFen: 400, businessDate: '2026-11-04' }), 'counter', terms).kind).toBe(
    'settled',
  )
  const { folder } = { folder: book.read((file) => file.db.name).replace(/\/book\.sqlite$/, '') }
  book.close()
  expect(verifyBook(folder).findings).toEqual([])
})

test('CK-22 scenario 53: an old list of lost cards tightens the limit, and never loosens one', () => {
  const book = furnishedBook()
  const old = { rules: rules({ staleLimitFen: fen(1_000) }), listIsOld: true }
  expect(book.settle(saleDraft({ priceFen: 1_280 }), 'counter', old)).toMatchObject({ reason: 'daily-limit' })
  expect(book.settle(saleDraft({ priceFen: 1_000 }), 'counter', old).kind).toBe('settled')
  const lower = { rules: rules({ dailyLimitFen: fen(500), staleLimitFen: fen(1_000) }), listIsOld: true }
  const other = { memberId: 'm-2', priceFen: 600 }
  expect(book.settle(saleDraft(other), 'counter', lower)).toMatchObject({ reason: 'daily-limit' })
  expect(book.settle(saleDraft(other), 'counter', { ...old, listIsOld: false }).kind).toBe('settled')
  book.close()
})

async function counter(cards: Partial<CardRules>) {
  const till = new CounterStation({ cards })
  onTestFinished(() => till.stop())
  const { client } = await signedIn(till.station, 'manager')
  await till.empty()
  return { till, client }
}

test('CK-21 scenario 54: above the daily limit the counter lets the card go with its reason, and takes cash', async () => {
  const { till, client } = await counter({ dailyLimitFen: fen(1_000) })
  await till.plate(300)
  await till.tap('m-1')
  expect(till.view).toMatchObject({ phase: 'trouble', trouble: 'daily-limit', member: null })
  expect(till.view.speech).toMatchObject({ kind: 'trouble', code: 'daily-limit' })
  expect(till.book.balanceOf('m-1')).toBe(5_000)
  expect(till.view.keys).toContain('guest-cash')
  // A manager allows her more.
  await client.members.setDailyLimit({ memberId: 'm-1', dailyLimitFen: 2_000 })
  expect(await client.members.get({ memberId: 'm-1' })).toMatchObject({ dailyLimitFen: 2_000 })
  await till.pass(3_000)
  await till.tap('m-1')
  expect(till.view.phase).toBe('paid')
  await client.members.setDailyLimit({ memberId: 'm-1', dailyLimitFen: null })
  await till.pass(9_000)
  await till.empty()
  await till.plate(300)
  await till.tap('m-1')
  expect(till.view.trouble).toBe('daily-limit')
  await client.counter.press({ key: { kind: 'guest-cash' } })
  expect(till.view).toMatchObject({ phase: 'paid', payment: { walletFen: 0, cashFen: 1_128 } })
})

test('CK-20 CK-21 a tray of the bays stops for staff’s word, and above the limit for cash', async () => {
  const bays = new BayCounter(1, { cards: { confirmAboveFen: fen(300), dailyLimitFen: fen(1_000) } })
  onTestFinished(() => bays.stop())
  await bays.pass(1_200)
  const { client, staffId } = await signedIn(bays.counter.station, 'cashier')
  await bays.tap('1', 'm-1')
  await bays.take('1', 200)
  await bays.tap(null, 'm-1')
  expect(bays.bays.exit.current).toMatchObject({ phase: 'trouble', trouble: 'ask-staff' })
  const [tray] = bays.overview.trays
  expect(tray).toMatchObject({ state: 'stopped', because: 'to-confirm' })
  expect(bays.counter.book.recentSales(1)).toEqual([])
  await client.bays.press({ key: { kind: 'confirm-tray', trayId: tray?.trayId ?? '' } })
  await bays.pass(600)
  const [sale] = bays.counter.book.recentSales(1)
  expect(bays.counter.book.draftOf(sale?.saleId ?? '')).toMatchObject({
    confirmation: { by: 'staff', staffId },
    cardUid: cardOf('m-1'),
    businessDate: TODAY,
  })
  await bays.tap('1', 'm-1')
  await bays.take('1', 200)
  await bays.tap(null, 'm-1')
  expect(bays.overview.trays).toMatchObject([
    { because: 'daily-limit', keys: expect.arrayContaining(['guest-cash']) as unknown },
  ])
})
