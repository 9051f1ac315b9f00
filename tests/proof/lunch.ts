import { priceByWeight } from '../../shared/domain/pricing.ts'
import type { MealPeriod } from '../../shared/domain/menu.ts'
import type { PolicyPack, Quote } from '../../shared/domain/policy/types.ts'
import { ROUND_HALF_UP_TO_FEN, shareOf } from '../../shared/domain/rounding.ts'
import type { CountedLine, SaleDraft, SaleLine, WeighedLine } from '../../shared/domain/sale.ts'
import {
  basisPoints,
  fen,
  fenPer500g,
  milligrams,
  sumFen,
  ZERO_FEN,
  type Fen,
} from '../../shared/domain/units.ts'
import type { Random } from '../fixtures/random.ts'

/** The same guests come again and again: their wallets fill, run low and are sometimes too small. */
export const MEMBER_COUNT = 24
export const memberIdOf = (number: number): string => `member-${String(number).padStart(2, '0')}`
export const cardUidOf = (number: number): string =>
  `0A0000${number.toString(16).toUpperCase().padStart(4, '0')}`

const SUBSIDY_RATE = basisPoints(2500)
const SUBSIDY_CAP_FEN = fen(300)
const CITY_RATE = basisPoints(6000)

function weighedLine(random: Random): WeighedLine {
  const price = { per: '500g', fen: fenPer500g(random.integer(900, 2600)) } as const
  const netMg = milligrams(random.integer(20, 160) * 5000)
  const tareMg = milligrams(180_000)
  return {
    kind: 'weighed',
    dishId: 'dish-buffet',
    name: { zh: '自选菜', en: 'Buffet' },
    tags: [],
    grossMg: milligrams(netMg + tareMg),
    tareMg,
    netMg,
    divisionMg: milligrams(5000),
    price,
    priceVersion: 1,
    amountFen: priceByWeight(netMg, price, ROUND_HALF_UP_TO_FEN),
    evidence: {
      rawHex: Buffer.from(random.bytes(12)).toString('hex'),
      scaleId: 'scale-1',
      verifiedUntil: '2027-12-31',
      plateId: 'plate-white',
    },
  }
}

function soupLine(random: Random): CountedLine {
  const quantity = random.integer(1, 2)
  return {
    kind: 'portion',
    dishId: 'dish-soup',
    name: { zh: '例汤', en: 'Soup of the day' },
    tags: ['soup'],
    quantity,
    priceFen: fen(200),
    priceVersion: 1,
    amountFen: fen(quantity * 200),
  }
}

function quoteOf(priceFen: Fen, subsidised: boolean): Quote {
  const share = shareOf(priceFen, SUBSIDY_RATE, ROUND_HALF_UP_TO_FEN)
  const subsidyFen = subsidised ? fen(Math.min(share, SUBSIDY_CAP_FEN)) : ZERO_FEN
  const cityFen = shareOf(subsidyFen, CITY_RATE, ROUND_HALF_UP_TO_FEN)
  const selfPayFen = fen(priceFen - subsidyFen)
  const funders = [
    { funderId: 'city', amountFen: cityFen },
    { funderId: 'district', amountFen: fen(subsidyFen - cityFen) },
  ]
  const words = { zh: '长者饭堂补贴 25%', en: 'Canteen subsidy 25 %' }
  return {
    packId: 'guangzhou-2025',
    packVersion: 1,
    priceFen,
    discountFen: ZERO_FEN,
    subsidyFen,
    selfPayFen,
    benefits: subsidised ? [{ benefitId: 'meal-quarter', amountFen: subsidyFen, funders }] : [],
    providerPayments: [],
    steps: [
      { kind: 'price', ruleId: 'price', words, changeFen: priceFen, afterFen: priceFen },
      { kind: 'benefit', ruleId: 'meal-quarter', words, changeFen: fen(-subsidyFen), afterFen: selfPayFen },
    ],
  }
}

/** When and with which key a meal is sold; each member eats at most once in a meal period. */
export interface Seat {
  readonly saleId: string
  readonly memberNumber: number | null
  readonly businessDate: string
  readonly mealPeriod: MealPeriod
}

