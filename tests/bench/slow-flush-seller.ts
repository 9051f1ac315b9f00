import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { BenchCounter } from './bench-counter.ts'
import { median, timed } from './measurement.ts'

/** Runs with each flush slowed down: settlements and bare write+fsync rounds in turns; prints both medians as JSON. */
const ROUNDS = 150
/** What one sale appends to the log, about. */
const SALE_BYTES = 28 * 1024

const counter = new BenchCounter(10_000, 'slow-flush', () => undefined)
const floorFile = openSync(join(counter.folder, 'floor'), 'w')
const block = Buffer.alloc(SALE_BYTES, 7)
const settled: number[] = []
const floor: number[] = []
for (let round = 0; round < ROUNDS; round += 1) {
  settled.push(counter.settle(counter.nextDraft()))
  floor.push(
    timed(() => {
      writeSync(floorFile, block, 0, block.length, round * SALE_BYTES)
      fsyncSync(floorFile)
    }),
  )
}
closeSync(floorFile)
counter.book.close()
process.stdout.write(JSON.stringify({ settleMs: median(settled), floorMs: median(floor) }))
