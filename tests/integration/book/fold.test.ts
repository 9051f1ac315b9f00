import Sqlite, { type Database } from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fold, PROJECTIONS } from '../../../electron/station/book/fold.ts'
import { migrate, migrationsFolder, readMigrations } from '../../../electron/station/book/migrate.ts'
import { KIND_VERSIONS, type JournalEntry, type JournalEvent } from '../../../shared/domain/journal/entry.ts'
import { HYBRID_TIME_ZERO, nextHybridTime } from '../../../shared/domain/journal/hybrid-clock.ts'
import { fen } from '../../../shared/domain/units.ts'
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
const menu = fc
  .record({ id: fc.constantFrom('daily', 'feast'), version: fc.integer({ min: 1, max: 9 }) })
  .map((change): JournalEvent => ({ kind: 'menu.published', body: { menu: { ...MENU, ...change } } }))
const pack = fc
  .record({ version: fc.integer({ min: 1, max: 2 }), source: fc.string() })
  .map((change): JournalEvent => ({ kind: 'policy.published', body: { pack: { ...PACK, ...change } } }))

/** Entries of several origins whose clocks agree only roughly, now and then on the very same reading. */
const entries = fc
  .array(
    fc.record({
      event: fc.oneof(sale, topUp, member, card, menu, pack),
      origin: fc.constantFrom(...ORIGINS),
      ms: fc.integer({ min: 1, max: 20 }),
    }),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .map((written): readonly JournalEntry[] => {
    const heads = new Map(ORIGINS.map((origin) => [origin, { seq: 0, hlc: HYBRID_TIME_ZERO }]))
    return written.map(({ event, origin, ms }) => {
      const head = heads.get(origin) ?? { seq: 0, hlc: HYBRID_TIME_ZERO }
      const next = { seq: head.seq + 1, hlc: nextHybridTime(head.hlc, ms) }
      heads.set(origin, next)
      const place = { id: `${origin}-${next.seq}`, origin, ...next, at: '2026-11-03T04:00:00.000Z' }
      const rest = {
        version: KIND_VERSIONS[event.kind],
        businessDate: '2026-11-03',
        actor: 'test',
        prevHash: '',
        hash: '',
      }
      return { ...place, ...rest, ...event }
    })
  })

test('LG-8 replicas that hold the same entries hold the same tables, whatever the order of arrival', () => {
  fc.assert(
    fc.property(
      entries.chain((written) =>
        fc.tuple(fc.constant(written), fc.shuffledSubarray([...written], { minLength: written.length })),
      ),
      ([written, arrived]) => {
        expect(folded(arrived)).toEqual(folded(written))
      },
    ),
    { seed: 8, numRuns: 120 },
  )
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
    { origin: 'kiosk-1', seq: 2, kind: 'sale.settled', version: 2 },
  ])
  expect(db.prepare('SELECT count(*) AS count FROM postings').get()).toEqual({ count: 0 })
  db.close()
})
