import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Book } from '../../../electron/station/book/book.ts'
import { migrate } from '../../../server/database/migrate.ts'
import { countAgain } from '../../../server/totals/count-again.ts'
import type { WireEntry } from '../../../shared/contract/sync-wire.ts'
import { FIRST_PREV_HASH } from '../../../shared/domain/journal/entry.ts'
import { reversalOf, type SaleDraft } from '../../../shared/domain/sale.ts'
import { fen } from '../../../shared/domain/units.ts'
import { batchOf, entriesOf, rewritten } from '../../fixtures/batches.ts'
import { furnishedBook, saleDraft, TODAY } from '../../fixtures/books.ts'
import { TestServer, type TestStation } from '../../fixtures/community-server.ts'
import { seededRandom } from '../../fixtures/random.ts'
import { DATABASES } from './databases.ts'

const DATES = ['2026-11-01', '2026-11-02', TODAY]
const PERIODS = ['breakfast', 'lunch', 'dinner'] as const

let book: Book
let entries: readonly WireEntry[]

/**
 * Three days with sales of every kind, voids on the same and on a later day, top-ups, reversals, refunds,
 * corrections and two closes.
 */
function threeDays(): Book {
  const made = furnishedBook()
  const random = seededRandom('three days at the server')
  let number = 0
  const id = (what: string): string => `${what}-${(number += 1)}`
  const sold: SaleDraft[] = []
  for (const businessDate of DATES) {
    for (let sale = 0; sale < 25; sale++) {
      const memberId = random.chance(0.3) ? null : 'm-1'
      const cashFen = memberId === null ? 0 : random.integer(0, 100)
      const draft = {
        ...saleDraft({
          memberId,
          businessDate,
          priceFen: 400 + sale,
          subsidised: memberId !== null,
          cashFen,
        }),
        mealPeriod: PERIODS[sale % 3] ?? 'lunch',
      }
      made.appendMany(
        [{ kind: 'sale.settled', body: { sale: draft, balanceAfterFen: null }, businessDate }],
        'test',
      )
      sold.push(draft)
    }
    for (const sale of sold.splice(0, 3)) {
      const about = { reason: 'other', note: '', approvedBy: 'staff', balanceAfterFen: null } as const
      const body = { voidId: id('void'), saleId: sale.saleId, reversed: reversalOf(sale), ...about }
      made.append({ kind: 'sale.voided', body, businessDate }, 'test')
    }
    const [partly] = sold
    if (partly !== undefined) {
      const about = { reason: 'other', note: '', approvedBy: 'staff', balanceAfterFen: null } as const
      const whole = reversalOf(partly)
      const back = {
        ...whole,
        discountFen: fen(0),
        subsidyFen: fen(0),
        cashFen: fen(0),
        funders: [],
        dishes: [],
      }
      const part = { ...back, priceFen: fen(100), walletFen: fen(100), lines: [], benefits: [] }
      const body = { reversalId: id('part'), saleId: partly.saleId, reversed: part, ...about }
      made.append({ kind: 'sale.part-reversed', body, businessDate }, 'test')
    }
    const topUp = { topUpId: id('top-up'), memberId: 'm-1', amountFen: fen(2_345), source: 'cash' } as const
    made.append({ kind: 'wallet.topped-up', body: topUp, businessDate }, 'test')
    const reversal = { ...topUp, reversalId: id('reversal'), note: '', approvedBy: 'staff' }
    made.append({ kind: 'top-up.reversed', body: reversal, businessDate }, 'test')
    for (const [method, amountFen] of [
      ['cash', fen(311)],
      ['transfer', fen(1_407)],
      ['cash', fen(92)],
    ] as const) {
      const about = { memberId: 'm-2', method, amountFen, note: '', approvedBy: 'staff' } as const
      made.append(
        { kind: 'wallet.refunded', body: { refundId: id('refund'), ...about }, businessDate },
        'test',
      )
    }
    for (const amountFen of [fen(1_050), fen(-733), fen(-17)]) {
      const about = { memberId: 'm-2', reason: 'other', corrects: null, undoes: null, note: '' } as const
      const body = { correctionId: id('correction'), amountFen, approvedBy: 'staff', ...about }
      made.append({ kind: 'wallet.corrected', body, businessDate }, 'test')
    }
    if (businessDate === TODAY) break
    const { headSeq, headHash } = made.health()
    const money = { expectedFen: fen(10_050), countedFen: fen(10_000), floatFen: fen(5_000) }
    const close = {
      closedDate: businessDate,
      closedBy: 'staff',
      explanation: '找零',
      ...money,
      headSeq,
      headHash,
    }
    made.append({ kind: 'day.closed', body: close, businessDate }, 'test')
  }
  return made
}