/** One guest's meal: two thirds by wallet, the rest with some cash, guests without a card all in cash. */
export function mealFor(seat: Seat, random: Random): SaleDraft {
  const lines: SaleLine[] = [weighedLine(random)]
  if (random.chance(0.4)) lines.push(soupLine(random))
  const quote = quoteOf(sumFen(lines.map((line) => line.amountFen)), seat.memberNumber !== null)
  const cashFen =
    seat.memberNumber === null
      ? quote.selfPayFen
      : random.chance(0.66)
        ? ZERO_FEN
        : fen(random.integer(0, quote.selfPayFen))
  return {
    saleId: seat.saleId,
    memberId: seat.memberNumber === null ? null : memberIdOf(seat.memberNumber),
    cardUid: seat.memberNumber === null ? null : cardUidOf(seat.memberNumber),
    businessDate: seat.businessDate,
    mealPeriod: seat.mealPeriod,
    lines,
    quote,
    tender: { walletFen: fen(quote.selfPayFen - cashFen), cashFen },
    memberAge: seat.memberNumber === null ? null : 61 + seat.memberNumber,
  }
}

/** The pack behind the quotes above: once per meal, so that a second subsidised meal of the same period is refused. */
export const LUNCH_PACK: PolicyPack = {
  id: 'guangzhou-2025',
  version: 1,
  title: { zh: '长者饭堂补贴', en: 'Canteen subsidy' },
  source: 'shape of a city rule, for proofs',
  standing: 'news',
  effectiveFrom: '2025-01-01',
  effectiveTo: null,
  rounding: ROUND_HALF_UP_TO_FEN,
  steps: [
    {
      kind: 'benefits',
      combine: 'stack',
      benefits: [
        {
          id: 'meal-quarter',
          title: { zh: '每餐 25%', en: 'A quarter of each meal' },
          when: { age: { from: 60 } },
          amount: { percent: SUBSIDY_RATE, capFen: SUBSIDY_CAP_FEN },
          limits: [{ per: 'meal-period', count: 1, scope: 'here' }],
          funders: [
            { funderId: 'city', name: { zh: '市', en: 'City' }, share: { percent: CITY_RATE } },
            { funderId: 'district', name: { zh: '区', en: 'District' }, share: { remainder: true } },
          ],
        },
      ],
    },
  ],
}

const MEALS: readonly { readonly period: MealPeriod; readonly utcHour: number }[] = [
  { period: 'breakfast', utcHour: 23 },
  { period: 'lunch', utcHour: 4 },
  { period: 'dinner', utcHour: 9 },
]
const DAY_MS = 86_400_000
const FIRST_MIDNIGHT_MS = Date.UTC(2026, 2, 2)

/** One meal that is about to be sold, and when. */
export interface Sitting {
  readonly atMs: number
  readonly seat: Omit<Seat, 'saleId'>
}

/**
 * Meal after meal, day after day without end: every member once in a random order with guests between, and now and
 * then somebody who tries to eat twice.
 */
export function* sittings(random: Random, firstDay: number): Generator<Sitting, never> {
  for (let day = firstDay; ; day += 1)
    for (const { period, utcHour } of MEALS) {
      const businessDate = new Date(FIRST_MIDNIGHT_MS + day * DAY_MS).toISOString().slice(0, 10)
      // Breakfast in China is on the evening before, by the clock of London.
      const startMs = FIRST_MIDNIGHT_MS + day * DAY_MS + utcHour * 3_600_000 - (utcHour > 20 ? DAY_MS : 0)
      const queue = random.shuffled(Array.from({ length: MEMBER_COUNT + 6 }, (_, number) => number))
      for (const [place, number] of queue.entries()) {
        const memberNumber =
          number < MEMBER_COUNT ? number : number % 2 === 0 ? null : queue.indexOf(number) % 24
        yield { atMs: startMs + place * 20_000, seat: { memberNumber, businessDate, mealPeriod: period } }
      }
    }
}

/** UUIDv7 values that ascend, of a seeded stream. */
export function seededIds(random: Random, nowMs: () => number): { next(): string } {
  let newestMs = 0
  return {
    next() {
      newestMs = Math.max(newestMs + 1, nowMs())
      const time = newestMs.toString(16).padStart(12, '0')
      const rest = Buffer.from(random.bytes(10))
      rest[0] = 0x70 | ((rest[0] ?? 0) & 0x0f)
      rest[2] = 0x80 | ((rest[2] ?? 0) & 0x3f)
      const tail = rest.toString('hex')
      return `${time.slice(0, 8)}-${time.slice(8)}-${tail.slice(0, 4)}-${tail.slice(4, 8)}-${tail.slice(8)}`
    },
  }
}
