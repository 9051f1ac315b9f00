import { BenchCounter } from './bench-counter.ts'
import { BENCH_STATION, copyOf, sampleBook } from './books.ts'
import { atMost, median, quantile, type Measurement } from './measurement.ts'
import { BareWriter } from './same-rows.ts'

const SMALL_BOOK = 10_000
const LARGE_BOOK = 1_000_000
const ROUNDS = 3_000
const WARM_UP = 100
/** As often as a counter is idle between two seniors. */
const SALES_PER_IDLE = 20

/** Settlement against a bare transaction of the same rows, in turns, so that a slow moment of the machine hits both. */
export function settleAgainstBare(say: (line: string) => void): Measurement[] {
  const counter = new BenchCounter(SMALL_BOOK, 'settle', say)
  const bare = new BareWriter(counter.folder, copyOf(sampleBook(SMALL_BOOK, say), 'bare'))
  const settled: number[] = []
  const written: number[] = []
  let logGrowth = 0
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    const draft = counter.nextDraft()
    const before = counter.logBytes()
    const settleMs = counter.settle(draft)
    const grown = counter.logBytes() - before
    const bareMs = bare.write(bare.rowsOf(draft, BENCH_STATION))
    if (round >= WARM_UP) {
      settled.push(settleMs)
      written.push(bareMs)
      logGrowth = Math.max(logGrowth, grown)
    }
    if (round % SALES_PER_IDLE === 0) {
      counter.book.checkpoint()
      bare.checkpoint()
    }
  }
  bare.close()
  counter.book.close()
  say(`settle p50 ${median(settled).toFixed(3)} ms, bare p50 ${median(written).toFixed(3)} ms`)
  return [
    atMost('settle-vs-bare', median(settled) / median(written), 'ratio', 1.25),
    atMost('settle-wal-kb', logGrowth / 1024, 'KiB a sale', 80),
    atMost('settle-p999-ms', quantile(settled, 0.999), 'ms', 10),
  ]
}

/** The same settlement in a large and in a small book, in turns. */
export function settleFlat(say: (line: string) => void): Measurement[] {
  const small = new BenchCounter(SMALL_BOOK, 'flat-small', say)
  const large = new BenchCounter(LARGE_BOOK, 'flat-large', say)
  const inSmall: number[] = []
  const inLarge: number[] = []
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    const smallMs = small.settle(small.nextDraft())
    const largeMs = large.settle(large.nextDraft())
    if (round >= WARM_UP) {
      inSmall.push(smallMs)
      inLarge.push(largeMs)
    }
    if (round % SALES_PER_IDLE === 0) {
      small.book.checkpoint()
      large.book.checkpoint()
    }
  }
  small.book.close()
  large.book.close()
  return [atMost('settle-flat', median(inLarge) / median(inSmall), 'ratio', 1.2)]
}