beforeAll(() => {
  book = threeDays()
  entries = entriesOf(book)
})
afterAll(() => book.close())

/** The same sums as the station's own tables have them: another program, another database, another way. */
const ofTheBook = (sql: string): unknown[] => book.read((file) => file.db.prepare(sql).all())

const STATION_MEALS = `
  SELECT p.business_date, p.meal_period, p.meals, p.price_fen, p.discount_fen, p.subsidy_fen, p.wallet_fen, p.cash_fen,
    coalesce(r.meals, 0) AS voided_meals, coalesce(r.price_fen, 0) AS voided_price_fen,
    coalesce(r.discount_fen, 0) AS voided_discount_fen, coalesce(r.subsidy_fen, 0) AS voided_subsidy_fen,
    coalesce(r.wallet_fen, 0) AS voided_wallet_fen, coalesce(r.cash_fen, 0) AS voided_cash_fen
  FROM day_periods p LEFT JOIN reversed_periods r USING (business_date, meal_period)
  ORDER BY p.business_date, p.meal_period`
const STATION_FUNDERS = `
  SELECT f.business_date, f.funder_id, f.amount_fen, coalesce(r.amount_fen, 0) AS voided_fen
  FROM day_funders f LEFT JOIN reversed_funders r USING (business_date, funder_id)
  ORDER BY f.business_date, f.funder_id`
const STATION_TOP_UPS = `
  SELECT business_date, source, amount_fen, reversed_fen FROM day_top_ups ORDER BY business_date, source`
const STATION_REFUNDS = `
  SELECT business_date, method, count, amount_fen FROM day_refunds ORDER BY business_date, method`
const STATION_CORRECTIONS = `
  SELECT business_date, count, added_fen, taken_fen FROM day_corrections ORDER BY business_date`
const STATION_CLOSES = `
  SELECT closed_date AS business_date, expected_fen, counted_fen, float_fen, head_seq, head_hash
  FROM day_closes ORDER BY closed_date`

