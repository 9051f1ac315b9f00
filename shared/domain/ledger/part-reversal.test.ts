import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { saleDraft } from '../../../tests/fixtures/books.ts'
import { seededRandom, type Random } from '../../../tests/fixtures/random.ts'
import { reversalOf, type Reversal, type SaleDraft, type SaleLine } from '../sale.ts'
import { fen, milligrams } from '../units.ts'
import {
  apportion,
  partOf,
  quantitiesLeft,
  restOf,
  type LinePart,
  type PartReversal,
} from './part-reversal.ts'
import { saleFault } from './sale-sums.ts'

const RUNS = 10_000

const words = { zh: '菜', en: 'Dish' }

function randomLine(random: Random, index: number): SaleLine {
  const common = { dishId: `d-${index}`, name: words, tags: [], priceVersion: 1 }
  if (random.chance(0.5)) {
    const [quantity, priceFen] = [random.integer(1, 4), fen(random.integer(0, 1_500))]
    return { kind: 'portion', ...common, quantity, priceFen, amountFen: fen(quantity * priceFen) }
  }
  const [weighed] = saleDraft().lines
  if (weighed?.kind !== 'weighed') throw new Error('the fixture weighs')
  return {
    ...weighed,
    ...common,
    netMg: milligrams(random.integer(1, 500) * 1000),
    amountFen: fen(random.integer(0, 3_000)),
  }
}

/** Any way to pay for a few lines: discount, benefits with several funders, wallet and cash, payments to the provider. */
function randomSale(random: Random): SaleDraft {
  const lines = Array.from({ length: random.integer(1, 4) }, (_, index) => randomLine(random, index))
  let leftFen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
  const priceFen = fen(leftFen)
  const take = () => {
    const taken = fen(random.chance(0.3) ? 0 : random.integer(0, leftFen))
    leftFen -= taken
    return taken
  }
  const discountFen = take()
  const benefits = Array.from({ length: random.integer(0, 3) }, (_, index) => {
    const funders = Array.from({ length: random.integer(1, 3) }, (_each, funder) => ({
      funderId: `f-${funder}`,
      amountFen: take(),
    }))
    const amountFen = fen(funders.reduce((sum, funder) => sum + funder.amountFen, 0))
    return { benefitId: `b-${index}`, amountFen, funders }
  })
  const subsidyFen = fen(benefits.reduce((sum, { amountFen }) => sum + amountFen, 0))
  const cashFen = take()
  const plain = saleDraft({ memberId: 'm-1' })
  return {
    ...plain,
    lines,
    quote: {
      ...plain.quote,
      priceFen,
      discountFen,
      subsidyFen,
      selfPayFen: fen(leftFen + cashFen),
      benefits,
      providerPayments: random.chance(0.3)
        ? [{ paymentId: 'p', funderId: 'f-0', amountFen: fen(random.integer(0, 300)) }]
        : [],
    },
    tender: { walletFen: fen(leftFen), cashFen },
  }
}

/** Some of what is left, chosen at random. */
function randomChoice(random: Random, left: readonly number[]): readonly LinePart[] {
  const open = [...left.entries()].filter(([, quantity]) => quantity > 0)
  return random
    .shuffled(open)
    .slice(0, random.integer(1, Math.max(1, open.length)))
    .map(([lineNo, quantity]) => ({ lineNo, quantity: random.integer(1, quantity) }))
}

const amountsOf = ({ priceFen, discountFen, subsidyFen, walletFen, cashFen, ...rest }: Reversal) => [
  priceFen,
  discountFen,
  subsidyFen,
  walletFen,
  cashFen,
  ...rest.funders.map(({ amountFen }) => amountFen),
  ...rest.providerPayments.map(({ amountFen }) => amountFen),
]

/** Cheaper than `expect`, which is called a million times here. */
function holds(condition: boolean, what: string): void {
  if (!condition) throw new Error(`does not hold: ${what}`)
}

function assertAddsUp(part: PartReversal): void {
  const { discountFen, subsidyFen, walletFen, cashFen, priceFen } = part
  holds(discountFen + subsidyFen + walletFen + cashFen === priceFen, 'the shares make the price')
  holds(sumOf(part.benefits) === subsidyFen, 'benefits make the subsidy')
  holds(sumOf(part.dishes) === priceFen, 'dishes make the price')
  holds(
    amountsOf(part).every((amount) => amount >= 0),
    'nothing is negative',
  )
}

const sumOf = (amounts: readonly { readonly amountFen: number }[]): number =>
  amounts.reduce((sum, { amountFen }) => sum + amountFen, 0)

