import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectorFile from '../../../../tests/fixtures/vectors.json' with { type: 'json' }
import { seededRandom } from '../../../../tests/fixtures/random.ts'
import { COUNTER_SCALE } from '../../../../tests/fixtures/scale-profile.ts'
import { ScaleReadings } from '../scale-readings.ts'
import { Framer } from './framer.ts'
import type { Grammar } from './grammar.ts'
import { ID_READER_PROTOCOLS, READER_PROTOCOLS, SCALE_PROTOCOLS } from './index.ts'
import { sscApdu } from './ssc-apdu.ts'

const RANDOM_BYTES = 100_000

const vectors: readonly { readonly protocol: string; readonly hex?: string }[] = vectorFile
const framesOf = (protocol: string): Uint8Array[] =>
  vectors
    .filter((vector) => vector.protocol === protocol && vector.hex !== undefined)
    .map(({ hex = '' }) => Uint8Array.from(Buffer.from(hex, 'hex')))

/** A stream of a protocol's own frames, of pieces of them, of bytes that occur in them, and of noise. */
function streamOf(protocol: string): fc.Arbitrary<Uint8Array> {
  const frames = framesOf(protocol)
  const alphabet = [...new Set(frames.flatMap((frame) => [...frame]))]
  const piece = fc
    .tuple(fc.constantFrom(...frames), fc.nat(), fc.nat())
    .map(([frame, from, to]) => frame.subarray(from % frame.length, 1 + (to % frame.length)))
  const part = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...frames) },
    { weight: 2, arbitrary: piece },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }) },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.constantFrom(...alphabet), { maxLength: 20 })
        .map((bytes) => Uint8Array.from(bytes)),
    },
  )
  return fc.array(part, { maxLength: 20 }).map((parts) => Uint8Array.from(Buffer.concat(parts)))
}

function said(grammar: Grammar, chunks: readonly Uint8Array[]): string[] {
  const heard: string[] = []
  const framer = new Framer(grammar, (what, raw, from, to) =>
    heard.push(`${JSON.stringify(what)} ${Buffer.from(raw.subarray(from, to)).toString('hex')}`),
  )
  for (const chunk of chunks) framer.push(chunk)
  framer.end()
  return heard
}

function cut(stream: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((place) => place % (stream.length + 1)))].toSorted((a, b) => a - b)
  return [0, ...places].map((from, index) => stream.subarray(from, places[index] ?? stream.length))
}

const single = (bytes: Uint8Array): Uint8Array[] => [...bytes].map((byte) => Uint8Array.of(byte))

const LANGUAGES: readonly (readonly [name: string, grammar: Grammar])[] = Object.entries({
  ...SCALE_PROTOCOLS,
  ...READER_PROTOCOLS,
  ...ID_READER_PROTOCOLS,
  'ssc-apdu': { grammar: sscApdu },
}).map(([name, { grammar }]) => [name, grammar] as const)

describe.each(LANGUAGES)('%s', (name, grammar) => {
  test('DV-2 any cut of a stream says the same', () => {
    fc.assert(
      fc.property(streamOf(name), fc.array(fc.nat(2000), { maxLength: 40 }), (stream, cuts) => {
        const whole = said(grammar, [stream])
        expect(said(grammar, cut(stream, cuts))).toEqual(whole)
        expect(said(grammar, single(stream))).toEqual(whole)
      }),
    )
  })

  test('DV-3 a hundred thousand random bytes neither throw nor hang nor are remembered', () => {
    const random = seededRandom(name)
    const frames = framesOf(name)
    const framer = new Framer(grammar, () => undefined)
    for (let sent = 0; sent < RANDOM_BYTES;) {
      const chunk = random.chance(0.9) ? random.bytes(random.integer(1, 700)) : random.pick(frames)
      framer.push(chunk)
      sent += chunk.length
    }
    const before = framer.counters.droppedBytes
    framer.reset()
    expect(framer.counters.droppedBytes - before).toBeLessThanOrEqual(grammar.longest)
  })
})

describe.each(Object.entries(SCALE_PROTOCOLS))('%s', (name, protocol) => {
  test('DV-1 a weight is a whole number of milligrams, and only where the state has one', () => {
    fc.assert(
      fc.property(streamOf(name), (stream) => {
        const scale = new ScaleReadings(
          protocol,
          { profile: COUNTER_SCALE, unit: protocol.usualUnit },
          {
            reading(reading) {
              const weighs = ['ok', 'unstable', 'negative'].includes(reading.state)
              expect('weightMg' in reading).toBe(weighs)
              if (!('weightMg' in reading)) return
              expect(Number.isSafeInteger(reading.weightMg)).toBe(true)
              expect(Object.is(reading.weightMg, -0)).toBe(false)
              expect(reading.weightMg < 0).toBe(reading.state === 'negative')
            },
            refused: () => undefined,
          },
        )
        for (const [index, chunk] of cut(stream, [7, 20, 33]).entries()) scale.take(chunk, index * 100)
      }),
    )
  })
})
