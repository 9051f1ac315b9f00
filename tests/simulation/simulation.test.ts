import { expect, test } from 'vitest'
import type { Book } from '../../electron/station/book/book.ts'
import type { Connection, Database } from '../../server/database/database.ts'
import type { JournalEvent } from '../../shared/domain/journal/entry.ts'
import type { Menu } from '../../shared/domain/menu.ts'
import type { Reversal } from '../../shared/domain/sale.ts'
import { fen } from '../../shared/domain/units.ts'
import { FAILED_SEEDS } from './failed-seeds.ts'
import type { Plant } from './machine.ts'
import { simulate } from './simulation.ts'

/** Days and nights with a database server in this process, beside other tests. */
const LONG_MS = 120_000

test(
  'ST-1 LG-21 days with faults, through the real station: nothing lost, nothing twice',
  async () => {
    const seen = new Set<string>()
    for (const seed of ['11', '12', '13']) {
      const report = await simulate({ seed, days: 4 })
      expect(report.violation, `seed ${seed}`).toBeNull()
      expect(report.meals).toBeGreaterThan(120)
      for (const kind of Object.keys(report.faults)) seen.add(kind)
    }
    // A simulator that injects nothing finds nothing.
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'commit-error-written',
        'commit-error-lost',
        'kill',
        'torn-log',
        'read-error',
        'read-only',
        'disk-full',
        'scale-unplugged',
        'noise-on-the-wire',
        'ghost-card',
        'two-cards',
        'price-changed-in-mid-sale',
        'cash-for-the-rest',
        'plate-goes-back',
        'price-announced',
        'sold-out',
        'void',
        'voided-again',
        'part-reversed',
        'card-returned',
        'refund',
        'correction',
        'grant-given',
        'grant-spent',
        'grant-returned',
        'grant-expired',
      ]),
    )
  },
  LONG_MS,
)

test(
  'ST-1 the same seed plays the same days, step by step',
  async () => {
    const [once, again, other] = [
      await simulate({ seed: 'twin', days: 2 }),
      await simulate({ seed: 'twin', days: 2 }),
      await simulate({ seed: 'stranger', days: 1 }),
    ]
    expect(again).toEqual(once)
    expect(other.traceHash).not.toBe(once.traceHash)
  },
  LONG_MS,
)

for (const { seed, days, rule, found } of FAILED_SEEDS)
  test(
    `ST-1 LG-21 seed ${seed} once broke ${rule}: ${found}`,
    async () => {
      expect((await simulate({ seed, days })).violation).toBeNull()
    },
    LONG_MS,
  )

