import { cpSync } from 'node:fs'
import type { Book } from '../../electron/station/book/book.ts'
import { silentLog } from '../../electron/station/log.ts'
import { createStation, type Station } from '../../electron/station/station.ts'
import { systemIds, systemTimers } from '../../electron/station/system.ts'
import { trialConfig } from '../../electron/trial/config.ts'
import { sampleSales } from '../../electron/trial/demo/sales.ts'
import { addDays } from '../../shared/domain/calendar.ts'
import { fen } from '../../shared/domain/units.ts'
import { MemoryBus } from '../fixtures/memory-bus.ts'
import { signedIn, type OfficeClient } from '../fixtures/signed-in.ts'
import {
  BENCH_STATION,
  crowdOf,
  keptBook,
  LAST_SEEDED_DATE,
  openBenchBook,
  sampleBook,
  samplePlan,
  SALES_PER_DAY,
} from './books.ts'
import { atMost, quantile, type Measurement } from './measurement.ts'

const SALES = 1_000_000
const MEMBERS = 50_000
const BATCH = 2_000
const ROUNDS = 60
const WARM_UP = 5
/** The day after the last of the sample book, which is closed: the office works while lunch is sold. */
const TODAY = addDays(LAST_SEEDED_DATE, 1)
const NOON_MS = Date.parse(`${TODAY}T12:00:00+08:00`)

const SURNAMES = Array.from('林陈黄郑王吴李张刘杨周徐孙马朱胡郭何高罗单仇曾欧吕')
const GIVEN = Array.from('秀英桂兰国强福生美珍德明志远建华丽娟淑芬玉梅永康长庚雅文海燕金宝春香庆荣')

/**
 * What the office asks for all day, through the contract over a real MessagePort, in a book of a million sales and 50,000
 * members: the figure is the slowest of them, each by its 95th percentile.
 */
export async function officeInteraction(say: (line: string) => void): Promise<Measurement[]> {
  const folder = officeBook(say)
  const book = openBenchBook(folder)
  const station = startOffice(book, folder)
  const window = await signedIn(station, 'admin')
  try {
    const { client } = window
    const startedMs = performance.now()
    await client.members.search({ text: 'lxy', limit: 20 })
    say(`every member can be found after ${Math.round(performance.now() - startedMs)} ms`)
    const slowest: number[] = []
    for (const [name, ask] of Object.entries(interactions(client))) {
      const samples = await rounds(ask)
      const p95 = quantile(samples, 0.95)
      say(`${name}: p50 ${quantile(samples, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`)
      slowest.push(p95)
    }
    return [atMost('office-interaction-ms', Math.max(...slowest), 'ms', 100)]
  } finally {
    window.close()
    await station.stop()
  }
}

/** A station without devices, at noon of the newest day; it takes no backup and knows no server. */
function startOffice(book: Book, folder: string): Station {
  const startedMs = performance.now()
  return createStation({
    clock: { nowMs: () => NOON_MS + Math.round(performance.now() - startedMs) },
    timers: systemTimers,
    ids: systemIds,
    log: silentLog,
    serialBus: new MemoryBus(),
    book,
    calendar: [],
    config: { ...trialConfig(null), stationId: BENCH_STATION },
    trial: false,
    version: 'bench',
    dataFolder: folder,
    printer: null,
    request: () => Promise.reject(new TypeError('this office has no network')),
    startBackup: null,
    random: () => 0.5,
  })
}

