import { html } from 'hono/html'
import type { Database } from '../database/database.ts'
import { alarmsOf } from '../totals/card-taps.ts'
import { count, moment, money, table, yuan, type Cell, type Html } from './layout.ts'
import type { Drawn, Viewer } from './pages.ts'
import {
  canteensOf,
  DAYS,
  daysOf,
  forksOf,
  fundersOf,
  quarantineOf,
  stationsOf,
  waitingOf,
  type DayRow,
  type FunderRow,
  type StationRow,
} from './queries.ts'
import type { PageWords } from './words.ts'

/** Days of each canteen on the first page. */
const NEWEST = 7

/** The first page: what must be looked at, then every canteen with its counters and newest days. */
export async function canteensPage(database: Database, viewer: Viewer): Promise<Drawn> {
  const { words, language } = viewer
  const canteens = await canteensOf(database)
  const stations = Map.groupBy(await stationsOf(database, null), ({ canteenId }) => canteenId)
  const sections: Html[] = []
  for (const { canteenId, name } of canteens) {
    const days = await daysTable(database, viewer, canteenId, null, NEWEST)
    sections.push(html`
      <section>
        <h2><a href="/canteens/${canteenId}?lang=${language}">${name}</a></h2>
        ${stationsTable(words, stations.get(canteenId) ?? [])} ${days.table}
      </section>
    `)
  }
  const body = html`
    <p>${words.subtitle}</p>
    ${await troubles(database, words)} ${canteens.length === 0 ? html`<p>${words.noCanteens}</p>` : sections}
  `
  return { title: words.title, body }
}

/** One canteen: its counters and its days, a page of them at a time. Null when there is none of that id. */
export async function canteenPage(
  database: Database,
  viewer: Viewer,
  canteenId: string,
  before: string | null,
): Promise<Drawn | null> {
  const { words, language } = viewer
  const canteen = (await canteensOf(database)).find((each) => each.canteenId === canteenId)
  if (canteen === undefined) return null
  const stations = await stationsOf(database, canteenId)
  const days = await daysTable(database, viewer, canteenId, before, DAYS)
  const here = `/canteens/${canteenId}?lang=${language}`
  const body = html`
    <section>
      <h2>${words.stations}</h2>
      ${stationsTable(words, stations)}
    </section>
    <section>
      <h2>${words.days}</h2>
      ${days.table}
      <p>
        ${before === null ? '' : html`<a href="${here}">${words.newestDays}</a>`}
        ${
          days.earlierThan === null
            ? ''
            : html`<a href="${here}&before=${days.earlierThan}">${words.earlierDays}</a>`
        }
      </p>
    </section>
  `
  return { title: canteen.name, body }
}

function stationsTable(words: PageWords, stations: readonly StationRow[]): Html {
  if (stations.length === 0) return html`<p>${words.noStations}</p>`
  return table(
    [[words.station], [words.lastContact], [words.entriesHeld, 'number']],
    stations.map(({ stationId, lastContactMs, entries }) => [
      { text: stationId },
      { text: moment(lastContactMs) },
      count(entries),
    ]),
  )
}

async function daysTable(
  database: Database,
  viewer: Viewer,
  canteenId: string,
  before: string | null,
  limit: number,
): Promise<{ readonly table: Html; readonly earlierThan: string | null }> {
  const { words } = viewer
  const found = await daysOf(database, canteenId, before)
  const days = found.slice(0, limit)
  const [newest, oldest] = [days[0], days.at(-1)]
  if (newest === undefined || oldest === undefined)
    return { table: html`<p>${words.noDays}</p>`, earlierThan: null }
  const funders = Map.groupBy(
    await fundersOf(database, canteenId, oldest.businessDate, newest.businessDate),
    ({ businessDate }) => businessDate,
  )
  const heads = [
    [words.day],
    [words.meals, 'number'],
    [words.price, 'number'],
    [words.subsidy, 'number'],
    [words.wallet, 'number'],
    [words.cash, 'number'],
    [words.voids, 'number'],
    [words.net, 'number'],
    [words.close],
    [words.received],
  ] as const
  const rows = days.map((day) => dayCells(viewer, canteenId, day, funders.get(day.businessDate) ?? []))
  return { table: table(heads, rows), earlierThan: found.length === DAYS ? oldest.businessDate : null }
}

