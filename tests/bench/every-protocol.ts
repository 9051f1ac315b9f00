import { setImmediate } from 'node:timers/promises'
import { LF } from '../../electron/station/devices/protocols/bytes.ts'
import { Framer } from '../../electron/station/devices/protocols/framer.ts'
import { isScale, SCALE_PROTOCOLS } from '../../electron/station/devices/protocols/index.ts'
import type { Grammar } from '../../electron/station/devices/protocols/grammar.ts'
import { ScaleReadings } from '../../electron/station/devices/scale-readings.ts'
import vectorFile from '../fixtures/vectors.json' with { type: 'json' }
import { COUNTER_SCALE } from '../fixtures/scale-profile.ts'
import { median, type Measurement } from './measurement.ts'

const LIMIT_FIXED = 1_000_000
const LIMIT_LINES = 300_000
const FRAMES_IN_STREAM = 50_000
const BYTES_PER_READ = 4096
const RUNS = 5

const vectors: readonly { protocol: string; hex?: string; expect: { kind?: string } }[] = vectorFile

const framesIn = (grammar: Grammar, bytes: Uint8Array): number => {
  const framer = new Framer(grammar, () => undefined)
  framer.push(bytes)
  framer.end()
  return framer.counters.frames
}

/** A weight of this protocol, from its sample frames. */
function sampleOf(name: string, grammar: Grammar): Uint8Array | undefined {
  const frames = vectors
    .filter(
      ({ protocol, expect }) => protocol === name && (expect.kind === 'weight' || expect.kind === 'modbus'),
    )
    .map(({ hex = '' }) => Uint8Array.from(Buffer.from(hex, 'hex')))
  return frames.find((frame) => framesIn(grammar, frame) > 0)
}

/** @throws Error when a frame of the stream is lost. */
function framesPerSecond(name: keyof typeof SCALE_PROTOCOLS, stream: Uint8Array, frameBytes: number): number {
  const protocol = SCALE_PROTOCOLS[name]
  const output = { reading: () => undefined, refused: () => undefined }
  const scale = new ScaleReadings(protocol, { profile: COUNTER_SCALE, unit: protocol.usualUnit }, output)
  const before = process.cpuUsage()
  for (let at = 0; at < stream.length; at += BYTES_PER_READ)
    scale.take(stream.subarray(at, at + BYTES_PER_READ), at / frameBytes)
  const { user, system } = process.cpuUsage(before)
  const seconds = (user + system) / 1_000_000
  const { frames } = scale.counters
  // The last one may wait for what follows it.
  if (frames < FRAMES_IN_STREAM - 1) throw new Error(`${name}: ${frames} frames read of ${FRAMES_IN_STREAM}`)
  return frames / seconds
}

const atLeast = (name: string, value: number, limit: number): Measurement => ({
  name,
  value: Math.round(value),
  unit: 'frames/s',
  limit,
  ok: value >= limit,
})

/**
 * Frames per second of one core's own time (whatever else runs on the machine) of every scale protocol, from bytes as a port delivers them to readings: the slowest of
 * those with frames of fixed form, and of those that speak in lines.
 */
export async function slowestProtocols(say: (line: string) => void): Promise<Measurement[]> {
  const slowest = { fixed: Number.POSITIVE_INFINITY, lines: Number.POSITIVE_INFINITY }
  for (const name of Object.keys(SCALE_PROTOCOLS).filter(isScale)) {
    const sample = sampleOf(name, SCALE_PROTOCOLS[name].grammar)
    if (sample === undefined) {
      say(`${name}: no sample frame of its own, not measured`)
      continue
    }
    const stream = Uint8Array.from(Buffer.concat(Array.from({ length: FRAMES_IN_STREAM }, () => sample)))
    const runs: number[] = []
    for (let run = 0; run < RUNS; run += 1) {
      runs.push(framesPerSecond(name, stream, sample.length))
      // Others may run between two measurements, not inside one.
      await setImmediate()
    }
    const value = median(runs)
    const kind = sample.includes(LF) ? 'lines' : 'fixed'
    say(`${name}: ${Math.round(value).toLocaleString('en')} frames/s (${kind})`)
    slowest[kind] = Math.min(slowest[kind], value)
  }
  return [
    atLeast('frames-per-second-fixed', slowest.fixed, LIMIT_FIXED),
    atLeast('frames-per-second-lines', slowest.lines, LIMIT_LINES),
  ]
}
