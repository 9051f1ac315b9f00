import type { Milligrams } from '../../../shared/domain/units.ts'
import { asciiBytes } from '../../station/devices/protocols/bytes.ts'
import { isNegative, kilograms } from './voices/voice.ts'

/** What the simulated devices send, byte for byte as the real ones do. */

const hexByte = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0')

/** STX, sign, six digits, decimals, two check digits, ETX. `digits` is signed, −0 too, and has at most six digits. */
export function yaohuaFrame(digits: number, decimals: number): Uint8Array {
  const magnitude = String(Math.abs(digits)).padStart(6, '0')
  if (magnitude.length > 6) throw new RangeError(`${digits} does not fit into six digits`)
  const body = `${digits < 0 || Object.is(digits, -0) ? '-' : '+'}${magnitude}${decimals}`
  let check = 0
  for (const byte of asciiBytes(body)) check ^= byte
  return asciiBytes(`\x02${body}${hexByte(check)}\x03`)
}

/** `S S      0.360 kg`: the value right-aligned in ten characters, then its unit. */
export const mtSicsWeight = (stable: boolean, weightMg: Milligrams): Uint8Array =>
  asciiBytes(
    `S ${stable ? 'S' : 'D'} ${`${isNegative(weightMg) ? '-' : ''}${kilograms(weightMg)}`.padStart(10)} kg\r\n`,
  )

/** RDM6300: 14 bytes; ID-2/12/20: the same with CR LF before ETX. `uid` is ten hexadecimal digits. */
export function cardFrame(uid: string, form: 'rdm6300' | 'id-12' = 'rdm6300'): Uint8Array {
  let check = 0
  for (const byte of Buffer.from(uid, 'hex')) check ^= byte
  return asciiBytes(`\x02${uid}${hexByte(check)}${form === 'id-12' ? '\r\n' : ''}\x03`)
}