function dayCells(
  { words, language }: Viewer,
  canteenId: string,
  day: DayRow,
  funders: readonly FunderRow[],
): readonly Cell[] {
  const { businessDate } = day
  const names = funders.map(({ funderId, amountFen }) => html`<br />${funderId} ${yuan(amountFen)}`)
  const subsidy = html`${yuan(day.subsidyFen)}${names}`
  return [
    {
      text: html`<a href="/canteens/${canteenId}/days/${businessDate}?lang=${language}">${businessDate}</a>`,
    },
    count(day.meals),
    money(day.priceFen),
    { text: subsidy, as: 'number' },
    money(day.walletFen),
    money(day.cashFen),
    { text: `${day.voidedMeals} · ${yuan(day.voidedPriceFen)}`, as: 'number' },
    money(day.priceFen - day.voidedPriceFen),
    closeCell(words, day),
    { text: moment(day.lastReceivedMs) },
  ]
}

function closeCell(words: PageWords, { closes, stations }: DayRow): Cell {
  if (closes >= stations) return { text: words.closed }
  return { text: closes === 0 ? words.notClosed : words.partlyClosed, as: 'warning' }
}

/** Forks, nonsense and what waits for an upgrade; nothing when there is nothing. */
async function troubles(database: Database, words: PageWords): Promise<Html | string> {
  const forks = await forksOf(database)
  const quarantine = await quarantineOf(database)
  const waiting = await waitingOf(database)
  const alarms = await alarmsOf(database, null)
  if (forks.length + quarantine.length + waiting.length + alarms.length === 0) return ''
  return html`<section class="warn">
    <h2>${words.trouble}</h2>
    ${forks.length === 0 ? '' : forksTable(words, forks)}
    ${alarms.length === 0 ? '' : alarmsTable(words, alarms)}
    ${quarantine.length === 0 ? '' : quarantineTable(words, quarantine)}
    ${waiting.length === 0 ? '' : waitingTable(words, waiting)}
  </section>`
}

const shortHash = (hash: string): Cell => ({ text: html`<code>${hash.slice(0, 16)}…</code>` })

function forksTable(words: PageWords, forks: Awaited<ReturnType<typeof forksOf>>): Html {
  return html`<h3>${words.forks}</h3>
    ${table(
      [
        [words.canteens],
        [words.origin],
        [words.number, 'number'],
        [words.heldHash],
        [words.offeredHash],
        [words.times, 'number'],
        [words.lastSeen],
      ],
      forks.map(({ name, origin, seq, heldHash, offeredHash, times, lastSeenMs }) => [
        { text: name },
        { text: origin },
        count(seq),
        shortHash(heldHash),
        shortHash(offeredHash),
        count(times),
        { text: moment(lastSeenMs) },
      ]),
    )}`
}

function alarmsTable(words: PageWords, alarms: Awaited<ReturnType<typeof alarmsOf>>): Html {
  return html`<h3>${words.cardAlarms}</h3>
    ${table(
      [[words.card], [words.place], [words.time], [words.place], [words.time]],
      alarms.map((alarm) => [
        { text: alarm.uid },
        { text: `${alarm.oneCanteenName} · ${alarm.oneStation}` },
        { text: moment(alarm.oneAtMs) },
        { text: `${alarm.otherCanteenName} · ${alarm.otherStation}` },
        { text: moment(alarm.otherAtMs) },
      ]),
    )}`
}

function quarantineTable(words: PageWords, rows: Awaited<ReturnType<typeof quarantineOf>>): Html {
  return html`<h3>${words.quarantine}</h3>
    ${table(
      [[words.canteens], [words.origin], [words.number, 'number'], [words.kind], [words.reason]],
      rows.map(({ name, origin, seq, kind, reason }) => [
        { text: name },
        { text: origin },
        count(seq),
        { text: kind },
        { text: reason, as: 'long' },
      ]),
    )}`
}

function waitingTable(words: PageWords, rows: Awaited<ReturnType<typeof waitingOf>>): Html {
  return html`<h3>${words.waiting}</h3>
    ${table(
      [[words.kind], [words.count, 'number']],
      rows.map(({ kind, version, count: entries }) => [{ text: `${kind} ${version}` }, count(entries)]),
    )}`
}
