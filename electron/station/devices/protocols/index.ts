import type { ReaderConfig, ScaleConfig } from '../../deps.ts'
import { em4100 } from './em4100.ts'
import { mtSics } from './mt-sics.ts'
import type { ReaderProtocol, ScaleProtocol } from './protocol.ts'
import { yaohua12 } from './yaohua-12.ts'

/** Every language the station speaks. A new device is a new entry here. */
export const SCALE_PROTOCOLS: Readonly<Record<ScaleConfig['protocol'], ScaleProtocol>> = {
  'yaohua-12': yaohua12,
  'mt-sics': mtSics,
}
export const READER_PROTOCOLS: Readonly<Record<ReaderConfig['protocol'], ReaderProtocol>> = { em4100 }
