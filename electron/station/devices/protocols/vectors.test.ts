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
  /** Each card once, however often it was read. */
  readonly cards: readonly string[]
  readonly counters: FrameCounters
}

/** Feeds chunks to the framer of a vector's protocol and collects all it says. */
function hear(protocol: string, chunks: readonly Uint8Array[]): Heard {
  const frames: Heard['frames'] = []
  const refusals: Refusal[] = []
  const cards = new Set<string>()
  const framer =
    protocol === 'em4100-rdm6300' || protocol === 'id12'
      ? new Em4100Framer({ card: (uid) => cards.add(uid) })
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
  return { frames, refusals, cards: [...cards], counters: framer.counters }
}

/** Errors of the vectors that the device itself reports, and our word for them. */
const DEVICE_ERRORS: ReadonlyMap<string, string> = new Map([
  ['syntax', 'syntax'],
  ['logical', 'parameter'],
])

/** What must be heard of a vector, and nothing else. */
function wantedOf({ hex, expect: wanted }: Vector): object {
  const nothing = { frames: [], refusals: [], cards: [] }
  const error = wanted.error ?? ''
  const code = DEVICE_ERRORS.get(error)
  if (wanted.kind === 'weight') {
    const kind = wanted.stable === undefined ? 'weight' : wanted.stable ? 'stable-weight' : 'moving-weight'
    return { ...nothing, frames: [{ kind, weightMg: Math.round((wanted.grams ?? Number.NaN) * 1000), hex }] }
  }
  if (wanted.kind === 'card') return { ...nothing, cards: [wanted.uid] }
  if (error === 'overload' || error === 'underload')
    return { ...nothing, frames: [{ kind: error, weightMg: 0, hex }] }
  if (error === 'checksum') return { ...nothing, counters: { badChecksums: 1 } }
  if (error === 'all_zero') return { ...nothing, counters: { frames: 1, refused: 1 } }
  return code === undefined ? nothing : { ...nothing, refusals: [{ reason: 'device-error', code }] }
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
      expect(whole).toMatchObject(wantedOf(vector))
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
        expect(hear(vector.protocol, [noise, bytesOf(vector)])).toMatchObject(wantedOf(vector))
      }
    })
  }
})

describe('what is printed on the card', () => {
  const printed = vectors.map((vector) => vector.expect).filter(({ dec10 }) => dec10 !== undefined)
  test.each(printed)('DV-7 $uid carries $dec10 and $wiegand', ({ uid = '', dec10, wiegand }) => {
    const numbers = printedNumbers(uid)
    expect(numbers).toEqual({ decimal: dec10, facility: wiegand ?? numbers.facility })
  })
})

test('DV-9 answers without a weight are understood and give none', () => {
  expect(parseMtSics('Z A')).toEqual({ kind: 'other', command: 'Z', parts: ['A'] })
  expect(parseMtSics('I4 A "1234567"')).toEqual({ kind: 'other', command: 'I4', parts: ['A', '"1234567"'] })
  expect(parseMtSics('T S      1.234 kg')).toMatchObject({ kind: 'other', command: 'T' })
})
