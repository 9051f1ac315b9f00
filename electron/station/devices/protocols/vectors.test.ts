import { describe, expect, test } from 'vitest'
import vectorFile from '../../../../tests/fixtures/vectors.json' with { type: 'json' }
import { seededRandom } from '../../../../tests/fixtures/random.ts'
import { decoded, singly, type Told } from '../../../../tests/fixtures/decoded.ts'
import { DECODERS } from './decoders.ts'

/** Published and constructed frames, each with what it must say. */
interface Vector {
  readonly protocol: string
  readonly hex?: string
  /** A capture that is text of 0 and 1. */
  readonly bits?: string
  readonly expect: Readonly<Record<string, unknown>>
  readonly note?: string
}
const vectors: readonly Vector[] = vectorFile

/** What a frame alone cannot tell: that no card was there, and how often the card was read. */
const NOT_IN_THE_FRAME = new Set(['ghost', 'events'])

/** The same bytes as the host's handshake, which are read as such: only the address and the command are compared. */
const isHandshakeAnswer = ({ protocol, expect: { kind } }: Vector): boolean =>
  protocol === 'yaohua-cmd' && kind === 'ack'

const bytesOf = ({ hex = '', bits }: Vector): Uint8Array =>
  Uint8Array.from(bits === undefined ? Buffer.from(hex, 'hex') : Buffer.from(bits, 'latin1'))
const title = ({ protocol, hex = '', bits = '', note = '' }: Vector): string =>
  `${protocol} ${bits}${hex.slice(0, 60)} ${note}`.trim()

/** Protocols whose sample frames are whole documents: what is expected is one of the things in it. */
const DOCUMENTS = new Set(['escpos'])

/** The last thing said is the vector's; of one that says nothing there is none. */
function expectSaid(heard: readonly Told[], vector: Vector): void {
  const wanted = Object.fromEntries(
    Object.entries(vector.expect).filter(
      ([name]) => !NOT_IN_THE_FRAME.has(name) && !(name === 'kind' && isHandshakeAnswer(vector)),
    ),
  )
  // Whatever else a document holds, what is expected is looked for in it.
  const last = DOCUMENTS.has(vector.protocol)
    ? heard.filter(({ kind }) => kind === wanted['kind']).slice(-1)
    : heard.slice(-1)
  expect(last).toMatchObject(wanted['kind'] === 'none' ? [] : [wanted])
}

/** Digits in front of its own would be its own: nothing marks where it begins, and what came before it was asked is dropped. */
const WITHOUT_BEGINNING = new Set(['epelsa'])
const NO_DIGIT = Uint8Array.of(0x00)

const inHex = vectors.filter(({ hex }) => hex !== undefined)

test('DV-2 every protocol of the sample frames can be decoded', () => {
  const names = new Set(vectors.map(({ protocol }) => protocol))
  expect([...names].filter((name) => !DECODERS.has(name))).toEqual([])
})

describe('vectors', () => {
  for (const vector of inHex.filter(({ protocol }) => DECODERS.has(protocol))) {
    test(`DV-2 whole and byte by byte: ${title(vector)}`, () => {
      const whole = decoded(vector.protocol, bytesOf(vector))
      expectSaid(whole, vector)
      expect(decoded(vector.protocol, ...singly(bytesOf(vector)))).toEqual(whole)
    })

    test(`DV-3 behind 1 to 50 bytes of garbage: ${title(vector)}`, () => {
      const random = seededRandom(title(vector))
      for (let length = 1; length <= 50; length += 1)
        expectSaid(
          decoded(
            vector.protocol,
            random.bytes(length),
            WITHOUT_BEGINNING.has(vector.protocol) ? NO_DIGIT : new Uint8Array(),
            bytesOf(vector),
          ),
          vector,
        )
    })
  }
})

test.each(inHex.filter((vector) => vector.expect['events'] !== undefined))(
  'DV-7 a card that is repeated is told once: $protocol $hex',
  (vector) => {
    expect(decoded(vector.protocol, bytesOf(vector))).toHaveLength(Number(vector.expect['events']))
  },
)
