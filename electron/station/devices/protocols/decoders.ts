import type { Decoder, Hear } from './decoder.ts'
import { decodeEscPos } from './escpos.ts'
import { Framer } from './framer.ts'
import type { Grammar } from './grammar.ts'
import { ID_READER_PROTOCOLS, READER_PROTOCOLS, SCALE_PROTOCOLS } from './index.ts'
import { decodeLed8 } from './led8.ts'
import { sscApdu } from './ssc-apdu.ts'
import { told } from './told.ts'
import { wiegandBits } from './wiegand-bits.ts'

const framed =
  (grammar: Grammar, unit: 'kg' | 'g') =>
  (hear: Hear): Decoder =>
    new Framer(grammar, (said) => hear(told(said, unit)))

/** A reader repeats a card for as long as it lies there: in a row it is told once. */
function onceEach(hear: Hear): Hear {
  let last: unknown = null
  return (said) => {
    const uid = said['kind'] === 'card' ? said['uid'] : null
    if (uid === null || uid !== last) hear(said)
    last = uid
  }
}

const scales = Object.entries(SCALE_PROTOCOLS).map(
  ([name, { grammar, usualUnit }]) => [name, framed(grammar, usualUnit)] as const,
)
const readers = Object.entries(READER_PROTOCOLS).map(
  ([name, { grammar }]) => [name, (hear: Hear) => framed(grammar, 'kg')(onceEach(hear))] as const,
)
const others = Object.entries({ ...ID_READER_PROTOCOLS, 'ssc-apdu': { grammar: sscApdu } }).map(
  ([name, { grammar }]) => [name, framed(grammar, 'kg')] as const,
)

/** Bytes for a printer or a display are read as a whole: their end says what was left open. */
const whole =
  (decode: (bytes: Uint8Array) => Iterable<Readonly<Record<string, unknown>>>) =>
  (hear: Hear): Decoder => {
    const parts: Uint8Array[] = []
    return {
      push: (bytes) => {
        parts.push(Uint8Array.from(bytes))
      },
      end: () => {
        for (const thing of decode(Buffer.concat(parts))) hear(thing)
      },
    }
  }

/** Everything that `canteen decode` knows, by the name it has in docs/devices.md. */
export const DECODERS: ReadonlyMap<string, (hear: Hear) => Decoder> = new Map([
  ...scales,
  ...readers,
  ...others,
  ['wiegand26-bits', wiegandBits],
  ['escpos', whole(decodeEscPos)],
  ['vfd-led8', whole(decodeLed8)],
])

/** Those whose captures are text, never hexadecimal. */
export const TEXT_CAPTURES: ReadonlySet<string> = new Set(['wiegand26-bits'])
