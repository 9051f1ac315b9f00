import { Framer } from './framer.ts'
import type { Grammar } from './grammar.ts'
import { READER_PROTOCOLS, SCALE_PROTOCOLS } from './index.ts'
import { told } from './told.ts'

/** Decodes a capture piece by piece. */
export interface Decoder {
  push(bytes: Uint8Array): void
  /** The capture is over. */
  end(): void
}

/** Told of each thing that a capture says, under the names of `canteen decode`. */
export type Hear = (said: Readonly<Record<string, unknown>>) => void

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

/** Everything that `canteen decode` knows, by the name it has in docs/devices.md. */
export const DECODERS: ReadonlyMap<string, (hear: Hear) => Decoder> = new Map([...scales, ...readers])
