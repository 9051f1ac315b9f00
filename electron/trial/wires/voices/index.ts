import type { ScaleProtocolName } from '../../../station/devices/protocols/index.ts'
import {
  bcdFfVoice,
  dahuaAcsVoice,
  dibal98Voice,
  elicomVoice,
  gramZ3Pc0Voice,
  hx711Voice,
  nciVoice,
} from './counter-scales.ts'
import { averyFx120Voice, os2Voice } from './enquiry.ts'
import { modbusVoice } from './modbus.ts'
import { mtSicsVoice } from './mt-sics.ts'
import { toledo8217Voice, toledoContinuousVoice } from './toledo.ts'
import type { ScaleVoice } from './voice.ts'
import { yaohuaStx12Voice } from './yaohua.ts'

/** A simulated scale for each protocol of the station. */
export const SCALE_VOICES: Readonly<Record<ScaleProtocolName, ScaleVoice>> = {
  'yaohua-stx12': yaohuaStx12Voice,
  'mt-sics': mtSicsVoice,
  'toledo-8217': toledo8217Voice,
  'toledo-continuous': toledoContinuousVoice,
  'gram-z3-pc0': gramZ3Pc0Voice,
  os2: os2Voice,
  'avery-fx120': averyFx120Voice,
  elicom: elicomVoice,
  'dibal-98': dibal98Voice,
  nci: nciVoice,
  'bcd-ff': bcdFfVoice,
  'dahua-acs': dahuaAcsVoice,
  'modbus-rtu': modbusVoice(1),
  hx711: hx711Voice,
}
