import { setImmediate } from 'node:timers/promises'
import { milligrams } from '../../shared/domain/units.ts'
import { yaohuaStx12 } from '../../electron/station/devices/protocols/scales/yaohua-stx12.ts'
import { ScaleReadings } from '../../electron/station/devices/scale-readings.ts'
import { seededRandom, type Random } from '../fixtures/random.ts'
import { yaohuaFrame } from '../../electron/trial/wires/frames.ts'

const LIMIT_FRAMES_PER_SECOND = 1_000_000
const RUNS = 7
const FRAMES_IN_STREAM = 300_000
const PASSES_PER_RUN = 5
/** What one read of a terminal returns at most; no multiple of twelve, so frames lie across the seams. */
const BYTES_PER_READ = 4096
/** One frame in this many has a wrong check digit, and one is followed by line noise. */
const ONE_IN = 500

const PROFILE = {
  scaleId: 'bench',
  maxMg: milligrams(15_000_000),
  minMg: milligrams(100_000),
  divisionMg: milligrams(5_000),
  verifiedUntil: '2099-12-31',
}

/** A lunch as a scale sees it: plates come, swing, lie still and leave; now and then a bad byte. */
function lunchStream(random: Random, frames: number): { readonly bytes: Uint8Array; readonly good: number } {
  const parts: Uint8Array[] = []
  let good = 0
  let restingGrams = 0
  for (let index = 0; index < frames; index += 1) {
    if (random.chance(0.01)) restingGrams = random.chance(0.5) ? 0 : random.integer(20, 3000) * 5
    const swing = random.chance(0.2) ? random.integer(-8, 8) * 5 : 0
    const frame = yaohuaFrame(restingGrams + swing, 3)
    if (random.integer(1, ONE_IN) === 1) frame[10] = frame[10] === 0x30 ? 0x31 : 0x30
    else good += 1
    parts.push(frame)
    if (random.integer(1, ONE_IN) === 1) parts.push(random.bytes(random.integer(1, 9)))
  }
  return { bytes: Uint8Array.from(Buffer.concat(parts)), good }
}

interface Run {
  readonly framesPerSecond: number
  readonly frames: number
}

/** Pushes the whole stream through framer, stability and readings, as the station does with what a port delivers. */
function oneRun(stream: Uint8Array): Run {
  let weightSum = 0
  let readings = 0
  const scale = new ScaleReadings(
    yaohuaStx12,
    { profile: PROFILE, unit: 'kg' },
    {
      reading: (reading) => {
        readings += 1
        if ('weightMg' in reading) weightSum += reading.weightMg
      },
      refused: () => undefined,
    },
  )
  const started = performance.now()
  for (let pass = 0; pass < PASSES_PER_RUN; pass += 1)
    for (let at = 0; at < stream.length; at += BYTES_PER_READ)
      scale.take(stream.subarray(at, at + BYTES_PER_READ), ((pass * stream.length + at) / 12) * 12.5)
  const seconds = (performance.now() - started) / 1000
  const { frames } = scale.counters
  if (weightSum <= 0 || readings < stream.length / BYTES_PER_READ)
    throw new Error('the run delivered no readings')
  return { framesPerSecond: frames / seconds, frames }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

/**
 * Yaohua frames per second on one core, from bytes as a port delivers them to readings: median of several runs.
 *
 * @throws Error when a run loses a good frame or lets a bad one through.
 */
export async function measureFramesPerSecond(): Promise<{
  name: 'frames-per-second'
  value: number
  unit: 'frames/s'
  limit: 1000000
  ok: boolean
}> {
  const { bytes, good } = lunchStream(seededRandom('frames'), FRAMES_IN_STREAM)
  const runs: Run[] = []
  for (let index = 0; index < RUNS; index += 1) {
    runs.push(oneRun(bytes))
    // Others may run between two measurements, not inside one.
    await setImmediate()
  }
  for (const run of runs)
    if (run.frames !== good * PASSES_PER_RUN)
      throw new Error(`${run.frames} frames read of ${good * PASSES_PER_RUN} good ones`)
  const value = Math.round(median(runs.map((run) => run.framesPerSecond)))
  return {
    name: 'frames-per-second',
    value,
    unit: 'frames/s',
    limit: LIMIT_FRAMES_PER_SECOND,
    ok: value >= LIMIT_FRAMES_PER_SECOND,
  }
}
