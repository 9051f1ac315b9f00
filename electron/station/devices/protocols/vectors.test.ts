import { describe, expect, test } from 'vitest'
import vectorFile from '../../../../tests/fixtures/vectors.json' with { type: 'json' }
import { seededRandom } from '../../../../tests/fixtures/random.ts'
import { Em4100Framer, printedNumbers } from './em4100.ts'
import { parseMtSics } from './mt-sics.ts'
import { SCALE_PROTOCOLS } from './index.ts'
import type { FrameCounters, Refusal, ScaleFrameKind } from './protocol.ts'

/** Published and constructed frames of the three protocols, each with what it must say. */
interface Vector {
  readonly protocol: string
  readonly hex: string
  readonly expect: {
    readonly kind: string
    readonly grams?: number
    readonly stable?: boolean
    readonly error?: string
    readonly uid?: string
    readonly dec10?: string
    readonly wiegand?: string
    readonly serial?: string
    readonly command?: string
  }
  readonly note?: string
}
const vectors: readonly Vector[] = vectorFile

interface Heard {
  readonly frames: { readonly kind: ScaleFrameKind; readonly weightMg: number; readonly hex: string }[]
  readonly refusals: Refusal[]
  readonly cards: string[]
  readonly counters: FrameCounters
}

/** Feeds chunks to the framer of a vector's protocol and collects all it says. */
function hear(protocol: string, chunks: readonly Uint8Array[]): Heard {
  const frames: Heard['frames'] = []
  const refusals: Refusal[] = []
  const cards: string[] = []
  const framer =
    protocol === 'em4100-rdm6300' || protocol === 'id12'
      ? new Em4100Framer({ card: (uid) => cards.push(uid) })
      : SCALE_PROTOCOLS[protocol === 'mt-sics' ? 'mt-sics' : 'yaohua-12'].createFramer('kg', {
          frame: (kind, weightMg, raw, from, to) =>
            frames.push({
              kind,
              weightMg,
              hex: Buffer.from(raw.subarray(from, to)).toString('hex').toUpperCase(),
            }),
          refused: (refusal) => refusals.push(refusal),
        })
  for (const chunk of chunks) framer.push(chunk)
  return { frames, refusals, cards, counters: framer.counters }
}

const MT_SICS_ERRORS: Record<string, string> = { syntax: 'syntax', logical: 'parameter' }

function expectVector(vector: Vector, heard: Heard): void {
  const { expect: expected } = vector
  switch (expected.kind) {
    case 'weight': {
      const kind =
        expected.stable === undefined ? 'weight' : expected.stable ? 'stable-weight' : 'moving-weight'
      const weightMg = Math.round((expected.grams ?? Number.NaN) * 1000)
      expect(heard.frames).toEqual([{ kind, weightMg, hex: vector.hex }])
      return
    }
    case 'card':
      expect(new Set(heard.cards)).toEqual(new Set([expected.uid]))
      return
    case 'error': {
      const error = expected.error ?? ''
      const load = error === 'overload' || error === 'underload'
      expect(heard.frames.map(({ kind }) => kind)).toEqual(load ? [error] : [])
      expect(heard.cards).toEqual([])
      if (error === 'checksum') expect(heard.counters.badChecksums).toBe(1)
      if (error === 'all_zero') expect(heard.counters.refused).toBe(1)
      const code = MT_SICS_ERRORS[error]
      expect(heard.refusals).toEqual(code === undefined ? [] : [{ reason: 'device-error', code }])
      return
    }
    default:
      expect(heard).toMatchObject({ frames: [], refusals: [], cards: [] })
  }
}

const name = ({ protocol, hex, note }: Vector): string =>
  `${protocol} ${hex}${note === undefined ? '' : `: ${note}`}`
const bytesOf = (vector: Vector): Uint8Array => Uint8Array.from(Buffer.from(vector.hex, 'hex'))

describe('vectors', () => {
  test('DV-3 all vectors of the three protocols are here', () => {
    expect(vectors).toHaveLength(35)
  })

  for (const vector of vectors) {
    test(`DV-2 whole and byte by byte: ${name(vector)}`, () => {
      const whole = hear(vector.protocol, [bytesOf(vector)])
      expectVector(vector, whole)
      expect(
        hear(
          vector.protocol,
          [...bytesOf(vector)].map((byte) => Uint8Array.of(byte)),
        ),
      ).toEqual(whole)
    })

    test(`DV-3 behind 1 to 50 bytes of garbage: ${name(vector)}`, () => {
      const random = seededRandom(vector.hex)
      for (let length = 1; length <= 50; length += 1) {
        const noise = random.bytes(length)
        const heard = hear(vector.protocol, [noise, bytesOf(vector)])
        expectVector(vector, heard)
      }
    })
  }
})

describe('what is printed on the card', () => {
  for (const { expect: expected } of vectors)
    if (expected.uid !== undefined && expected.dec10 !== undefined)
      test(`DV-7 ${expected.uid} carries ${expected.dec10}`, () => {
        expect(printedNumbers(expected.uid ?? '')).toMatchObject({ decimal: expected.dec10 })
        if (expected.wiegand !== undefined)
          expect(printedNumbers(expected.uid ?? '').facility).toBe(expected.wiegand)
      })
})

test('DV-9 answers without a weight are understood and give none', () => {
  expect(parseMtSics('Z A')).toEqual({ kind: 'other', command: 'Z', parts: ['A'] })
  expect(parseMtSics('I4 A "1234567"')).toEqual({ kind: 'other', command: 'I4', parts: ['A', '"1234567"'] })
  expect(parseMtSics('T S      1.234 kg')).toMatchObject({ kind: 'other', command: 'T' })
})
