import { aaBbStation } from './readers/aa-bb-station.ts'
import { asciiUid } from './readers/ascii-uid.ts'
import { em4100WithoutChecksum } from './readers/em4100-without-checksum.ts'
import { em4100 } from './readers/em4100.ts'
import { idteckSr30 } from './readers/idteck-sr30.ts'
import { pn532Hsu } from './readers/pn532-hsu.ts'
import { quioFe } from './readers/quio-fe.ts'
import { sdtIdcard } from './readers/sdt-idcard.ts'
import { sl025m } from './readers/sl025m.ts'
import { stxBccEtx } from './readers/stx-bcc-etx.ts'
import { stx09 } from './readers/stx09.ts'
import { wiegandSerialDec10, wiegandSerialHex6 } from './readers/wiegand-serial.ts'
import { yhy521x } from './readers/yhy521x.ts'
import { yhy523u } from './readers/yhy523u.ts'
import type { Confidence, IdReaderProtocol, ReaderProtocol, ScaleProtocol } from './protocol.ts'
import { adamCpwplus } from './scales/adam-cpwplus.ts'
import { andStandard } from './scales/and-standard.ts'
import { averyFx120 } from './scales/avery-fx120.ts'
import { bcdFf } from './scales/bcd-ff.ts'
import { cas22 } from './scales/cas-22.ts'
import { casEcr2 } from './scales/cas-ecr-2.ts'
import { dahuaAcs } from './scales/dahua-acs.ts'
import { dibal98 } from './scales/dibal-98.ts'
import { elicom } from './scales/elicom.ts'
import { epelsa } from './scales/epelsa.ts'
import { gg14, gg14Asked } from './scales/gg-14.ts'
import { gramZ3Pc0 } from './scales/gram-z3-pc0.ts'
import { hx711 } from './scales/hx711.ts'
import { kern18 } from './scales/kern-18.ts'
import { modbusRtu } from './scales/modbus-rtu.ts'
import { mtSics } from './scales/mt-sics.ts'
import { nci } from './scales/nci.ts'
import { ohausLine } from './scales/ohaus-line.ts'
import { os2 } from './scales/os2.ts'
import { sartoriusSbi } from './scales/sartorius-sbi.ts'
import { sma } from './scales/sma.ts'
import { stGs18, stGs21, stGsRead, stGsRw, stGsW } from './scales/st-gs.ts'
import { toledo8217 } from './scales/toledo-8217.ts'
import { toledoContinuous } from './scales/toledo-continuous.ts'
import { yaohuaA12Wn } from './scales/yaohua-a12-wn.ts'
import { yaohuaA12e15 } from './scales/yaohua-a12e-15.ts'
import { yaohuaC602 } from './scales/yaohua-c602.ts'
import { yaohuaCmd } from './scales/yaohua-cmd.ts'
import { yaohuaEqForward, yaohuaEqReversed } from './scales/yaohua-eq.ts'
import { yaohuaPrice27 } from './scales/yaohua-price-27.ts'
import { yaohuaStx12 } from './scales/yaohua-stx12.ts'

/** Every language the station speaks, under the names that `canteen.json` and `canteen decode` know. A new one is a line. */
export const SCALE_PROTOCOLS = {
  'yaohua-stx12': yaohuaStx12,
  'yaohua-eq-forward': yaohuaEqForward,
  'yaohua-eq-reversed': yaohuaEqReversed,
  'yaohua-price-27': yaohuaPrice27,
  'yaohua-a12e-15': yaohuaA12e15,
  'yaohua-a12-wn': yaohuaA12Wn,
  'yaohua-cmd': yaohuaCmd,
  'yaohua-c602': yaohuaC602,
  'mt-sics': mtSics,
  'toledo-8217': toledo8217,
  'toledo-continuous': toledoContinuous,
  'gram-z3-pc0': gramZ3Pc0,
  os2,
  'avery-fx120': averyFx120,
  elicom,
  'dibal-98': dibal98,
  nci,
  sma,
  epelsa,
  'bcd-ff': bcdFf,
  'dahua-acs': dahuaAcs,
  'modbus-rtu': modbusRtu,
  hx711,
  'cas-22': cas22,
  'cas-ecr-2': casEcr2,
  'st-gs-18': stGs18,
  'st-gs-21': stGs21,
  'st-gs-read': stGsRead,
  'st-gs-w': stGsW,
  'st-gs-rw': stGsRw,
  'and-standard': andStandard,
  'ohaus-line': ohausLine,
  'kern-18': kern18,
  'gg-14': gg14,
  'gg-14-asked': gg14Asked,
  'sartorius-sbi-16': sartoriusSbi,
  'adam-cpwplus': adamCpwplus,
} as const satisfies Readonly<Record<string, ScaleProtocol>>

export const READER_PROTOCOLS = {
  'em4100-rdm6300': em4100,
  id12: em4100,
  'em4100-without-checksum': em4100WithoutChecksum,
  'pn532-hsu': pn532Hsu,
  yhy523u,
  yhy521x,
  'aa-bb-station': aaBbStation,
  stx09,
  'stx-bcc-etx': stxBccEtx,
  'quio-fe': quioFe,
  'idteck-sr30': idteckSr30,
  'wiegand-serial-dec10': wiegandSerialDec10,
  'wiegand-serial-hex6': wiegandSerialHex6,
  sl025m,
  'ascii-uid-hex': asciiUid({ base: 'hexadecimal', order: 'as-sent' }),
  'ascii-uid-hex-reversed': asciiUid({ base: 'hexadecimal', order: 'reversed' }),
  'ascii-uid-decimal': asciiUid({ base: 'decimal', order: 'as-sent' }),
  'ascii-uid-decimal-reversed': asciiUid({ base: 'decimal', order: 'reversed' }),
} as const satisfies Readonly<Record<string, ReaderProtocol>>

export const ID_READER_PROTOCOLS = {
  'sdt-idcard': sdtIdcard,
} as const satisfies Readonly<Record<string, IdReaderProtocol>>

export type ScaleProtocolName = keyof typeof SCALE_PROTOCOLS
export type ReaderProtocolName = keyof typeof READER_PROTOCOLS
export type IdReaderProtocolName = keyof typeof ID_READER_PROTOCOLS

/** The names of a table that may stand in `canteen.json`: what waits for a capture on the real device is not sold with. */
function trusted<Name extends string>(
  table: Readonly<Record<Name, { readonly confidence: Confidence }>>,
): Name[] {
  return (Object.keys(table) as Name[]).filter((name) => table[name].confidence !== 'capture-needed')
}

export const TRUSTED_SCALES = trusted<ScaleProtocolName>(SCALE_PROTOCOLS)
export const TRUSTED_READERS = trusted<ReaderProtocolName>(READER_PROTOCOLS)
export const TRUSTED_ID_READERS = trusted<IdReaderProtocolName>(ID_READER_PROTOCOLS)

export const isScale = (name: string): name is ScaleProtocolName => Object.hasOwn(SCALE_PROTOCOLS, name)
export const isIdReader = (name: string): name is IdReaderProtocolName =>
  Object.hasOwn(ID_READER_PROTOCOLS, name)
export const isReader = (name: string): name is ReaderProtocolName => Object.hasOwn(READER_PROTOCOLS, name)
