import { em4100 } from './readers/em4100.ts'
import type { Confidence, ReaderProtocol, ScaleProtocol } from './protocol.ts'
import { mtSics } from './scales/mt-sics.ts'
import { yaohuaStx12 } from './scales/yaohua-stx12.ts'

/** Every language the station speaks, under the names that `canteen.json` and `canteen decode` know. A new one is a line. */
export const SCALE_PROTOCOLS = {
  'yaohua-stx12': yaohuaStx12,
  'mt-sics': mtSics,
} as const satisfies Readonly<Record<string, ScaleProtocol>>

export const READER_PROTOCOLS = {
  'em4100-rdm6300': em4100,
  id12: em4100,
} as const satisfies Readonly<Record<string, ReaderProtocol>>

export type ScaleProtocolName = keyof typeof SCALE_PROTOCOLS
export type ReaderProtocolName = keyof typeof READER_PROTOCOLS

/** The names of a table that may stand in `canteen.json`: what waits for a capture on the real device is not sold with. */
function trusted<Name extends string>(
  table: Readonly<Record<Name, { readonly confidence: Confidence }>>,
): Name[] {
  return (Object.keys(table) as Name[]).filter((name) => table[name].confidence !== 'capture-needed')
}

export const TRUSTED_SCALES = trusted<ScaleProtocolName>(SCALE_PROTOCOLS)
export const TRUSTED_READERS = trusted<ReaderProtocolName>(READER_PROTOCOLS)

export const isScale = (name: string): name is ScaleProtocolName => Object.hasOwn(SCALE_PROTOCOLS, name)
export const isReader = (name: string): name is ReaderProtocolName => Object.hasOwn(READER_PROTOCOLS, name)
