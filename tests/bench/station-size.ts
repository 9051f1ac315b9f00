import { readFileSync } from 'node:fs'
import { writeCanteenFile } from '../fixtures/canteen-file.ts'
import { startStation, STATION_BUILD } from '../fixtures/running-station.ts'
import { BENCH_STATION, copyOf, LAST_SEEDED_DATE, sampleBook } from './books.ts'
import { atMost, median, quantile, type Measurement } from './measurement.ts'

const LARGE_BOOK = 1_000_000
const STARTS = 5
const DAY_MS = 86_400_000
const SEEDED_DAYS = LARGE_BOOK / 400

/** The built station over a book of a million sales: how soon it answers, how much memory it holds, a day's totals. */
export async function stationSize(say: (line: string) => void): Promise<Measurement[]> {
  const folder = copyOf(sampleBook(LARGE_BOOK, say), 'size')
  writeCanteenFile(folder, {
    stationId: BENCH_STATION,
    scalePath: `${folder}/no-scale`,
    readerPath: `${folder}/no-reader`,
  })
  const starts: number[] = []
  const reports: number[] = []
  let residentMb = 0
  for (let run = 0; run < STARTS; run += 1) {
    const station = await startStation(folder, STATION_BUILD)
    starts.push(station.startMs)
    // The first call of a connection pays for the connection.
    await station.client.station.health()
    for (let asked = 0; asked < 40; asked += 1) reports.push(await reportMs(station.client, run * 40 + asked))
    await station.client.sales.recent({ limit: 10 })
    residentMb = Math.max(residentMb, peakMegabytes(station.life.pid))
    await station.stop()
  }
  return [
    atMost('station-start-ms', median(starts), 'ms', 1000),
    atMost('station-rss-mb', residentMb, 'MiB', 150),
    atMost('day-report-ms', quantile(reports, 0.99), 'ms', 50),
  ]
}

/** Asks for another day each time, spread over the whole book, through the contract. */
async function reportMs(
  client: Awaited<ReturnType<typeof startStation>>['client'],
  index: number,
): Promise<number> {
  const day = (index * 997) % SEEDED_DAYS
  const businessDate = new Date(Date.parse(LAST_SEEDED_DATE) - day * DAY_MS).toISOString().slice(0, 10)
  const startMs = performance.now()
  const totals = await client.sales.dayTotals({ businessDate })
  const took = performance.now() - startMs
  if (totals.meals === 0) throw new Error(`no meals on ${businessDate}`)
  return took
}

/** The most memory the process ever held. */
function peakMegabytes(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(status)?.[1]
  if (kilobytes === undefined) throw new Error('the system does not tell how much memory a process holds')
  return Number(kilobytes) / 1024
}
