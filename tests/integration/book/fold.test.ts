import Sqlite, { type Database } from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fold } from '../../../electron/station/book/fold.ts'
import { PROJECTIONS } from '../../../electron/station/book/projections.ts'
import { migrate, migrationsFolder, readMigrations } from '../../../electron/station/book/migrate.ts'
import {
  KIND_VERSIONS,
  type JournalBodies,
  type JournalEntry,
  type JournalEvent,
} from '../../../shared/domain/journal/entry.ts'
import { HYBRID_TIME_ZERO, nextHybridTime } from '../../../shared/domain/journal/hybrid-clock.ts'
import type { Dish } from '../../../shared/domain/menu.ts'
import { reversalOf } from '../../../shared/domain/sale.ts'
import { fen, milligrams } from '../../../shared/domain/units.ts'
import { MENU, PACK, saleDraft } from '../../fixtures/books.ts'

const migrations = readMigrations(migrationsFolder())

function emptyTables(): Database {
  const db = new Sqlite(':memory:')
  migrate(db, migrations)
  return db
}

/** The projections after these entries were folded in this order, by a replica that wrote none of them. */
function folded(entries: readonly JournalEntry[]): Readonly<Record<string, readonly unknown[]>> {
  const db = emptyTables()
  const fold = new Fold(db, 'a-replica')
  for (const entry of entries) fold.fold(entry)
  const rows = Object.fromEntries(
    Object.keys(PROJECTIONS).map((table) => [table, db.prepare(`SELECT * FROM ${table}`).all()]),
  )
  db.close()
  return rows
}

const ORIGINS = ['kiosk-1', 'kiosk-2', 'server'] as const
const memberId = fc.constantFrom('m-1', 'm-2', 'm-3')
const uid = fc.constantFrom('0000000001', '0000000002')
const area = fc.constantFrom('35/3501', '44/4401')
const businessDate = fc.constantFrom('2026-10-31', '2026-11-01', '2026-11-02')

const sale = fc
  .record({
    memberId: fc.option(memberId),
    priceFen: fc.integer({ min: 300, max: 4000 }),
    businessDate,
    subsidised: fc.boolean(),
  })
  .map((shape): JournalEvent => {
    const draft = saleDraft({ ...shape, subsidised: shape.subsidised && shape.memberId !== null })
    return {
      kind: 'sale.settled',
      body: { sale: draft, balanceAfterFen: null },
      businessDate: shape.businessDate,
    }
  })
const topUp = fc
  .record({
    topUpId: fc.uuid(),
    memberId,
    amountFen: fc.integer({ min: 1, max: 9000 }).map(fen),
    source: fc.constantFrom('cash', 'transfer'),
  })
  .map((body): JournalEvent => ({ kind: 'wallet.topped-up', body }))
const member = fc
  .record({
    memberId,
    categories: fc.subarray(['low-income', 'hukou-city']),
    householdArea: area,
    residenceArea: area,
  })
  .map((body): JournalEvent => ({ kind: 'member.registered', body }))
const card = fc
  .tuple(fc.constantFrom('card.issued', 'card.reported-lost'), fc.record({ uid, memberId }))
  .map(([kind, body]): JournalEvent => ({ kind, body }))
const limit = fc
  .record({ memberId, dailyLimitFen: fc.option(fc.integer({ min: 0, max: 9000 }).map(fen)) })
  .map((body): JournalEvent => ({ kind: 'member.limit-set', body }))
const sighting = fc.record({
  place: fc.constantFrom('counter', 'bay:1'),
  atMs: fc.integer({ min: 1, max: 20 }),
})
const seenTwice = fc
  .record({ alarmId: fc.uuid(), uid, memberId, here: sighting, there: sighting })
  .map((body): JournalEvent => ({ kind: 'card.seen-twice', body }))
const deposit = fc
  .record({ uid, memberId, depositFen: fc.integer({ min: 1, max: 9000 }).map(fen) })
  .map((body): JournalEvent => ({ kind: 'card.issued', body }))
const cardReturn = fc
  .record({ uid, memberId, returnId: fc.uuid(), depositFen: fc.integer({ min: 0, max: 9000 }).map(fen) })
  .map((body): JournalEvent => ({ kind: 'card.returned', body }))
const rice: Dish = {
  id: 'rice',
  name: { zh: '米饭', en: 'Rice' },
  pricing: { kind: 'portion', priceFen: fen(100) },
  tags: [],
  priceVersion: 1,
  emoji: '饭',
}
const menu = fc
  .record({
    id: fc.constantFrom('daily', 'feast'),
    version: fc.integer({ min: 1, max: 9 }),
    dishes: fc.subarray([rice, { ...rice, id: 'soup', priceVersion: 2 }]),
  })
  .map((change): JournalEvent => ({ kind: 'menu.published', body: { menu: { ...MENU, ...change } } }))