describe.each(DATABASES)('totals on $kind', ({ open }) => {
  let server: TestServer
  let close: (() => Promise<void>) | undefined

  beforeAll(async () => {
    const opened = await open()
    close = opened.close
    server = await TestServer.over(opened.database)
  })
  afterAll(() => close?.())

  const rowsOf = async ({ canteenId }: TestStation, sql: string): Promise<readonly unknown[]> =>
    server.deps.database.query(sql, [canteenId])

  const serverSums = async (station: TestStation) => ({
    meals: await rowsOf(
      station,
      `SELECT business_date, meal_period, meals, price_fen, discount_fen, subsidy_fen, wallet_fen, cash_fen, voided_meals,
         voided_price_fen, voided_discount_fen, voided_subsidy_fen, voided_wallet_fen, voided_cash_fen
       FROM day_meals WHERE canteen_id = $1 ORDER BY business_date, meal_period`,
    ),
    funders: await rowsOf(
      station,
      `SELECT business_date, funder_id, amount_fen, voided_fen FROM day_funders WHERE canteen_id = $1
       ORDER BY business_date, funder_id`,
    ),
    topUps: await rowsOf(
      station,
      `SELECT business_date, source, amount_fen, reversed_fen FROM day_top_ups WHERE canteen_id = $1
       ORDER BY business_date, source`,
    ),
    refunds: await rowsOf(
      station,
      `SELECT business_date, method, count, amount_fen FROM day_refunds WHERE canteen_id = $1
       ORDER BY business_date, method`,
    ),
    corrections: await rowsOf(
      station,
      `SELECT business_date, count, added_fen, taken_fen FROM day_corrections WHERE canteen_id = $1
       ORDER BY business_date`,
    ),
    closes: await rowsOf(
      station,
      `SELECT business_date, expected_fen, counted_fen, float_fen, head_seq, head_hash FROM day_closes
       WHERE canteen_id = $1 ORDER BY business_date`,
    ),
  })
  const stationSums = () => ({
    meals: ofTheBook(STATION_MEALS),
    funders: ofTheBook(STATION_FUNDERS),
    topUps: ofTheBook(STATION_TOP_UPS),
    refunds: ofTheBook(STATION_REFUNDS),
    corrections: ofTheBook(STATION_CORRECTIONS),
    closes: ofTheBook(STATION_CLOSES),
  })

  test('LG-27 however a book arrives, the server’s sums are those of the station’s own tables, to the fen', async () => {
    for (const seed of ['in pieces', 'in other pieces']) {
      const random = seededRandom(seed)
      const station = await server.station()
      let held = 0
      while (held < entries.length) {
        const from = random.integer(0, held)
        const { status, body } = await station.push(
          batchOf(station, entries.slice(from, held + 1 + random.integer(0, 30))),
        )
        expect(status).toBe(200)
        held = Number(body['seq'])
      }
      expect(await serverSums(station)).toEqual(stationSums())
      expect(await rowsOf(station, 'SELECT head_held FROM day_closes WHERE canteen_id = $1')).toEqual([
        { head_held: true },
        { head_held: true },
      ])
      const [noted] = await rowsOf(
        station,
        'SELECT sum(entries)::bigint AS entries FROM day_entries WHERE canteen_id = $1',
      )
      expect(noted).toEqual({ entries: entries.length })
    }
  })

  test('SY-7 what waited for its kind, and what once made no sense, is counted when the program is newer', async () => {
    const station = await server.station()
    const { database, clock } = server.deps
    const late = entries.filter(({ kind }) => kind === 'sale.settled').slice(0, 2)
    await station.push(
      batchOf(
        station,
        rewritten(entries, ({ seq }) => (seq === late[0]?.seq ? { version: 7 } : {})),
      ),
    )
    expect(await countAgain(server.deps)).toBe(0)
    // The newer program: it knows version 7, which here is the first again; and it can read what was set aside.
    await database.transaction(async (connection) => {
      const [row] = await connection.query<{ origin_id: number }>(
        'SELECT origin_id FROM origins WHERE canteen_id = $1',
        [station.canteenId],
      )
      const id = row?.origin_id ?? 0
      await connection.query('UPDATE waiting SET version = 1 WHERE origin_id = $1', [id])
      await connection.query('UPDATE journal SET version = 1 WHERE origin_id = $1', [id])
    })
    clock.ms += 1
    expect(await countAgain(server.deps)).toBe(1)
    const sums = await serverSums(station)
    expect(sums.meals).toEqual(stationSums().meals)
    expect(await countAgain(server.deps)).toBe(0)
  })

  test('LG-27 LG-14 refunds and corrections that came before the server counted them are counted once it does', async () => {
    const station = await server.station()
    const { database } = server.deps
    await station.push(batchOf(station, entries))
    const counted = await serverSums(station)
    expect(counted.refunds).toHaveLength(6)
    expect(counted.corrections).toHaveLength(3)
    // As the program before it left the database: the entries are there, their sums are not.
    await database.transaction(async (connection) => {
      await connection.query('DROP TABLE day_refunds')
      await connection.query('DROP TABLE day_corrections')
      await connection.query(`DELETE FROM counted WHERE what IN ('refund', 'correction')`)
      await connection.query('DELETE FROM schema_steps WHERE number = 30')
    })
    await migrate(database)
    expect(await countAgain(server.deps)).toBeGreaterThanOrEqual(18)
    expect(await serverSums(station)).toEqual(stationSums())
    expect(await countAgain(server.deps)).toBe(0)
  })

  test('LG-26 a close over a head that is not held here is shown as such', async () => {
    const station = await server.station()
    const wrong = rewritten(entries, ({ kind, bodyText }) =>
      kind === 'day.closed'
        ? { bodyText: bodyText.replace(/"headHash":"\w+/, `"headHash":"${FIRST_PREV_HASH}`) }
        : {},
    )
    await station.push(batchOf(station, wrong))
    const day = await server.ask(`/canteens/${station.canteenId}/days/2026-11-01?lang=en`)
    expect(day.body['text']).toContain('does not agree with the book received')
  })

  test('SY-1 the pages list the canteen, its counter, its days and their totals, in both languages', async () => {
    const station = await server.station('kiosk-1', `湖滨 <b>&</b> ${randomName()}`)
    await station.push(batchOf(station, entries))
    const zh = await server.ask('/')
    expect(zh.body['text']).toContain('湖滨 &lt;b&gt;&amp;&lt;/b&gt;')
    expect(zh.body['text']).toContain('<html lang="zh-CN">')
    const en = await server.ask('/', { headers: { 'accept-language': 'en-GB,en;q=0.9,zh;q=0.1' } })
    expect(en.body['text']).toContain('Last contact')
    const [day] = ofTheBook(
      `SELECT sum(meals) AS meals, sum(price_fen) AS price FROM day_periods WHERE business_date = '2026-11-02'`,
    ) as { meals: number; price: number }[]
    const canteen = String((await server.ask(`/canteens/${station.canteenId}?lang=en`)).body['text'])
    for (const shown of ['2026-11-01', '2026-11-02', TODAY, 'Closed', 'Not closed', 'kiosk-1', 'city'])
      expect(canteen).toContain(shown)
    expect(canteen).toContain(`<td class="n">${day?.meals}</td>`)
    expect(canteen).toContain(`¥${((day?.price ?? 0) / 100).toFixed(2)}`)
    const page = String(
      (await server.ask(`/canteens/${station.canteenId}/days/2026-11-02?lang=en`)).body['text'],
    )
    const closed = entries.filter(({ kind }) => kind === 'day.closed').at(1)
    const { headHash } = JSON.parse(closed?.bodyText ?? '{}') as { headHash: string }
    for (const shown of [
      headHash,
      'agrees with the book received',
      '−¥0.50',
      'Breakfast',
      'Voided',
      'city',
      '¥23.45',
      'Paid out to seniors',
      '¥14.07',
      '¥4.03',
      'Wallets corrected',
      '¥10.50',
      '¥7.50',
      '¥3.00',
    ])
      expect(page).toContain(shown)
    for (const nowhere of [
      '/canteens/elsewhere',
      `/canteens/${station.canteenId}/days/2020-01-01`,
      '/nowhere',
    ])
      expect((await server.ask(nowhere)).status).toBe(404)
  })

  test('SE-2 the pages need no script and allow none', async () => {
    const response = await server.app.request('/')
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'; style-src 'self'/)
    const text = await response.text()
    expect(text).not.toMatch(/<script|style="|\son\w+=/)
    expect((await server.app.request('/style.css')).headers.get('content-type')).toMatch(/^text\/css/)
  })

  test('SY-2 the description of the calls is whole, and each of them answers', async () => {
    const { body } = await server.ask('/openapi.json')
    expect(body['openapi']).toBe('3.1.0')
    const references = [...JSON.stringify(body).matchAll(/"\$ref":"(?<ref>[^"]+)"/g)]
    expect(references.length).toBeGreaterThan(0)
    for (const { groups } of references) expect(groups?.['ref']).toBe('#/components/schemas/Error')
    const ids = new Set<string>()
    const station = await server.station()
    const paths = body['paths'] as Record<string, Record<string, Operation>>
    for (const [path, operations] of Object.entries(paths))
      for (const [method, operation] of Object.entries(operations)) {
        expect(operation.operationId).toMatch(/^(?:get|post)[A-Za-z0-9]+$/)
        ids.add(operation.operationId)
        expect(operation.responses).toMatchObject({ 200: { content: {} }, default: { content: {} } })
        const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
        const described = operation.parameters.filter((each) => each.in === 'path').map(({ name }) => name)
        expect(described).toEqual(names)
        const address = path.replace('{origin}', 'kiosk-1').replace('{stationId}', 'kiosk-1')
        const reply = await station.call(address, { method: method.toUpperCase() })
        expect({ path, method, status: reply.status }).toEqual({
          path,
          method,
          status: method === 'get' ? 200 : 400,
        })
      }
    expect(ids.size).toBe(Object.values(paths).flatMap((each) => Object.keys(each)).length)
    expect(await server.ask('/healthz')).toEqual({
      status: 200,
      body: { status: 'ok', database: server.deps.database.kind },
    })
  })
})

interface Operation {
  readonly operationId: string
  readonly parameters: readonly { readonly name: string; readonly in: string }[]
  readonly responses: object
}

let canteens = 0
const randomName = (): string => `${(canteens += 1)}`