/** The book with something of it done otherwise. */
const changed = (change: (book: Book) => Partial<Book>): Plant => {
  return (book) => {
    const other: Partial<Record<string | symbol, unknown>> = change(book)
    return new Proxy(book, {
      get(target, name) {
        const value: unknown = other[name] ?? Reflect.get(target, name)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
  }
}

const isMenu = (answer: unknown): answer is Menu =>
  typeof answer === 'object' && answer !== null && 'weighing' in answer && 'dishes' in answer

const DEARER = new WeakMap<Menu, Menu>()

/** The same menu for the same menu, as the counter expects it. */
function dearer(menu: Menu): Menu {
  const dishes = menu.dishes.map((dish) =>
    dish.pricing.kind === 'weight' ? dish : { ...dish, pricing: { ...dish.pricing, priceFen: fen(777) } },
  )
  const other = DEARER.get(menu) ?? { ...menu, dishes }
  DEARER.set(menu, other)
  return other
}

const withoutFunders = (reversed: Reversal): Reversal => ({
  ...reversed,
  priceFen: fen(reversed.priceFen - reversed.subsidyFen),
  subsidyFen: fen(0),
  funders: [],
})

const NOTHING_MUCH: JournalEvent = {
  kind: 'audit.noted',
  body: { act: 'receipt-printed', subject: null },
}

/** Each event on its way into the book, as `write` appends it. */
const appending = (change: (event: JournalEvent) => JournalEvent): Plant =>
  changed((book) => ({
    write: (work) => book.write((file, append) => work(file, (event, actor) => append(change(event), actor))),
  }))

const PLANTS: readonly (readonly [rule: string, defect: string, plant: Plant])[] = [
  [
    'LG-21',
    'says "settled" and writes nothing',
    changed(() => ({
      settle: ({ saleId }) => ({ kind: 'settled', saleId, balanceAfterFen: fen(0), entryHash: '' }),
    })),
  ],
  [
    'LG-21',
    'writes every tenth sale a second time, under another id',
    changed((book) => {
      let sales = 0
      return {
        settle(draft, actor) {
          const outcome = book.settle(draft, actor)
          sales += 1
          if (sales % 10 === 0 && draft.quote.subsidyFen === 0)
            book.settle({ ...draft, saleId: draft.saleId.replace(/.$/, 'x') }, actor)
          return outcome
        },
      }
    }),
  ],
  [
    'LG-4',
    'shows another balance than the wallet holds',
    changed((book) => ({
      settle(draft, actor) {
        const outcome = book.settle(draft, actor)
        return outcome.kind === 'settled' ? { ...outcome, balanceAfterFen: fen(1) } : outcome
      },
    })),
  ],
  ['CK-12', 'does not know what it sold before the restart', changed(() => ({ recentSales: () => [] }))],
  [
    'CK-5',
    'takes one card for another',
    changed((book) => ({
      lookUpCard: (uid, date) => book.lookUpCard(uid === '2C000A0003' ? '2C000A0004' : uid, date),
    })),
  ],
  [
    'PR-2',
    'sells at a price that no menu has',
    changed((book) => ({
      read(query) {
        const answer = book.read(query)
        return isMenu(answer) ? (dearer(answer) as typeof answer) : answer
      },
    })),
  ],
  [
    'LG-24',
    'takes a sale back and forgets its funders',
    appending((event) =>
      event.kind === 'sale.voided'
        ? { ...event, body: { ...event.body, reversed: withoutFunders(event.body.reversed) } }
        : event,
    ),
  ],
  [
    'LG-26',
    'closes the day with another count than was made',
    appending((event) =>
      event.kind === 'day.closed'
        ? { ...event, body: { ...event.body, countedFen: fen(event.body.countedFen + 1) } }
        : event,
    ),
  ],
  [
    'LG-33',
    'gives grants that end a day too early',
    appending((event) =>
      event.kind === 'grant.given'
        ? { ...event, body: { ...event.body, lastDay: event.body.lastDay.replace(/.$/, '0') } }
        : event,
    ),
  ],
  [
    'ME-6',
    'leaves the old card good when a new one is handed out',
    changed((book) => ({
      write: (work) =>
        book.write((file, append) => {
          let issued = false
          return work(file, (event, actor) => {
            const isSecond = issued && event.kind === 'card.reported-lost'
            issued ||= event.kind === 'card.issued'
            return append(isSecond ? NOTHING_MUCH : event, actor)
          })
        }),
    })),
  ],
]

/** Days in which what was planted comes to pass, where the usual ones do not have it. */
const SEED_OF: Readonly<Record<string, string>> = { 'ME-6': 'qingming' }

for (const [rule, defect, plant] of PLANTS)
  test(
    `LG-21 the auditor catches a book that ${defect}, which breaks ${rule}`,
    async () => {
      const { violation } = await simulate({ seed: SEED_OF[rule] ?? 'planted', days: 6, plant })
      expect(violation?.rule).toBe(rule)
    },
    LONG_MS,
  )

/** Says that a batch is written, every third time before it is. */
function forgetfulServer(database: Database): Database {
  let batches = 0
  return {
    ...database,
    async transaction<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
      const said: Result[] = []
      try {
        return await database.transaction(async (connection) => {
          const result = await work(connection)
          const isBatch = typeof result === 'object' && result !== null && 'seq' in result && 'hash' in result
          if (isBatch) batches += 1
          if (!isBatch || batches % 3 !== 0) return result
          said.push(result)
          throw new Error('nothing of it was written')
        })
      } catch (error) {
        const [result] = said
        if (result === undefined) throw error
        return result
      }
    },
  }
}

test('SY-3 the auditor catches a server that acknowledges before it has written', async () => {
  const { violation } = await simulate({ seed: 'planted', days: 6, plantServer: forgetfulServer })
  expect(violation?.rule).toBe('SY-3')
})

test('LG-21 the auditor catches a disk that says "flushed" and is not', async () => {
  const { violation } = await simulate({ seed: 'planted', days: 20, lyingDisk: true })
  expect(violation).toMatchObject({ rule: 'LG-21' })
})
