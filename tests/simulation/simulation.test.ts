import { expect, test } from 'vitest'
import type { Book } from '../../electron/station/book/book.ts'
import type { JournalBodies } from '../../shared/domain/journal/entry.ts'
import { fen } from '../../shared/domain/units.ts'
import { FAILED_SEEDS } from './failed-seeds.ts'
import type { Plant } from './machine.ts'
import { simulate } from './simulation.ts'

test('ST-1 LG-21 days with faults, through the real station: nothing lost, nothing twice', async () => {
  const seen = new Set<string>()
  for (const seed of ['11', '12', '13']) {
    const report = await simulate({ seed, days: 5 })
    expect(report.violation, `seed ${seed}`).toBeNull()
    expect(report.meals).toBeGreaterThan(150)
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
    ]),
  )
})

test('ST-1 the same seed plays the same days, step by step', async () => {
  const [once, again, other] = [
    await simulate({ seed: 'twin', days: 3 }),
    await simulate({ seed: 'twin', days: 3 }),
    await simulate({ seed: 'stranger', days: 3 }),
  ]
  expect(again).toEqual(once)
  expect(other.traceHash).not.toBe(once.traceHash)
})

for (const { seed, days, rule, found } of FAILED_SEEDS)
  test(`ST-1 LG-21 seed ${seed} once broke ${rule}: ${found}`, async () => {
    expect((await simulate({ seed, days })).violation).toBeNull()
  })

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
      append: (event, actor) =>
        book.append(event.kind === 'menu.published' ? { ...event, body: dearer(event.body) } : event, actor),
    })),
  ],
]

function dearer({ menu }: JournalBodies['menu.published']): JournalBodies['menu.published'] {
  const dishes = menu.dishes.map((dish) =>
    dish.pricing.kind === 'weight' ? dish : { ...dish, pricing: { ...dish.pricing, priceFen: fen(777) } },
  )
  return { menu: { ...menu, dishes } }
}

for (const [rule, defect, plant] of PLANTS)
  test(`LG-21 the auditor catches a book that ${defect}, which breaks ${rule}`, async () => {
    const { violation } = await simulate({ seed: 'planted', days: 6, plant })
    expect(violation?.rule).toBe(rule)
  })

test('LG-21 the auditor catches a disk that says "flushed" and is not', async () => {
  const { violation } = await simulate({ seed: 'planted', days: 20, lyingDisk: true })
  expect(violation).toMatchObject({ rule: 'LG-21' })
})