const pack = fc
  .record({ version: fc.integer({ min: 1, max: 2 }), source: fc.string() })
  .map((change): JournalEvent => ({ kind: 'policy.published', body: { pack: { ...PACK, ...change } } }))

const dishId = fc.constantFrom('rice', 'soup')
const mealPeriod = fc.constantFrom('lunch', 'dinner')
const amountFen = fc.integer({ min: 1, max: 9000 }).map(fen)
const note = fc.string({ maxLength: 5 })
const source = fc.constantFrom('cash', 'transfer')
const dish = fc
  .record({ dishId, name: fc.record({ zh: note, en: note }), emoji: note, retired: fc.boolean() })
  .map((body): JournalEvent => ({ kind: 'dish.saved', body: { ...body, tags: [] } }))
const price = fc
  .record({
    dishId,
    priceVersion: fc.integer({ min: 1, max: 9 }),
    effectiveFromMs: fc.integer({ min: 1, max: 20 }),
    pricing: amountFen.map((priceFen) => ({ kind: 'portion', priceFen }) as const),
  })
  .map((body): JournalEvent => ({ kind: 'price.set', body }))
const plan = fc
  .record({ businessDate, mealPeriod, dishIds: fc.subarray(['rice', 'soup']) })
  .map((body): JournalEvent => ({ kind: 'menu.planned', body }))
const soldOut = fc
  .record({ businessDate, mealPeriod, dishId, soldOut: fc.boolean() })
  .map((body): JournalEvent => ({ kind: 'dish.sold-out', body }))
const staff = fc
  .record({
    staffId: fc.constantFrom('s-1', 's-2'),
    role: fc.constantFrom('cashier', 'manager', 'admin'),
    active: fc.boolean(),
  })
  .map((body): JournalEvent => ({ kind: 'staff.appointed', body }))
const audit = note.map((subject): JournalEvent => ({
  kind: 'audit.noted',
  body: { act: 'report-exported', subject },
}))
const weight = fc.integer({ min: 1, max: 9_000_000 }).map(milligrams)
const scaleCheck = fc
  .record({
    checkId: fc.uuid(),
    nominalMg: weight,
    measuredMg: weight,
    verdict: fc.constantFrom('good', 'failed'),
  })
  .map(({ measuredMg, ...check }): JournalEvent => {
    const read = { weightMg: measuredMg, rawHex: '02' }
    const scale = { scaleId: 'S1', divisionMg: milligrams(2_000), verifiedUntil: '2027-03-31' }
    const errorMg = milligrams(measuredMg - check.nominalMg)
    const judged = { zero: read, measured: read, errorMg, permissibleMg: milligrams(2_000) }
    return { kind: 'scale.checked', body: { ...check, ...scale, ...judged } }
  })
const scaleRelease = fc
  .record({ releaseId: fc.uuid(), checkId: fc.uuid(), note })
  .map((body): JournalEvent => ({
    kind: 'scale.released',
    body: { ...body, scaleId: 'S1', approvedBy: 's-1' },
  }))
const drawerMove = fc
  .record({ moveId: fc.uuid(), amountFen: fc.integer({ min: -900, max: 900 }).map(fen), note })
  .map((body): JournalEvent => ({ kind: 'drawer.moved', body: { ...body, approvedBy: 's-1' } }))
const bayNote = fc
  .record({
    bayId: fc.constantFrom('fish', 'rice'),
    trayId: fc.option(fc.uuid()),
    what: fc.constantFrom('refilled', 'unattributed', 'take-refused'),
    grams: fc.integer({ min: -900, max: 900 }),
  })
  .map(({ grams, ...body }): JournalEvent => ({
    kind: 'bay.noted',
    body: { ...body, dishId: body.bayId, netMg: milligrams(grams * 1000) },
  }))
/** Its date is given with its place, because a station closes a date once. */
const dayClose = fc
  .record({ countedFen: amountFen, expectedFen: amountFen, explanation: note })
  .map((body): JournalEvent => {
    const rest = { closedDate: '', closedBy: 's-1', floatFen: fen(0), headSeq: 1, headHash: '' }
    return { kind: 'day.closed', body: { ...body, ...rest } }
  })

/** A void of a sale that this replica may hear of before, after, or never: what it takes back stands in the void itself. */
const voided = fc
  .record({ voidId: fc.uuid(), sale, note })
  .map(({ voidId, sale: sold, note: words }): readonly [JournalEvent, JournalEvent] => {
    const { sale: draft } = sold.body as JournalBodies['sale.settled']
    const taken = { voidId, saleId: draft.saleId, reversed: reversalOf(draft), balanceAfterFen: null }
    return [
      sold,
      { kind: 'sale.voided', body: { ...taken, reason: 'other', note: words, approvedBy: 's-1' } },
    ]
  })
