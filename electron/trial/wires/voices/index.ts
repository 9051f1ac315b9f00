import type { ScaleProtocolName } from '../../../station/devices/protocols/index.ts'
import {
  bcdFfVoice,
  dahuaAcsVoice,
  dibal98Voice,
  elicomVoice,
  epelsaVoice,
  gramZ3Pc0Voice,
  hx711Voice,
  nciVoice,
  smaVoice,
} from './counter-scales.ts'
import { averyFx120Voice, os2Voice } from './enquiry.ts'
import { modbusVoice } from './modbus.ts'
import {
  adamCpwplusVoice,
  andStandardVoice,
  cas22Voice,
  gg14AskedVoice,
  gg14Voice,
  kern18Voice,
  ohausLineVoice,
  sartoriusSbiVoice,
  stGs18Voice,
  stGs21Voice,
  stGsReadVoice,
  stGsRwVoice,
  stGsWVoice,
} from './lines.ts'
import { mtSicsVoice } from './mt-sics.ts'
import { casEcr2Voice, toledo8217Voice, toledoContinuousVoice } from './toledo.ts'
import type { ScaleVoice } from './voice.ts'
import {
  yaohuaA12WnVoice,
  yaohuaA12e15Voice,
  yaohuaC602Voice,
  yaohuaCmdVoice,
  yaohuaEqForwardVoice,
  yaohuaEqReversedVoice,
  yaohuaPrice27Voice,
  yaohuaStx12Voice,
} from './yaohua.ts'

/** A simulated scale for each protocol of the station. */
export const SCALE_VOICES: Readonly<Record<ScaleProtocolName, ScaleVoice>> = {
  'yaohua-stx12': yaohuaStx12Voice,
  'yaohua-eq-forward': yaohuaEqForwardVoice,
  'yaohua-eq-reversed': yaohuaEqReversedVoice,
  'yaohua-price-27': yaohuaPrice27Voice,
  'yaohua-a12e-15': yaohuaA12e15Voice,
  'yaohua-a12-wn': yaohuaA12WnVoice,
  'yaohua-cmd': yaohuaCmdVoice,
  'yaohua-c602': yaohuaC602Voice,
  'mt-sics': mtSicsVoice,
  'toledo-8217': toledo8217Voice,
  'toledo-continuous': toledoContinuousVoice,
  'gram-z3-pc0': gramZ3Pc0Voice,
  os2: os2Voice,
  'avery-fx120': averyFx120Voice,
  elicom: elicomVoice,
  'dibal-98': dibal98Voice,
  nci: nciVoice,
  sma: smaVoice,
  epelsa: epelsaVoice,
  'bcd-ff': bcdFfVoice,
  'dahua-acs': dahuaAcsVoice,
  'modbus-rtu': modbusVoice(1),
  hx711: hx711Voice,
  'cas-22': cas22Voice,
  'cas-ecr-2': casEcr2Voice,
  'st-gs-18': stGs18Voice,
  'st-gs-21': stGs21Voice,
  'st-gs-read': stGsReadVoice,
  'st-gs-w': stGsWVoice,
  'st-gs-rw': stGsRwVoice,
  'and-standard': andStandardVoice,
  'ohaus-line': ohausLineVoice,
  'kern-18': kern18Voice,
  'gg-14': gg14Voice,
  'gg-14-asked': gg14AskedVoice,
  'sartorius-sbi-16': sartoriusSbiVoice,
  'adam-cpwplus': adamCpwplusVoice,
}