/** Takes back part after part until the rest is chosen, and checks each against what was left before it. */
function playOut(sale: SaleDraft, random: Random): readonly PartReversal[] {
  const parts: PartReversal[] = []
  for (;;) {
    const left = restOf(sale, parts)
    const outcome = partOf(sale, parts, randomChoice(random, quantitiesLeft(sale, parts)))
    if (outcome.kind !== 'part') {
      holds(outcome.kind === 'rest', 'what is left may be chosen')
      return parts
    }
    const { part } = outcome
    assertAddsUp(part)
    const before = amountsOf(left)
    for (const [index, amount] of amountsOf(part).entries()) {
      const exact = ((before[index] ?? 0) * part.priceFen) / left.priceFen
      holds(amount <= (before[index] ?? 0), 'never more than is left')
      // The subsidy is the sum of its funders, each of which may be off by one.
      holds(index === 2 || Math.abs(amount - exact) < 1, 'in proportion to what is left')
    }
    parts.push(part)
  }
}

describe('taking back a sale in parts', () => {
  test(`LG-32 whatever is taken back in whatever order, together it is the sale to the fen: ${RUNS} sales`, () => {
    for (let seed = 0; seed < RUNS; seed++) {
      const random = seededRandom(`parts/${seed}`)
      const sale = randomSale(random)
      holds(saleFault(sale) === null, 'the sale adds up')
      const parts = playOut(sale, random)
      const rest = restOf(sale, parts)
      const total = [...parts, rest].reduce<number[]>(
        (sums, part) => amountsOf(part).map((amount, index) => amount + (sums[index] ?? 0)),
        [],
      )
      expect(total, `seed ${seed}`).toEqual(amountsOf(reversalOf(sale)))
      const dishes = [...parts, rest].flatMap((part) => part.dishes)
      for (const dish of reversalOf(sale).dishes) {
        const same = dishes.filter(({ dishId }) => dishId === dish.dishId)
        holds(same.reduce((sum, { quantity }) => sum + quantity, 0) === dish.quantity, 'quantities')
        holds(same.reduce((sum, { netMg }) => sum + netMg, 0) === dish.netMg, 'weights')
      }
    }
  })

  test('LG-32 more than is left, a line that is not there, the same line twice and nothing at all are refused', () => {
    const portion = { kind: 'portion', dishId: 'rice', name: words, tags: [], priceVersion: 1 } as const
    const plain = saleDraft({ priceFen: 1280 + 300 })
    const sale: SaleDraft = {
      ...plain,
      lines: [...saleDraft().lines, { ...portion, quantity: 3, priceFen: fen(100), amountFen: fen(300) }],
    }
    const one = partOf(sale, [], [{ lineNo: 1, quantity: 2 }])
    if (one.kind !== 'part') throw new Error('a part was expected')
    expect(one.part).toMatchObject({
      priceFen: 200,
      walletFen: 200,
      dishes: [{ dishId: 'rice', quantity: 2 }],
    })
    const refused: readonly (readonly LinePart[])[] = [
      [],
      [{ lineNo: 1, quantity: 2 }],
      [{ lineNo: 0, quantity: 2 }],
      [{ lineNo: 2, quantity: 1 }],
      [{ lineNo: -1, quantity: 1 }],
      [{ lineNo: 1, quantity: 0 }],
      [{ lineNo: 1, quantity: 0.5 }],
      [
        { lineNo: 0, quantity: 1 },
        { lineNo: 0, quantity: 1 },
      ],
    ]
    for (const lines of refused) expect(partOf(sale, [one.part], lines)).toEqual({ kind: 'not-left' })
    const all = [
      { lineNo: 0, quantity: 1 },
      { lineNo: 1, quantity: 1 },
    ]
    expect(partOf(sale, [one.part], all)).toEqual({ kind: 'rest' })
  })

  test('LG-32 the fen that cannot be split go to the largest remainders, of equal ones to the earlier', () => {
    expect(apportion(1, [1, 1, 1])).toEqual([1, 0, 0])
    expect(apportion(2, [1, 1, 1])).toEqual([1, 1, 0])
    expect(apportion(5, [3, 3, 1])).toEqual([2, 2, 1])
    expect(apportion(0, [0, 0])).toEqual([0, 0])
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1 }),
        fc.nat(),
        (weights, some) => {
          const total = weights.reduce((sum, weight) => sum + weight, 0)
          const amount = total === 0 ? 0 : some % (total + 1)
          const shares = apportion(amount, weights)
          return (
            shares.reduce((sum, share) => sum + share, 0) === amount &&
            shares.every((share, index) => share >= 0 && share <= (weights[index] ?? 0))
          )
        },
      ),
    )
  })
})