/** Each answers a wish of the person at the screen; all that one page asks for belongs to one of them. */
function interactions(client: OfficeClient): Record<string, (round: number) => Promise<unknown>> {
  const letters = ['l', 'lx', 'lxy', 'chen', 'zhgl', 'sh', 'q', 'wmz', 'ouy', 'zengy']
  const date = { businessDate: TODAY }
  return {
    'search by pinyin': (round) =>
      client.members.search({ text: letters[round % letters.length] ?? '', limit: 20 }),
    'search by name': (round) => client.members.search({ text: nameOf(round * 37), limit: 20 }),
    'search by phone': (round) => client.members.search({ text: phoneOf(round * 97).slice(-4), limit: 20 }),
    'a member with her account': async (round) => {
      const memberId = `sample-${String((round * 31) % 2_000).padStart(5, '0')}`
      const [member, account] = await Promise.all([
        client.members.get({ memberId }),
        client.members.movements({ memberId, days: 31 }),
      ])
      if (account.length === 0) throw new Error(`${member.memberId} has eaten nothing for a month`)
    },
    "today's sales": () => client.sales.list({ ...date, limit: 100, beforeSaleId: null }),
    "today's report": () => client.reports.day(date),
    'two months in a chart': () => client.reports.days({ from: addDays(TODAY, -61), to: TODAY }),
    "today's plan": () => client.menus.plan({ ...date, mealPeriod: 'lunch' }),
    'the dish library': () => client.menus.library(),
    'the drawer': () => client.day.state(),
  }
}

async function rounds(ask: (round: number) => Promise<unknown>): Promise<number[]> {
  const samples: number[] = []
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    const startMs = performance.now()
    await ask(round)
    if (round >= WARM_UP) samples.push(performance.now() - startMs)
  }
  return samples
}

const nameOf = (index: number): string =>
  (SURNAMES[index % SURNAMES.length] ?? '') +
  (GIVEN[(index * 7) % GIVEN.length] ?? '') +
  (GIVEN[(index * 13 + Math.floor(index / 500)) % GIVEN.length] ?? '')

const phoneOf = (index: number): string => `138${String((index * 7919) % 100_000_000).padStart(8, '0')}`

/** The sample book with 50,000 members: those who eat, under names of their own, and many more. */
const officeBook = (say: (line: string) => void): string =>
  keptBook('office', (folder) => {
    cpSync(sampleBook(SALES, say), folder, { recursive: true })
    const book = openBenchBook(folder)
    const eaters = crowdOf(book).map(({ memberId, bornOn }) => ({ memberId, bornOn }))
    const others = Array.from({ length: MEMBERS - eaters.length }, (_, index) => ({
      memberId: `other-${String(index).padStart(5, '0')}`,
      bornOn: `${1931 + (index % 36)}-0${1 + (index % 9)}-15`,
    }))
    const members = [...eaters, ...others]
    for (let from = 0; from < members.length; from += BATCH) {
      nameMembers(book, members.slice(from, from + BATCH), from)
      if (from % (BATCH * 5) === 0) say(`building an office: ${from} of ${members.length} members`)
    }
    beginToday(book)
    book.checkpoint()
    book.close()
  })

/** The sample book's last day is closed, its drawer empty as nobody paid in cash; then today's lunch is sold. */
function beginToday(book: Book): void {
  const { headSeq, headHash } = book.health()
  const counted = { expectedFen: fen(0), countedFen: fen(0), explanation: '', floatFen: fen(0) }
  const body = { closedDate: LAST_SEEDED_DATE, closedBy: 'bench', ...counted, headSeq, headHash }
  book.append({ kind: 'day.closed', businessDate: LAST_SEEDED_DATE, body }, 'bench')
  const plan = { ...samplePlan(book, crowdOf(book), SALES_PER_DAY), lastDate: TODAY }
  book.appendMany(sampleSales(plan), 'bench')
}

function nameMembers(
  book: Book,
  members: readonly { readonly memberId: string; readonly bornOn: string }[],
  from: number,
): void {
  const area = '35/3501/350102/350102001'
  book.write((file, append) => {
    for (const [at, { memberId, bornOn }] of members.entries()) {
      const index = from + at
      const fullName = nameOf(index)
      file.persons.put(memberId, {
        fullName,
        formOfAddress: `${fullName[0]}老师`,
        bornOn,
        phone: phoneOf(index),
      })
      const body = { memberId, categories: ['hukou-city'], householdArea: area, residenceArea: area }
      append({ kind: 'member.registered', body }, 'bench')
      const uid = `2C${index.toString(16).toUpperCase().padStart(8, '0')}`
      append({ kind: 'card.issued', body: { uid, memberId } }, 'bench')
    }
  })
}
