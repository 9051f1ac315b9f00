import { html } from 'hono/html'
import type { Database } from '../database/database.ts'
import { count, money, table, yuan, type Cell, type Html } from './layout.ts'
import type { Drawn, Viewer } from './pages.ts'
import {
  canteensOf,
  closesOf,
  correctionsOf,
  fundersOf,
  periodsOf,
  refundsOf,
  topUpsOf,
  type CloseRow,
  type MealTotals,
} from './queries.ts'
import type { PageWords } from './words.ts'

/** One day of one canteen, by counter and meal. Null when nothing of it was received. */
export async function dayPage(
  database: Database,
  { words, language }: Viewer,
  canteenId: string,
  businessDate: string,
): Promise<Drawn | null> {
  const canteen = (await canteensOf(database)).find((each) => each.canteenId === canteenId)
  if (canteen === undefined) return null
  const closes = await closesOf(database, canteenId, businessDate)
  if (closes.length === 0) return null
  const funders = await fundersOf(database, canteenId, businessDate, businessDate)
  const body = html`
    <p><a href="/canteens/${canteenId}?lang=${language}">${canteen.name}</a></p>
    <section>
      <h2>${words.meals}</h2>
      ${mealsTable(words, await periodsOf(database, canteenId, businessDate))}
    </section>
    <section>
      <h2>${words.funders}</h2>
      ${table(
        [[words.funder], [words.given, 'number'], [words.takenBack, 'number'], [words.net, 'number']],
        funders.map(({ funderId, amountFen, voidedFen }) => [
          { text: funderId },
          money(amountFen),
          money(voidedFen),
          money(amountFen - voidedFen),
        ]),
      )}
    </section>
    <section>
      <h2>${words.topUps}</h2>
      ${table(
        [[words.source], [words.topUps, 'number'], [words.reversed, 'number'], [words.net, 'number']],
        (await topUpsOf(database, canteenId, businessDate)).map(({ source, amountFen, reversedFen }) => [
          { text: sourceName(words, source) },
          money(amountFen),
          money(reversedFen),
          money(amountFen - reversedFen),
        ]),
      )}
    </section>
    <section>
      <h2>${words.refunds}</h2>
      ${table(
        [[words.source], [words.times, 'number'], [words.refunds, 'number']],
        (await refundsOf(database, canteenId, businessDate)).map(({ method, times, amountFen }) => [
          { text: sourceName(words, method) },
          count(times),
          money(amountFen),
        ]),
      )}
    </section>
    <section>
      <h2>${words.corrections}</h2>
      ${table(
        [
          [words.times, 'number'],
          [words.added, 'number'],
          [words.taken, 'number'],
          [words.net, 'number'],
        ],
        (await correctionsOf(database, canteenId, businessDate)).map(({ times, addedFen, takenFen }) => [
          count(times),
          money(addedFen),
          money(takenFen),
          money(addedFen - takenFen),
        ]),
      )}
    </section>
    <section>
      <h2>${words.close}</h2>
      ${closesTable(words, closes)}
    </section>
  `
  return { title: `${canteen.name} · ${businessDate}`, body }
}

function sourceName(words: PageWords, source: string): string {
  const names: Readonly<Record<string, string>> = {
    cash: words.sourceCash,
    transfer: words.sourceTransfer,
    opening: words.sourceOpening,
  }
  return Object.hasOwn(names, source) ? (names[source] ?? source) : source
}

function periodName(words: PageWords, period: string): string {
  return period === 'breakfast' || period === 'lunch' || period === 'dinner' ? words[period] : period
}

type Sums = readonly [
  meals: number,
  price: number,
  discount: number,
  subsidy: number,
  wallet: number,
  cash: number,
]

const soldOf = (row: MealTotals): Sums => [
  row.meals,
  row.priceFen,
  row.discountFen,
  row.subsidyFen,
  row.walletFen,
  row.cashFen,
]
const voidedOf = (row: MealTotals): Sums => [
  row.voidedMeals,
  row.voidedPriceFen,
  row.voidedDiscountFen,
  row.voidedSubsidyFen,
  row.voidedWalletFen,
  row.voidedCashFen,
]

const sumCells = ([meals, ...amounts]: Sums): readonly Cell[] => [count(meals), ...amounts.map(money)]

function mealsTable(words: PageWords, rows: Awaited<ReturnType<typeof periodsOf>>): Html {
  const lines = rows.flatMap((row) => [
    { row, name: words.sold, sums: soldOf(row), sign: 1 },
    ...(row.voidedMeals === 0 ? [] : [{ row, name: words.voided, sums: voidedOf(row), sign: -1 }]),
  ])
  const net = [0, 0, 0, 0, 0, 0] as [number, number, number, number, number, number]
  for (const { sums, sign } of lines)
    for (const [index, amount] of sums.entries()) net[index] = (net[index] ?? 0) + sign * amount
  return table(
    [
      [words.station],
      [words.mealPeriod],
      [''],
      [words.meals, 'number'],
      [words.price, 'number'],
      [words.discount, 'number'],
      [words.subsidy, 'number'],
      [words.wallet, 'number'],
      [words.cash, 'number'],
    ],
    lines.map(({ row, name, sums }) => [
      { text: row.stationId },
      { text: periodName(words, row.mealPeriod) },
      { text: name },
      ...sumCells(sums),
    ]),
    [{ text: words.total }, { text: '' }, { text: words.net }, ...sumCells(net)],
  )
}

type Close = Awaited<ReturnType<typeof closesOf>>[number]

function closesTable(words: PageWords, closes: readonly Close[]): Html {
  return table(
    [
      [words.station],
      [words.entries, 'number'],
      [words.close],
      [words.expected, 'number'],
      [words.counted, 'number'],
      [words.difference, 'number'],
      [words.leftInDrawer, 'number'],
      [words.headHash],
    ],
    closes.map((close) => [
      { text: close.stationId },
      count(close.entries),
      ...(close.headHash === null ? notClosedCells(words) : closeCells(words, close)),
    ]),
  )
}

const notClosedCells = (words: PageWords): readonly Cell[] => [
  { text: words.notClosed, as: 'warning' },
  ...['', '', '', '', ''].map((text) => ({ text })),
]

function closeCells(words: PageWords, close: CloseRow): readonly Cell[] {
  const agrees = close.headHeld ? words.headHeld : words.headNotHeld
  return [
    { text: words.closed },
    money(close.expectedFen),
    money(close.countedFen),
    { text: yuan(close.countedFen - close.expectedFen), as: 'number' },
    money(close.floatFen),
    {
      text: html`<code>${close.headHash}</code><br />${words.number} ${close.headSeq}, ${agrees}`,
      as: close.headHeld ? 'long' : 'warning',
    },
  ]
}
