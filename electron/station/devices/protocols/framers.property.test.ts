import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../../../tests/fixtures/random.ts'
import { cardFrame, mtSicsWeight, yaohuaFrame } from '../../../trial/wires/frames.ts'
import { milligrams } from '../../../../shared/domain/units.ts'
import { asciiBytes } from './bytes.ts'
import { Em4100Framer } from './em4100.ts'
import { MtSicsFramer } from './mt-sics.ts'
import type { Framer, ScaleFrameSink } from './protocol.ts'
import { Yaohua12Framer } from './yaohua-12.ts'

const RANDOM_BYTES = 100_000

/** One language: a framer that tells into a list, and frames to feed it. */
interface Language {
  readonly name: string
  readonly longestFrame: number
  create(tell: (said: string) => void): Framer
  readonly frame: fc.Arbitrary<Uint8Array>
}

const sink = (tell: (said: string) => void): ScaleFrameSink => ({
  frame(kind, weightMg, raw, from, to) {
    if (!Number.isSafeInteger(weightMg) || Object.is(weightMg, -0)) throw new Error(`weight ${weightMg}`)
    if (!kind.endsWith('weight') && weightMg !== 0) throw new Error(`${kind} with a weight of ${weightMg}`)
    tell(`${kind} ${weightMg} ${Buffer.from(raw.subarray(from, to)).toString('hex')}`)
  },
  refused: (refusal) => tell(JSON.stringify(refusal)),
})

const mtSicsAnswer = fc.oneof(
  fc
    .tuple(fc.boolean(), fc.integer({ min: -9999, max: 99_999 }))
    .map(([stable, grams]) => mtSicsWeight(stable, milligrams(grams * 1000))),
  fc.constantFrom('S +\r\n', 'S -\r\n', 'S I\r\n', 'ES\r\n', 'Z A\r\n', 'S S  1.000 lb\r\n').map(asciiBytes),
)

const LANGUAGES: readonly Language[] = [
  {
    name: 'yaohua-12',
    longestFrame: 12,
    create: (tell) => new Yaohua12Framer('kg', sink(tell)),
    frame: fc
      .tuple(
        fc.oneof(fc.constant(-0), fc.integer({ min: -999_999, max: 999_999 })),
        fc.integer({ min: 0, max: 4 }),
      )
      .map(([digits, decimals]) => yaohuaFrame(digits, decimals)),
  },
  { name: 'mt-sics', longestFrame: 64, create: (tell) => new MtSicsFramer(sink(tell)), frame: mtSicsAnswer },
  {
    name: 'em4100',
    longestFrame: 16,
    create: (tell) => new Em4100Framer({ card: (uid, rawHex) => tell(`${uid} ${rawHex}`) }),
    frame: fc
      .tuple(fc.stringMatching(/^[0-9A-F]{10}$/), fc.constantFrom('rdm6300' as const, 'id-12' as const))
      .map(([uid, form]) => cardFrame(uid, form)),
  },
]

const noise = fc.oneof(
  fc.uint8Array({ maxLength: 30 }),
  fc
    .array(fc.constantFrom(0x02, 0x03, 0x0d, 0x0a, 0x2b, 0x2d, 0x30, 0x53, 0x20), { maxLength: 30 })
    .map((bytes) => Uint8Array.from(bytes)),
)

function said(language: Language, chunks: readonly Uint8Array[]): string[] {
  const heard: string[] = []
  const framer = language.create((text) => heard.push(text))
  for (const chunk of chunks) framer.push(chunk)
  return heard
}

/** What was said without the bytes it was said in. */
const meaning = (heard: readonly string[]): string[] =>
  heard.map((text) => text.slice(0, text.lastIndexOf(' ')))

function cut(stream: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((place) => place % (stream.length + 1)))].toSorted((a, b) => a - b)
  return [0, ...places].map((from, index) => stream.subarray(from, places[index] ?? stream.length))
}

for (const language of LANGUAGES)
  describe(`${language.name} framer`, () => {
    const stream = fc.array(
      fc.oneof({ weight: 3, arbitrary: language.frame }, { weight: 1, arbitrary: noise }),
      {
        maxLength: 30,
      },
    )

    test('DV-2 any cut of a stream gives the same frames', () => {
      fc.assert(
        fc.property(stream, fc.array(fc.nat(2000), { maxLength: 40 }), (parts, cuts) => {
          const bytes = Uint8Array.from(Buffer.concat(parts))
          const whole = said(language, [bytes])
          expect(said(language, cut(bytes, cuts))).toEqual(whole)
          expect(
            said(
              language,
              [...bytes].map((byte) => Uint8Array.of(byte)),
            ),
          ).toEqual(whole)
        }),
      )
    })

    test('DV-3 a whole frame is read behind any garbage, at the latest when a second one follows', () => {
      fc.assert(
        fc.property(noise, language.frame, (garbage, frame) => {
          const clean = said(language, [frame])
          const heard = said(language, [garbage, frame, frame])
          expect(heard.slice(heard.length - clean.length)).toEqual(clean)
        }),
      )
    })

    test('DV-3 a hundred thousand random bytes neither throw nor hang nor are remembered', () => {
      const random = seededRandom(language.name)
      let frames = 0
      const framer = language.create(() => {
        frames += 1
      })
      for (let sent = 0; sent < RANDOM_BYTES;) {
        const chunk = random.bytes(random.integer(1, 700))
        framer.push(chunk)
        sent += chunk.length
      }
      const before = framer.counters.droppedBytes
      framer.reset()
      expect(framer.counters.droppedBytes - before).toBeLessThanOrEqual(2 * language.longestFrame)
      expect(frames).toBeLessThan(RANDOM_BYTES / 100)
    })
  })

// MT-SICS has no check digits: there a changed digit is another weight.
for (const language of LANGUAGES.filter(({ name }) => name !== 'mt-sics'))
  test('DV-8 one changed byte never gives another frame, save a check digit in the other case', () => {
    fc.assert(
      fc.property(language.frame, fc.nat(63), fc.integer({ min: 1, max: 255 }), (frame, place, flip) => {
        const broken = Uint8Array.from(frame)
        const at = place % frame.length
        broken[at] = (broken[at] ?? 0) ^ flip
        expect([[], meaning(said(language, [frame]))]).toContainEqual(meaning(said(language, [broken])))
      }),
    )
  })