const partReversed = fc
  .record({ reversalId: fc.uuid(), sale, note })
  .map(({ reversalId, sale: sold, note: words }): readonly [JournalEvent, JournalEvent] => {
    const { sale: draft } = sold.body as JournalBodies['sale.settled']
    const benefits = draft.quote.benefits.map(({ benefitId, amountFen: backFen }) => ({
      benefitId,
      amountFen: backFen,
    }))
    const reversed = { ...reversalOf(draft), lines: [{ lineNo: 0, quantity: 1 }], benefits }
    const taken = { reversalId, saleId: draft.saleId, reversed, balanceAfterFen: null }
    return [
      sold,
      { kind: 'sale.part-reversed', body: { ...taken, reason: 'other', note: words, approvedBy: 's-1' } },
    ]
  })
const topUpReversed = fc
  .record({ reversalId: fc.uuid(), topUpId: fc.uuid(), memberId, amountFen, source })
  .map(({ reversalId, ...body }): readonly [JournalEvent, JournalEvent] => [
    { kind: 'wallet.topped-up', body },
    { kind: 'top-up.reversed', body: { reversalId, ...body, note: '', approvedBy: 's-1' } },
  ])

/** A grant, and what of it expired; a replica may hear of the second first. */
const granted = fc
  .record({ grantId: fc.uuid(), memberId, amountFen })
  .map((about): readonly [JournalEvent, JournalEvent] => {
    const body = { ...about, funderId: 'village' }
    const given = { ...body, title: { zh: '助餐金', en: 'Grant' }, lastDay: '2026-12-31' }
    return [
      { kind: 'grant.given', body: given },
      { kind: 'grant.expired', body },
    ]
  })

const refund = fc
  .record({ refundId: fc.uuid(), memberId, amountFen, method: source, note })
  .map((body): JournalEvent => ({ kind: 'wallet.refunded', body: { ...body, approvedBy: 's-1' } }))
/** A correction, and another that takes it back; a replica may hear of the second first. */
const corrected = fc
  .record({ ids: fc.tuple(fc.uuid(), fc.uuid()), memberId, amountFen, sign: fc.constantFrom(1, -1) })
  .map(({ ids: [correctionId, undoingId], memberId: of, amountFen: size, sign }) => {
    const about = { memberId: of, corrects: null, note: '', approvedBy: 's-1' }
    const first = {
      ...about,
      correctionId,
      amountFen: fen(sign * size),
      reason: 'other',
      undoes: null,
    } as const
    const back = {
      ...about,
      correctionId: undoingId,
      amountFen: fen(-sign * size),
      reason: 'undone',
    } as const
    const events: readonly [JournalEvent, JournalEvent] = [
      { kind: 'wallet.corrected', body: first },
      { kind: 'wallet.corrected', body: { ...back, undoes: correctionId } },
    ]
    return events
  })

const one = fc.oneof(
  sale,
  topUp,
  refund,
  member,
  card,
  deposit,
  cardReturn,
  limit,
  seenTwice,
  menu,
  pack,
  dish,
  price,
  plan,
  soldOut,
  staff,
  audit,
  scaleCheck,
  scaleRelease,
  drawerMove,
  bayNote,
  dayClose,
)
const writerOf = fc.constantFrom(...ORIGINS)
const ms = fc.integer({ min: 1, max: 20 })
const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ event: one, origin: writerOf, ms }).map((each) => [each]) },
  {
    weight: 2,
    arbitrary: fc
      .record({
        pair: fc.oneof(voided, partReversed, topUpReversed, granted, corrected),
        origins: fc.tuple(writerOf, writerOf),
        ms,
      })
      .map(({ pair, origins, ms: at }) =>
        pair.map((event, index) => ({ event, origin: origins[index] ?? 'kiosk-1', ms: at })),
      ),
  },
)

