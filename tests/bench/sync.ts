import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { silentLog } from '../../electron/station/log.ts'
import { createSync, type Sync } from '../../electron/station/sync/sync.ts'
import { systemClock, systemIds, systemTimers } from '../../electron/station/system.ts'
import { trialConfig } from '../../electron/trial/config.ts'
import { fen } from '../../shared/domain/units.ts'
import { PostgresCluster } from '../fixtures/postgres.ts'
import { ServedCommunity } from '../fixtures/served-community.ts'
import { memoryFolder } from '../proof/memory-folder.ts'
import { BenchCounter } from './bench-counter.ts'
import { atMost, median, quantile, type Measurement } from './measurement.ts'

const BOOK = 10_000
const DAYS = 5
const SALES_A_DAY = 400
const TOP_UPS_A_DAY = 40
const AUDITS_A_DAY = 30
/** From one sale to the next: far less than people take, so that there are enough of them for a 99th percentile. */
const ASK_AFTER_MS = 5
const ROUNDS = 2
const QUIET_SALES = 1000
const SALES_PER_IDLE = 20

/**
 * Against the server as it is run, in a process of its own over a real PostgreSQL. A day is sent to one that flushes what it
 * acknowledges to this disk. While sales are timed it keeps its files in memory: a community's server flushes to its own disk
 * and not to the counter's, and with one disk for both the figure would tell how that disk shares itself out.
 */
export async function syncBench(say: (line: string) => void): Promise<Measurement[]> {
  const counter = new BenchCounter(BOOK, 'sync', say)
  try {
    return [
      await beside(dirname(memoryFolder('')), (community) => settleDuringSync(counter, community, say)),
      await beside(tmpdir(), (community) => syncDay(counter, community, say)),
    ]
  } finally {
    counter.book.close()
  }
}

async function beside<Result>(
  within: string,
  measure: (community: ServedCommunity) => Promise<Result>,
): Promise<Result> {
  const cluster = await PostgresCluster.start(within)
  const community = new ServedCommunity(await cluster.newDatabase())
  try {
    await community.start()
    return await measure(community)
  } finally {
    await community.stop()
    await cluster.stop()
  }
}

/** Enrolled at a canteen of its own, which holds nothing yet. */
async function enrolled(counter: BenchCounter, community: ServedCommunity, canteen: string): Promise<Sync> {
  // What was acknowledged in another canteen is another round's.
  for (const file of ['enrolment.json', 'sync.json', 'station.key'])
    rmSync(join(counter.folder, file), { force: true })
  const sync = createSync({
    book: counter.book,
    clock: systemClock,
    timers: systemTimers,
    log: silentLog,
    request: fetch,
    random: () => 0.5,
    config: trialConfig(null),
    dataFolder: counter.folder,
  })
  await sync.enrol(community.url, await community.code(canteen))
  return sync
}

async function sent(sync: Sync): Promise<number> {
  const startMs = performance.now()
  // What is sold meanwhile may be for the next time.
  const { entries } = sync.view.current
  const { trouble, troubleDetail, acknowledged } = await sync.now()
  if (trouble !== null || acknowledged < entries)
    throw new Error(`${acknowledged} of ${entries} sent: ${trouble} ${troubleDetail}`)
  return performance.now() - startMs
}

/** From "now" until the server has acknowledged a day: its sales, top-ups and what staff did. */
async function syncDay(
  counter: BenchCounter,
  community: ServedCommunity,
  say: (line: string) => void,
): Promise<Measurement> {
  const sync = await enrolled(counter, community, 'a day')
  await sent(sync)
  const days: number[] = []
  for (let day = 0; day < DAYS; day += 1) {
    sellADay(counter)
    days.push(await sent(sync))
  }
  await sync.close()
  say(`a day: ${days.map((ms) => Math.round(ms)).join(', ')} ms`)
  return atMost('sync-day-ms', median(days), 'ms', 1500)
}

function sellADay(counter: BenchCounter): void {
  const { book } = counter
  for (let sold = 0; sold < SALES_A_DAY; sold += 1) {
    const draft = counter.nextDraft()
    counter.settle(draft)
    if (sold < TOP_UPS_A_DAY && draft.memberId !== null)
      book.topUp(
        { topUpId: systemIds.next(), memberId: draft.memberId, amountFen: fen(5000), source: 'cash' },
        'bench',
      )
    if (sold < AUDITS_A_DAY)
      book.append({ kind: 'audit.noted', body: { act: 'signed-in', subject: null } }, 'bench')
    if (sold % SALES_PER_IDLE === 0) book.checkpoint()
  }
}

/**
 * How long a sale takes from being asked for in another thread until it is settled, while the whole book is sent from the
 * same process, against quiet, in turns.
 */
async function settleDuringSync(
  counter: BenchCounter,
  community: ServedCommunity,
  say: (line: string) => void,
): Promise<Measurement> {
  const warming = await enrolled(counter, community, 'warm-up')
  await sent(warming)
  await warming.close()
  const quiet: number[] = []
  const busy: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    await settled(counter, quiet, (count) => count >= QUIET_SALES)
    const sync = await enrolled(counter, community, `backlog ${round}`)
    let over = false
    const sending = sent(sync).finally(() => {
      over = true
    })
    const [took] = await Promise.all([sending, settled(counter, busy, () => over)])
    await sync.close()
    say(`backlog of ${counter.book.health().entries} entries in ${Math.round(took)} ms, ${busy.length} sales`)
  }
  say(
    `asked to settled, p50: quiet ${median(quiet).toFixed(2)} ms, during sync ${median(busy).toFixed(2)} ms`,
  )
  const [before, during] = [quantile(quiet, 0.99), quantile(busy, 0.99)]
  say(`asked to settled, p99: quiet ${before.toFixed(2)} ms, during sync ${during.toFixed(2)} ms`)
  return atMost('settle-during-sync', during / before, 'ratio', 1.5)
}

/** Settles what another thread asks for, one sale after the other, until it is enough. */
async function settled(
  counter: BenchCounter,
  into: number[],
  enough: (count: number) => boolean,
): Promise<void> {
  const asking = new Worker(ASKER, { eval: true, workerData: ASK_AFTER_MS })
  let count = 0
  await new Promise<void>((resolve, reject) => {
    asking.on('error', reject)
    asking.on('message', (askedNs: bigint) => {
      counter.settle(counter.nextDraft())
      into.push(Number(process.hrtime.bigint() - askedNs) / 1e6)
      count += 1
      if (count % SALES_PER_IDLE === 0) counter.book.checkpoint()
      if (enough(count)) resolve()
      else asking.postMessage('settled')
    })
  })
  await asking.terminate()
}

const ASKER = `
  const { parentPort, workerData } = require('node:worker_threads')
  const ask = () => parentPort.postMessage(process.hrtime.bigint())
  parentPort.on('message', () => setTimeout(ask, workerData))
  ask()
`
