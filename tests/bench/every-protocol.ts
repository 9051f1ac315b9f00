import { setImmediate } from 'node:timers/promises'
import { LF } from '../../electron/station/devices/protocols/bytes.ts'
import { Framer } from '../../electron/station/devices/protocols/framer.ts'
import { cardsOf } from '../../electron/station/devices/protocols/card-frames.ts'
import {
  isReader,
  isScale,
  READER_PROTOCOLS,
  SCALE_PROTOCOLS,
  type ReaderProtocolName,
  type ScaleProtocolName,
} from '../../electron/station/devices/protocols/index.ts'
import type { Grammar } from '../../electron/station/devices/protocols/grammar.ts'
import { ScaleReadings } from '../../electron/station/devices/scale-readings.ts'
import vectorFile from '../fixtures/vectors.json' with { type: 'json' }
import { COUNTER_SCALE } from '../fixtures/scale-profile.ts'
import { median, type Measurement } from './measurement.ts'

const LIMIT_FIXED = 1_000_000
const LIMIT_LINES = 300_000
const LIMIT_READERS = 100_000
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

/** A weight or a card of this protocol, from its sample frames. */
function sampleOf(name: string, grammar: Grammar): Uint8Array | undefined {
  const frames = vectors
    .filter(
      ({ protocol, expect }) => protocol === name && ['weight', 'modbus', 'card'].includes(expect.kind ?? ''),
    )
    .map(({ hex = '' }) => Uint8Array.from(Buffer.from(hex, 'hex')))
  return frames.find((frame) => framesIn(grammar, frame) > 0)
}

/** What is done with the bytes that a port delivers; how many frames it came to. */
interface Listener {
  take(bytes: Uint8Array, atMs: number): void
  frames(): number
}

function scaleOf(name: ScaleProtocolName): Listener {
  const protocol = SCALE_PROTOCOLS[name]
  const output = { reading: () => undefined, refused: () => undefined }
  const scale = new ScaleReadings(protocol, { profile: COUNTER_SCALE, unit: protocol.usualUnit }, output)
  return { take: (bytes, atMs) => scale.take(bytes, atMs), frames: () => scale.counters.frames }
}

function readerOf(name: ReaderProtocolName): Listener {
  let cards = 0
  const framer = new Framer(READER_PROTOCOLS[name].grammar, (said) => {
    cards += cardsOf(said).length
  })
  return { take: (bytes) => framer.push(bytes), frames: () => cards }
}

/** @throws Error when a frame of the stream is lost. */
function framesPerSecond(name: string, listener: Listener, stream: Uint8Array, frameBytes: number): number {
  const before = process.cpuUsage()
  for (let at = 0; at < stream.length; at += BYTES_PER_READ)
    listener.take(stream.subarray(at, at + BYTES_PER_READ), at / frameBytes)
  const { user, system } = process.cpuUsage(before)
  const seconds = (user + system) / 1_000_000
  const frames = listener.frames()
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

/** The median of a few runs. */
async function measured(name: string, listen: () => Listener, sample: Uint8Array): Promise<number> {
  const stream = Uint8Array.from(Buffer.concat(Array.from({ length: FRAMES_IN_STREAM }, () => sample)))
  const runs: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    runs.push(framesPerSecond(name, listen(), stream, sample.length))
    // Others may run between two measurements, not inside one.
    await setImmediate()
  }
  return median(runs)
}

/**
 * Frames per second of one core's own time (whatever else runs on the machine) of every protocol, from bytes as a port
 * delivers them to readings or cards: the slowest scale of those with frames of fixed form, of those that speak in lines,
 * and the slowest reader.
 */
export async function slowestProtocols(say: (line: string) => void): Promise<Measurement[]> {
  const slowest = { fixed: Infinity, lines: Infinity, reader: Infinity }
  const take = async (
    name: string,
    grammar: Grammar,
    listen: () => Listener,
    kindOf: (sample: Uint8Array) => keyof typeof slowest,
  ): Promise<void> => {
    const sample = sampleOf(name, grammar)
    if (sample === undefined) {
      say(`${name}: no sample frame of its own, not measured`)
      return
    }
    const value = await measured(name, listen, sample)
    const kind = kindOf(sample)
    say(`${name}: ${Math.round(value).toLocaleString('en')} frames/s (${kind})`)
    slowest[kind] = Math.min(slowest[kind], value)
  }
  for (const name of Object.keys(SCALE_PROTOCOLS).filter(isScale))
    await take(
      name,
      SCALE_PROTOCOLS[name].grammar,
      () => scaleOf(name),
      (sample) => (sample.includes(LF) ? 'lines' : 'fixed'),
    )
  for (const name of Object.keys(READER_PROTOCOLS).filter(isReader))
    await take(
      name,
      READER_PROTOCOLS[name].grammar,
      () => readerOf(name),
      () => 'reader',
    )
  return [
    atLeast('frames-per-second-fixed', slowest.fixed, LIMIT_FIXED),
    atLeast('frames-per-second-lines', slowest.lines, LIMIT_LINES),
    atLeast('frames-per-second-readers', slowest.reader, LIMIT_READERS),
  ]
}
