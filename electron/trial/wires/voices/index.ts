import type { ScaleProtocolName } from '../../../station/devices/protocols/index.ts'
import { mtSicsVoice } from './mt-sics.ts'
import type { ScaleVoice } from './voice.ts'
import { yaohuaStx12Voice } from './yaohua.ts'

/** A simulated scale for each protocol of the station. */
export const SCALE_VOICES: Readonly<Record<ScaleProtocolName, ScaleVoice>> = {
  'yaohua-stx12': yaohuaStx12Voice,
  'mt-sics': mtSicsVoice,
}