/** Entries of several origins whose clocks agree only roughly, now and then on the very same reading. */
const entries = fc.array(act, { minLength: 1, maxLength: 40 }).map((acts): readonly JournalEntry[] => {
  const heads = new Map(ORIGINS.map((each) => [each, { seq: 0, hlc: HYBRID_TIME_ZERO }]))
  return acts.flat().map(({ event, origin: writer, ms: at }) => {
    const head = heads.get(writer) ?? { seq: 0, hlc: HYBRID_TIME_ZERO }
    const next = { seq: head.seq + 1, hlc: nextHybridTime(head.hlc, at) }
    heads.set(writer, next)
    const place = { id: `${writer}-${next.seq}`, origin: writer, ...next, at: '2026-11-03T04:00:00.000Z' }
    const rest = {
      version: KIND_VERSIONS[event.kind],
      businessDate: next.seq % 3 === 0 ? '2026-11-04' : '2026-11-03',
      actor: 'test',
      prevHash: '',
      hash: '',
    }
    const { body } = event
    return {
      ...place,
      ...rest,
      ...event,
      body: 'closedDate' in body ? { ...body, closedDate: `d-${next.seq}` } : body,
    }
  })
})

/** The same entries in another order, in which each origin's own still come one after the other, as they do by sync. */
const arrived = (written: readonly JournalEntry[]): fc.Arbitrary<readonly JournalEntry[]> =>
  fc
    .shuffledSubarray(
      written.map((entry) => entry.origin),
      { minLength: written.length },
    )
    .map((order) => {
      const rest = new Map<string, JournalEntry[]>(
        ORIGINS.map((each) => [each, written.filter((entry) => entry.origin === each)]),
      )
      return order.map((each) => rest.get(each)?.shift()).filter((entry) => entry !== undefined)
    })

test('LG-8 replicas that hold the same entries hold the same tables, whatever the order of arrival', () => {
  fc.assert(
    fc.property(
      entries.chain((written) => fc.tuple(fc.constant(written), arrived(written))),
      ([written, inAnotherOrder]) => {
        expect(folded(inAnotherOrder)).toEqual(folded(written))
      },
    ),
    { seed: 8, numRuns: 120 },
  )
})

test('LG-8 LG-24 entries of every kind are among those that are folded in any order', () => {
  const kinds = new Set(
    fc.sample(entries, { seed: 8, numRuns: 120 }).flatMap((written) => written.map(({ kind }) => kind)),
  )
  const withoutTables = ['clock.confirmed', 'book.restored']
  expect([...kinds, ...withoutTables].toSorted()).toEqual(Object.keys(KIND_VERSIONS).toSorted())
})

test('LG-3 over the whole book debits equal credits, in postings and in balances', () => {
  fc.assert(
    fc.property(entries, (written) => {
      const db = emptyTables()
      const fold = new Fold(db, 'a-replica')
      for (const entry of written) fold.fold(entry)
      for (const table of ['postings', 'balances'])
        expect(
          db.prepare(`SELECT coalesce(sum(debit_fen - credit_fen), 0) AS difference FROM ${table}`).get(),
        ).toEqual({
          difference: 0,
        })
      db.close()
    }),
    { seed: 3, numRuns: 60 },
  )
})

const saleBy = (origin: string, seq: number, priceFen: number): JournalEntry => ({
  id: `${origin}-${seq}`,
  origin,
  seq,
  kind: 'sale.settled',
  version: 1,
  hlc: nextHybridTime(HYBRID_TIME_ZERO, seq),
  at: '2026-11-03T04:00:00.000Z',
  businessDate: '2026-11-03',
  actor: 'counter',
  body: { sale: saleDraft({ priceFen }), balanceAfterFen: fen(0) },
  prevHash: '',
  hash: '',
})

test('LG-5 what another station sold offline is taken as it is, and the overdraft shows; an own sale may not overdraw', () => {
  const db = emptyTables()
  const fold = new Fold(db, 'kiosk-1')
  fold.fold(saleBy('kiosk-2', 1, 700))
  expect(db.prepare("SELECT overdraft_fen FROM balances WHERE account = 'member:m-1:cash'").get()).toEqual({
    overdraft_fen: 700,
  })
  expect(() => {
    fold.fold(saleBy('kiosk-1', 1, 1))
  }).toThrow(/CHECK/)
  db.close()
})

test('LG-15 an entry of an unknown kind or a newer version waits and moves nothing', () => {
  const db = emptyTables()
  const fold = new Fold(db, 'kiosk-1')
  fold.fold({ ...saleBy('kiosk-1', 1, 700), kind: 'a-kind-of-next-year' })
  fold.fold({ ...saleBy('kiosk-1', 2, 700), version: KIND_VERSIONS['sale.settled'] + 1 })
  expect(db.prepare('SELECT origin, seq, kind, version FROM waiting_entries').all()).toEqual([
    { origin: 'kiosk-1', seq: 1, kind: 'a-kind-of-next-year', version: 1 },
    { origin: 'kiosk-1', seq: 2, kind: 'sale.settled', version: KIND_VERSIONS['sale.settled'] + 1 },
  ])
  expect(db.prepare('SELECT count(*) AS count FROM postings').get()).toEqual({ count: 0 })
  db.close()
})
